/** Where things lie on the timeline: time across, tables down; pure, in CSS px. */
import type { House } from '../lib/wire'

/** A row is touched 48 px high, and is 8 px from the next (STAND.md 14). */
export const BAR = 48
export const ROW = BAR + 8
export const AREA_ROW = 36
const HOUR = 3_600_000
const HALF = HOUR / 2
/** Narrower than this an hour cannot be read: the screen shows fewer hours. */
export const LEAST_HOUR = 88
const BEFORE_NOW = HALF
const LONGEST_BEFORE = 1.5 * HOUR
/** The last hours of the evening are not stretched further than this. */
const FEWEST_HOURS = 4 * HOUR

export interface Stretch {
  from: number
  till: number
  width: number
}

/** The hours from `wanted` on: to the end of the evening, or as many as can be read. */
export function stretchOf(
  period: { opens: string; closes: string },
  width: number,
  wanted: number,
): Stretch {
  const [opens, closes] = [Date.parse(period.opens), Date.parse(period.closes)]
  const fitting = Math.max(HOUR, Math.floor(width / LEAST_HOUR / 0.5) * HALF)
  const latest = closes - Math.min(fitting, FEWEST_HOURS)
  const from = Math.max(opens, Math.min(floorTo(wanted, HALF), latest))
  return { from, till: Math.min(closes, from + fitting), width }
}

/** Where to begin: a little before now, but with whoever still sits in sight where that is near. */
export function beforeNow(now: number, bars: readonly { kind: string; starts: number }[]): number {
  const sit = bars.filter((each) => each.kind === 'seated' || each.kind === 'over')
  const first = Math.min(now - BEFORE_NOW, ...sit.map((each) => each.starts))
  return floorTo(Math.max(first, now - LONGEST_BEFORE), HALF)
}

function floorTo(value: number, step: number): number {
  return Math.floor(value / step) * step
}

/** The place of an instant, from the left. */
export function xOf({ from, till, width }: Stretch, at: number): number {
  return ((at - from) / (till - from)) * width
}

export interface Box {
  left: number
  width: number
  /** It began before, or ends after what is shown: that edge is open. */
  begun: boolean
  goesOn: boolean
}

const GAP = 2

/** The box of a bar, undefined where it is not in sight. */
export function boxOf(stretch: Stretch, starts: number, ends: number): Box | undefined {
  if (ends <= stretch.from || starts >= stretch.till) return undefined
  const begun = starts < stretch.from
  const goesOn = ends > stretch.till
  const left = begun ? 0 : xOf(stretch, starts) + GAP / 2
  const right = goesOn ? stretch.width : xOf(stretch, ends) - GAP / 2
  return { left, width: Math.max(4, right - left), begun, goesOn }
}

/** The hours and half hours in sight; `hour`: it is named. */
export function ticksOf(stretch: Stretch): { at: number; x: number; hour: boolean }[] {
  const ticks = []
  for (let at = Math.ceil(stretch.from / HALF) * HALF; at < stretch.till; at += HALF) {
    ticks.push({ at, x: xOf(stretch, at), hour: at % HOUR === 0 })
  }
  return ticks
}

export type Item =
  | { kind: 'area'; id: string; name: string; y: number; height: number }
  | { kind: 'table'; id: string; seats: number; y: number; height: number }

/** The rows from the top: each area in the room's order, then its tables. */
export function itemsOf(house: Pick<House, 'tables' | 'areas'>): Item[] {
  const items: Item[] = []
  let y = 0
  const known = new Set(house.areas.map((each) => each.id))
  const others = { id: '', name: '' }
  for (const area of [...house.areas, others]) {
    const own = house.tables.filter((each) =>
      area === others ? !known.has(each.area) : each.area === area.id,
    )
    if (!own.length) continue
    items.push({ kind: 'area', id: area.id, name: area.name, y, height: AREA_ROW })
    y += AREA_ROW
    for (const table of own) {
      items.push({ kind: 'table', id: table.id, seats: table.seats_max, y, height: ROW })
      y += ROW
    }
  }
  return items
}

/** How high all of them are. */
export function heightOf(items: readonly Item[]): number {
  const last = items.at(-1)
  return last ? last.y + last.height : 0
}

const BEYOND = 3 * ROW

/** Only what is in sight is drawn, and a little above and below. */
export function inSight(items: readonly Item[], top: number, height: number): Item[] {
  return items.filter(
    (each) => each.y + each.height > top - BEYOND && each.y < top + height + BEYOND,
  )
}

const EDGE = 56
const FASTEST = 14

/** How far to scroll in a frame while a finger carries a party near the upper or lower edge. */
export function scrollBy(y: number, top: number, bottom: number): number {
  if (y < top || y > bottom) return 0
  const up = top + EDGE - y
  const down = y - (bottom - EDGE)
  if (up > 0) return -Math.ceil((Math.min(up, EDGE) / EDGE) * FASTEST)
  if (down > 0) return Math.ceil((Math.min(down, EDGE) / EDGE) * FASTEST)
  return 0
}

/** The place an arrow key leads to: another row, or another bar of the row; null: the table itself. */
export function stepFrom(
  at: { table: string; bar: string | null },
  key: string,
  tables: readonly string[],
  barsOf: (table: string) => readonly string[],
): { table: string; bar: string | null } | undefined {
  const row = tables.indexOf(at.table)
  if (key === 'ArrowUp' || key === 'ArrowDown') {
    const table = tables[row + (key === 'ArrowUp' ? -1 : 1)]
    return table === undefined ? undefined : { table, bar: null }
  }
  if (key !== 'ArrowLeft' && key !== 'ArrowRight') return undefined
  const bars = [null, ...barsOf(at.table)]
  const bar = bars[bars.indexOf(at.bar) + (key === 'ArrowLeft' ? -1 : 1)]
  return bar === undefined ? undefined : { table: at.table, bar }
}
