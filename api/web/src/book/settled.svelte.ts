/** The buttons of a sheet: a tap right after they came to mean something else does nothing (STAND.md 4). */

const SETTLES_MS = 800

export class Settled {
  /** What a tap would have done that came too soon after a change; empty once one was meant. */
  missed = $state('')
  #of = ''
  #meaning = ''
  #changedAt = Number.NEGATIVE_INFINITY

  /** What the buttons mean from now on, in a sheet about `of`. */
  stands(of: string, meaning: string, at: number): void {
    if (of !== this.#of) this.#changedAt = Number.NEGATIVE_INFINITY
    else if (meaning !== this.#meaning) this.#changedAt = at
    this.#of = of
    this.#meaning = meaning
  }

  /** Whether a tap at this time is meant for what stands there; else `now`, the new meaning, is noted. */
  meant(at: number, now: string): boolean {
    const settled = at - this.#changedAt >= SETTLES_MS
    this.missed = settled ? '' : now
    return settled
  }
}
