/** What the page says in words: how often, and why parties were refused. */
import { t } from '../../lib/words.svelte'
import { type CauseName, oftenOf } from './evening'

/** A probability of waiting, as what follows a colon. */
export function oftenSaid(chance: number): string {
  const often = oftenOf(chance)
  if (often.way === 'hardly') return t('tonight-often-hardly')
  if (often.way === 'one') return t('tonight-often-one', { of: often.of })
  return t('tonight-often-tenths', { count: often.count })
}

const CAUSES: Record<CauseName, () => string> = {
  full: () => t('tonight-cause-full'),
  pace: () => t('tonight-cause-pace'),
  large: () => t('tonight-cause-large'),
  closed: () => t('tonight-cause-closed'),
  needs: () => t('tonight-cause-needs'),
  left: () => t('tonight-cause-left'),
  declined: () => t('tonight-cause-declined'),
  other: () => t('tonight-cause-other'),
}

/** Why a party was refused. */
export function causeSaid(cause: CauseName): string {
  return CAUSES[cause]()
}

const HOW: Record<string, () => string> = {
  booked: () => t('tonight-how-booked'),
  waitlist: () => t('tonight-how-waitlist'),
  partner: () => t('tonight-how-partner'),
}

/** How a refused party was given a place after all. */
export function howSaid(how: string | null | undefined): string {
  if (!how) return ''
  return HOW[how]?.() ?? t('tonight-how-other')
}
