/** The ways to say yes after all: listed once, kept for two minutes each, taken in one tap. */
import { answerOf, api, BACKGROUND, Refusal } from '../lib/api'
import { clock } from '../lib/clock.svelte'
import { newId } from '../lib/ids'
import { stand } from '../lib/stand.svelte'
import type { Way, WaysListed } from './types'

const QUIET_MS = 200
const SEATS_NOW = new Set(['held', 'table', 'join', 'shorter', 'move', 'area'])
const BOOKS = new Set(['overbook', 'later', 'other_day'])

export const seatsAtOnce = (kind: string): boolean => SEATS_NOW.has(kind)
export const books = (kind: string): boolean => BOOKS.has(kind)

/** What the party leaves and the house notes when a way is taken. */
export interface Taking {
  reason?: string
  name?: string
  phone?: string
  accepted_house_rules?: number
}

export class Rescue {
  listing = $state.raw<WaysListed>({} as WaysListed)
  busy = $state<string | null>(null)
  #timer: ReturnType<typeof setTimeout> | undefined

  private constructor(listing: WaysListed) {
    this.listing = listing
  }

  /** List the ways for a refused party, or for a promised one. Raises Refusal. */
  static async list(reservation: string | null, turnaway: string | null): Promise<Rescue> {
    const about = reservation ? { reservation_id: reservation } : { turnaway_id: turnaway }
    const asked = api.POST('/host/rescues', { body: { id: newId(), ...about } })
    return new Rescue(await answerOf(asked))
  }

  /** The ways still open to the party, the best first. */
  get ways(): Way[] {
    return this.listing.options.filter((each) => !this.#lapsed(each))
  }

  /** What is kept for the guest while they think. */
  kept(way: Way): boolean {
    return way.state === 'opened' && !!way.until && Date.parse(way.until) > clock.now
  }

  #lapsed(way: Way): boolean {
    return way.state === 'lapsed' || way.state === 'taken'
  }

  /** Keep the best way while the host turns back to the guest. */
  async keepFirst(): Promise<void> {
    const first = this.ways[0]
    if (first && seatsAtOnce(first.option.kind)) await this.keep(first)
  }

  async keep(way: Way): Promise<void> {
    await this.#tap(way, async (path) => {
      const asked = api.POST('/host/rescues/{rescue_id}/options/{option_id}/open', {
        params: { path },
        body: { id: newId() },
      })
      this.#put(await answerOf(asked))
    })
  }

  async release(way: Way): Promise<void> {
    await this.#tap(way, async (path) => {
      const asked = api.POST('/host/rescues/{rescue_id}/options/{option_id}/close', {
        params: { path },
        body: { id: newId() },
      })
      this.#put(await answerOf(asked))
    })
  }

  /** Carry a way out; true when it was done and the sheet may close. */
  async take(way: Way, taking: Taking = {}): Promise<boolean> {
    let done = false
    await this.#tap(way, async (path) => {
      const asked = api.POST('/host/rescues/{rescue_id}/options/{option_id}/take', {
        params: { path },
        body: { id: newId(), ...taking },
      })
      const taken = await answerOf(asked)
      if (taken.undo_until) stand.did(taken.action_id)
      else void stand.refresh()
      done = true
    })
    return done
  }

  /** The party goes: what was kept for it is free again. */
  letGo(): void {
    for (const each of this.ways) if (this.kept(each)) void this.release(each)
  }

  hearNews(): void {
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => this.#reread(), QUIET_MS)
  }

  end(): void {
    clearTimeout(this.#timer)
  }

  async #tap(way: Way, act: (path: { rescue_id: string; option_id: string }) => Promise<void>) {
    if (this.busy) return
    this.busy = way.option.option_id
    const path = { rescue_id: this.listing.rescue_id, option_id: way.option.option_id }
    try {
      await act(path)
    } catch (error) {
      stand.refused(error)
      await this.#reread()
    } finally {
      this.busy = null
    }
  }

  #put(way: Way): void {
    const options = this.listing.options.map((each) =>
      each.option.option_id === way.option.option_id ? way : each,
    )
    this.listing = { ...this.listing, options }
  }

  async #reread(): Promise<void> {
    const path = { rescue_id: this.listing.rescue_id }
    try {
      const asked = api.GET('/host/rescues/{rescue_id}', { params: { path }, headers: BACKGROUND })
      this.listing = await answerOf(asked)
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
    }
  }
}
