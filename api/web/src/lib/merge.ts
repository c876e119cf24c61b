/** Tonight after an order, from the order's own answer: the screen need not wait for another fetch. */
import type { OrderResult, Tonight } from './wire'

/** Tonight with what the order changed; unchanged where the order was about another period. */
export function afterOrder(tonight: Tonight, answer: OrderResult): Tonight {
  if (answer.dry_run || answer.period_id !== (tonight.period?.period_id ?? null)) return tonight
  const parties = divided(answer.reservations, answer.removed_reservations, 'reservation_id')
  const waiting = divided(answer.waiting, answer.removed_wait_entries, 'wait_id')
  const sat = divided(answer.seatings, answer.removed_seatings, 'seating_id')
  return {
    ...tonight,
    period: answer.period ?? tonight.period,
    reservations: merged(tonight.reservations, parties.here, parties.gone, 'reservation_id'),
    ended_reservations: merged(
      tonight.ended_reservations,
      parties.ended,
      ids(parties.here, 'reservation_id'),
      'reservation_id',
    ),
    seatings: merged(tonight.seatings, sat.here, sat.gone, 'seating_id'),
    waiting: merged(tonight.waiting, waiting.here, waiting.gone, 'wait_id'),
    ended_waiting: merged(
      tonight.ended_waiting,
      waiting.ended,
      ids(waiting.here, 'wait_id'),
      'wait_id',
    ),
    held: merged(tonight.held, answer.held, new Set(answer.removed_held), 'held_id'),
    blocks: merged(tonight.blocks, answer.blocks, new Set(answer.removed_blocks), 'block_id'),
    host_holds: answer.host_holds,
    resets: answer.resets,
    next_by_table: answer.next_by_table,
    counts: answer.counts,
    pressure: answer.pressure,
  }
}

/** What an order tells of: what is in the view after it, and what has ended, in its last state. */
function divided<T, K extends keyof T>(told: T[], removed: readonly string[], id: K) {
  const gone = new Set<unknown>(removed)
  return {
    gone,
    here: told.filter((each) => !gone.has(each[id])),
    ended: told.filter((each) => gone.has(each[id])),
  }
}

function ids<T, K extends keyof T>(list: T[], id: K): Set<unknown> {
  return new Set(list.map((each) => each[id]))
}

/** A list with things changed, added and taken out, in its old order. */
function merged<T, K extends keyof T>(old: T[], changed: T[], gone: Set<unknown>, id: K): T[] {
  const byId = new Map(changed.map((each) => [each[id], each]))
  const kept = old.filter((each) => !gone.has(each[id])).map((each) => byId.get(each[id]) ?? each)
  const known = ids(old, id)
  return [...kept, ...changed.filter((each) => !known.has(each[id]))]
}
