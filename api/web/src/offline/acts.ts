/** What was done at this stand and is not known to the service yet: orders with their own time. */
import type { ActPath, JournalEntry } from '../lib/wire'

export interface LateAct {
  /** The order's own id: sent twice, it happens once. */
  id: string
  /** In the queue: acts are sent by it, whatever this machine's clock says. */
  place: number
  path: ActPath
  /** As it is sent, without `happened_at` and `by`. */
  body: Record<string, unknown>
  /** Business time, ISO. */
  at: string
  /** Who did it, by id and by name. */
  by: string
  byName: string
  /** What was done, in words of the language it was done in. */
  said: string
  /** Ids of tables, parties and seatings that it is about: they bear an open ring. */
  about: string[]
}

/** An act that something else stands against, or that took something from others: asked once. */
export interface Clash {
  act: LateAct
  kind: 'against' | 'overrode'
  /** What the service said, in words. */
  said: string
  code: string
  /** What is so now: who sits there. */
  now: Record<string, unknown> | null
  /** What somebody else did meanwhile. */
  against: JournalEntry | null
  /** A promised party that has lost its table by it. */
  without: string | null
}

/** Acts that need nobody's decision: what has happened, was said to a guest, or noted for colleagues. */
const FACTS: ReadonlySet<string> = new Set([
  'arrive',
  'call',
  'clear',
  'coming',
  'extend',
  'gone',
  'leave',
  'move',
  'no-show',
  'notes',
  'notify',
  'pay',
  'place',
  'ready',
  'reconfirm',
  'rejoin',
  'reopen',
  'seat',
  'serve',
  'tell-late',
  'wait',
  'walk',
])

export function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1)
}

/** Whether an order may wait for the network; a held table is granted by the service alone. */
export function canWait(path: ActPath, body: object): boolean {
  const sent = body as { dry_run?: boolean; held_id?: string | null; until?: string | null }
  if (sent.dry_run || sent.held_id) return false
  return FACTS.has(nameOf(path))
}

const SUBJECTS = ['reservation_id', 'seating_id', 'wait_id', 'table_id'] as const

/** What an order is about, its own id included: it names the seating or entry that it makes. */
export function aboutOf(id: string, body: Record<string, unknown>): string[] {
  const named = SUBJECTS.map((name) => body[name]).filter((each) => typeof each === 'string')
  return [id, ...named, ...((body.tables as string[] | undefined) ?? [])]
}

/** The same order as it is sent late. */
export function lateBody(act: LateAct): Record<string, unknown> {
  return { ...act.body, id: act.id, happened_at: act.at, by: act.by }
}
