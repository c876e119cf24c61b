/** The stand without the network: what waits, what has to be answered, and what was lost. */
import type { Clash, LateAct } from './acts'
import { LateQueue } from './queue'
import { keptIn } from './store'

class Offline {
  acts = $state.raw<readonly LateAct[]>([])
  clashes = $state.raw<readonly Clash[]>([])
  /** Not confirmed when this tablet was taken out of the house. */
  lost = $state.raw<readonly LateAct[]>([])
  readonly #about = $derived(new Set(this.acts.flatMap((each) => each.about)))

  readonly queue = new LateQueue(
    keptIn<LateAct>('acts'),
    keptIn<Clash>('clashes'),
    (acts, clashes) => {
      this.acts = acts
      this.clashes = clashes
    },
  )

  /** Whether something about a table, a party or a seating is not confirmed yet. */
  waitsFor(...ids: (string | null | undefined)[]): boolean {
    return ids.some((each) => each && this.#about.has(each))
  }
}

export const offline = new Offline()
