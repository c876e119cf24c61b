import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { draftAmong } from './changes'
import { HouseChanges } from './housedraft.svelte'
import { differsInOurs, type Rules, type RulesVersion, rulesOn } from './rulesdraft.svelte'

// In a browser a request without an origin is one to the page's own service.
vi.hoisted(() => {
  const Plain = globalThis.Request
  globalThis.Request = class extends Plain {
    constructor(to: RequestInfo | URL, how?: RequestInit) {
      super(typeof to === 'string' ? new URL(to, 'http://desk.test/') : to, how)
    }
  }
})

describe('the draft to go on with', () => {
  it('is the latest that is one', () => {
    const versions = [
      { version: 4, state: 'withdrawn' },
      { version: 2, state: 'draft' },
      { version: 3, state: 'draft' },
      { version: 1, state: 'published' },
    ]
    expect(draftAmong(versions)?.version).toBe(3)
    expect(draftAmong([])).toBeNull()
  })
})

/** What was asked, and the answers to come: of each request its method, its path, its body. */
const asked: { method: string; path: string; body: Record<string, unknown> }[] = []
let answers: { status: number; body: unknown }[] = []

beforeEach(() => {
  asked.length = 0
  vi.stubGlobal('fetch', async (request: Request) => {
    const text = await request.text()
    const path = new URL(request.url).pathname
    asked.push({ method: request.method, path, body: text ? JSON.parse(text) : {} })
    const { status, body } = answers.shift() ?? { status: 500, body: {} }
    return new Response(JSON.stringify(body), { status })
  })
})
afterEach(() => vi.unstubAllGlobals())

const draft = (edits: number) => ({
  status: 201,
  body: { version: 7, edits, house: {}, problems: [], differences: [], made_at: '', made_by: 'a' },
})

describe('changes of the house', () => {
  it('begin a draft, then go to it one after the other, each with how often it was changed', async () => {
    answers = [draft(0), draft(1), draft(2)]
    const changes = new HouseChanges()
    await Promise.all([
      changes.change({ tables: { T1: { x: 1 } } }, 'Floor plan'),
      changes.change({ tables: { T2: { x: 2 } } }, 'Floor plan'),
      changes.change({ periods: {} }, 'Opening hours'),
    ])
    expect(asked.map(({ method, path, body }) => [method, path, body.edits])).toEqual([
      ['POST', '/manage/house/drafts', undefined],
      ['PATCH', '/manage/house/drafts/7', 0],
      ['PATCH', '/manage/house/drafts/7', 1],
    ])
    expect(asked[0]?.body).toMatchObject({
      reason: 'Floor plan',
      patch: { tables: { T1: { x: 1 } } },
    })
    expect(changes.draft?.edits).toBe(2)
  })

  it('that somebody overtook are told, and the draft is as it is now', async () => {
    const versions = [{ version: 7, state: 'draft' }]
    answers = [
      draft(0),
      { status: 409, body: { code: 'STALE', detail: 'changed since' } },
      { status: 200, body: { house: {}, later: [] } },
      { status: 200, body: versions },
      draft(5),
    ]
    const changes = new HouseChanges()
    await changes.change({ periods: {} }, 'Opening hours')
    await expect(changes.change({ periods: {} }, 'Opening hours')).rejects.toMatchObject({
      code: 'STALE',
    })
    expect(changes.draft?.edits).toBe(5)
    answers = [draft(6)]
    await changes.change({ periods: {} }, 'Opening hours')
    expect(asked.at(-1)?.body.edits).toBe(5)
  })
})

describe('the rules', () => {
  const version = (number: number, from_date: string, more: Partial<RulesVersion> = {}) =>
    ({
      version: number,
      state: 'published',
      from_date,
      published_at: `2026-11-0${number}T10:00:00Z`,
      ...more,
    }) as RulesVersion

  it('in force on a date are the last published for it', () => {
    const all = [
      version(1, '2026-11-01'),
      version(2, '2026-11-20'),
      version(3, '2026-11-01'),
      version(4, '2026-11-05', { state: 'withdrawn' }),
    ]
    expect(rulesOn(all, '2026-11-10')?.version).toBe(3)
    expect(rulesOn(all, '2026-11-20')?.version).toBe(2)
    expect(rulesOn(all, '2026-10-01')).toBeNull()
  })

  it('differ in what is the house’s own only, where nothing of the room does', () => {
    const rules = {
      playbook: [],
      overbooking: { ceiling: 0.05, areas_excluded: ['bar', 'terrace'] },
    } as unknown as Rules
    const playbook = { ...rules, playbook: [{ code: 'CLOSED' }] } as unknown as Rules
    const other = { ceiling: 0.05, areas_excluded: ['terrace', 'bar'] }
    const ordered = { ...playbook, overbooking: other } as unknown as Rules
    const raised = { ...rules, overbooking: { ...other, ceiling: 0.1 } } as unknown as Rules
    expect([playbook, ordered, raised].map((each) => differsInOurs(each, rules))).toEqual([
      true,
      true,
      false,
    ])
  })

  it('and in who is called in which order, not in how long one waits for an answer', () => {
    const rules = { approvals: { order: [], next_after: 2 } } as unknown as Rules
    const called = { approvals: { order: ['olga'], next_after: 2 } } as unknown as Rules
    const sooner = { approvals: { order: [], next_after: 1 } } as unknown as Rules
    expect([called, sooner].map((each) => differsInOurs(each, rules))).toEqual([true, false])
  })
})
