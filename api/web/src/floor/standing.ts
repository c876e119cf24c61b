/** How a table stands, as the first line of its sheet says it. */
import { stand } from '../lib/stand.svelte'
import { t, timeOf } from '../lib/words.svelte'
import type { TableState } from './state'

export function standing(state: TableState): string {
  const time = state.at ? timeOf(state.at, stand.zone) : ''
  const { party, size, left: minutes } = state
  switch (state.kind) {
    case 'seated':
    case 'over':
      return t('floor-drop-taken', { party: party || t('floor-hand-walk-in') })
    case 'promised':
      return t(state.here ? 'floor-table-here' : 'floor-table-promised', { party, size, time })
    case 'held':
      return t('floor-table-held', { minutes })
    case 'kept':
      return party ? t('floor-table-kept', { party }) : t('floor-table-kept-host', { minutes })
    case 'reset':
      return t('floor-table-reset', { time })
    case 'shut':
      return t(time ? 'floor-table-shut' : 'floor-table-shut-open', { time })
    default:
      return t(time ? 'floor-table-free' : 'floor-table-free-open', { time })
  }
}
