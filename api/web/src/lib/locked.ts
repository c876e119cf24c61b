/** The room as a locked tablet draws it: what is taken, by how many and until when; no names. */
import type { LockedTonight, Table } from './wire'

export interface LockedTable {
  table: Table
  width: number
  depth: number
  /** `over`: past its expected end; `soon`: expected within two hours. */
  state: 'free' | 'seated' | 'over' | 'soon'
  /** When it is expected to be free, or the next party to come; null while free. */
  until: string | null
  size: number | null
}

const SOON_MS = 2 * 3600_000
const SIDE = 0.5
const SIDE_OF_A_SEAT = 0.1

/** Width and depth of a table in metres, guessed by its seats where the house does not tell. */
export function sizeOf(table: Table): { width: number; depth: number } {
  const usual = SIDE + SIDE_OF_A_SEAT * table.seats_max
  return { width: table.width ?? usual, depth: table.depth ?? table.width ?? Math.min(usual, 0.9) }
}

export function lockedTables(locked: LockedTonight): LockedTable[] {
  const now = Date.parse(locked.now)
  return locked.room.tables.map((table) => {
    const sits = locked.seated.find((each) => each.tables.includes(table.id))
    if (sits) {
      const state = Date.parse(sits.ends) <= now ? 'over' : 'seated'
      return { table, ...sizeOf(table), state, until: sits.ends, size: sits.party_size }
    }
    const next = locked.expected
      .filter((each) => each.tables.includes(table.id))
      .sort((a, b) => Date.parse(a.starts) - Date.parse(b.starts))[0]
    if (next && Date.parse(next.starts) - now <= SOON_MS) {
      return { table, ...sizeOf(table), state: 'soon', until: next.starts, size: next.party_size }
    }
    return { table, ...sizeOf(table), state: 'free', until: null, size: null }
  })
}

const MARGIN = 0.5

/** The part of the plan that holds these tables, with a margin, in metres. */
export function roomBox(tables: Table[]) {
  if (!tables.length) return { x: 0, y: 0, width: 10, height: 8 }
  const halves = tables.map((table) => {
    const { width, depth } = sizeOf(table)
    return { table, half: Math.hypot(width, depth) / 2 + MARGIN }
  })
  const x = Math.min(...halves.map(({ table, half }) => table.x - half))
  const y = Math.min(...halves.map(({ table, half }) => table.y - half))
  const right = Math.max(...halves.map(({ table, half }) => table.x + half))
  const bottom = Math.max(...halves.map(({ table, half }) => table.y + half))
  return { x, y, width: right - x, height: bottom - y }
}
