/** Acts of the stand: sent and answered, or done here at once and sent when there is a network. */
import { answerOf, api, Refusal } from '../lib/api'
import { newId } from '../lib/ids'
import { afterNote, afterOrder } from '../lib/merge'
import type { Stand } from '../lib/stand.svelte'
import type { ActAnswer, ActPath, OrderResult, ServiceNote, Tonight } from '../lib/wire'
import { t, told } from '../lib/words.svelte'
import { canWait } from './acts'
import type { CutOff } from './cut_off'
import { offline } from './offline.svelte'

type Sent = { id: string } & Record<string, unknown>

const TRIES_MS = [400, 1200, 2400]
/** So long the answer to what has happened anyway is waited for; then it goes into the queue. */
const SOON_MS = 2_500

export class Orders {
  readonly #stand: Stand
  readonly #cutOff: CutOff

  constructor(stand: Stand, cutOff: CutOff) {
    this.#stand = stand
    this.#cutOff = cutOff
  }

  /** Send an act; null when it was refused. Acts that wait already are not overtaken. */
  async send<P extends ActPath>(path: P, sent: Sent): Promise<ActAnswer<P> | null> {
    const waits = canWait(path, sent)
    const behind = this.#stand.offlineSince !== null || offline.acts.length > 0
    if (waits && behind) return this.#doHere(path, sent)
    try {
      return await this.#ask(path, sent, waits ? SOON_MS : null)
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
      if (error.unreachable && waits) return this.#doHere(path, sent)
      this.#notSent(error, path, sent)
      return null
    }
  }

  /** Every try carries the same id, so that it happens once. Raises Refusal. */
  async #ask<P extends ActPath>(
    path: P,
    sent: Sent,
    patience: number | null,
  ): Promise<ActAnswer<P>> {
    for (let tried = 0; ; tried += 1) {
      try {
        // biome-ignore lint/suspicious/noExplicitAny: the body's type was checked per path
        const asked: Promise<unknown> = answerOf((api.POST as any)(path, { body: sent }))
        const result = (await (patience ? within(asked, patience) : asked)) as ActAnswer<P>
        this.#done(result)
        return result
      } catch (error) {
        const wait = TRIES_MS[tried]
        const again = error instanceof Refusal && error.unreachable && !patience
        if (!again || wait === undefined || !navigator.onLine) throw error
        await new Promise((resolve) => setTimeout(resolve, wait))
      }
    }
  }

  #done(result: OrderResult | ServiceNote): void {
    if ('note_id' in result) {
      const { note_id: id, text } = result
      this.#learn(result)
      this.#stand.canUndo(id, t('offline-did-notes', { text }), () => this.#unwrite(id))
    } else if (!result.dry_run) {
      const { message, params, said } = result.changed
      this.#learn(result)
      if (result.undo_until) this.#stand.canUndo(result.action_id, told(message, params, said))
    }
  }

  /** Take a note back that the service has. */
  async #unwrite(id: string): Promise<void> {
    const path = { note_id: id }
    const body = { id: newId(), version: 1 }
    try {
      await answerOf(api.POST('/host/notes/{note_id}/delete', { params: { path }, body }))
    } catch (error) {
      this.#stand.refused(error)
    }
    void this.#stand.refresh()
  }

  #notSent(refusal: Refusal, path: ActPath, sent: Sent): void {
    void this.#stand.refresh()
    this.#stand.refused(refusal)
    if (!refusal.unreachable || !this.#stand.said) return
    const again = () => {
      this.#stand.said = null
      void this.send(path, sent)
    }
    this.#stand.said = { ...this.#stand.said, again }
  }

  /** Done here and now, with an open ring; until it is sent it goes back without a trace. */
  #doHere<P extends ActPath>(path: P, sent: Sent): ActAnswer<P> {
    const { id, said } = this.#cutOff.later(path, sent)
    this.#showAgain()
    this.#stand.canUndo(id, said, async () => {
      if (await offline.queue.takeBack(id)) this.#showAgain()
      else if (path === '/host/notes') await this.#unwrite(id)
      else await this.#stand.order('/host/orders/undo', { action_id: id })
    })
    if (this.#stand.offlineSince === null) void this.replay()
    const instead = { action_id: id, changed: { said }, dry_run: false }
    return instead as ActAnswer<ActPath> as ActAnswer<P>
  }

  #learn(answer: OrderResult | ServiceNote): void {
    const { served } = this.#stand
    if (served) this.#stand.show(after(served, answer))
  }

  #showAgain(): void {
    if (this.#stand.served) this.#stand.show(this.#stand.served)
  }

  /** Send what waits; what comes of it is on the screen as it comes. */
  async replay(): Promise<void> {
    if (!offline.acts.length || this.#stand.unproven || this.#stand.stage !== 'open') return
    await this.#cutOff.replay((answer) => this.#learn(answer))
    this.#showAgain()
  }
}

function after(tonight: Tonight, answer: OrderResult | ServiceNote): Tonight {
  return 'note_id' in answer ? afterNote(tonight, answer) : afterOrder(tonight, answer)
}

/** The answer, or a Refusal as of no network when it does not come in time. */
function within<T>(asked: Promise<T>, patience: number): Promise<T> {
  return new Promise((resolve, reject) => {
    const late = () => reject(new Refusal(0, 'UNREACHABLE', '', undefined, {}, {}))
    const timer = setTimeout(late, patience)
    asked.then(resolve, reject).finally(() => clearTimeout(timer))
  })
}
