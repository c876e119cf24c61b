import { describe, expect, test } from 'vitest'
import { Refusal } from '../lib/api'
import type { OrderPath, OrderResult, ServiceNote } from '../lib/wire'
import { aboutOf, type Clash, canWait, type LateAct, lateBody } from './acts'
import { type Kept, LateQueue } from './queue'

/** Storage that outlives a queue, as IndexedDB outlives a page. */
function storage<T>(): Kept<T> & { held: Map<string, T> } {
  const held = new Map<string, T>()
  return {
    held,
    all: async () => [...held.values()],
    put: async (key, value) => void held.set(key, value),
    remove: async (key) => void held.delete(key),
    clear: async () => held.clear(),
  }
}

function anAct(id: string, name = 'seat', body: Record<string, unknown> = {}): LateAct {
  const path = `/host/orders/${name}` as OrderPath
  const at = '2026-11-27T19:31:00Z'
  const act = { id, path, body, at, by: 'marat', byName: 'Marat', said: id, place: 0 }
  return { ...act, about: aboutOf(id, body) }
}

const YES = { warnings: [], exposed: [] } as unknown as OrderResult
const AWAY = new Refusal(0, 'UNREACHABLE', '', undefined, {}, {})

function refusal(code: string, status: number, problem: Record<string, unknown> = {}): Refusal {
  return new Refusal(status, code, code, undefined, {}, problem)
}

function aQueue(acts = storage<LateAct>(), clashes = storage<Clash>()) {
  const shown = { acts: [] as readonly LateAct[], clashes: [] as readonly Clash[] }
  const queue = new LateQueue(acts, clashes, (now, open) =>
    Object.assign(shown, { acts: now, clashes: open }),
  )
  return { queue, shown, acts, clashes }
}

async function holding(...ids: string[]) {
  const it = aQueue()
  for (const id of ids) await it.queue.add(anAct(id))
  return it
}

describe('acts are sent', () => {
  test('in the order they were done, each once, and then are gone', async () => {
    const { queue, shown, acts } = await holding('c', 'a', 'b')
    const sent: string[] = []
    await queue.replay(async ({ id }) => {
      sent.push(id)
      return YES
    })
    expect(sent).toEqual(['c', 'a', 'b'])
    expect(shown.acts).toEqual([])
    expect(acts.held.size).toBe(0)
  })

  test('by one hand, however often it is asked', async () => {
    const { queue } = await holding('a', 'b')
    let sent = 0
    const send = async () => {
      sent += 1
      await new Promise((resolve) => setTimeout(resolve, 5))
      return YES
    }
    await Promise.all([queue.replay(send), queue.replay(send)])
    expect(sent).toBe(2)
  })

  test('until the network goes again, and none overtakes the one that stopped', async () => {
    const { queue, shown } = await holding('a', 'b', 'c')
    await queue.replay(async ({ id }) => {
      if (id === 'b') throw AWAY
      return YES
    })
    expect(shown.acts.map(({ id }) => id)).toEqual(['b', 'c'])
    expect(shown.clashes).toEqual([])
  })

  test('not by whoever may not, nor without a PIN: they wait for who may', async () => {
    for (const [code, status] of [
      ['SESSION_ENDED', 401],
      ['NOT_ALLOWED', 403],
      ['TOO_MANY_REQUESTS', 429],
    ] as const) {
      const { queue, shown } = await holding('a')
      await queue.replay(async () => {
        throw refusal(code, status)
      })
      expect([shown.acts.length, shown.clashes.length]).toEqual([1, 0])
    }
  })

  test('with their own time and name, and the id they were given', () => {
    const act = anAct('a', 'clear', { seating_id: 's', version: 1 })
    const sent = { id: 'a', seating_id: 's', version: 1, happened_at: act.at, by: 'marat' }
    expect(lateBody(act)).toEqual(sent)
  })
})

describe('acts survive', () => {
  test('a page that is loaded anew, in their order whatever the clock said', async () => {
    const { acts, clashes } = await holding('z', 'y', 'x')
    const { queue, shown } = aQueue(acts, clashes)
    await queue.restore()
    await queue.add(anAct('w'))
    expect(shown.acts.map(({ id }) => id)).toEqual(['z', 'y', 'x', 'w'])
  })

  test('and so do questions, until one person has answered', async () => {
    const { queue, acts, clashes } = await holding('a')
    await queue.replay(async () => {
      throw refusal('TABLE_OCCUPIED', 409, { now: { seating_id: 't' } })
    })
    const after = aQueue(acts, clashes)
    await after.queue.restore()
    expect(after.shown.clashes.map(({ act }) => act.id)).toEqual(['a'])
    await after.queue.settle('a')
    expect(after.shown.clashes).toEqual([])
    expect(clashes.held.size).toBe(0)
  })

  test('nothing that is wiped; what was not sent is told', async () => {
    const { queue, acts, shown } = await holding('a', 'b')
    const lost = await queue.wipe()
    expect(lost.map(({ id }) => id)).toEqual(['a', 'b'])
    expect([acts.held.size, shown.acts.length]).toEqual([0, 0])
  })

  test('not one that is taken back before it was sent', async () => {
    const { queue, shown } = await holding('a', 'b')
    expect(await queue.takeBack('b')).toBe(true)
    expect(await queue.takeBack('unknown')).toBe(false)
    expect(shown.acts.map(({ id }) => id)).toEqual(['a'])
  })
})

test('a note is sent in its turn, and asks nobody', async () => {
  const { queue, shown } = await holding('a')
  await queue.add({ ...anAct('n'), path: '/host/notes' })
  const sent: string[] = []
  await queue.replay(async ({ id, path }) => {
    sent.push(id)
    return path === '/host/notes' ? ({ note_id: id } as ServiceNote) : YES
  })
  expect([sent, shown.acts, shown.clashes]).toEqual([['a', 'n'], [], []])
})

describe('a clash', () => {
  async function clashOf(act: LateAct, answer: OrderResult | Refusal) {
    const { queue, shown } = aQueue()
    await queue.add(act)
    await queue.replay(async () => {
      if (answer instanceof Refusal) throw answer
      return answer
    })
    expect(shown.acts).toEqual([])
    return shown.clashes[0]
  }

  test('of two facts names both sides', async () => {
    const problem = { now: { seating_id: 't' }, against: { staff_name: 'Sofia' } }
    const clash = await clashOf(anAct('a'), refusal('TABLE_OCCUPIED', 409, problem))
    expect(clash).toMatchObject({ kind: 'against', now: { seating_id: 't' } })
    expect(clash?.against?.staff_name).toBe('Sofia')
  })

  test('is none where two tablets say the same', async () => {
    const cleared = refusal('STALE', 409, { now: { state: 'cleared' } })
    expect(await clashOf(anAct('a', 'clear', { seating_id: 's' }), cleared)).toBeUndefined()
    const sits = { reservation_id: 'r', tables: ['2', '1'] }
    const seated = refusal('TABLE_OCCUPIED', 409, { now: sits })
    const ours = { reservation_id: 'r', tables: ['1', '2'] }
    expect(await clashOf(anAct('a', 'seat', ours), seated)).toBeUndefined()
    const elsewhere = { reservation_id: 'r', tables: ['3'] }
    expect(await clashOf(anAct('a', 'seat', elsewhere), seated)).toBeDefined()
  })

  test('of a fact with a plan is told, with who has lost the table', async () => {
    const warning = { code: 'DUE_PARTY_LOSES_TABLE', asks: true, detail: 'Lind loses table 3.' }
    const answer = { warnings: [warning], exposed: ['r'] } as unknown as OrderResult
    const clash = await clashOf(anAct('a'), answer)
    expect(clash).toMatchObject({ kind: 'overrode', without: 'r', said: 'Lind loses table 3.' })
  })

  test('is none where nobody has lost anything', async () => {
    const warning = { code: 'EXTRA_CHAIR', asks: false, detail: 'One chair more.' }
    const answer = { warnings: [warning], exposed: [] } as unknown as OrderResult
    expect(await clashOf(anAct('a'), answer)).toBeUndefined()
  })
})

test('only what needs nobody’s decision waits for the network', () => {
  expect(canWait('/host/orders/seat', { tables: ['1'] })).toBe(true)
  expect(canWait('/host/orders/seat', { tables: ['1'], held_id: 'h' })).toBe(false)
  expect(canWait('/host/orders/move', { dry_run: true })).toBe(false)
  expect(canWait('/host/orders/levers', {})).toBe(false)
  expect(canWait('/host/orders/assign', {})).toBe(false)
  expect(canWait('/host/notes', {})).toBe(true)
})
