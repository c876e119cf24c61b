/** What tables chosen for a party mean, before anything is done: seats, until when, who is in the way. */
import { stand } from '../lib/stand.svelte'
import { t, timeOf } from '../lib/words.svelte'
import { room } from './room.svelte'
import type { TableState } from './state'

/** In words: enough seats or how many short, and the nearest thing that ends the stay. */
export function choiceWords(tables: readonly string[], size: number): string {
  const states = tables.flatMap((id) => room.state(id) ?? [])
  const seats = states.reduce((sum, each) => sum + each.seats, 0)
  const places =
    seats < size
      ? t('floor-drop-short', { missing: size - seats })
      : t('floor-drop-seats', { seats })
  const inTheWay = states.find((each) => each.kind !== 'free')
  return [places, inTheWay ? inTheWayWords(inTheWay) : untilWords(states)].join(', ')
}

function untilWords(states: readonly TableState[]): string {
  const ends = states.flatMap((each) => (each.at ? [Date.parse(each.at)] : []))
  if (!ends.length) return t('floor-drop-open')
  return t('floor-drop-until', { time: timeOf(new Date(Math.min(...ends)), stand.zone) })
}

function inTheWayWords(state: TableState): string {
  const time = state.at ? timeOf(state.at, stand.zone) : ''
  const { party } = state
  switch (state.kind) {
    case 'seated':
    case 'over':
      return t('floor-drop-taken', { party })
    case 'promised':
      return t('floor-drop-promised', { party, time })
    case 'reset':
      return t('floor-drop-reset', { time })
    case 'kept':
      return t('floor-drop-kept', { party })
    case 'held':
      return t('floor-drop-held')
    default:
      return t('floor-drop-shut')
  }
}
