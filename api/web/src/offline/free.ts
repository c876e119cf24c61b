/** Tables that are free as far as this tablet knows, the smallest that do first. */
import type { TableState } from '../floor/state'
import type { House, Table } from '../lib/wire'

const AT_MOST = 12

type Sight = [Pick<House, 'tables'> | null, ReadonlyMap<string, TableState>, number]

export function freeTables(...[house, states, size]: Sight): Table[] {
  const found = (table: Table) => states.get(table.id)?.kind === 'free' && table.seats_max >= size
  return least(house, states, found).slice(0, AT_MOST)
}

/** Where somebody may sit in truth, whatever was planned there: those that seat the party first. */
export function emptyTables(...[house, states, size]: Sight): Table[] {
  const empty = least(house, states, (table) => states.get(table.id)?.seating === null)
  const fits = (table: Table) => Number(table.seats_max < size)
  return empty.sort((a, b) => fits(a) - fits(b)).slice(0, 2 * AT_MOST)
}

function least(
  house: Pick<House, 'tables'> | null,
  states: ReadonlyMap<string, TableState>,
  which: (table: Table) => boolean,
): Table[] {
  return (house?.tables ?? [])
    .filter(which)
    .sort((a, b) => a.seats_max - b.seats_max || dueOf(states, b) - dueOf(states, a))
}

/** When somebody is expected there next: the later the better. */
function dueOf(states: ReadonlyMap<string, TableState>, table: Table): number {
  const next = states.get(table.id)?.next
  return next ? Date.parse(next.starts) : Number.MAX_SAFE_INTEGER
}
