/** A waiting party in a line of words. */
import type { Waiting } from '../lib/wire'
import { t } from '../lib/words.svelte'

/** How long of how much, where they stand, and what they need. */
export function factsOf(entry: Waiting, now: number): string {
  const waited = Math.max(0, Math.floor((now - Date.parse(entry.joined_at)) / 60_000))
  const parts = [
    entry.quoted_minutes === null
      ? t('wait-waited', { minutes: waited })
      : t('wait-waited-of', { minutes: waited, quoted: entry.quoted_minutes }),
  ]
  if (entry.where) parts.push(t(`wait-where-${entry.where}`))
  return [...parts, ...needsOf(entry)].join(' · ')
}

/** The party's needs, each in a word. */
export function needsOf(entry: Waiting): string[] {
  const found: string[] = []
  if (entry.needs.step_free) found.push(t('wait-need-step-free'))
  if (entry.needs.high_chairs) found.push(t('wait-need-chairs', { count: entry.needs.high_chairs }))
  if (entry.needs.quiet) found.push(t('wait-need-quiet'))
  return found
}
