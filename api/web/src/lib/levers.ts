/** The evening's levers as rows: what each does now, who pulled it, what one tap sends. */
import type { House, Lever, Tonight } from './wire'

export type LeverKind = Lever['kind']

export interface LeverRow {
  key: string
  kind: LeverKind
  area: { id: string; name: string } | null
  engaged: boolean
  /** When it was pulled, or from when it holds, and until when; null as long as the service lasts. */
  at: string | null
  until: string | null
  by: string | null
  /** The part of POST /host/orders/levers that turns it round. */
  body: Record<string, unknown>
}

const SIMPLE = ['online_paused', 'seating_stopped', 'last_orders', 'close_early'] as const

export function leverRows(tonight: Tonight, house: House): LeverRow[] {
  const { period } = tonight
  if (!period) return []
  const engaged: Record<(typeof SIMPLE)[number], boolean> = {
    online_paused: period.online_paused,
    seating_stopped: period.seating_stopped,
    last_orders: period.last_orders_at !== null,
    close_early: period.closes_early_at !== null,
  }
  const simple = SIMPLE.map((kind) => ({
    key: kind,
    kind,
    area: null,
    engaged: engaged[kind],
    ...pulledAs(tonight, house, kind, null),
    body: { [kind]: !engaged[kind] },
  }))
  const areas = house.areas.map((area) => {
    const shut = period.areas_shut.includes(area.id)
    const others = period.areas_shut.filter((each) => each !== area.id)
    return {
      key: `area ${area.id}`,
      kind: 'area_shut' as const,
      area,
      engaged: shut,
      ...pulledAs(tonight, house, 'area_shut', area.id),
      body: { areas_shut: shut ? others : [...others, area.id] },
    }
  })
  return [...simple, ...areas]
}

export interface Pace {
  /** Covers that may start in a quarter hour: as set for tonight, null: as the house has it. */
  covers: number | null
  usual: number
  until: string | null
  by: string | null
}

/** How fast the kitchen takes guests; null where there is no service. */
export function paceOf(tonight: Tonight, house: House): Pace | null {
  const { period, pressure } = tonight
  if (!period) return null
  const covers = period.pacing_covers
  const { by } = pulledAs(tonight, house, 'pace', null)
  const until = covers === null ? null : (period.pacing_covers_until ?? period.closes)
  return { covers, usual: pressure[0]?.pacing_usual ?? 0, until, by: covers === null ? null : by }
}

/** One tap slows it to half. */
export function slowed(pace: Pace): number {
  return Math.ceil(pace.usual / 2)
}

function pulledAs(tonight: Tonight, house: House, kind: LeverKind, area: string | null) {
  const lever = tonight.levers.find(
    (each) => each.kind === kind && each.engaged && !each.lifted_at && each.area === area,
  )
  const person = house.staff.find((each) => each.staff_id === lever?.pulled_by)
  return {
    at: lever?.at ?? lever?.pulled_at ?? null,
    until: lever?.until ?? null,
    by: person?.name ?? null,
  }
}
