/** The door's options and ways in words. */
import { minutesBetween } from '../lib/clock.svelte'
import { stand } from '../lib/stand.svelte'
import type { DoorOption } from '../lib/wire'
import { dateOf, t, timeOf, told, words } from '../lib/words.svelte'
import { nameOf } from '../sections/sections'
import { nextAt } from './answers'
import { knownParties } from './flow.svelte'
import type { Way } from './types'

type WayOption = Way['option']

const NAMED_AT_MOST = 3

export const at = (instant: string): string => timeOf(instant, stand.zone)
export const joined = (tables: string[]): string => tables.join(' + ')

/** The area by name, where the house has more than one. */
export function areaOf(id: string | null | undefined): string {
  const areas = stand.house?.areas ?? []
  return areas.length > 1 ? (areas.find((each) => each.id === id)?.name ?? '') : ''
}

export function optionTitle(option: DoorOption): string {
  if (option.kind === 'wait')
    return t('door-wait-title', { likely: option.wait_likely, latest: option.wait_minutes })
  const tables = joined(option.tables)
  if (option.held_id) return t('door-held-title', { tables })
  if (option.kind === 'table' && !option.full_turn) {
    const minutes = minutesBetween(stand.tonight?.now ?? option.turn_ends, option.turn_ends)
    return t('door-short-title', { tables, minutes })
  }
  return t(`door-${option.kind}-title`, { tables })
}

/** Until when, and who comes then. */
export function optionUntil(option: DoorOption, size: number): string {
  const parts = [until(option.tables, option.turn_ends, option.full_turn, option.free_until)]
  const area = areaOf(option.area)
  if (area) parts.push(area)
  if (option.seats > size) parts.push(t('door-seats', { seats: option.seats }))
  if (option.server) parts.push(nameOf(stand.house, option.server))
  return parts.join(' · ')
}

function until(tables: string[], ends: string, full: boolean, free: string | null): string {
  if (!full) {
    const next = nextAt(tables, ends, knownParties())
    const back = { time: at(ends) }
    return next ? t('door-back-before', { ...back, name: next.name }) : t('door-back', back)
  }
  return free
    ? t('door-until-next', { time: at(ends), next: at(free) })
    : t('door-until', { time: at(ends) })
}

/** Whom it moves and who may be left without a table, each by name. */
export function optionCosts(option: DoorOption): string[] {
  const named = option.moves.length > NAMED_AT_MOST ? NAMED_AT_MOST - 1 : NAMED_AT_MOST
  const moved = option.moves
    .slice(0, named)
    .map((each) =>
      t('door-moves', { name: each.name, size: each.party_size, to: joined(each.to_tables) }),
    )
  const more = option.moves.length - moved.length
  if (more) moved.push(t('door-moves-more', { count: more }))
  return [...exposed(option.exposes_parties), ...moved]
}

function exposed(parties: DoorOption['exposes_parties']): string[] {
  return parties.map((each) =>
    t('door-exposes', { name: each.name, size: each.party_size, time: at(each.starts) }),
  )
}

/** What the seat order would ask for: told here, so that the tap can say "anyway". */
export function optionAsks(option: DoorOption): string[] {
  return option.warnings
    .filter((each) => each.asks)
    .map((each) => told(each.message, each.params, each.detail))
}

export function wayTitle(option: WayOption): string {
  const tables = joined(option.tables)
  const starts = option.starts ? at(option.starts) : ''
  switch (option.kind) {
    case 'held':
      return t('door-held-title', { tables })
    case 'join':
      return t('door-join-title', { tables })
    case 'move':
      return moveTitle(option, tables)
    case 'shorter':
      return t('door-short-title', { tables, minutes: minutesOf(option) })
    case 'overbook':
      return t('door-beyond-title', { time: starts })
    case 'later':
      return t('door-later-title', { time: starts })
    case 'other_day':
      return t('door-day-title', { day: dayOf(option), time: starts })
    case 'wait':
      return t('door-wait-title', {
        likely: option.wait_likely ?? option.wait_minutes ?? 0,
        latest: option.wait_minutes ?? 0,
      })
    case 'partner':
      return option.neighbour?.name ?? ''
    default:
      return t('door-table-title', { tables })
  }
}

function moveTitle(option: WayOption, tables: string): string {
  const [first] = option.moves
  if (!first || option.moves.length > 1) return t('door-table-title', { tables })
  return t('door-move-title', { tables, name: first.name, to: joined(first.tables) })
}

function minutesOf(option: WayOption): number {
  return option.starts && option.ends ? minutesBetween(option.starts, option.ends) : 0
}

function dayOf(option: WayOption): string {
  const zone = { timeZone: stand.zone } as const
  const date = new Intl.DateTimeFormat('en-CA', zone).format(new Date(option.starts ?? 0))
  const day = dateOf(date, 'weekday')
  return day.charAt(0).toLocaleUpperCase(words.locale) + day.slice(1)
}

/** What it is and what it costs others, in one line. */
export function wayDetail(option: WayOption): string {
  const parts: string[] = []
  if (option.kind === 'partner') {
    const { walk_minutes: minutes = 0, phone = '' } = option.neighbour ?? {}
    return [t('door-walk', { minutes }), phone].filter(Boolean).join(' · ')
  }
  if (option.kind === 'wait') return ''
  if (option.kind === 'shorter' && option.ends) {
    parts.push(until(option.tables, option.ends, false, null))
  } else if (option.ends) parts.push(t('door-until', { time: at(option.ends) }))
  const area = areaOf(option.area)
  if (area) parts.push(area)
  if (option.moves.length) parts.push(t('door-moves-count', { count: option.moves.length }))
  return [...parts, ...exposed(option.exposes_parties)].join(' · ')
}

/** The risk as evenings, for what goes beyond the room. */
export function wayRisk(option: WayOption): string {
  const often = told(option.often?.key, option.often?.params, option.often_said)
  if (!often) return ''
  if (!option.may_wait_at) return t('door-may-wait', { often })
  return t('door-may-wait-at', { time: at(option.may_wait_at), often })
}
