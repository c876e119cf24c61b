/** The evening in figures: guests by quarter hour against the room, the tightest quarter, frequencies. */

import type { Reservation, Tonight } from '../../lib/wire'
import type { components } from '../../lib/wire.d'

type Schemas = components['schemas']
export type SoFar = Schemas['EveningSoFar']
export type Cause = Schemas['Cause']
type Pressure = Tonight['pressure'][number]

/** A quarter of an hour: who was there, or is promised and seated; `beyond`: more than the room holds. */
export interface Bar {
  at: string
  guests: number
  room: number
  past: boolean
  beyond: boolean
}

export interface Tightest {
  at: string
  guests: number
  room: number
  /** A promised party waits with this probability, as it was told; null: nobody was told of one. */
  risk: number | null
}

/** The quarters of the evening, those that are over as they were. */
export function barsOf(
  tonight: Pick<Tonight, 'pressure' | 'reservations'>,
  so: SoFar | null,
): Bar[] {
  const first = tonight.pressure[0]
  const begins = first ? Date.parse(first.at) : Number.POSITIVE_INFINITY
  const room = first?.capacity ?? 0
  const past = (so?.present ?? [])
    .filter((each) => Date.parse(each.at) < begins)
    .map((each) => ({ at: each.at, guests: each.present, room, past: true, beyond: false }))
  const coming = tonight.pressure.map((each) => ({
    at: each.at,
    guests: guestsAt(each),
    room: each.capacity,
    past: false,
    beyond: guestsAt(each) > each.capacity || someoneBeyond(tonight.reservations, each.at),
  }))
  return [...past, ...coming]
}

/** The quarter with the largest risk told, else the fullest; null when nobody is expected any more. */
export function tightest(pressure: readonly Pressure[]): Tightest | null {
  const told = pressure.filter((each) => riskOf(each) !== null)
  const among = told.length ? told : pressure
  const by = (each: Pressure) =>
    told.length ? (riskOf(each) ?? 0) : guestsAt(each) / Math.max(each.capacity, 1)
  let most: Pressure | null = null
  for (const each of among) if (!most || by(each) > by(most)) most = each
  if (!most || !guestsAt(most)) return null
  return { at: most.at, guests: guestsAt(most), room: most.capacity, risk: riskOf(most) }
}

/** A probability as a person says it: on one evening in `of`, else on `count` in ten. */
export type Often =
  | { way: 'hardly' }
  | { way: 'one'; of: number }
  | { way: 'tenths'; count: number }

export function oftenOf(chance: number): Often {
  if (chance < 0.01) return { way: 'hardly' }
  if (chance <= 0.5) return { way: 'one', of: Math.max(2, Math.round(1 / chance)) }
  return { way: 'tenths', count: Math.min(9, Math.round(chance * 10)) }
}

/** Why parties were refused, by the few causes that a manager counts. */
export const CAUSES = [
  'full',
  'pace',
  'large',
  'closed',
  'needs',
  'left',
  'declined',
  'other',
] as const
export type CauseName = (typeof CAUSES)[number]

const OF_CODE: Record<string, CauseName> = {
  NO_TABLE_FITS: 'full',
  HELD_BACK: 'full',
  RISK_OVER_CEILING: 'full',
  OVERBOOKING_CAP: 'full',
  BID_PRICE: 'full',
  TURN_TOO_SHORT: 'full',
  PACING_FULL: 'pace',
  PARTY_SIZE_NOT_ALLOWED: 'large',
  CLOSED: 'closed',
  PAUSED: 'closed',
  OUTSIDE_BOOKING_WINDOW: 'closed',
  NEEDS_NOT_MET: 'needs',
  AREA_NOT_BOOKABLE: 'needs',
}

/** A guest's own no is a regret: of one who waited, or of what was offered. */
export function causeOf(refused: Pick<Cause, 'code' | 'kind' | 'channel'>): CauseName {
  if (refused.kind === 'regret') return refused.channel === 'waitlist' ? 'left' : 'declined'
  return OF_CODE[refused.code] ?? 'other'
}

/** Parties by cause, the most first. */
export function byCause(causes: readonly Cause[]): { cause: CauseName; parties: number }[] {
  return CAUSES.map((cause) => ({
    cause,
    parties: causes.reduce((sum, each) => sum + (causeOf(each) === cause ? each.parties : 0), 0),
  }))
    .filter((each) => each.parties > 0)
    .sort((one, other) => other.parties - one.parties)
}

export interface Kept {
  window: string
  seats: number
  held: Tonight['held']
  /** The next of them to go back. */
  next: Tonight['held'][number] | null
  /** Whether one more may be held by tonight's rules. */
  more: boolean
}

/** The windows of held tables tonight, with what is held in each. */
export function keptBy(tonight: Pick<Tonight, 'held'>, so: SoFar | null): Kept[] {
  const ruled = new Map((so?.windows ?? []).map((each) => [each.name, each.seats]))
  const names = new Set([...ruled.keys(), ...tonight.held.map((each) => each.window)])
  return [...names].map((window) => {
    const held = tonight.held
      .filter((each) => each.window === window)
      .sort((one, other) => Date.parse(one.release_at) - Date.parse(other.release_at))
    const seats = ruled.get(window) ?? held[0]?.seats ?? 0
    return { window, seats, held, next: held[0] ?? null, more: ruled.has(window) }
  })
}

/** Minutes and seconds until an instant, as 1:52; null once it is over. */
export function leftUntil(instant: string, now: number): string | null {
  const seconds = Math.floor((Date.parse(instant) - now) / 1000)
  if (seconds <= 0) return null
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`
}

function guestsAt(quarter: Pressure): number {
  return quarter.promised + quarter.seated
}

function riskOf(quarter: Pressure): number | null {
  return quarter.any_wait ?? quarter.risk ?? null
}

function someoneBeyond(reservations: readonly Reservation[], at: string): boolean {
  const then = Date.parse(at)
  return reservations.some(
    (each) =>
      each.kind === 'overbooked' &&
      (each.state === 'booked' || each.state === 'arrived') &&
      Date.parse(each.starts) <= then &&
      then < Date.parse(each.ends),
  )
}
