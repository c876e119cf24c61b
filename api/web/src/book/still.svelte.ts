/** A list that keeps its order while a finger is down and a second longer (STAND.md 5). */

const SETTLES_MS = 1000

export class Still {
  /** What is shown, in its order. */
  keys = $state.raw<readonly string[]>([])
  #wanted: readonly string[] = []
  #of = ''
  #held = false
  #timer: ReturnType<typeof setTimeout> | undefined

  /** Show this from now on, or once the finger has gone; another list (`of`) is shown at once. */
  want(of: string, keys: readonly string[]): void {
    this.#wanted = keys
    if (!this.#held || of !== this.#of) this.keys = keys
    this.#of = of
  }

  hold(): void {
    clearTimeout(this.#timer)
    this.#held = true
  }

  release(): void {
    if (!this.#held) return
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => this.letGo(), SETTLES_MS)
  }

  /** Show what came, now. */
  letGo(): void {
    clearTimeout(this.#timer)
    this.#held = false
    this.keys = this.#wanted
  }
}
