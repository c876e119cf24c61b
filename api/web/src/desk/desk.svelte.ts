/** The desk: a date, a party and what can be booked for it; the day's reservations; one being looked at. */
import { answerOf, api, BACKGROUND, Refusal } from '../lib/api'
import { newId } from '../lib/ids'
import { stand } from '../lib/stand.svelte'
import type { components } from '../lib/wire.d'
import type { Slot } from './times'

type Schemas = components['schemas']
export type Entry = Schemas['BookEntry']
export type Written = Schemas['WrittenEntry']
export type DayAhead = Schemas['DayAhead']
export type Guest = Schemas['Guest']
export type Search = Schemas['SearchResult']
export type Warning = Schemas['OrderWarning']

export interface Wishes {
  area: string | null
  step_free: boolean
  quiet: boolean
  high_chairs: number
}

/** A "no" of the engine, or warnings that ask: what the next tap would send besides. */
export interface Objection {
  refusal: Refusal
  alternatives: string[]
  warnings: Warning[]
}

const STRIP_DAYS = 28
const NEWS_MS = 250

class Desk {
  days = $state.raw<readonly DayAhead[]>([])
  date = $state('')
  size = $state(2)
  wishes = $state<Wishes>({ area: null, step_free: false, quiet: false, high_chairs: 0 })
  found = $state.raw<Search | null>(null)
  slot = $state.raw<Slot | null>(null)
  entries = $state.raw<readonly Entry[]>([])
  objection = $state.raw<Objection | null>(null)
  /** The reservation just written, to be read back to the guest. */
  written = $state.raw<Written | null>(null)

  #asked = 0
  #soon: ReturnType<typeof setTimeout> | undefined

  /** Today's service date and what the days ahead have. */
  async open(): Promise<void> {
    await this.refreshDays()
    if (!this.date) this.date = this.days[0]?.service_date ?? ''
    await this.look()
  }

  async refreshDays(): Promise<void> {
    const query = { days: STRIP_DAYS }
    const ahead = await answerOf(api.GET('/host/days', { params: { query }, headers: BACKGROUND }))
    this.days = ahead.days
  }

  /** Show another date. */
  async choose(date: string): Promise<void> {
    this.date = date
    this.slot = null
    await this.look()
  }

  /** News came: look again, once for all that come together. */
  lookSoon(): void {
    if (this.#soon !== undefined) return
    this.#soon = setTimeout(() => {
      this.#soon = undefined
      void this.look()
    }, NEWS_MS)
  }

  /** Ask the engine and read the day's book, both for what is chosen now. */
  async look(): Promise<void> {
    if (!this.date) return
    const asked = ++this.#asked
    const { area, ...needs } = this.wishes
    const query = { date: this.date, party_size: this.size, ...needs, ...(area ? { area } : {}) }
    const [found, entries] = await Promise.all([
      answerOf(api.GET('/host/availability', { params: { query } })),
      answerOf(api.GET('/host/reservations', { params: { query: { date: this.date } } })),
    ])
    if (asked !== this.#asked) return
    this.found = found
    this.entries = entries
    if (this.slot && !found.slots.some((each) => each.start === this.slot?.start)) this.slot = null
  }

  /** Send what writes; a "no" and warnings that ask become the objection. */
  async write(send: (id: string) => Promise<Written>): Promise<Written | null> {
    this.objection = null
    try {
      const written = await send(newId())
      this.written = written
      void this.refreshDays()
      void this.look()
      void stand.refresh()
      return written
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
      this.objection = objectionOf(error)
      return null
    }
  }
}

export function objectionOf(refusal: Refusal): Objection {
  const { alternatives, warnings, now } = refusal.problem
  const told = (warnings ?? (now as { warnings?: unknown } | null)?.warnings ?? []) as Warning[]
  return { refusal, alternatives: (alternatives ?? []) as string[], warnings: told }
}

export const desk = new Desk()
