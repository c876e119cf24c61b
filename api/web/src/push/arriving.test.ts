import { describe, expect, it } from 'vitest'
import {
  listenForPushes,
  type PageClient,
  type Pushed,
  type PushWorker,
  type Tapped,
} from './arriving'

interface Heard {
  worker: PushWorker
  shown: { title: string; options: Record<string, unknown> }[]
  opened: string[]
  push: (told: object) => Promise<unknown>
  tap: (data: unknown) => Promise<unknown>
}

function workerWith(pages: PageClient[]): Heard {
  const hear: { push?: (event: Pushed) => void; notificationclick?: (event: Tapped) => void } = {}
  const shown: Heard['shown'] = []
  const opened: string[] = []
  const worker = {
    addEventListener: (kind: 'push' | 'notificationclick', listener: never) => {
      hear[kind] = listener
    },
    registration: {
      showNotification: async (title: string, options: Record<string, unknown>) => {
        shown.push({ title, options })
      },
    },
    navigator: {},
    clients: {
      matchAll: async () => pages,
      openWindow: async (url: string) => opened.push(url),
    },
  } as unknown as PushWorker
  listenForPushes(worker)
  const wait = (give: (waitUntil: (work: Promise<unknown>) => void) => void) =>
    new Promise((done) => give((work) => work.then(done)))
  return {
    worker,
    shown,
    opened,
    push: (told) => wait((waitUntil) => hear.push?.({ waitUntil, data: { json: () => told } })),
    tap: (data) =>
      wait((waitUntil) =>
        hear.notificationclick?.({ waitUntil, notification: { data, close: () => {} } }),
      ),
  }
}

function page(url: string): PageClient & { told: unknown[] } {
  const told: unknown[] = []
  return { url, told, postMessage: (what) => told.push(what), focus: async () => {} }
}

const ASKED = { kind: 'approval', id: 'a-1', title: 'Marat asks for your yes', body: 'Magnum, €40' }

describe('a message to a phone', () => {
  it('is shown as the service says it, one for each question', async () => {
    const heard = workerWith([])
    await heard.push(ASKED)
    expect(heard.shown).toEqual([
      {
        title: ASKED.title,
        options: expect.objectContaining({
          body: ASKED.body,
          tag: 'a-1',
          data: { page: '/desk/#/tonight?ask=a-1' },
        }),
      },
    ])
  })

  it('opens the question in the window that is there, else in a new one', async () => {
    const desk = page('https://house.example/desk/#/reports')
    const stand = page('https://house.example/stand/')
    const heard = workerWith([stand, desk])
    await heard.tap({ page: '/desk/#/tonight?ask=a-1' })
    expect([stand.told, desk.told, heard.opened]).toEqual([
      [],
      [{ page: '/desk/#/tonight?ask=a-1' }],
      [],
    ])
    const nobody = workerWith([])
    await nobody.tap({ page: '/stand/#alert=b-2' })
    expect(nobody.opened).toEqual(['/stand/#alert=b-2'])
  })
})
