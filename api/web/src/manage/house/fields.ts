/** Fields that several pages have, and the choices of the house that they offer. */
import { t, words } from '../../lib/words.svelte'
import { dayName } from './days'
import { DAYS, type HouseDocument } from './document'
import type { Field, Option } from './values'

export function areaOptions(house: HouseDocument | null): Option[] {
  return (house?.areas ?? []).map(({ id, name }) => ({ value: id, name }))
}

export function dayOptions(): Option[] {
  return DAYS.map((day) => ({ value: day, name: dayName(day) }))
}

const CHANNELS = ['online', 'partner', 'google', 'guest', 'phone', 'desk'] as const

/** A service: of the week, or of one special day (which has no weekdays). */
export function periodFields(areas: readonly Option[], weekly: boolean): Field[] {
  const channels = CHANNELS.map((value) => ({ value, name: t(`house-channel-${value}`) }))
  const days: Field[] = weekly
    ? [{ kind: 'many', name: 'days', label: t('house-days'), options: dayOptions() }]
    : []
  const limit: Field[] = [
    { kind: 'time', name: 'start', label: t('house-from-time'), hint: t('house-from-time-hint') },
    { kind: 'number', name: 'covers', label: t('house-guests') },
    { kind: 'number', name: 'parties', label: t('house-parties') },
    { kind: 'many', name: 'channels', label: t('house-channels'), options: channels },
    { kind: 'many', name: 'areas', label: t('house-areas'), options: areas },
  ]
  const limits: Field[] = weekly
    ? [
        {
          kind: 'list',
          name: 'pacing_limits',
          label: t('house-limits'),
          hint: t('house-limits-hint'),
          of: limit,
          add: t('house-add-limit'),
          blank: { start: null, covers: null, parties: null, channels: [], areas: [] },
        },
        {
          kind: 'yes',
          name: 'needs_approval',
          label: t('house-approval'),
          hint: t('house-approval-hint'),
        },
      ]
    : []
  return [
    { kind: 'text', name: 'name', label: t('house-service-name'), hint: t('house-key-hint') },
    ...days,
    { kind: 'time', name: 'opens', label: t('house-opens') },
    { kind: 'time', name: 'last_seating', label: t('house-last') },
    { kind: 'time', name: 'closes', label: t('house-closes') },
    { kind: 'number', name: 'pacing', label: t('house-pacing'), hint: t('house-pacing-hint') },
    {
      kind: 'list',
      name: 'pacing_changes',
      label: t('house-pacing-changes'),
      of: [
        { kind: 'time', name: 'start', label: t('house-from-time') },
        { kind: 'number', name: 'covers', label: t('house-guests') },
      ],
      add: t('house-add-pacing'),
      blank: { start: '19:00', covers: 12 },
    },
    ...limits,
  ]
}

/** The languages that guests are written to in, and those that the staff read. */
export const GUESTS = ['en', 'ru', 'de', 'uk'] as const
export const STAFF = ['en', 'ru'] as const

/** A text in several languages, one field each; the house's own language first. */
export function textFields(
  name: string,
  label: string,
  max: number,
  languages: readonly string[],
  locale = 'en',
): Field[] {
  const own = languages.find((each) => locale.startsWith(each))
  const ordered = [...new Set([...(own ? [own] : []), ...languages])]
  const names = new Intl.DisplayNames(words.locale, { type: 'language' })
  return ordered.map((language) => ({
    kind: 'text',
    name: `${name}.${language}`,
    label: t('house-in-language', { what: label, language: names.of(language) ?? language }),
    max,
    lines: 2,
  }))
}

/** The text in the language of who looks, else in any that there is. */
export function inTheirs(text: Record<string, string>): string {
  return text[words.language] ?? Object.values(text)[0] ?? ''
}

/** A key for something new, made of its name: of Latin letters, numbers and dashes, and not taken. */
export function keyFor(name: string, taken: readonly string[], otherwise: string): string {
  const plain = name.normalize('NFKD').toLowerCase().replace(/\p{M}/gu, '')
  const start =
    plain
      .replace(/[^a-z0-9]+/g, '-')
      .replace(/^-+|-+$/g, '')
      .slice(0, 30) || otherwise
  for (let count = 1; ; count += 1) {
    const key = count === 1 ? start : `${start}-${count}`
    if (!taken.includes(key)) return key
  }
}
