/** What the stand knows and is doing: the person, the house, tonight; orders sent and taken back. */
import { answerOf, api, BACKGROUND, onRefused, Refusal, useToken } from './api'
import { runClock, setTime } from './clock.svelte'
import { newId } from './ids'
import { listen, type News } from './live'
import type { Sheet } from './sheets'
import type { House, LockedTonight, Me, OrderResult, paths, Tonight } from './wire'
import { learnServiceWords, preferredLanguage, speak, told } from './words.svelte'

/** Where the stand is: not paired with a house, nobody logged in, a first PIN to change, or at work. */
export type Stage = 'starting' | 'unpaired' | 'locked' | 'first_pin' | 'open'

/** `list`: on a phone, where the book does not fit beside the floor. */
export type View = 'floor' | 'list' | 'book' | 'door' | 'house'

/** What can be taken back for ten seconds; `back` where it is not an order of the floor. */
export interface Undoable {
  action: string
  said: string
  until: number
  back?: (() => Promise<void>) | undefined
}

type OrderPath = Extract<keyof paths, `/host/orders/${string}`>
type OrderBody<P extends OrderPath> = paths[P] extends {
  post: { requestBody: { content: { 'application/json': infer B } } }
}
  ? Omit<B, 'id'> & { id?: string }
  : never

/** Refusals of an order stand until touched (STAND.md 10). */
export interface Said {
  text: string
  refusal?: Refusal
  /** Send the same again: the service was away. */
  again?: () => void
  /** What its button says, where it is not just the same again. */
  label?: string
}

const COALESCE_MS = 80
const TOAST_MS = 10_000

class Stand {
  stage = $state<Stage>('starting')
  me = $state.raw<Me | null>(null)
  house = $state.raw<House | null>(null)
  tonight = $state.raw<Tonight | null>(null)
  locked = $state.raw<LockedTonight | null>(null)

  view = $state<View>('floor')
  sheet = $state<Sheet | null>(null)
  /** The last act, while it can be taken back at the thumb. */
  undoable = $state<Undoable | null>(null)
  /** The last refusal or warning, until touched. */
  said = $state<Said | null>(null)
  /** Since when there is no connection; null while there is. */
  offlineSince = $state<number | null>(null)

  #news = new Set<(news: News) => void>()
  #stopListening: (() => void) | undefined
  #timer: ReturnType<typeof setTimeout> | undefined
  #fetching = false
  #again = false

  /** The venue's zone, in which all times are shown. */
  get zone(): string {
    return this.house?.venue.zone ?? 'UTC'
  }

  /** Find out who is here, and show it. */
  async start(): Promise<void> {
    runClock()
    onRefused((refusal) => this.#hearRefusal(refusal))
    await speak(preferredLanguage())
    await this.recognise()
  }

  /** Ask who is logged in: the session of this tablet, or nobody. */
  async recognise(): Promise<void> {
    try {
      this.enter(await answerOf(api.GET('/host/me')))
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
      if (error.unreachable) setTimeout(() => this.recognise(), 2000)
      else await this.lockedUp()
    }
  }

  /** Nobody is logged in: what the tablet may show by its own right, or that it is not paired. */
  async lockedUp(): Promise<void> {
    this.leave()
    try {
      this.locked = await answerOf(api.GET('/host/locked', { headers: BACKGROUND }))
      setTime(this.locked.now)
      this.stage = 'locked'
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
      if (error.unreachable) setTimeout(() => this.lockedUp(), 2000)
      else this.stage = 'unpaired'
    }
  }

  /** Somebody is logged in. */
  enter(me: Me): void {
    this.me = me
    useToken(me.csrf_token)
    if (me.must_change_pin) {
      this.stage = 'first_pin'
      return
    }
    void this.#openUp(me)
  }

  async #openUp(me: Me): Promise<void> {
    this.house = await answerOf(api.GET('/host/house'))
    await speak(preferredLanguage(this.house.venue.locale))
    await this.refresh()
    this.stage = 'open'
    this.#stopListening?.()
    this.#stopListening = listen(me.venue_id, {
      hear: (news) => this.#hear(news),
      connected: (is) => this.#connected(is),
    })
    void learnServiceWords()
  }

  /** Forget the person and the evening. */
  leave(): void {
    this.#stopListening?.()
    this.#stopListening = undefined
    useToken('')
    this.me = null
    this.tonight = null
    this.sheet = null
    this.undoable = null
    this.said = null
  }

  /** Close the sheet. */
  close(): void {
    this.sheet = null
  }

  /** Hear of each event of the venue; the returned function ends it. */
  onNews(hear: (news: News) => void): () => void {
    this.#news.add(hear)
    return () => this.#news.delete(hear)
  }

  /** Fetch tonight; calls in quick succession are one. */
  async refresh(): Promise<void> {
    if (this.#fetching) {
      this.#again = true
      return
    }
    this.#fetching = true
    try {
      const tonight = await answerOf(api.GET('/host/tonight', { headers: BACKGROUND }))
      setTime(tonight.now)
      this.tonight = tonight
      this.offlineSince = null
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
    } finally {
      this.#fetching = false
      if (this.#again) {
        this.#again = false
        void this.refresh()
      }
    }
  }

  /** Send an order; what changed is shown at once and can be taken back. Null when it was refused. */
  async order<P extends OrderPath>(path: P, body: OrderBody<P>): Promise<OrderResult | null> {
    this.said = null
    try {
      const sent = { id: newId(), ...body }
      // biome-ignore lint/suspicious/noExplicitAny: the body's type was checked above, per path
      const result = (await answerOf((api.POST as any)(path, { body: sent }))) as OrderResult
      this.#done(result)
      return result
    } catch (error) {
      this.refused(error)
      return null
    } finally {
      void this.refresh()
    }
  }

  /** Take an act back. */
  async undo(action: string): Promise<void> {
    const back = this.undoable?.action === action ? this.undoable.back : undefined
    this.undoable = null
    if (back) return back()
    await this.order('/host/orders/undo', { action_id: action } as OrderBody<'/host/orders/undo'>)
  }

  /** Something other than an order of the floor was done: for ten seconds it can be taken back. */
  did(action: string, said = '', back?: () => Promise<void>): void {
    this.undoable = { action, said, until: Date.now() + TOAST_MS, back }
    void this.refresh()
  }

  /** Something was refused; it stands until touched. Anything but a refusal is thrown on. */
  refused(error: unknown): void {
    if (!(error instanceof Refusal)) throw error
    this.said = { text: told(error.messageKey, error.params, error.detail), refusal: error }
  }

  #done(result: OrderResult): void {
    if (!result.undo_until || result.dry_run) return
    this.undoable = { action: result.action_id, said: '', until: Date.now() + TOAST_MS }
  }

  #hear(news: News): void {
    for (const hear of this.#news) hear(news)
    if (this.#timer !== undefined) return
    this.#timer = setTimeout(() => {
      this.#timer = undefined
      void this.refresh()
    }, COALESCE_MS)
  }

  #connected(is: boolean): void {
    if (is) void this.refresh()
    else this.offlineSince ??= Date.now()
  }

  #hearRefusal(refusal: Refusal): void {
    if (refusal.unreachable) this.offlineSince ??= Date.now()
    if (refusal.status === 401 && this.stage === 'open') void this.lockedUp()
  }
}

export const stand = new Stand()
