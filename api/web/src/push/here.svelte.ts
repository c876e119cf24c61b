/** Whether this device rings for this person when nobody looks at it, and letting it. */
import { answerOf, api, BACKGROUND, Refusal } from '../lib/api'
import { stand } from '../lib/stand.svelte'
import { words } from '../lib/words.svelte'

const WORKER = '/worker.js'

/** `denied`: the browser was told never to; `lost`: it cannot, as outside of https. */
export type Ringing = 'unknown' | 'lost' | 'denied' | 'off' | 'on'

let ringing = $state<Ringing>('unknown')
let busy = $state(false)

export const here = {
  get ringing(): Ringing {
    return ringing
  },
  get busy(): boolean {
    return busy
  },
}

/** Find out: the service's word and the browser's have to agree; a new address is told. */
export async function lookHere(): Promise<void> {
  if (!('serviceWorker' in navigator && 'PushManager' in window)) {
    ringing = 'lost'
    return
  }
  if (Notification.permission === 'denied') {
    ringing = 'denied'
    return
  }
  await quietly(async () => {
    const { endpoint } = await answerOf(api.GET('/host/push', { headers: BACKGROUND }))
    const known = await navigator.serviceWorker.getRegistration(WORKER)
    const subscribed = await known?.pushManager.getSubscription()
    if (endpoint && subscribed && subscribed.endpoint !== endpoint) await tell(subscribed)
    ringing = endpoint && subscribed ? 'on' : 'off'
  })
}

/** Let it ring: the browser asks the person, by whose tap this is called. */
export async function ring(): Promise<void> {
  await working(async () => {
    if ((await Notification.requestPermission()) !== 'granted') {
      ringing = 'denied'
      return
    }
    const { public_key } = await answerOf(api.POST('/host/push/key'))
    await navigator.serviceWorker.register(WORKER)
    const ready = await navigator.serviceWorker.ready
    const options = { userVisibleOnly: true, applicationServerKey: bytesOf(public_key) }
    await tell(await ready.pushManager.subscribe(options))
    ringing = 'on'
  })
}

export async function ringNoMore(): Promise<void> {
  await working(async () => {
    await answerOf(api.DELETE('/host/push'))
    const known = await navigator.serviceWorker.getRegistration(WORKER)
    await (await known?.pushManager.getSubscription())?.unsubscribe()
    ringing = 'off'
  })
}

/** Hear which page a message wants to show, when it is touched. */
export function followMessages(show: (page: string) => void): () => void {
  const worker = navigator.serviceWorker
  const hear = (event: MessageEvent) => {
    if (typeof event.data?.page === 'string') show(event.data.page)
  }
  worker?.addEventListener('message', hear)
  worker?.startMessages()
  return () => worker?.removeEventListener('message', hear)
}

async function tell(subscription: PushSubscription): Promise<void> {
  const { endpoint, keys } = subscription.toJSON()
  const body = {
    endpoint: endpoint ?? '',
    keys: { p256dh: keys?.p256dh ?? '', auth: keys?.auth ?? '' },
    language: words.language,
  }
  await answerOf(api.PUT('/host/push', { body }))
}

async function working(work: () => Promise<void>): Promise<void> {
  busy = true
  try {
    await work()
  } catch (error) {
    if (error instanceof Refusal) stand.refused(error)
    else ringing = 'lost'
  } finally {
    busy = false
  }
}

async function quietly(work: () => Promise<void>): Promise<void> {
  try {
    await work()
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
  }
}

function bytesOf(base64url: string): Uint8Array<ArrayBuffer> {
  const text = atob(base64url.replaceAll('-', '+').replaceAll('_', '/'))
  return Uint8Array.from(text, (letter) => letter.charCodeAt(0))
}
