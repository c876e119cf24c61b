/** The desk: a date, a party and what can be booked for it; the day's reservations; one being looked at. */
import { answerOf, api, BACKGROUND, Refusal } from '../lib/api'
import { newId } from '../lib/ids'
import { stand } from '../lib/stand.svelte'
import type { components } from '../lib/wire.d'
import { t, told } from '../lib/words.svelte'
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
  /** What the house says to a guest at such a "no"; empty where it has no line for it. */
  line: string
}

/** The start that is being booked: free, or against a "no", or for a group at tables named by us. */
export interface Start {
  start: string
  slot: Slot | null
  /** Against the plan: a reason is asked for; with a held table, that is granted. */
  against?: { held: string | null; table: string } | undefined
}

export interface Draft {
  channel: 'phone' | 'desk'
  name: string
  phone: string
  email: string
  special: string
  notes: string
  rulesRead: boolean
  /** Why it is booked against the plan. */
  why: string
  /** The tables that a large group sits at. */
  tables: string[]
  known: Guest | null
}

const EMPTY: Draft = {
  channel: 'phone',
  name: '',
  phone: '',
  email: '',
  special: '',
  notes: '',
  rulesRead: false,
  why: '',
  tables: [],
  known: null,
}

const STRIP_DAYS = 28
const NEWS_MS = 250

class Desk {
  days = $state.raw<readonly DayAhead[]>([])
  date = $state('')
  size = $state(2)
  wishes = $state<Wishes>({ area: null, step_free: false, quiet: false, high_chairs: 0 })
  found = $state.raw<Search | null>(null)
  chosen = $state.raw<Start | null>(null)
  entries = $state.raw<readonly Entry[]>([])
  /** The book of some day has been read: an empty one is empty. */
  read = $state(false)
  objection = $state.raw<Objection | null>(null)
  /** The start that a guest asked for first, where another one is taken. */
  wished = $state<string | null>(null)
  /** The reservation just written, to be read back to the guest. */
  written = $state.raw<Written | null>(null)

  /** What was typed of the guest: kept while one looks at the floor, or at another time. */
  draft = $state<Draft>({ ...EMPTY })

  #beyond = $state.raw<DayAhead | null>(null)
  #asked = 0
  #soon: ReturnType<typeof setTimeout> | undefined

  /** What the chosen date has; also beyond the strip. */
  readonly day: DayAhead | undefined = $derived(
    [...this.days, ...(this.#beyond ? [this.#beyond] : [])].find(
      (each) => each.service_date === this.date,
    ),
  )

  /** Whether the party is larger than any table or join: a person names the tables. */
  readonly large: boolean = $derived(this.found?.enquiry != null)

  /** Today's service date and what the days ahead have. */
  async open(): Promise<void> {
    try {
      await this.refreshDays()
      if (!this.date) this.date = this.days[0]?.service_date ?? ''
    } catch (error) {
      stand.refused(error)
    }
    await this.look()
  }

  async refreshDays(): Promise<void> {
    const query = { days: STRIP_DAYS }
    const ahead = await answerOf(api.GET('/host/days', { params: { query }, headers: BACKGROUND }))
    this.days = ahead.days
    if (this.#beyond) await this.#lookBeyond()
  }

  /** Show another date. */
  async choose(date: string): Promise<void> {
    this.date = date
    this.forget()
    await this.look()
  }

  /** Take back what was being booked or said; the party and the day stay. */
  forget(): void {
    this.chosen = null
    this.objection = null
    this.wished = null
    this.written = null
  }

  /** The guest has rung off: nothing of them stays. */
  leaveOff(): void {
    this.forget()
    this.draft = { ...EMPTY }
  }

  /** Book this start; one of another date shows that date. */
  async take(slot: Slot, date = this.date): Promise<void> {
    const { wished } = this
    if (date !== this.date) {
      this.date = date
      this.found = null
    }
    this.forget()
    this.wished = wished
    this.chosen = { start: slot.start, slot }
    await this.look()
  }

  /** News came: look again, once for all that come together. */
  lookSoon(): void {
    if (this.#soon !== undefined) return
    this.#soon = setTimeout(() => {
      this.#soon = undefined
      void this.look()
      void this.refreshDays().catch(() => {})
    }, NEWS_MS)
  }

  /** Ask the engine and read the day's book, both for what is chosen now. */
  async look(): Promise<void> {
    if (!this.date) return
    const asked = ++this.#asked
    const { area, ...needs } = this.wishes
    const query = { date: this.date, party_size: this.size, ...needs, ...(area ? { area } : {}) }
    try {
      const [found, entries] = await Promise.all([
        answerOf(api.GET('/host/availability', { params: { query } })),
        answerOf(api.GET('/host/reservations', { params: { query: { date: this.date } } })),
        this.#lookBeyond(),
      ])
      if (asked !== this.#asked) return
      this.found = found
      this.entries = entries
      this.read = true
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
      if (asked === this.#asked && !error.unreachable) stand.refused(error)
      return
    }
    this.#keepChosen()
  }

  async #lookBeyond(): Promise<void> {
    const { date } = this
    if (!date || !this.days.length || this.days.some((each) => each.service_date === date)) return
    const query = { from: date, days: 1 }
    const ahead = await answerOf(api.GET('/host/days', { params: { query }, headers: BACKGROUND }))
    if (date === this.date) this.#beyond = ahead.days[0] ?? null
  }

  /** A start that was free and is no longer: the guest hears so before the booking is sent. */
  #keepChosen(): void {
    const { chosen } = this
    if (!chosen?.slot) return
    const still = this.found?.slots.find((each) => same(each.start, chosen.start))
    if (still) this.chosen = { start: still.start, slot: still }
    else void this.ask(chosen.start)
  }

  /** A start that is taken: why, what the house says, and what is free instead. */
  async ask(start: string): Promise<void> {
    this.forget()
    if (this.large) {
      this.chosen = { start, slot: null }
      return
    }
    const guest = { name: '–', phone: null, email: null, locale: null }
    const body = {
      ...PLAIN,
      id: newId(),
      channel: 'phone' as const,
      party_size: this.size,
      starts: start,
      guest,
      needs: this.wishes,
      dry_run: true,
    }
    try {
      await answerOf(api.POST('/host/reservations', { body }))
      await this.look()
      const slot = this.found?.slots.find((each) => same(each.start, start)) ?? null
      this.chosen = { start, slot }
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
      this.wished = start
      this.objection = objectionOf(error)
    }
  }

  /** One of the starts named in a "no". */
  async takeInstead(start: string): Promise<void> {
    const slot = this.found?.slots.find((each) => same(each.start, start))
    if (slot) await this.take(slot)
    else await this.ask(start)
  }

  /** Send what writes; a "no" and warnings that ask become the objection. */
  async write(send: (id: string) => Promise<Written>): Promise<Written | null> {
    this.objection = null
    try {
      const written = await send(newId())
      this.leaveOff()
      this.written = written
      this.after(written, () => cancelled(written))
      return written
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
      this.objection = objectionOf(error)
      return null
    }
  }

  /** Something was written: the toast takes it back by `back`, and what is shown is read anew. */
  after(written: Written, back?: () => Promise<unknown>): void {
    const { result } = written
    const { message, params, said } = result?.changed ?? {
      message: undefined,
      params: {},
      said: '',
    }
    const undo = async (): Promise<void> => {
      try {
        await back?.()
        if (this.written?.reservation_id === written.reservation_id) this.written = null
      } catch (error) {
        stand.refused(error)
      }
      this.lookSoon()
    }
    if (back) stand.did(written.reservation_id, told(message, params, said), undo)
    else void stand.refresh()
    this.lookSoon()
  }
}

/** Nothing said of what a booking may also carry. */
export const PLAIN = {
  anyway: [] as [],
  dry_run: false,
  overrule: null,
  grant: null,
  tables: null,
  preferences: null,
  duration_minutes: null,
  wished_start: null,
  accepted_house_rules: null,
  special_request: '',
  notes: '',
}

/** Cancel what was just booked. */
function cancelled({ reservation_id }: Written): Promise<Written> {
  const body = { id: newId(), anyway: [] as [], dry_run: false, reason: t('desk-taken-back') }
  const params = { path: { reservation_id } }
  return answerOf(api.POST('/host/reservations/{reservation_id}/cancel', { params, body }))
}

function same(one: string, other: string): boolean {
  return Date.parse(one) === Date.parse(other)
}

export function objectionOf(refusal: Refusal): Objection {
  const { alternatives, warnings, now, answers } = refusal.problem
  const told = (warnings ?? (now as { warnings?: unknown } | null)?.warnings ?? []) as Warning[]
  return {
    refusal,
    alternatives: (alternatives ?? []) as string[],
    warnings: told,
    line: (answers as { ordinary?: string } | null | undefined)?.ordinary ?? '',
  }
}

export const desk = new Desk()
