/** What the stand does with and without the network: keeps, queues, replays, forgets. */
import { lastTouch } from '../lib/activity.svelte'
import { answerOf, api, BACKGROUND, Refusal, useToken } from '../lib/api'
import { clock } from '../lib/clock.svelte'
import { paced } from '../lib/pace'
import type { Stand } from '../lib/stand.svelte'
import type { ActPath, OrderResult, ServiceNote } from '../lib/wire'
import { aboutOf, type LateAct, lateBody } from './acts'
import {
  businessNow,
  forgetAll,
  forgetEvening,
  goesOn,
  isOpen,
  type Known,
  keepEvening,
  keepRoom,
  lastEvening,
  lastRoom,
  lockedRoom,
} from './known'
import { offline } from './offline.svelte'
import { saidOf } from './tell'

const KEEP_EVERY_MS = 4000
const LOOK_EVERY_MS = 60_000
const ROOM_LASTS_MS = 12 * 3600_000

/** What is left from before, where the service cannot be asked. */
export type Remembered =
  | { stage: 'open'; known: Known; now: number }
  | { stage: 'locked'; room: ReturnType<typeof lockedRoom> }

export class CutOff {
  readonly #stand: Stand
  readonly #keepSoon = paced(() => void this.keep(), KEEP_EVERY_MS)
  #locked = false

  constructor(stand: Stand) {
    this.#stand = stand
  }

  /** The acts from before the page was loaded; from now on the evening is kept. Once a page. */
  async restore(): Promise<void> {
    document.addEventListener('visibilitychange', () => document.hidden && void this.keep())
    // An evening that ends without the network is forgotten too.
    setInterval(() => void this.keep(), LOOK_EVERY_MS)
    const [, known] = await Promise.all([offline.queue.restore(), lastEvening()])
    this.#locked = known?.locked ?? false
  }

  /** Whether it was locked while the service could not be told. */
  get lockedUntold(): boolean {
    return this.#locked
  }

  /** Keep tonight soon, as it is shown now; an evening that is over is forgotten once all is sent. */
  keepSoon(): void {
    this.#keepSoon()
  }

  async keep(): Promise<void> {
    const { me, house, served: tonight } = this.#stand
    if (!me || !house || !tonight || this.#locked) return
    if (!goesOn(tonight, clock.now)) {
      if (!offline.acts.length) await forgetEvening()
      return
    }
    const { csrf_token: _, ...person } = me
    await keepEvening({
      me: { ...person, csrf_token: '' },
      house,
      tonight,
      business: clock.now,
      wall: Date.now(),
      rate: clock.rate,
      touched: lastTouch(),
      locked: false,
    })
  }

  /** The evening or the locked room as they were last known; null: nothing of tonight is. */
  async remembered(): Promise<Remembered | null> {
    const [known, last] = await Promise.all([lastEvening(), lastRoom()])
    const now = known ? businessNow(known, Date.now()) : 0
    if (known && goesOn(known.tonight, now)) {
      if (isOpen(known, Date.now())) return { stage: 'open', known, now }
      return { stage: 'locked', room: lockedRoom(known.house, known.tonight, now, known.rate) }
    }
    await forgetEvening()
    return last && Date.now() - last.wall < ROOM_LASTS_MS
      ? { stage: 'locked', room: last.room }
      : null
  }

  /** It is locked, and the service does not know: nobody reads the names from now on. */
  async lock(): Promise<void> {
    const { me, house, tonight } = this.#stand
    if (!me || !house || !tonight) return
    this.#locked = true
    const room = lockedRoom(house, tonight, clock.now, clock.rate)
    await keepRoom(room)
    const known = await lastEvening()
    if (known) await keepEvening({ ...known, locked: true })
  }

  /** Nobody is logged in, as the service says: who starts the tablet without it reads no name. */
  async forget(): Promise<void> {
    if (!this.#locked) await forgetEvening()
  }

  /** It was opened by a PIN, or the service knows that it is locked. */
  async unlocked(): Promise<void> {
    if (!this.#locked) return
    this.#locked = false
    await forgetEvening()
  }

  /** Tell the service of a lock it has not heard of, once what was done before is sent. */
  async tellLock(): Promise<void> {
    try {
      const me = await answerOf(api.GET('/host/me', { headers: BACKGROUND }))
      useToken(me.csrf_token)
      await this.replay(() => {})
      await answerOf(api.POST('/host/session/lock'))
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
      if (error.unreachable) return
    } finally {
      useToken('')
    }
    await this.unlocked()
  }

  /** Do it now and send it later. */
  later(path: ActPath, sent: { id: string }): Omit<LateAct, 'place'> {
    const { me, tonight } = this.#stand
    const { id, anyway: _, ...rest } = JSON.parse(JSON.stringify(sent)) as Record<string, unknown>
    const act = {
      id: String(id),
      path,
      body: rest,
      at: String(rest.happened_at ?? new Date(clock.now).toISOString()),
      by: String(rest.by ?? me?.staff_id ?? ''),
      byName: me?.name ?? '',
      said: saidOf(path, rest, tonight),
      about: aboutOf(String(id), rest),
    }
    void offline.queue.add(act)
    return act
  }

  /** Send what waits, in order; `heard`: each answer. */
  async replay(heard: (answer: OrderResult | ServiceNote) => void): Promise<void> {
    if (!offline.acts.length) return
    await offline.queue.replay(async (act) => {
      const answer = await send(act)
      heard(answer)
      return answer
    })
  }

  /** This tablet is no longer the house's: what was not confirmed is shown once, and gone. */
  async revoked(): Promise<void> {
    const lost = await offline.queue.wipe()
    if (lost.length) offline.lost = lost
    this.#locked = false
    await forgetAll()
  }
}

function send(act: LateAct): Promise<OrderResult | ServiceNote> {
  // biome-ignore lint/suspicious/noExplicitAny: the body was checked per path when it was done
  return answerOf((api.POST as any)(act.path, { body: lateBody(act), headers: BACKGROUND }))
}
