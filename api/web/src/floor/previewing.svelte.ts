/**
 * What a drop would do, asked of the service while the finger holds the party (STAND.md 9).
 *
 * Each table is asked about at most once each time the finger comes over it, and only if it stays
 * there for a moment; an answer about a table that was left is heard by nobody.
 */

export type Key = string

/** `lines`: in words; `asks`: the drop would ask first; `refused`: it would not be done. */
export interface Preview {
  lines: string[]
  asks: boolean
  refused: boolean
  /** The same where the same would happen, whoever asks. */
  mark: string
}

export const SETTLE_MS = 70

export class Previewing {
  told = $state.raw<Preview | null>(null)
  #over: Key | null = null
  #timer: ReturnType<typeof setTimeout> | undefined

  /** The finger is over this now, null: over nothing; `ask` is called once it stays. */
  enter(over: Key | null, ask: () => Promise<Preview | null>): void {
    if (over === this.#over) return
    this.leave()
    this.#over = over
    if (over === null) return
    this.#timer = setTimeout(() => void this.#ask(over, ask), SETTLE_MS)
  }

  leave(): void {
    clearTimeout(this.#timer)
    this.#over = null
    this.told = null
  }

  async #ask(over: Key, ask: () => Promise<Preview | null>): Promise<void> {
    const told = await ask()
    if (this.#over === over) this.told = told
  }
}
