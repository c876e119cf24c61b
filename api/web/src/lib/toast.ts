/** What stands at the thumb after an act: how to take it back, or why it was refused. */
import type { Refusal } from './api'

/** What can be taken back for ten seconds; `back` where it is not an order of the floor. */
export interface Undoable {
  action: string
  said: string
  until: number
  back?: (() => Promise<void>) | undefined
}

/** Refusals of an order stand until touched (STAND.md 10). */
export interface Said {
  text: string
  refusal?: Refusal
  /** Send the same again: the service was away. */
  again?: () => void
  /** What its button says, where it is not just the same again. */
  label?: string
}
