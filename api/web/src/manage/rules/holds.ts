/** Held tables: each window a sentence, its ladder the half sentences after it. */
import { periodName } from '../../lib/service'
import { t } from '../../lib/words.svelte'
import { count, daysOf, minutes } from './kinds'
import { type Action, type Section, type Sentence, sentence } from './sentence'
import type { Rules, Value } from './values'

type Window = Rules['holds'][number]

export interface Rooms {
  periods: readonly { name: string; opens: string }[]
  areas: readonly { id: string; name: string }[]
}

/** One section a window, and how to make another. */
export function holdSections(rules: Rules, rooms: Rooms): Section[] {
  const sections = rules.holds.map((window) => ({
    key: `holds-${window.name}`,
    title: titleOf(window, rules),
    sentences: [windowOf(window, rooms)],
    actions: actionsOf(rules, window),
  }))
  const add = { name: t('rules-hold-add'), act: () => addWindow(rules, rooms) }
  const last = sections.at(-1)
  if (!last) {
    const none: Sentence = sentence(['holds'], {}, () => t('rules-hold-none'))
    return [{ key: 'holds', title: t('rules-held-any'), sentences: [none], actions: [add] }]
  }
  return [...sections.slice(0, -1), { ...last, actions: [...last.actions, add] }]
}

/** By its service; by its tables and their hour too where a service has several windows. */
function titleOf(window: Window, rules: Rules): string {
  const { period, seats, starts } = window
  const alone = rules.holds.filter((each) => each.period === period).length === 1
  const named = { period: periodName(period) }
  if (alone) return t('rules-held', named)
  return t('rules-held-one', { ...named, seats, time: starts.slice(0, 5) })
}

function windowOf(window: Window, rooms: Rooms): Sentence {
  const at = ['holds', window.name]
  const values: Record<string, Value> = {
    count: count([...at, 'count'], t('rules-hold-count'), { max: 100 }),
    seats: count([...at, 'seats'], t('rules-hold-seats'), { min: 1, max: 100 }),
    area: {
      kind: 'choice',
      path: [...at, 'area'],
      name: t('rules-hold-area'),
      options: [
        { value: null, name: t('rules-anywhere') },
        ...rooms.areas.map((area) => ({ value: area.id, name: area.name })),
      ],
    },
    days: { kind: 'days', path: [...at, 'days'], name: t('rules-hold-days'), shown: daysOf },
    starts: { kind: 'time', path: [...at, 'starts'], name: t('rules-hold-starts') },
    length: minutes([...at, 'minutes'], t('rules-hold-length'), { min: 15, max: 480, step: 15 }),
  }
  if (rooms.periods.length > 1) {
    values.period = {
      kind: 'choice',
      path: [...at, 'period'],
      name: t('rules-hold-period'),
      options: rooms.periods.map(({ name }) => ({ value: name, name: periodName(name) })),
    }
  }
  const rungs = window.ladder.map((_, place) => rungOf(window, place, values))
  return sentence(at, values, (places) => {
    const told = { ...places, count: window.count, seats: window.seats }
    const main = values.period ? t('rules-hold-at', told) : t('rules-hold', told)
    return [main, ...rungs.map((say) => say(places))].join('; ').concat('.')
  })
}

type Saying = (places: Record<string, string>) => string

/** A step of the ladder, its values put among the window's own. */
function rungOf(window: Window, place: number, values: Record<string, Value>): Saying {
  const at = ['holds', window.name, 'ladder', place]
  const held = window.ladder[place - 1]?.keep ?? window.count
  const rung = window.ladder[place]
  const out = { name: t('rules-rung-out'), act: () => void window.ladder.splice(place, 1) }
  values[`before-${place}`] = minutes([...at, 'minutes_before'], t('rules-rung-before'), {
    extra: out,
  })
  const before = `v-before-${place}`
  if (rung?.keep === 0 && place > 0) {
    return (places) => t('rules-rung-rest', { 'v-before': places[before] ?? '' })
  }
  values[`back-${place}`] = count([...at, 'keep'], t('rules-rung-back'), {
    max: held,
    from: held,
    extra: out,
  })
  const back = `v-back-${place}`
  return (places) =>
    t('rules-rung', {
      'v-back': places[back] ?? '',
      'v-before': places[before] ?? '',
    })
}

function actionsOf(rules: Rules, window: Window): Action[] {
  const last = window.ladder.at(-1)
  const remove: Action = {
    name: t('rules-hold-remove'),
    act: () => rules.holds.splice(rules.holds.indexOf(window), 1),
  }
  if (last?.keep === 0 || last?.minutes_before === 0 || window.count === 0) return [remove]
  const keep = Math.max(0, (last?.keep ?? window.count) - 1)
  const before = last ? Math.max(0, last.minutes_before - 15) : 30
  const step: Action = {
    name: t('rules-rung-add'),
    act: () => window.ladder.push({ minutes_before: before, keep }),
  }
  return [step, remove]
}

function addWindow(rules: Rules, rooms: Rooms): void {
  const period = rooms.periods.at(-1)
  if (!period) return
  const taken = rules.holds.map((each) => each.name)
  let number = taken.length + 1
  while (taken.includes(`window-${number}`)) number += 1
  rules.holds.push({
    name: `window-${number}`,
    period: period.name,
    starts: period.opens,
    minutes: 120,
    count: 1,
    seats: 2,
    area: null,
    days: [],
    ladder: [{ minutes_before: 30, keep: 0 }],
  })
}
