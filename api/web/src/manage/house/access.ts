/** Rules of who may have which places, as a form holds them and as they are sent and said. */
import type { components } from '../../lib/wire.d'
import { inWeekOrder } from './document'
import type { Values } from './values'

export type AccessRule = components['schemas']['AccessRule']
export type OpenTo = AccessRule['to']

export const OPEN_TO: readonly OpenTo[] = [
  'walk_ins',
  'staff',
  'channels',
  'members',
  'request',
  'nobody',
  'all',
]
export const WAYS = ['partner', 'google', 'guest', 'phone', 'desk', 'walk_in', 'waitlist'] as const

/** A rule in a form: tags are typed one after the other, a season is there to be filled in. */
export function formOf(rule: AccessRule): Values {
  const season = rule.season ?? { from_day: null, until_day: null }
  return { ...rule, tags: rule.tags.join(', '), season } as unknown as Values
}

/** A form as it is sent: ways and tags belong to the rules that are for them. */
export function ruleIn(values: Values): Values {
  const season = values.season as { from_day?: string | null; until_day?: string | null } | null
  return {
    ...values,
    days: inWeekOrder((values.days ?? []) as AccessRule['days']),
    channels: values.to === 'channels' ? (values.channels ?? []) : [],
    tags: values.to === 'members' ? tagsIn(String(values.tags ?? '')) : [],
    season: season?.from_day || season?.until_day ? (season as Values) : null,
  }
}

function tagsIn(typed: string): string[] {
  return typed.split(/[\s,;]+/).filter((tag) => tag)
}

/** A day of every year as a date of a leap year: "03-15" is 15 March. */
export function yearly(day: string): string {
  return `2028-${day}`
}
