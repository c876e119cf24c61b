/**
 * The acts that wait for the network: kept before they are shown, sent in order, each once.
 *
 * What the service confirms leaves the queue; what something else stands against becomes a question.
 * Whatever could not be asked (no network, nobody logged in) stops the line: no act overtakes another.
 */
import { Refusal } from '../lib/api'
import type { OrderResult, ServiceNote } from '../lib/wire'
import type { Clash, LateAct } from './acts'
import { againstIt, agreed, overridden } from './clash'

/** Where acts and questions survive the page: lib of IndexedDB in a browser, a Map in a test. */
export interface Kept<T> {
  all: () => Promise<T[]>
  put: (key: string, value: T) => Promise<void>
  remove: (key: string) => Promise<void>
  clear: () => Promise<void>
}

export type Send = (act: LateAct) => Promise<OrderResult | ServiceNote>

/** Nobody may send it as things are: it waits for who may. */
const WAITS: ReadonlySet<number> = new Set([401, 429])

export class LateQueue {
  #acts: LateAct[] = []
  #clashes: Clash[] = []
  #sending: Promise<void> | null = null

  constructor(
    readonly acts: Kept<LateAct>,
    readonly clashes: Kept<Clash>,
    readonly changed: (acts: readonly LateAct[], clashes: readonly Clash[]) => void,
  ) {}

  /** What was left from before: the stand was locked, loaded anew, or the browser started again. */
  async restore(): Promise<void> {
    const known = new Set(this.#acts.map((each) => each.id))
    const before = (await this.acts.all()).filter((each) => !known.has(each.id))
    this.#acts = [...before, ...this.#acts].sort((a, b) => a.place - b.place)
    this.#clashes = await this.clashes.all()
    this.#tell()
  }

  /** One more act, the last of all; it is on the screen at once and on the disk soon after. */
  add(wish: Omit<LateAct, 'place'>): Promise<void> {
    const act = { ...wish, place: (this.#acts.at(-1)?.place ?? 0) + 1 }
    this.#acts = [...this.#acts, act]
    this.#tell()
    return this.acts.put(act.id, act)
  }

  /** Take an act back before it was sent; whether it still was there. */
  async takeBack(id: string): Promise<boolean> {
    if (this.#sending || !this.#acts.some((each) => each.id === id)) return false
    await this.#done(id)
    return true
  }

  /** Send what waits, in order, until something stops it; calls meanwhile are one. */
  replay(send: Send): Promise<void> {
    this.#sending ??= this.#replay(send).finally(() => {
      this.#sending = null
    })
    return this.#sending
  }

  async #replay(send: Send): Promise<void> {
    for (let act = this.#acts[0]; act; act = this.#acts[0]) {
      try {
        const clash = overridden(act, await send(act))
        if (clash) await this.#ask(clash)
      } catch (error) {
        if (!(error instanceof Refusal)) throw error
        if (error.unreachable || WAITS.has(error.status) || roleLacks(error)) return
        if (!agreed(act, error)) await this.#ask(againstIt(act, error))
      }
      await this.#done(act.id)
    }
  }

  async #ask(clash: Clash): Promise<void> {
    this.#clashes = [...this.#clashes.filter((each) => each.act.id !== clash.act.id), clash]
    await this.clashes.put(clash.act.id, clash)
    this.#tell()
  }

  /** A person has answered: nobody is asked again. */
  async settle(id: string): Promise<void> {
    this.#clashes = this.#clashes.filter((each) => each.act.id !== id)
    this.#tell()
    await this.clashes.remove(id)
  }

  async #done(id: string): Promise<void> {
    this.#acts = this.#acts.filter((each) => each.id !== id)
    this.#tell()
    await this.acts.remove(id)
  }

  /** Forget everything: the evening is over and confirmed, or the tablet is no longer the house's. */
  async wipe(): Promise<readonly LateAct[]> {
    const lost = this.#acts
    this.#acts = []
    this.#clashes = []
    this.#tell()
    await Promise.all([this.acts.clear(), this.clashes.clear()])
    return lost
  }

  #tell(): void {
    this.changed(this.#acts, this.#clashes)
  }
}

/** Who is logged in may not send it (a server after a host): it waits, it is no clash. */
function roleLacks(refusal: Refusal): boolean {
  return refusal.status === 403
}
