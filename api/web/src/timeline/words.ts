/** What a bar says: its second line, and all of it for who does not see the timeline. */
import { t, timeOf } from '../lib/words.svelte'
import type { Bar } from './bars'

/** The name on a bar. */
export function nameOf(bar: Bar): string {
  if (bar.kind === 'held') return t('timeline-held', { size: bar.size })
  if (bar.kind === 'kept' && !bar.name) return t('timeline-kept', { size: bar.size })
  if (bar.kind === 'reset') return t('timeline-reset')
  if (bar.kind === 'shut') return bar.name || t('timeline-shut')
  if (bar.kind === 'event') return bar.name
  return bar.name || t('floor-hand-walk-in')
}

const COUNTED = new Set<Bar['kind']>(['seated', 'over', 'plan', 'arrived', 'late', 'past', 'kept'])

/** How many they are, where the name does not say it. */
export function sizeOf(bar: Bar): string {
  return COUNTED.has(bar.kind) && (bar.name || bar.kind !== 'kept') ? `${bar.size}` : ''
}

/** What one needs to know of it now, in a few words. */
export function lineOf(bar: Bar, zone: string): string {
  const time = timeOf(new Date(bar.until), zone)
  switch (bar.kind) {
    case 'seated':
      return bar.check ? t(`floor-${bar.check}`) : t('timeline-till', { time })
    case 'over':
      return t('floor-over', { minutes: bar.minutes })
    case 'late':
      return t('timeline-late', { minutes: bar.minutes })
    case 'arrived':
      return t('timeline-here', { minutes: bar.minutes })
    case 'plan':
      return timeOf(new Date(bar.starts), zone)
    case 'held':
      return t('timeline-back', { time })
    case 'past':
      return ''
    default:
      return t('timeline-till', { time })
  }
}

/** The whole of it in a sentence; `pinner`: who has pinned it. */
export function saidOf(bar: Bar, zone: string, pinner: string): string {
  const from = timeOf(new Date(bar.starts), zone)
  const till = timeOf(new Date(bar.ends), zone)
  const table = bar.tables.join(' + ')
  const where = table ? t('timeline-say', { table, from, till }) : t('timeline-say-none', { from })
  const told = [t(`timeline-say-${bar.kind}`), where]
  if (pinner) told.push(t('timeline-pinned', { name: pinner }))
  if (bar.clash) told.push(t('timeline-clash'))
  return told.join(', ')
}
