/** What letting go of a party does: one order, or a question where it is a join or a swap. */
import type { OrderBody, OrderPath, Seating, Tonight } from '../lib/wire'
import type { TableState } from './state'

export type InHand = { name: string; size: number } & (
  | { kind: 'party'; id: string }
  | { kind: 'seated'; id: string }
  | { kind: 'waiting'; id: string }
  | { kind: 'walk_in' }
  | { kind: 'table'; id: string }
)

/** Where the finger is: over a table, or over the list (on the timeline: what has no table). */
export type Over = { kind: 'table'; id: string } | { kind: 'list' }

/** An order without its id; `does`: what it is in words, under `floor-does-...`. */
export interface Deed {
  path: OrderPath
  body: Record<string, unknown>
  does: Does
  tables: string[]
}

export type Does = 'seat' | 'move' | 'plan' | 'unseat' | 'unplan' | 'join' | 'merge' | 'swap'

/** One deed is done; of several a person chooses one, after a question. */
export interface Drop {
  deeds: Deed[]
  asks: boolean
}

export interface Scene {
  tonight: Pick<Tonight, 'reservations' | 'seatings' | 'waiting'>
  state: (table: string) => TableState | undefined
  /** On the timeline a party that is to come is planned, on the floor it is seated. */
  plans: boolean
}

/** What a drop does, undefined where it does nothing. */
export function dropOf(holds: InHand, over: Over, scene: Scene): Drop | undefined {
  if (over.kind === 'list') return one(backOf(holds, scene))
  if (holds.kind === 'table') return joinOf(holds.id, over.id, scene)
  if (holds.kind !== 'seated') return one(deedOf(holds, [over.id], scene, scene.plans))
  const seating = seatingOf(holds.id, scene)
  if (!seating || seating.tables.includes(over.id)) return undefined
  const there = scene.tonight.seatings.find(
    (each) => each.state !== 'cleared' && each.tables.includes(over.id),
  )
  return there ? meeting(seating, there) : one(deedOf(holds, [over.id], scene, false))
}

/** The order that gives these tables to who is in the hand; `plans`: for later, where they come later. */
export function deedOf(
  holds: InHand,
  tables: string[],
  scene: Scene,
  plans: boolean,
): Deed | undefined {
  switch (holds.kind) {
    case 'seated': {
      const seating = seatingOf(holds.id, scene)
      if (!seating) return undefined
      return deed('/host/orders/move', { ...of(seating), tables }, 'move', tables)
    }
    case 'party':
      return partyDeed(holds.id, tables, scene, plans)
    case 'waiting': {
      const waiting = scene.tonight.waiting.find((each) => each.wait_id === holds.id)
      if (!waiting) return undefined
      const { wait_id, version } = waiting
      return seat({ tables, wait_id, version }, tables, scene)
    }
    case 'walk_in':
      return seat({ tables, party_size: holds.size }, tables, scene)
    case 'table':
      return undefined
  }
}

function partyDeed(id: string, tables: string[], scene: Scene, plans: boolean): Deed | undefined {
  const party = scene.tonight.reservations.find((each) => each.reservation_id === id)
  if (!party) return undefined
  const { reservation_id, version } = party
  const later = party.state === 'booked' || tables.some((table) => scene.state(table)?.seating)
  if (plans && later) {
    const same = party.tables.length === tables.length
    if (same && tables.every((table) => party.tables.includes(table))) return undefined
    return deed('/host/orders/assign', { reservation_id, version, tables }, 'plan', tables)
  }
  return seat({ tables, reservation_id, version }, tables, scene)
}

type Seat = Omit<OrderBody<'/host/orders/seat'>, 'id' | 'held_id'>

function seat(body: Seat, tables: string[], scene: Scene): Deed {
  const held_id = tables.map((id) => scene.state(id)).find((each) => each?.kind === 'held')?.held
  return deed('/host/orders/seat', { ...body, held_id: held_id ?? null }, 'seat', tables)
}

/** Back to the list: who sits waits again, who is planned is planned elsewhere. */
function backOf(holds: InHand, scene: Scene): Deed | undefined {
  if (holds.kind === 'seated') {
    const seating = seatingOf(holds.id, scene)
    return seating && deed('/host/orders/unseat', of(seating), 'unseat', seating.tables)
  }
  if (holds.kind !== 'party') return undefined
  const party = scene.tonight.reservations.find((each) => each.reservation_id === holds.id)
  if (!party?.tables.length) return undefined
  const { reservation_id, version, tables } = party
  return deed('/host/orders/unplan', { reservation_id, version }, 'unplan', tables)
}

/** An empty table pushed to another: whoever has that one gets both; to an empty one: who comes in. */
function joinOf(table: string, to: string, scene: Scene): Drop | undefined {
  const state = scene.state(to)
  if (table === to || !state) return undefined
  const seating = state.seating ? seatingOf(state.seating, scene) : undefined
  if (seating) {
    const tables = [...seating.tables, table]
    return asking(deed('/host/orders/move', { ...of(seating), tables }, 'join', tables))
  }
  if (state.kind === 'free' || state.kind === 'held') return forWalkIn([to, table], scene)
  const party = scene.tonight.reservations.find((each) => each.reservation_id === state.reservation)
  if (!party) return undefined
  const { reservation_id, version } = party
  const tables = [...party.tables, table]
  const plan = { reservation_id, version, tables }
  return asking(deed('/host/orders/assign', plan, 'join', tables))
}

/** For as many as both seat, until somebody says how many they are. */
function forWalkIn(tables: string[], scene: Scene): Drop {
  const party_size = tables.reduce((sum, id) => sum + (scene.state(id)?.seats ?? 0), 0)
  return asking({ ...seat({ tables, party_size }, tables, scene), does: 'join' })
}

/** An empty table chosen for whoever comes in, and then one that is taken: they are pushed together. */
export function pushOf(tables: readonly string[], scene: Scene): Drop | undefined {
  const [table, to, ...more] = tables
  if (!table || !to || more.length || !scene.state(to)?.seating) return undefined
  return scene.state(table)?.seating ? undefined : joinOf(table, to, scene)
}

/** Two parties that sit: they change places, or become one. */
function meeting(one: Seating, other: Seating): Drop {
  const swap = { ...of(one), other_id: other.seating_id, other_version: other.version }
  const merge = { ...of(one), into_id: other.seating_id, into_version: other.version }
  return asking(
    deed('/host/orders/swap', swap, 'swap', other.tables),
    deed('/host/orders/merge', merge, 'merge', [...other.tables, ...one.tables]),
  )
}

function seatingOf(id: string, scene: Scene): Seating | undefined {
  return scene.tonight.seatings.find((each) => each.seating_id === id && each.state !== 'cleared')
}

function of({ seating_id, version }: Seating): { seating_id: string; version: number } {
  return { seating_id, version }
}

function deed<P extends OrderPath>(
  path: P,
  body: Omit<OrderBody<P>, 'id'>,
  does: Does,
  tables: string[],
): Deed
function deed(path: OrderPath, body: Record<string, unknown>, does: Does, tables: string[]): Deed {
  return { path, body, does, tables }
}

function one(found: Deed | undefined): Drop | undefined {
  return found && { deeds: [found], asks: false }
}

function asking(...deeds: Deed[]): Drop {
  return { deeds, asks: true }
}
