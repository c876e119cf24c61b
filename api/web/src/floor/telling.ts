/** What a table says: its one line on the floor, and all of it for who does not see the floor. */
import { t, timeOf } from '../lib/words.svelte'
import type { Detail } from './geometry'
import type { TableState } from './state'

/** With so many px of width the number of guests stands beside the minutes. */
const SIZE_TOO = 84

/** The line under the name, `inner` px wide: minutes for who sits, a time for what is to come. */
export function lineOf(
  state: TableState,
  detail: Detail,
  inner: number,
  layer: 'party' | 'next',
  zone: string,
): string {
  if (state.lead !== state.id) return ''
  if (layer === 'next') return state.next ? timeOf(state.next.starts, zone) : ''
  const full = detail === 'full' || detail === 'wide'
  const size = full && inner >= SIZE_TOO && state.size ? ` · ${state.size}` : ''
  switch (state.kind) {
    case 'over':
      return (full ? t('floor-over', { minutes: state.over }) : `+${state.over}`) + size
    case 'seated':
      if (state.check && !full) return t(`floor-${state.check}-short`)
      return minutes(state.minutes, full) + size
    case 'promised':
      return state.at ? timeOf(state.at, zone) + size : ''
    case 'held':
    case 'kept':
      return state.left ? minutes(state.left, full) : ''
    case 'reset':
    case 'shut':
      return state.at ? timeOf(state.at, zone) : ''
    case 'free':
      return state.at
        ? t(full ? 'floor-until' : 'floor-until-short', { time: timeOf(state.at, zone) })
        : ''
  }
}

function minutes(count: number, full: boolean): string {
  return t(full ? 'floor-minutes' : 'floor-minutes-short', { minutes: count })
}

/** The whole of it in a sentence, for a screen reader and as the name of the button. */
export function described(state: TableState, zone: string): string {
  const time = state.at ? timeOf(state.at, zone) : ''
  const params = { table: state.id, seats: state.seats, party: state.party, size: state.size, time }
  const said = t(`floor-say-${state.kind}${SAYS_END.has(state.kind) && !time ? '-open' : ''}`, {
    ...params,
    minutes:
      state.kind === 'over' ? state.over : state.kind === 'seated' ? state.minutes : state.left,
  })
  return state.check ? `${said}, ${t(`floor-${state.check}`)}` : said
}

const SAYS_END = new Set<TableState['kind']>(['free', 'shut', 'kept'])
