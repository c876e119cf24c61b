/** What is promised beyond the room, to whom a yes is said, and how long a table is kept. */
import { t } from '../../lib/words.svelte'
import type { Rooms } from './holds'
import { amount, count, factor, minutes, percent } from './kinds'
import { type Section, sentence } from './sentence'
import type { Rules } from './values'

/** Overbooking: how much, how sure, for whom. */
export function beyondSection(rules: Rules, rooms: Rooms): Section {
  const at = ['overbooking']
  const beyond = rules.overbooking
  const enabled = {
    kind: 'choice',
    path: [...at, 'enabled'],
    name: t('rules-beyond'),
    options: [
      { value: true, name: t('rules-beyond-on') },
      { value: false, name: t('rules-beyond-off') },
    ],
  } as const
  const key = { key: 'beyond', title: t('rules-beyond'), actions: [] }
  if (!beyond.enabled) {
    const nothing = sentence(at, { enabled }, (places) => t('rules-beyond-nothing', places))
    return { ...key, sentences: [nothing] }
  }
  const limits = sentence(
    at,
    {
      enabled,
      parties: count([...at, 'cap_parties'], t('rules-beyond-parties')),
      covers: count([...at, 'cap_covers'], t('rules-beyond-covers')),
      ceiling: percent([...at, 'ceiling'], t('rules-beyond-ceiling')),
      tolerance: minutes([...at, 'tolerance_minutes'], t('rules-beyond-tolerance'), {
        min: 5,
        max: 60,
      }),
    },
    (places) =>
      t('rules-beyond-limits', {
        ...places,
        parties: beyond.cap_parties,
        covers: beyond.cap_covers,
      }),
  )
  return { ...key, sentences: [limits, whom(rules, rooms)], more: [shows(), leftOut()] }
}

function whom(rules: Rules, rooms: Rooms) {
  const at = ['overbooking', 'party_max']
  const names = new Map(rooms.areas.map((area) => [area.id, area.name]))
  return sentence(
    at,
    {
      size: count(at, t('rules-beyond-size'), { min: 1, max: 100 }),
      areas: {
        kind: 'some',
        path: ['overbooking', 'areas_excluded'],
        name: t('rules-beyond-areas'),
        options: rooms.areas.map((area) => ({ value: area.id, name: area.name })),
        shown: (chosen) =>
          chosen.length
            ? chosen.map((id) => names.get(id) ?? id).join(', ')
            : t('rules-beyond-no-area'),
      },
    },
    (places) => t('rules-beyond-whom', { ...places, size: rules.overbooking.party_max }),
  )
}

function shows() {
  const at = ['overbooking']
  const values = {
    online: percent([...at, 'show_online'], t('rules-show-online'), { step: 0.5 }),
    phone: percent([...at, 'show_phone'], t('rules-show-phone'), { step: 0.5 }),
  }
  return sentence([...at, 'show_online'], values, (places) => t('rules-show', places))
}

function leftOut() {
  const at = ['overbooking']
  const values = {
    small: percent([...at, 'small_tables_out'], t('rules-out-small')),
    joins: percent([...at, 'joins_out'], t('rules-out-joins'), { step: 5 }),
  }
  return sentence([...at, 'small_tables_out'], values, (places) => t('rules-out', places))
}

/** Revenue management: to whom a yes is said. */
export function worthSection(rules: Rules): Section {
  const at = ['decisions']
  const how = sentence(
    [...at, 'by_value'],
    {
      way: {
        kind: 'choice',
        path: [...at, 'by_value'],
        name: t('rules-yes'),
        options: [
          { value: true, name: t('rules-yes-by-value') },
          { value: false, name: t('rules-yes-first') },
        ],
      },
    },
    (places) =>
      rules.decisions.by_value ? t('rules-yes-value', places) : t('rules-yes-queue', places),
  )
  const worth = {
    cover: amount([...at, 'cover_value'], t('rules-worth-cover'), { min: 1 }),
    walked: amount([...at, 'walked_cost'], t('rules-worth-walked')),
    late: amount([...at, 'late_cost'], t('rules-worth-late')),
    caution: factor([...at, 'caution'], t('rules-worth-caution')),
  }
  const stays = {
    stay: percent([...at, 'stay_caution'], t('rules-worth-stay'), { max: 20 }),
    other: amount([...at, 'suggest_above'], t('rules-worth-other'), {
      none: { name: t('rules-never'), from: 500 },
    }),
    held: amount([...at, 'discretion_value'], t('rules-worth-held')),
  }
  return {
    key: 'worth',
    title: t('rules-yes'),
    actions: [],
    sentences: [how],
    more: [
      sentence([...at, 'cover_value'], worth, (places) => t('rules-worth', places)),
      sentence([...at, 'stay_caution'], stays, (places) => t('rules-worth-more', places)),
    ],
  }
}

/** How long a table is kept for who is late, or called from the list. */
export function lateSection(graceOfHouse: number): Section {
  const values = {
    grace: minutes(['no_show_grace_minutes'], t('rules-late-grace'), {
      min: 5,
      max: 240,
      none: { name: t('rules-late-house', { minutes: graceOfHouse }), from: graceOfHouse },
    }),
  }
  const called = {
    called: minutes(['call_minutes'], t('rules-late-called'), { min: 1, max: 60, step: 1 }),
  }
  return {
    key: 'late',
    title: t('rules-late'),
    actions: [],
    sentences: [
      sentence(['no_show_grace_minutes'], values, (places) => t('rules-late-kept', places)),
      sentence(['call_minutes'], called, (places) => t('rules-late-call', places)),
    ],
  }
}
