/** What the house gives tonight: purses, catalogue, tasks; offers made, answered and taken back. */
import { answerOf, api, BACKGROUND, Refusal } from '../lib/api'
import { newId } from '../lib/ids'
import { latest } from '../lib/latest'
import { stand } from '../lib/stand.svelte'
import type { Gesture, GivingTonight, PartyRef, Wish } from './types'

type Answer = 'accept' | 'decline' | 'deliver' | 'void'

const ABOUT = /^(gesture|complaint|approval|purse|seating|resync|rules)/
const QUIET_MS = 120
/** What a manager may say yes to. */
const BEYOND = new Set(['OVER_LIMIT', 'PURSE_EMPTY'])

class Giving {
  tonight = $state.raw<GivingTonight | null>(null)
  #listeners = 0
  #read = latest(
    () => answerOf(api.GET('/host/gestures', { headers: BACKGROUND })),
    (found) => {
      this.tonight = found
    },
  )
  #deaf: (() => void) | undefined
  #timer: ReturnType<typeof setTimeout> | undefined

  /** Read it, and again with each news of a gift; the returned function ends it. */
  listen(): () => void {
    this.#listeners += 1
    this.#deaf ??= stand.onNews((news) => {
      if (!ABOUT.test(news.event)) return
      clearTimeout(this.#timer)
      this.#timer = setTimeout(() => this.read(), QUIET_MS)
    })
    void this.read()
    return () => {
      this.#listeners -= 1
      if (this.#listeners) return
      this.#deaf?.()
      this.#deaf = undefined
    }
  }

  async read(): Promise<void> {
    try {
      await this.#read()
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
    }
  }

  /** Up to three that fit this party now, each with the line half written. */
  async suggest(party: PartyRef): Promise<Gesture[]> {
    try {
      const asked = api.POST('/host/gestures/suggest', { body: { id: newId(), ...party } })
      return (await answerOf(asked)).suggestions
    } catch (error) {
      stand.refused(error)
      return []
    }
  }

  /** Offer a suggestion in one's own words. */
  async take(gesture: Gesture, line: string, guest_asked: boolean): Promise<Outcome> {
    const { gesture_id, version } = gesture
    const body = { id: newId(), gesture_id, version, line, guest_asked }
    return this.#offered(async () => answerOf(api.POST('/host/gestures/take', { body })))
  }

  /** Offer what one has chosen oneself. */
  async offer(wish: Wish): Promise<Outcome> {
    const body = { id: newId(), ...wish }
    return this.#offered(async () => answerOf(api.POST('/host/gestures/offer', { body })))
  }

  async #offered(send: () => Promise<Gesture>): Promise<Outcome> {
    stand.said = null
    try {
      const gesture = await send()
      const at = { gesture_id: gesture.gesture_id, version: gesture.version }
      const back = gesture.state === 'delivered' ? () => this.#undo(at) : () => this.#withdraw(at)
      stand.did(gesture.gesture_id, '', back)
      return { done: true }
    } catch (error) {
      stand.refused(error)
      const code = error instanceof Refusal ? error.code : ''
      return { done: false, beyond: BEYOND.has(code), unsure: code === 'CONTAINS' }
    } finally {
      void this.read()
    }
  }

  /** Ask a manager for what is beyond one's own limits. */
  async ask(wish: Wish): Promise<boolean> {
    try {
      await answerOf(api.POST('/host/gestures/ask', { body: { id: newId(), ...wish } }))
      stand.said = null
      return true
    } catch (error) {
      stand.refused(error)
      return false
    } finally {
      void this.read()
    }
  }

  /** The guest's answer, the bringing, or one's own second thought; taken back by `undo`. */
  async answer(gesture: Gesture, event: Answer, reason = ''): Promise<void> {
    const body = { id: newId(), gesture_id: gesture.gesture_id, version: gesture.version, reason }
    try {
      const now = await answerOf(
        api.POST(`/host/gestures/${event}`, { body: event === 'void' ? body : bare(body) }),
      )
      stand.did(now.gesture_id, '', () => this.#undo(now))
    } catch (error) {
      stand.refused(error)
    } finally {
      void this.read()
    }
  }

  /** Note what was not right; suggestions and a refund may refer to it. */
  async complain(party: PartyRef, about: string): Promise<boolean> {
    try {
      await answerOf(api.POST('/host/complaints', { body: { id: newId(), about, ...party } }))
      return true
    } catch (error) {
      stand.refused(error)
      return false
    }
  }

  async #undo({ gesture_id, version }: { gesture_id: string; version: number }): Promise<void> {
    try {
      const body = { id: newId(), gesture_id, version }
      await answerOf(api.POST('/host/gestures/undo', { body }))
    } catch (error) {
      stand.refused(error)
    } finally {
      void this.read()
    }
  }

  async #withdraw({ gesture_id, version }: { gesture_id: string; version: number }): Promise<void> {
    try {
      const body = { id: newId(), gesture_id, version, reason: WITHDRAWN }
      await answerOf(api.POST('/host/gestures/void', { body }))
    } catch (error) {
      stand.refused(error)
    } finally {
      void this.read()
    }
  }
}

const WITHDRAWN = 'taken back at once'

/** `beyond`: a manager may say yes; `unsure`: the guest has to be asked about what they avoid. */
export interface Outcome {
  done: boolean
  beyond?: boolean
  unsure?: boolean
}

function bare<B extends { reason: string }>({ reason, ...rest }: B): Omit<B, 'reason'> {
  return rest
}

export const giving = new Giving()
