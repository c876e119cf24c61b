/** The days of the strip: what each has, in the words and shares that a day's button shows. */
import type { components } from '../lib/wire.d'

type DayAhead = components['schemas']['DayAhead']
type ServiceAhead = components['schemas']['ServiceAhead']

export interface DayShown {
  date: string
  /** Whether anything can be booked that day at all. */
  open: boolean
  /** The name of a special day, a closure or a private event; empty on an ordinary day. */
  name: string
  covers: number
  reservations: number
  requests: number
  notes: number
  /** Covers of the services against twice the seats of each: how full, from 0 to 1. */
  share: number
}

/** Two turns of the room are a full evening, for the bar of a day; the engine decides by tables. */
const TURNS = 2

export function dayShown(day: DayAhead): DayShown {
  const served = day.services.filter((service) => service.served)
  const sum = (of: (service: ServiceAhead) => number): number =>
    served.reduce((total, service) => total + of(service), 0)
  const covers = sum((service) => service.booked.covers)
  const room = sum((service) => service.capacity.seats) * TURNS
  return {
    date: day.service_date,
    open: served.some((service) => !service.over),
    name: day.about.special ?? day.about.closure ?? day.about.buy_outs[0] ?? '',
    covers,
    reservations: sum((service) => service.booked.reservations),
    requests: sum((service) => service.booked.requests),
    notes: day.notes.length + sum((service) => service.notes.length),
    share: room ? Math.min(1, covers / room) : 0,
  }
}
