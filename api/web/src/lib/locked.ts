/** The room as a locked tablet draws it: what is taken, by how many and until when; no names. */
import type { LockedTonight, Table } from './wire'

export interface LockedTable {
  table: Table
  /** `over`: past its expected end; `soon`: expected within two hours. */
  state: 'free' | 'seated' | 'over' | 'soon'
  /** When it is expected to be free, or the next party to come; null while free. */
  until: string | null
  size: number | null
}

const SOON_MS = 2 * 3600_000

export function lockedTables(locked: LockedTonight): LockedTable[] {
  const now = Date.parse(locked.now)
  return locked.room.tables.map((table) => {
    const sits = locked.seated.find((each) => each.tables.includes(table.id))
    if (sits) {
      const state = Date.parse(sits.ends) <= now ? 'over' : 'seated'
      return { table, state, until: sits.ends, size: sits.party_size }
    }
    const next = locked.expected
      .filter((each) => each.tables.includes(table.id))
      .sort((a, b) => Date.parse(a.starts) - Date.parse(b.starts))[0]
    if (next && Date.parse(next.starts) - now <= SOON_MS) {
      return { table, state: 'soon', until: next.starts, size: next.party_size }
    }
    return { table, state: 'free', until: null, size: null }
  })
}
