/** The name of a service: "Friday dinner". Periods with a usual name are said in the person's language. */
import type { Period } from './wire'
import { dateOf, t } from './words.svelte'

const USUAL: ReadonlySet<string> = new Set(['breakfast', 'brunch', 'lunch', 'dinner', 'late'])

/** A period's name alone, as the house calls it or in the person's language. */
export function periodName(name: string): string {
  return USUAL.has(name) ? t(`shell-period-${name}`) : name
}

export function serviceOf(period: Pick<Period, 'name' | 'service_date'>): string {
  const weekday = dateOf(period.service_date, 'weekday')
  const said = t('shell-service', { weekday, name: periodName(period.name) })
  return said.charAt(0).toLocaleUpperCase() + said.slice(1)
}
