import { expect, test } from 'vitest'
import { lockedTables } from './locked'
import type { LockedTonight, Table } from './wire'

const table = (id: string, x: number) =>
  ({ id, x, y: 1, seats_max: 4, shape: 'rectangle', width: 1, depth: 0.8, rotation: 0 }) as Table
const at = (time: string) => `2027-06-11T${time}:00Z`

test('a locked stand tells who sits, who is over, who is soon, and what is free', () => {
  const tables = ['1', '2', '3', '4', '5'].map((id, x) => table(id, x))
  const taken = (id: string, starts: string, ends: string) => ({
    tables: [id],
    party_size: 2,
    starts: at(starts),
    ends: at(ends),
  })
  const shown = lockedTables({
    now: at('18:00'),
    seated: [taken('1', '17:00', '18:30'), taken('2', '16:00', '17:55')],
    expected: [
      taken('3', '19:30', '21:00'),
      taken('3', '18:30', '19:30'),
      taken('4', '21:00', '22:00'),
      taken('1', '18:45', '20:00'),
    ],
    room: { tables },
  } as unknown as LockedTonight)
  expect(shown.map((each) => [each.state, each.until?.slice(11, 16)])).toEqual([
    ['seated', '18:30'],
    ['over', '17:55'],
    ['soon', '18:30'],
    ['free', undefined],
    ['free', undefined],
  ])
})
