/** Orders of the stand: sent and answered, or done here at once and sent when there is a network. */
import { answerOf, api, Refusal } from '../lib/api'
import { afterOrder } from '../lib/merge'
import type { Stand } from '../lib/stand.svelte'
import type { OrderPath, OrderResult } from '../lib/wire'
import { told } from '../lib/words.svelte'
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

  /** Send an order; null when it was refused. Acts that wait already are not overtaken. */
  async send(path: OrderPath, sent: Sent): Promise<OrderResult | null> {
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
  async #ask(path: OrderPath, sent: Sent, patience: number | null): Promise<OrderResult> {
    for (let tried = 0; ; tried += 1) {
      try {
        // biome-ignore lint/suspicious/noExplicitAny: the body's type was checked per path
        const asked: Promise<OrderResult> = answerOf((api.POST as any)(path, { body: sent }))
        const result = await (patience ? within(asked, patience) : asked)
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

  #done(result: OrderResult): void {
    if (result.dry_run) return
    const { message, params, said } = result.changed
    if (this.#stand.served) this.#stand.show(afterOrder(this.#stand.served, result))
    if (result.undo_until) this.#stand.canUndo(result.action_id, told(message, params, said))
  }

  #notSent(refusal: Refusal, path: OrderPath, sent: Sent): void {
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
  #doHere(path: OrderPath, sent: Sent): OrderResult {
    const result = this.#cutOff.later(path, sent)
    this.#showAgain()
    const id = result.action_id
    this.#stand.canUndo(id, result.changed.said ?? '', async () => {
      if (await offline.queue.takeBack(id)) this.#showAgain()
      else await this.#stand.order('/host/orders/undo', { action_id: id })
    })
    if (this.#stand.offlineSince === null) void this.replay()
    return result
  }

  #showAgain(): void {
    if (this.#stand.served) this.#stand.show(this.#stand.served)
  }

  /** Send what waits; what comes of it is on the screen as it comes. */
  async replay(): Promise<void> {
    if (!offline.acts.length || this.#stand.unproven || this.#stand.stage !== 'open') return
    await this.#cutOff.replay((answer) => {
      if (this.#stand.served) this.#stand.show(afterOrder(this.#stand.served, answer))
    })
    this.#showAgain()
  }
}

/** The answer, or a Refusal as of no network when it does not come in time. */
function within<T>(asked: Promise<T>, patience: number): Promise<T> {
  return new Promise((resolve, reject) => {
    const late = () => reject(new Refusal(0, 'UNREACHABLE', '', undefined, {}, {}))
    const timer = setTimeout(late, patience)
    asked.then(resolve, reject).finally(() => clearTimeout(timer))
  })
}
