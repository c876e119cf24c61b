/** What the sentences need to know of the house. */
import type { components } from '../../lib/wire.d'
import type { HouseFacts } from './sections'

/** Each service once, in the order of the house; the first of its hours. */
export function factsOf(house: components['schemas']['House']): HouseFacts {
  const periods = new Map<string, { name: string; opens: string }>()
  for (const { name, opens } of house.periods) {
    if (!periods.has(name)) periods.set(name, { name, opens })
  }
  return {
    periods: [...periods.values()],
    areas: house.areas.map(({ id, name }) => ({ id, name })),
    grace: house.booking.no_show_grace_minutes,
  }
}
