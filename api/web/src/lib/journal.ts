/** The journal: who did what, and what can still be taken back. */
import type { JournalEntry } from './wire'

/** Whether an act can be taken back at a business time (milliseconds). */
export function undoable(entry: JournalEntry, now: number): boolean {
  if (entry.undo_until === null || entry.undone_by !== null) return false
  return Date.parse(entry.undo_until) > now
}

/** How long ago, in words a person says: seconds below a minute, then minutes, then the hour. */
export type Ago = { unit: 'seconds' | 'minutes'; count: number } | { unit: 'time' }

export function agoOf(at: string, now: number): Ago {
  const seconds = Math.max(0, Math.floor((now - Date.parse(at)) / 1000))
  if (seconds < 60) return { unit: 'seconds', count: seconds }
  if (seconds < 3600) return { unit: 'minutes', count: Math.floor(seconds / 60) }
  return { unit: 'time' }
}

/** The last act of somebody else, for a signature; null if it is older than a minute. */
export function lastOfOthers(
  entries: readonly JournalEntry[],
  me: string,
  now: number,
): JournalEntry | null {
  const found = entries.find((each) => each.staff_id !== null && each.staff_id !== me)
  return found && now - Date.parse(found.at) < 60_000 ? found : null
}
