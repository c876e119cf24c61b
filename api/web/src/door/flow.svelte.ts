/** One party at the door: the answer kept fresh, the refusal, the ways after all, and who is called. */
import { answerOf, api, BACKGROUND, Refusal } from '../lib/api'
import { newId } from '../lib/ids'
import { stand } from '../lib/stand.svelte'
import type { OrderResult } from '../lib/wire'
import { words } from '../lib/words.svelte'
import { type Known, Meanings, meaningOf, stateOf } from './answers'
import type { Choice, DoorAnswer } from './coming'
import { Rescue } from './rescue.svelte'

export interface PartyAtDoor {
  size?: number | undefined
  reservation?: string | undefined
  wait?: string | undefined
  turnaway?: string | undefined
}

const QUIET_MS = 150
const OLD_MS = 60_000

/** The parties expected tonight, by what the sentences about them need. */
export function knownParties(): Known[] {
  const expected = stand.tonight?.reservations ?? []
  return expected.filter((each) => each.state === 'booked' || each.state === 'arrived')
}

export class DoorFlow {
  size = $state(0)
  answer = $state.raw<DoorAnswer | null>(null)
  /** News came that the answer on screen has not seen. */
  stale = $state(false)
  /** The place whose table changed under the finger, and what stood there before. */
  changed = $state<Record<string, string>>({})
  busy = $state(false)
  turnaway = $state<string | null>(null)
  rescue = $state<Rescue | null>(null)
  /** The sentence the house says first: the playbook's, known once the refusal is recorded. */
  ordinary = $state('')
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
    this.#ends.push(stand.onNews(() => this.#hearNews()))
    const minutely = setInterval(() => this.#hearNews(), OLD_MS)
    this.#ends.push(
      () => clearInterval(minutely),
      () => clearTimeout(this.#timer),
    )
    void this.ask()
    if (party.turnaway) void this.tryForThem()
  }

  get reservation() {
    return stand.tonight?.reservations.find(
      (each) => each.reservation_id === this.party.reservation,
    )
  }

  get entry() {
    return stand.tonight?.waiting.find((each) => each.wait_id === this.party.wait)
  }

  get walkIn(): boolean {
    return !this.party.reservation && !this.party.wait && !this.party.turnaway
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
        const size = this.size
        const query = this.#query()
        const headers = quietly ? BACKGROUND : {}
        const answer = await answerOf(api.GET('/host/door', { params: { query }, headers }))
        if (size === this.size) this.#show(answer as DoorAnswer)
        else this.#again = true
      } while (this.#again)
      this.stale = false
    } catch (error) {
      if (!quietly || !(error instanceof Refusal)) stand.refused(error)
    } finally {
      this.#asking = null
    }
  }

  #query() {
    if (this.party.reservation) return { reservation_id: this.party.reservation }
    if (this.party.wait) return { wait_id: this.party.wait }
    const { area, step_free, high_chairs } = this.needs
    return { party_size: this.size, step_free, high_chairs, ...(area ? { area } : {}) }
  }

  #show(answer: DoorAnswer): void {
    const before = this.answer?.options ?? []
    const places = answer.options.map((each, place) => [String(place), meaningOf(each)] as const)
    const changed = this.#meanings.show(new Map(places), performance.now())
    const was = changed.map((place) => [place, before[Number(place)]?.tables.join(' + ') ?? ''])
    this.changed = Object.fromEntries(was)
    this.answer = answer
  }

  #hearNews(): void {
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

  async #seat(option: Choice, reason?: string): Promise<OrderResult | null> {
    const done = await stand.order('/host/orders/seat', {
      ...this.#who(),
      tables: option.tables,
      anyway: (option.asks ?? []) as never,
      ...(option.held_id ? { held_id: option.held_id } : {}),
      ...(reason ? { reason } : {}),
      ...(option.full_turn ? {} : { until: option.turn_ends }),
    })
    if (done) stand.sheet = null
    else void this.ask(true)
    return done
  }

  #who() {
    const { reservation, entry } = this
    if (reservation) {
      return { reservation_id: reservation.reservation_id, version: reservation.version }
    }
    if (entry) return { wait_id: entry.wait_id, version: entry.version }
    return { party_size: this.size }
  }

  /** The refusal was said: it is recorded, and every way to say yes after all is listed. */
  async tryForThem(): Promise<void> {
    if (this.busy) return
    this.busy = true
    try {
      if (!this.party.reservation) await this.#recordTurnaway('denial')
      this.rescue?.end()
      this.rescue = await Rescue.list(this.party.reservation ?? null, this.turnaway)
      this.ordinary = this.rescue.listing.answers?.ordinary ?? this.ordinary
      await this.rescue.keepFirst()
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
      return true
    } catch (error) {
      stand.refused(error)
      return false
    }
  }

  async #recordTurnaway(kind: 'denial' | 'regret'): Promise<void> {
    if (this.turnaway) return
    const code = (this.answer?.code ?? 'NO_TABLE_FITS') as 'NO_TABLE_FITS'
    const body = { id: newId(), party_size: this.size, code, kind, name: this.name }
    const noted = await answerOf(
      api.POST('/host/turnaways', { body: { ...body, wait_id: this.party.wait ?? null } }),
    )
    this.turnaway = noted.turnaway_id
    if (words.language === stand.house?.venue.locale?.slice(0, 2))
      this.ordinary = noted.answers.ordinary
  }
}
