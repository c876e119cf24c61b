/** What the stand knows and is doing: the person, the house, tonight; orders sent and taken back. */
import { CutOff } from '../offline/cut_off'
import { guessed } from '../offline/guess'
import { keepRoom, lockedRoom } from '../offline/known'
import { offline } from '../offline/offline.svelte'
import { Orders } from '../offline/orders'
import { watch } from './activity.svelte'
import { answerOf, api, BACKGROUND, onRefused, Refusal, useToken } from './api'
import { clock, runClock, setTime } from './clock.svelte'
import { demoRoom } from './demo'
import { newId } from './ids'
import { isOfTonight, type Listening, listen, type News } from './live'
import { paced } from './pace'
import { pairingIn } from './pairing'
import { whyNot } from './refusal'
import { shared } from './shared'
import { neededFor, type Sheet } from './sheets'
import { noticed } from './slow.svelte'
import type { Said, Undoable } from './toast'
import type {
  ActAnswer,
  ActPath,
  House,
  LockedTonight,
  Me,
  OrderBody,
  Right,
  Tonight,
} from './wire'
import { learnServiceWords, preferredLanguage, speak, told } from './words.svelte'

/** Not paired, or at the demo's machine; nobody logged in, a first PIN to change, or at work. */
export type Stage = 'starting' | 'unpaired' | 'demo' | 'locked' | 'first_pin' | 'open'

/** `list`: on a phone, where the book does not fit beside the floor. */
export type View = 'floor' | 'list' | 'timeline' | 'book' | 'door' | 'house'

/** Which right each view takes. */
const VIEWS: Record<View, Right> = {
  floor: 'look',
  list: 'look',
  timeline: 'look',
  book: 'contacts',
  door: 'host',
  house: 'look',
}

/** A burst of news is fetched no oftener. */
const FETCH_EVERY_MS = 250
const TOAST_MS = 10_000
const LOCKED_EVERY_MS = 4_000
/** Its evening may run at a minute a second. */
const DEMO_EVERY_MS = 2_000
/** A stream that says nothing may be dead: after so long the evening is fetched without news. */
const SILENCE_MS = 45_000

/** The service ends a session that gives no sign for a quarter of an hour. */
const SIGN_EVERY_MS = 300_000

/** The session is over; a wrong PIN ends none. */
const ENDED: ReadonlySet<string> = new Set(['SESSION_ENDED', 'UNAUTHENTICATED'])

export class Stand {
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

  /** What is fetched in place of tonight, by a screen that shows something else. */
  instead: (() => Promise<void>) | null = null
  /** A screen in a kitchen is looked at and not touched: for that role it stays open. */
  staysOpen = false

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
  /** Tonight as the service told it; what is shown has on it what waits for the network. */
  #served: Tonight | null = null
  /** Who is here is known from before the network was lost: the service has not said so. */
  unproven = false
  readonly #cutOff = new CutOff(this)
  readonly #orders = new Orders(this, this.#cutOff)

  /** The venue's zone, in which all times are shown. */
  get zone(): string {
    return this.house?.venue.zone ?? this.locked?.room.zone ?? 'UTC'
  }

  /** Tonight as the service last told it. */
  get served(): Tonight | null {
    return this.#served
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
    window.addEventListener('online', () => this.#woke())
    window.addEventListener('offline', () => this.stage === 'open' && void this.refresh())
    await this.#cutOff.restore()
    await this.recognise(speak(preferredLanguage()))
  }

  /** Ask who is logged in: this tablet's session, or nobody; nothing is shown before the words. */
  async recognise(words: Promise<void> = Promise.resolve()): Promise<void> {
    try {
      const asked = answerOf(api.GET('/host/me', { headers: BACKGROUND }))
      const [me] = await Promise.all([asked, words])
      if (this.#cutOff.lockedUntold) await this.lockedUp()
      else await this.enter(me)
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
      await words
      if (!error.unreachable) await this.lockedUp()
      else if (this.stage !== 'starting') return
      else if (!(await this.#remember())) setTimeout(() => this.recognise(), 1000)
    }
  }

  /** Started without the network: the evening as it was last known, or the locked room. */
  async #remember(): Promise<boolean> {
    const found = await this.#cutOff.remembered()
    if (!found) return false
    if (found.stage === 'locked') {
      setTime(found.room.now, found.room.clock_rate)
      this.locked = found.room
      this.stage = 'locked'
      return true
    }
    const { me, house, tonight, rate, business } = found.known
    setTime(new Date(found.now).toISOString(), rate)
    this.offlineSince = business
    this.me = me
    this.lastPerson = me.staff_id
    this.house = house
    this.unproven = true
    this.show(tonight)
    await speak(preferredLanguage(house.venue.locale))
    this.stage = 'open'
    this.#watch()
    return true
  }

  /** Tonight as the service tells it, with what it does not know yet on top. */
  show(served: Tonight): void {
    this.#served = served
    this.tonight = guessed(served, offline.acts)
    this.#cutOff.keepSoon()
  }

  /** Nobody is logged in: what the tablet may show by its own right, or that it is not paired. */
  async lockedUp(): Promise<void> {
    this.leave()
    await this.#cutOff.forget()
    if (this.#cutOff.lockedUntold) await this.#cutOff.tellLock()
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
      if (error.status === 401) {
        await this.#cutOff.revoked()
        await this.lookAround()
      } else if (this.stage !== 'locked') setTimeout(() => this.lookLocked(), 1000)
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
    if (stage === 'locked') void keepRoom(room)
    const back = this.offlineSince !== null
    this.offlineSince = null
    if (back && this.#cutOff.lockedUntold) void this.#cutOff.tellLock()
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
    this.unproven = false
    useToken(me.csrf_token)
    await this.#cutOff.unlocked()
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
    this.#watch()
    void learnServiceWords()
  }

  #watch(): void {
    this.#unwatch ??=
      this.staysOpen && this.me?.role === 'kitchen'
        ? this.#keepOpen()
        : watch({ sign: () => void this.#sign(), lock: () => void this.lock() })
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
      if (error.unreachable) await this.#cutOff.lock()
    }
    try {
      if (this.#cutOff.lockedUntold) this.#lockHere()
      else await this.lockedUp()
    } finally {
      this.#changing = false
    }
  }

  /** Locked without the network: the room stays as it is known, its names go. */
  #lockHere(): void {
    const { house, tonight } = this
    if (house && tonight) this.locked = lockedRoom(house, tonight, clock.now, clock.rate)
    this.leave()
    this.stage = 'locked'
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
    this.#served = null
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
      await (this.instead?.() ?? this.#seeTonight())
      if (!this.me) return
      if (this.offlineSince !== null) this.#reconnected()
      else if (offline.acts.length) void this.#orders.replay()
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

  async #seeTonight(): Promise<void> {
    const tonight = await answerOf(api.GET('/host/tonight', { headers: BACKGROUND }))
    if (!this.me) return
    setTime(tonight.now, tonight.clock_rate)
    this.show(this.#served ? shared(this.#served, tonight) : tonight)
  }

  #keepOpen(): () => void {
    const timer = setInterval(() => void this.#sign(), SIGN_EVERY_MS)
    return () => clearInterval(timer)
  }

  /** Send an order or a note; what changed is shown at once and can be taken back. Null when it was refused. */
  async order<P extends ActPath>(path: P, body: OrderBody<P>): Promise<ActAnswer<P> | null> {
    this.said = null
    return await noticed(this.#orders.send(path, { id: newId(), ...body }))
  }

  /** Take an act back. */
  async undo(action: string): Promise<void> {
    const back = this.undoable?.action === action ? this.undoable.back : undefined
    this.undoable = null
    if (back) return back()
    await this.order('/host/orders/undo', { action_id: action })
  }

  /** Take an act back that was not sent yet. */
  async takeBack(id: string): Promise<void> {
    if ((await offline.queue.takeBack(id)) && this.#served) this.show(this.#served)
  }

  /** A clash is answered: nobody is asked again. */
  async settle(id: string): Promise<void> {
    await offline.queue.settle(id)
    if (!offline.clashes.length && !offline.acts.length && this.sheet?.kind === 'offline')
      this.close()
  }

  /** Something other than an order of the floor was done: for ten seconds it can be taken back. */
  did(action: string, said = '', back?: () => Promise<void>): void {
    this.canUndo(action, said, back)
    void this.refresh()
  }

  canUndo(action: string, said: string, back?: () => Promise<void>): void {
    this.undoable = { action, said, until: Date.now() + TOAST_MS, back }
  }

  /** Something was refused; it stands until touched. Anything but a refusal is thrown on. */
  refused(error: unknown): void {
    this.said = { text: whyNot(error), refusal: error as Refusal }
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
    if (this.unproven) void this.recognise()
    else if (this.offlineSince !== null || silent >= SILENCE_MS) void this.refresh()
  }

  /** The tablet was asleep: its stream may be dead without knowing. */
  #woke(): void {
    if (document.hidden || this.stage !== 'open') return
    if (this.unproven) return void this.recognise()
    this.#listening?.reopen()
    void this.refresh()
  }

  #reconnected(): void {
    this.offlineSince = null
    this.#listening?.reopen()
    void this.refreshHouse()
    void this.#orders.replay()
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
