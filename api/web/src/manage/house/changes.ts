/** Changes that are collected on several pages and come into force together, from a date. */
import type { Contradiction, Difference, Patch, RulesMisfit, Stranded } from './document'

/** What publishing would do to the book. */
export interface Foreseen {
  /** Open services that come under it. */
  periods: number
  /** Reservations that get other tables, and those that belong to another service then. */
  moved: number
  followed: number
  /** Who would lose their place. */
  stranded: readonly Stranded[]
  misfits: readonly RulesMisfit[]
}

/** A draft of the house, or of what of the rules is the house's own: one at a time. */
export interface Changes {
  readonly differences: readonly Difference[]
  readonly problems: readonly Contradiction[]
  /** When the draft was begun, and by whom; null where there is none. */
  readonly begun: { at: string; by: string | null } | null
  /** Fetch what is in force, and the draft. Raises Refusal. */
  load(): Promise<void>
  /** Add a change to the draft, which is made where there is none. Raises Refusal. */
  change(patch: Patch, reason: string): Promise<void>
  /** Raises Refusal. */
  discard(): Promise<void>
  /** Raises Refusal. */
  preview(from: string): Promise<Foreseen>
  /** `agreed`: the reservations that lose their place, as seen in the preview. Raises Refusal. */
  publish(from: string, agreed: readonly string[]): Promise<void>
}

/** The one of the drafts to go on with: the latest. */
export function draftAmong<V extends { version: number; state: string }>(
  versions: readonly V[],
): V | null {
  const drafts = versions.filter((each) => each.state === 'draft')
  return drafts.reduce<V | null>(
    (latest, each) => (latest && latest.version > each.version ? latest : each),
    null,
  )
}
