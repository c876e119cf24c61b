/** The room as a locked tablet draws it: what is taken, by how many and until when; no names. */
import type { LockedTonight, Table, Wall } from './wire'

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

/** The part of the plan that holds all tables and walls, with a margin, in metres. */
export function roomBox(tables: Table[], walls: Wall[]) {
  const around = tables.flatMap((table) => {
    const { width, depth } = sizeOf(table)
    const half = Math.hypot(width, depth) / 2
    return [
      [table.x - half, table.y - half],
      [table.x + half, table.y + half],
    ]
  })
  const ends = walls.flatMap((wall) => [
    [wall.x1, wall.y1],
    [wall.x2, wall.y2],
  ])
  const points = [...around, ...ends] as [number, number][]
  if (!points.length) return { x: 0, y: 0, width: 10, height: 8 }
  const xs = points.map(([x]) => x)
  const ys = points.map(([, y]) => y)
  const [x, y] = [Math.min(...xs) - 0.3, Math.min(...ys) - 0.3]
  return { x, y, width: Math.max(...xs) - x + 0.3, height: Math.max(...ys) - y + 0.3 }
}
