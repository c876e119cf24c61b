/** Sections and the rotation in words; what a draft of sections changes. */
import { clock } from '../lib/clock.svelte'
import { stand } from '../lib/stand.svelte'
import type { House, OrderBody, ServerLoad, Tonight } from '../lib/wire'
import { t, timeOf } from '../lib/words.svelte'

/** Who serves each table, by staff id. */
export type Served = ReadonlyMap<string, string>

export function servedBy(servers: readonly ServerLoad[]): Map<string, string> {
  return new Map(servers.flatMap((each) => each.section.map((table) => [table, each.server])))
}

/** The tables that nobody serves, in the order of the house. */
export function uncovered(house: Pick<House, 'tables'>, served: Served): string[] {
  return house.tables.map((each) => each.id).filter((id) => !served.has(id))
}

/** The part of POST /host/orders/sections that makes one of the other; empty where they are alike. */
export function changeTo(
  tables: readonly string[],
  before: Served,
  after: Served,
): OrderBody<'/host/orders/sections'>['sections'] {
  const groups = new Map<string | null, string[]>()
  for (const table of tables) {
    const server = after.get(table) ?? null
    if (server === (before.get(table) ?? null)) continue
    groups.set(server, [...(groups.get(server) ?? []), table])
  }
  return [...groups].map(([server, given]) => ({ server, tables: given }))
}

/** The draft after a tap: the table is theirs; a second tap takes it from them. */
export function tapped(served: Served, table: string, server: string | null): Map<string, string> {
  const after = new Map(served)
  if (server === null || after.get(table) === server) after.delete(table)
  else after.set(table, server)
  return after
}

/** The draft after these tables went over as a whole. */
export function handed(
  served: Served,
  tables: readonly string[],
  server: string,
): Map<string, string> {
  return new Map([...served, ...tables.map((table) => [table, server] as const)])
}

export function nameOf(house: Pick<House, 'staff'> | null, server: string): string {
  return house?.staff.find((each) => each.staff_id === server)?.name ?? server
}

/** "Ana: 2 tables, 7 guests, last 19:31": why it is whose turn (STAND.md 23). */
export function loadSays(load: ServerLoad): string {
  const name = nameOf(stand.house, load.server)
  if (!load.last_at) return t('sections-load-none', { name })
  const { tables, covers: guests } = load
  return t('sections-load', { name, tables, guests, time: timeOf(load.last_at, stand.zone) })
}

/** What one more party now would be at their tables: the second or third within ten minutes. */
export function pressedSays(load: ServerLoad | undefined): string {
  if (!load?.lately) return ''
  const name = nameOf(stand.house, load.server)
  return t(load.lately > 1 ? 'sections-third' : 'sections-second', { name })
}

/** The kitchen's present quarter of an hour, and until when it is slowed; empty where it is not. */
export function kitchenSays(tonight: Tonight): string {
  const { period } = tonight
  const now = tonight.pressure[0]
  if (!period || !now || period.pacing_covers === null || !isSlowed(tonight, clock.now)) return ''
  const until = period.pacing_covers_until ?? period.closes
  const figures = { covers: now.starting_covers, most: now.pacing, time: timeOf(until, stand.zone) }
  return t('sections-kitchen', figures)
}

/** Whether the pace lever is in force at this moment. */
export function isSlowed(tonight: Pick<Tonight, 'period'>, now: number): boolean {
  const { period } = tonight
  if (!period || period.pacing_covers === null) return false
  return !period.pacing_covers_until || Date.parse(period.pacing_covers_until) > now
}
