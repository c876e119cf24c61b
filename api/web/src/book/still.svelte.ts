/** A list that keeps its order while a finger is down and a second longer (STAND.md 5). */

const SETTLES_MS = 1000

/** What stands at a place of the list; `gone`: it is kept as it was last, so that no other moves up. */
export interface Standing<T> {
  key: string
  thing: T
  gone: boolean
}

export class Still<T> {
  /** What is shown, in its order. */
  keys = $state.raw<readonly string[]>([])
  #wanted: readonly string[] = []
  #of = ''
  #held = false
  #last = new Map<string, T>()
  #timer: ReturnType<typeof setTimeout> | undefined

  /** Show this from now on, or once the finger has gone; another list (`of`) is shown at once. */
  want(of: string, keys: readonly string[]): void {
    this.#wanted = keys
    if (!this.#held || of !== this.#of) this.keys = keys
    this.#of = of
  }

  /** What stands where: under a finger, what has gone keeps its place. */
  standing(things: ReadonlyMap<string, T>): Standing<T>[] {
    const found = this.keys.flatMap((key) => {
      const here = things.get(key)
      const thing = here ?? (this.#held ? this.#last.get(key) : undefined)
      return thing === undefined ? [] : [{ key, thing, gone: here === undefined }]
    })
    this.#last = new Map(found.map((each) => [each.key, each.thing]))
    return found
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
    this.keys = [...this.#wanted]
  }
}
