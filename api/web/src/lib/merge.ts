/** Tonight after an order, from the order's own answer: the screen need not wait for another fetch. */
import type { OrderAnswer } from './coming'
import type { Tonight } from './wire'

/** True for the answer of a service that says what it changed as GET /host/tonight shows it. */
export function saysWhatChanged(answer: unknown): answer is OrderAnswer {
  return typeof answer === 'object' && answer !== null && 'changed' in answer
}

/** Tonight with what the order changed; unchanged where the order was about another period. */
export function afterOrder(tonight: Tonight, answer: OrderAnswer): Tonight {
  if (answer.dry_run || answer.period_id !== (tonight.period?.period_id ?? null)) return tonight
  const lists = {
    reservations: merged(
      tonight.reservations,
      answer.reservations,
      answer.removed_reservations,
      'reservation_id',
    ),
    seatings: merged(tonight.seatings, answer.seatings, answer.removed_seatings, 'seating_id'),
    waiting: merged(tonight.waiting, answer.waiting, answer.removed_wait_entries, 'wait_id'),
    held: merged(tonight.held, answer.held, answer.removed_held, 'held_id'),
    blocks: merged(tonight.blocks, answer.blocks, answer.removed_blocks, 'block_id'),
  }
  return {
    ...tonight,
    ...lists,
    period: answer.period ?? tonight.period ?? null,
    host_holds: answer.host_holds,
    next_by_table: answer.next_by_table,
    counts: answer.counts,
    pressure: answer.pressure,
  }
}

/** A list with things changed, added and taken out, in its old order. */
function merged<T, K extends keyof T>(old: T[], changed: T[], removed: unknown[], id: K): T[] {
  const gone = new Set<unknown>(removed)
  const byId = new Map(changed.map((each) => [each[id], each]))
  const kept = old.filter((each) => !gone.has(each[id])).map((each) => byId.get(each[id]) ?? each)
  const known = new Set(old.map((each) => each[id]))
  return [...kept, ...changed.filter((each) => !known.has(each[id]) && !gone.has(each[id]))]
}
