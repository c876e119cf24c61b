import { expect, test } from 'vitest'
import { shared, sharedMap } from './shared'

const evening = (state: string) => ({
  now: state,
  period: { areas_shut: [] as string[], name: null },
  reservations: [
    { reservation_id: 'a', tables: ['T1'], marks: { late: null } },
    { reservation_id: 'b', tables: ['T2'], marks: { late: state } },
  ],
})

test('what is the same is the old object, what changed is new all the way up', () => {
  const old = evening('x')
  expect(shared(old, evening('x'))).toBe(old)
  const fresh = shared(old, evening('y'))
  expect(fresh).toEqual(evening('y'))
  expect(fresh.period).toBe(old.period)
  expect(fresh.reservations[0]).toBe(old.reservations[0])
  expect(fresh.reservations[1]).not.toBe(old.reservations[1])
})

test('a row is known by its id where others came before it', () => {
  const old = [
    { key: 'a', late: 0 },
    { key: 'b', late: 5 },
  ]
  const fresh = shared(old, [
    { key: 'c', late: 0 },
    { key: 'a', late: 0 },
    { key: 'b', late: 6 },
  ])
  expect(fresh.map((each) => each.key)).toEqual(['c', 'a', 'b'])
  expect(fresh[1]).toBe(old[0])
  expect(fresh[2]).toEqual({ key: 'b', late: 6 })
})

test('what has gone is gone, and what is new is there', () => {
  expect(shared([{ id: 'a' }], [])).toEqual([])
  expect(shared<unknown>({ a: 1, b: 2 }, { a: 1 })).toEqual({ a: 1 })
  expect(shared<unknown>(null, { a: 1 })).toEqual({ a: 1 })
  expect(shared<unknown>([1], { a: 1 })).toEqual({ a: 1 })
  const old = new Map([['T1', { kind: 'free' }]])
  const fresh = sharedMap(
    old,
    new Map([
      ['T1', { kind: 'free' }],
      ['T2', { kind: 'shut' }],
    ]),
  )
  expect(fresh.get('T1')).toBe(old.get('T1'))
  expect(fresh.get('T2')).toEqual({ kind: 'shut' })
})
