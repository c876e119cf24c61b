/** What the stand knows and is doing: the person, the house, tonight; orders sent and taken back. */
import { watch } from './activity.svelte'
import { answerOf, api, BACKGROUND, onRefused, Refusal, useToken } from './api'
import { clock, runClock, setTime } from './clock.svelte'
import { demoRoom } from './demo'
import { newId } from './ids'
import { isOfTonight, type Listening, listen, type News } from './live'
import { afterOrder } from './merge'
import { paced } from './pace'
import { pairingIn } from './pairing'
import { shared } from './shared'
import { neededFor, type Sheet } from './sheets'
import { noticed } from './slow.svelte'
import type { Said, Undoable } from './toast'
import type {
  House,
  LockedTonight,
  Me,
  OrderBody,
  OrderPath,
  OrderResult,
  Right,
  Tonight,
} from './wire'
import { learnServiceWords, preferredLanguage, speak, t, told } from './words.svelte'

/** Not paired, or at the demo's machine; nobody logged in, a first PIN to change, or at work. */
export type Stage = 'starting' | 'unpaired' | 'demo' | 'locked' | 'first_pin' | 'open'

/** `list`: on a phone, where the book does not fit beside the floor. */
export type View = 'floor' | 'list' | 'book' | 'door' | 'house'

/** Which right each view takes. */
const VIEWS: Record<View, Right> = {
  floor: 'look',
  list: 'look',
  book: 'contacts',
  door: 'host',
  house: 'look',
}

/** A burst of news is fetched no oftener. */
const FETCH_EVERY_MS = 250
const TOAST_MS = 10_000
const TRIES_MS = [400, 1200, 2400]
const LOCKED_EVERY_MS = 4_000
/** Its evening may run at a minute a second. */
const DEMO_EVERY_MS = 2_000
/** A stream that says nothing may be dead: after so long the evening is fetched without news. */
const SILENCE_MS = 45_000

/** The session is over; a wrong PIN ends none. */
const ENDED: ReadonlySet<string> = new Set(['SESSION_ENDED', 'UNAUTHENTICATED'])

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
  /** The business time of what is shown, when there is no connection; null while there is. */
  offlineSince = $state<number | null>(null)
  /** Why the session ended, in the service's words. */
  ended = $state('')
  /** Who was here last: asked for the PIN first. */
  lastPerson = $state<string | null>(null)

  /** The first PIN just given, which has to be changed; else empty. */
  givenPin = ''

  #news = new Set<(news: News) => void>()
  #listening: Listening | undefined
  #unwatch: (() => void) | undefined
  #soon = paced(() => void this.refresh(), FETCH_EVERY_MS)
  #pulse: ReturnType<typeof setInterval> | undefined
  #fetched = 0
  #fetching = false
  #again = false
  #asking = false
  #changing = false

  /** The venue's zone, in which all times are shown. */
  get zone(): string {
    return this.house?.venue.zone ?? this.locked?.room.zone ?? 'UTC'
  }

  /** Whether this person's role has a right. */
  may(right: Right): boolean {
    return this.me?.may.includes(right) ?? false
  }

  /** Whether this person may change the evening: a server or the kitchen may not. */
  get acts(): boolean {
    return this.may('host')
  }

  /** What is shown: the view that was chosen, or where this person has no business there, theirs. */
  get shown(): View {
    const right = VIEWS[this.view]
    if (this.may(right)) return this.view
    return this.me?.role === 'kitchen' ? 'house' : 'floor'
  }

  /** The views that this person has. */
  get views(): View[] {
    return (Object.keys(VIEWS) as View[]).filter((view) => this.may(VIEWS[view]))
  }

  /** Find out who is here, and show it. */
  async start(): Promise<void> {
    runClock()
    onRefused((refusal) => this.#hearRefusal(refusal))
    this.#pulse ??= setInterval(() => this.#beat(), 1000)
    document.addEventListener('visibilitychange', () => this.#woke())
    await this.recognise(speak(preferredLanguage()))
  }

  /** Ask who is logged in: this tablet's session, or nobody; nothing is shown before the words. */
  async recognise(words: Promise<void> = Promise.resolve()): Promise<void> {
    try {
      const asked = answerOf(api.GET('/host/me', { headers: BACKGROUND }))
      const [me] = await Promise.all([asked, words])
      await this.enter(me)
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
      await words
      if (error.unreachable) setTimeout(() => this.recognise(), 1000)
      else await this.lockedUp()
    }
  }

  /** Nobody is logged in: what the tablet may show by its own right, or that it is not paired. */
  async lockedUp(): Promise<void> {
    this.leave()
    await this.lookLocked()
    if (this.stage === 'locked') void learnServiceWords()
  }

  /** Fetch what a locked tablet shows. */
  async lookLocked(): Promise<void> {
    this.#fetched = Date.now()
    try {
      await this.#showRoom(
        await answerOf(api.GET('/host/locked', { headers: BACKGROUND })),
        'locked',
      )
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
      if (error.status === 401) await this.lookAround()
      else if (this.stage !== 'locked') setTimeout(() => this.lookLocked(), 1000)
    }
  }

  /** Not paired: the demo's machine shows its room all the same, unless a link has a code to use. */
  async lookAround(): Promise<void> {
    this.#fetched = Date.now()
    try {
      const room = pairingIn(location.hash) ? null : await demoRoom()
      if (room) await this.#showRoom(room, 'demo')
      else this.stage = 'unpaired'
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
      if (this.stage !== 'demo') setTimeout(() => this.lookAround(), 1000)
    }
  }

  async #showRoom(room: LockedTonight, stage: Stage): Promise<void> {
    this.locked = room
    setTime(room.now, room.clock_rate)
    this.offlineSince = null
    if (this.stage === 'starting') await speak(preferredLanguage(room.room.locale))
    this.stage = stage
  }

  /** Somebody is logged in: the same view and the same sheet as before. */
  async enter(me: Me): Promise<void> {
    // At a tablet of the kitchen one sees first what is to be brought.
    if (me.role === 'kitchen' && this.lastPerson !== me.staff_id) this.view = 'house'
    this.me = me
    this.lastPerson = me.staff_id
    if (this.sheet && !this.may(neededFor(this.sheet.kind))) this.sheet = null
    this.ended = ''
    useToken(me.csrf_token)
    if (me.must_change_pin) {
      this.stage = 'first_pin'
      return
    }
    const house = this.refreshHouse()
    await Promise.all([this.refresh(), this.house ? null : house])
    if (this.me !== me) return
    if (me.role === 'kitchen') this.view = 'house'
    this.stage = 'open'
    this.#listen(me)
    this.#unwatch ??= watch({ sign: () => void this.#sign(), lock: () => void this.lock() })
    void learnServiceWords()
  }

  #listen(me: Me): void {
    this.#listening?.stop()
    this.#listening = listen(me.venue_id, {
      hear: (news) => this.#hear(news),
      opened: () => void this.refresh(),
      broke: () => void this.refresh(),
    })
  }

  /** Pair this tablet by a manager's code; raises Refusal. */
  async pair(venue: string, code: string, name: string): Promise<void> {
    await answerOf(api.POST('/host/pair', { body: { venue, code, device_name: name } }))
    this.house = null
    await this.lockedUp()
  }

  /** Choose a PIN of one's own by the one before; raises Refusal. */
  async setPin(old: string, pin: string): Promise<void> {
    await answerOf(api.PUT('/host/pin', { body: { old_pin: old, pin } }))
    this.givenPin = ''
    await this.recognise()
  }

  /** Log in by PIN, with the view as it is; raises Refusal. */
  async logIn(staffId: string, pin: string): Promise<void> {
    const body = { staff_id: staffId, pin }
    this.#changing = true
    try {
      const me = await answerOf(api.POST('/host/login', { body }))
      this.#listening?.stop()
      this.givenPin = me.must_change_pin ? pin : ''
      await this.enter(me)
    } finally {
      this.#changing = false
    }
  }

  /** Lock the tablet: a PIN opens it again, at the same view and the same sheet. */
  async lock(): Promise<void> {
    this.#changing = true
    try {
      await answerOf(api.POST('/host/session/lock'))
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
    }
    try {
      await this.lockedUp()
    } finally {
      this.#changing = false
    }
  }

  /** Forget the person and the evening, but not where the stand was. */
  leave(): void {
    this.#listening?.stop()
    this.#listening = undefined
    this.#unwatch?.()
    this.#unwatch = undefined
    useToken('')
    this.me = null
    this.tonight = null
    this.undoable = null
    this.said = null
  }

  close(): void {
    this.sheet = null
  }

  /** Hear of each event of the venue; the returned function ends it. */
  onNews(hear: (news: News) => void): () => void {
    this.#news.add(hear)
    return () => this.#news.delete(hear)
  }

  /** Fetch the house: tables, staff, rules. */
  async refreshHouse(): Promise<void> {
    try {
      this.house = await answerOf(api.GET('/host/house', { headers: BACKGROUND }))
      await speak(preferredLanguage(this.house.venue.locale))
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
    }
  }

  /** Fetch tonight; calls in quick succession are one. */
  async refresh(): Promise<void> {
    if (this.#fetching) {
      this.#again = true
      return
    }
    this.#fetching = true
    this.#fetched = Date.now()
    try {
      const tonight = await answerOf(api.GET('/host/tonight', { headers: BACKGROUND }))
      if (!this.me) return
      setTime(tonight.now, tonight.clock_rate)
      this.tonight = shared(this.tonight, tonight)
      if (this.offlineSince !== null) this.#reconnected()
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
    const sent = { id: newId(), ...body }
    return await noticed(this.#send(path, sent))
  }

  /** Every try carries the same id, so that it happens once. */
  async #send(path: OrderPath, sent: object): Promise<OrderResult | null> {
    for (let tried = 0; ; tried += 1) {
      try {
        // biome-ignore lint/suspicious/noExplicitAny: the body's type was checked per path
        const result = (await answerOf((api.POST as any)(path, { body: sent }))) as OrderResult
        this.#done(result)
        return result
      } catch (error) {
        if (!(error instanceof Refusal)) throw error
        const wait = TRIES_MS[tried]
        if (error.unreachable && wait !== undefined) {
          await new Promise((resolve) => setTimeout(resolve, wait))
          continue
        }
        this.#notSent(error, path, sent)
        return null
      }
    }
  }

  #notSent(refusal: Refusal, path: OrderPath, sent: object): void {
    void this.refresh()
    if (refusal.unreachable) {
      const again = () => {
        this.said = null
        void this.#send(path, sent)
      }
      this.said = { text: t('shell-not-sent'), refusal, again }
      return
    }
    this.refused(refusal)
  }

  /** Take an act back. */
  async undo(action: string): Promise<void> {
    const back = this.undoable?.action === action ? this.undoable.back : undefined
    this.undoable = null
    if (back) return back()
    await this.order('/host/orders/undo', { action_id: action })
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
    if (result.dry_run) return
    const { message, params, said: inHouse } = result.changed
    if (this.tonight) this.tonight = afterOrder(this.tonight, result)
    if (!result.undo_until) return
    const said = told(message, params, inHouse)
    this.undoable = { action: result.action_id, said, until: Date.now() + TOAST_MS }
  }

  #hear(news: News): void {
    for (const hear of this.#news) hear(news)
    if (news.event === 'house.changed' || news.event === 'resync') void this.refreshHouse()
    if (isOfTonight(news, this.tonight)) this.#soon()
  }

  /** Once a second: look again while there is no connection, at a locked stand, after long silence. */
  #beat(): void {
    const silent = Date.now() - this.#fetched
    if (document.hidden) return
    if (this.stage === 'locked' && silent >= LOCKED_EVERY_MS) void this.lookLocked()
    if (this.stage === 'demo' && silent >= DEMO_EVERY_MS) void this.lookAround()
    if (this.stage !== 'open') return
    if (this.offlineSince !== null || silent >= SILENCE_MS) void this.refresh()
  }

  /** The tablet was asleep: its stream may be dead without knowing. */
  #woke(): void {
    if (document.hidden || this.stage !== 'open') return
    this.#listening?.reopen()
    void this.refresh()
  }

  #reconnected(): void {
    this.offlineSince = null
    this.#listening?.reopen()
    void this.refreshHouse()
  }

  /** Somebody is here. A refusal of it has been heard by #hearRefusal. */
  async #sign(): Promise<void> {
    await answerOf(api.GET('/host/me')).catch(() => {})
  }

  #hearRefusal(refusal: Refusal): void {
    if (refusal.unreachable) this.offlineSince ??= clock.now
    if (ENDED.has(refusal.code) && this.stage === 'open') void this.#askAgain()
  }

  /** A request may have been under way while the person changed: only now is the answer about now. */
  async #askAgain(): Promise<void> {
    if (this.#asking) return
    this.#asking = true
    try {
      await answerOf(api.GET('/host/me', { headers: BACKGROUND }))
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
      if (ENDED.has(error.code) && !this.#changing && this.stage === 'open') {
        this.ended = told(error.messageKey, error.params, error.detail)
        await this.lockedUp()
      }
    } finally {
      this.#asking = false
    }
  }
}

export const stand = new Stand()
