/** Tonight after an order, from the order's own answer: the screen need not wait for another fetch. */
import type { OrderResult, ServiceNote, Tonight } from './wire'

/**
 * Tonight with what the order changed; unchanged where the order was about another period.
 *
 * An answer may come after one that knows more: of what the view holds in a later version it tells
 * nothing new.
 */
export function afterOrder(tonight: Tonight, answer: OrderResult): Tonight {
  if (answer.dry_run || answer.period_id !== (tonight.period?.period_id ?? null)) return tonight
  const book = [...tonight.reservations, ...tonight.ended_reservations]
  const list = [...tonight.waiting, ...tonight.ended_waiting]
  const parties = divided(book, answer.reservations, answer.removed_reservations, 'reservation_id')
  const waiting = divided(list, answer.waiting, answer.removed_wait_entries, 'wait_id')
  const sat = divided(tonight.seatings, answer.seatings, answer.removed_seatings, 'seating_id')
  const held = divided(tonight.held, answer.held, answer.removed_held, 'held_id')
  const blocks = divided(tonight.blocks, answer.blocks, answer.removed_blocks, 'block_id')
  return {
    ...tonight,
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
    held: merged(tonight.held, held.here, held.gone, 'held_id'),
    blocks: merged(tonight.blocks, blocks.here, blocks.gone, 'block_id'),
    ...around(tonight, answer),
  }
}

/** Tonight with a note that was just written, unless it is of another date. */
export function afterNote(tonight: Tonight, note: ServiceNote): Tonight {
  if (note.service_date !== tonight.period?.service_date) return tonight
  if (tonight.notes.some((each) => each.note_id === note.note_id)) return tonight
  return { ...tonight, notes: [...tonight.notes, note] }
}

/** What is told whole, and of which version of the period; none of it where the view has a later. */
function around(tonight: Tonight, answer: OrderResult): Partial<Tonight> {
  const was = tonight.period
  if (answer.shown_version < (was?.version ?? 0)) return {}
  const { host_holds, resets, next_by_table, counts, pressure, servers } = answer
  const now = answer.period ?? was
  const period = now ? { ...now, version: answer.shown_version } : now
  return { period, host_holds, resets, next_by_table, counts, pressure, servers }
}

/** What an order tells of: what is in the view after it, and what has ended, in its last state. */
function divided<T extends { version: number }, K extends keyof T>(
  known: T[],
  told: T[],
  removed: readonly string[],
  id: K,
) {
  const versions = new Map(known.map((each) => [each[id], each.version]))
  const isLate = (each: T) => each.version < (versions.get(each[id]) ?? 0)
  const late = ids(told.filter(isLate), id)
  const gone = new Set<unknown>(removed.filter((each) => !late.has(each)))
  const news = told.filter((each) => !late.has(each[id]))
  return {
    gone,
    here: news.filter((each) => !gone.has(each[id])),
    ended: news.filter((each) => gone.has(each[id])),
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
