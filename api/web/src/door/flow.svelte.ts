/** One party at the door: the answer kept fresh, the refusal, the ways after all, and who is called. */
import { answerOf, api, BACKGROUND, Refusal } from '../lib/api'
import { newId } from '../lib/ids'
import { stand } from '../lib/stand.svelte'
import type { DoorOption, DoorOptions, OrderResult } from '../lib/wire'
import { told } from '../lib/words.svelte'
import { type Known, Meanings, meaningOf, stateOf } from './answers'
import { Rescue } from './rescue.svelte'

export interface PartyAtDoor {
  size?: number | undefined
  reservation?: string | undefined
  wait?: string | undefined
  turnaway?: string | undefined
}

const QUIET_MS = 150
const OLD_MS = 60_000
/** News that changes no table: what is given, who is called, what is noted. */
const ELSEWHERE = /^(gesture|complaint|alert|approval|note)/

/** The parties expected tonight, by what the sentences about them need. */
export function knownParties(): Known[] {
  const expected = stand.tonight?.reservations ?? []
  return expected.filter((each) => each.state === 'booked' || each.state === 'arrived')
}

let lastCalled = ''

export class DoorFlow {
  size = $state(0)
  answer = $state.raw<DoorOptions | null>(null)
  /** News came that the answer on screen has not seen. */
  stale = $state(false)
  /** The place whose table changed under the finger, and what stood there before. */
  changed = $state<Record<string, string>>({})
  busy = $state(false)
  turnaway = $state<string | null>(null)
  rescue = $state<Rescue | null>(null)
  /** The sentence the house says first: the playbook's, known once the refusal is recorded. */
  ordinary = $state('')
  /** Whom the host wants to serve the party, whoever is next. */
  server = $state<string | null>(null)
  needs = $state({ area: '', step_free: false, high_chairs: 0 })

  readonly party: PartyAtDoor
  #meanings = new Meanings()
  #asking: Promise<void> | null = null
  #again = false
  #timer: ReturnType<typeof setTimeout> | undefined
  #ends: (() => void)[] = []

  constructor(party: PartyAtDoor) {
    this.party = party
    this.size = party.size ?? this.reservation?.party_size ?? this.entry?.party_size ?? 2
    this.turnaway = party.turnaway ?? null
  }

  /** Ask, and listen to what changes. */
  begin(): void {
    this.#ends.push(stand.onNews((news) => this.#hearNews(news.event)))
    const minutely = setInterval(() => this.#hearNews(), OLD_MS)
    this.#ends.push(
      () => clearInterval(minutely),
      () => clearTimeout(this.#timer),
    )
    void this.ask()
    if (this.party.turnaway) void this.tryForThem()
  }

  get reservation() {
    return stand.tonight?.reservations.find(
      (each) => each.reservation_id === this.party.reservation,
    )
  }

  get entry() {
    return stand.tonight?.waiting.find((each) => each.wait_id === this.party.wait)
  }

  /** Whom this tablet called last: proposed first. */
  get lastCalled(): string {
    return lastCalled
  }

  get walkIn(): boolean {
    return !this.party.reservation && !this.party.wait && !this.party.turnaway
  }

  /** What is said to the guest first: the manager's own words, else the rule's. */
  get sentence(): string {
    const { answer } = this
    return (
      this.ordinary ||
      answer?.playbook[0]?.text ||
      told(answer?.message ?? undefined, answer?.params, answer?.sentence ?? '')
    )
  }

  get name(): string {
    return this.reservation?.name || this.entry?.name || this.rescue?.listing.name || ''
  }

  /** Stop listening; the sheet is closed. */
  end(): void {
    for (const each of this.#ends) each()
    this.rescue?.end()
  }

  /** Ask for another size: nothing of the old answer may be tapped meanwhile. */
  resize(size: number): void {
    this.size = size
    this.answer = null
    this.changed = {}
    this.turnaway = null
    this.ordinary = ''
    this.rescue?.end()
    this.rescue = null
    this.#meanings = new Meanings()
    void this.ask()
  }

  /** Another server takes the party: at a table as good, if one of theirs is free. */
  serve(server: string): void {
    this.server = server
    void this.ask()
  }

  /** Ask the engine; calls meanwhile are answered by one more. */
  async ask(quietly = false): Promise<void> {
    if (this.#asking) {
      this.#again = true
      return this.#asking
    }
    this.#asking = this.#ask(quietly)
    await this.#asking
  }

  async #ask(quietly: boolean): Promise<void> {
    try {
      do {
        this.#again = false
        const { size, server } = this
        const query = this.#query()
        const headers = quietly ? BACKGROUND : {}
        const answer = await answerOf(api.GET('/host/door', { params: { query }, headers }))
        if (size === this.size && server === this.server) this.#show(answer)
        else this.#again = true
      } while (this.#again)
      this.stale = false
    } catch (error) {
      // Without the network the sheet says it, and shows the tables that it knows.
      const cutOff = error instanceof Refusal && error.unreachable
      if (!cutOff && (!quietly || !(error instanceof Refusal))) stand.refused(error)
    } finally {
      this.#asking = null
    }
  }

  #query() {
    const chosen = this.server ? { server: this.server } : {}
    if (this.party.reservation) return { reservation_id: this.party.reservation, ...chosen }
    if (this.party.wait) return { wait_id: this.party.wait, ...chosen }
    const { area, step_free, high_chairs } = this.needs
    const needs = { step_free, high_chairs, ...(area ? { area } : {}) }
    return { party_size: this.size, ...needs, ...chosen }
  }

  #show(answer: DoorOptions): void {
    const before = this.answer?.options ?? []
    const places = answer.options.map((each, place) => [String(place), meaningOf(each)] as const)
    const changed = this.#meanings.show(new Map(places), performance.now())
    const was = changed.map((place) => [place, before[Number(place)]?.tables.join(' + ') ?? ''])
    this.changed = Object.fromEntries(was)
    this.answer = answer
  }

  #hearNews(event = ''): void {
    if (ELSEWHERE.test(event)) return
    this.stale = true
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => this.ask(true), QUIET_MS)
    this.rescue?.hearNews()
  }

  /** Seat the party there. A tap never seats on an old meaning (STAND.md 4). */
  async seat(place: number, reason?: string): Promise<OrderResult | null> {
    const meant = this.answer?.options[place]
    if (!meant || this.busy || !this.#meanings.settled(String(place), performance.now()))
      return null
    this.busy = true
    try {
      if (this.stale) await this.ask(true)
      const still = this.answer?.options.find((each) => meaningOf(each) === meaningOf(meant))
      return still ? await this.#seat(still, reason) : null
    } finally {
      this.busy = false
    }
  }

  async #seat(option: DoorOption, reason?: string): Promise<OrderResult | null> {
    if (!option.order) return null
    const done = await stand.order('/host/orders/seat', {
      ...option.order,
      ...(reason ? { reason } : {}),
    })
    if (done) stand.sheet = null
    else void this.ask(true)
    return done
  }

  /** Seat the party at a table that this tablet knows as free, without an answer of the service. */
  async seatHere(table: string): Promise<void> {
    const { reservation, entry } = this
    const who = reservation
      ? { reservation_id: reservation.reservation_id, version: reservation.version }
      : entry
        ? { wait_id: entry.wait_id, version: entry.version }
        : { party_size: this.size }
    if (await stand.order('/host/orders/seat', { ...who, tables: [table] })) stand.sheet = null
  }

  /** The refusal was said: it is recorded, and every way to say yes after all is listed. */
  async tryForThem(): Promise<void> {
    if (this.busy) return
    this.busy = true
    try {
      if (!this.party.reservation) await this.#recordTurnaway('denial')
      const found = await Rescue.list(this.party.reservation ?? null, this.turnaway)
      await found.keepFirst()
      this.rescue?.end()
      this.rescue = found
      this.ordinary = found.listing.answers?.ordinary ?? this.ordinary
    } catch (error) {
      stand.refused(error)
    } finally {
      this.busy = false
    }
  }

  /** The party goes: a no of ours where nothing was there, else of theirs. */
  async leaving(): Promise<void> {
    const { entry } = this
    this.rescue?.letGo()
    if (entry) {
      const body = { wait_id: entry.wait_id, version: entry.version, turned_away: true }
      if (await stand.order('/host/orders/leave', body)) stand.sheet = null
      return
    }
    try {
      const full = !this.answer || stateOf(this.answer) === 'full'
      if (!this.party.reservation) await this.#recordTurnaway(full ? 'denial' : 'regret')
      stand.sheet = null
    } catch (error) {
      stand.refused(error)
    }
  }

  /** Call a colleague to the party: their tablet lights up. */
  async call(colleague: string, line: string): Promise<boolean> {
    try {
      if (!this.party.reservation) await this.#recordTurnaway('denial')
      const about = this.party.reservation
        ? { reservation_id: this.party.reservation }
        : { turnaway_id: this.turnaway }
      await answerOf(api.POST('/host/alerts', { body: { id: newId(), colleague, line, ...about } }))
      lastCalled = colleague
      return true
    } catch (error) {
      stand.refused(error)
      return false
    }
  }

  async #recordTurnaway(kind: 'denial' | 'regret'): Promise<void> {
    if (this.turnaway) return
    const code = this.answer?.code ?? 'NO_TABLE_FITS'
    const body = { id: newId(), party_size: this.size, code, kind, name: this.name }
    const noted = await answerOf(
      api.POST('/host/turnaways', { body: { ...body, wait_id: this.party.wait ?? null } }),
    )
    this.turnaway = noted.turnaway_id
    this.ordinary = noted.answers.ordinary
  }
}
