import { expect, test } from 'vitest'
import { dayShown } from './days'

type Day = Parameters<typeof dayShown>[0]

function day(more: Partial<Day>, ...covers: number[]): Day {
  return {
    service_date: '2026-12-04',
    about: { kind: 'open', buy_outs: [] },
    levers: [],
    notes: [],
    services: covers.map((each) => ({
      served: true,
      over: false,
      booked: {
        reservations: 1,
        covers: each,
        requests: 1,
        request_covers: 0,
        overbooked: 0,
        exposed: 0,
      },
      capacity: { seats: 40, pace_covers: 100 },
      notes: [],
    })),
    ...more,
  } as unknown as Day
}

test('a day counts its services together and is full when both turns are', () => {
  expect(dayShown(day({}, 20, 60))).toMatchObject({
    covers: 80,
    reservations: 2,
    requests: 2,
    share: 0.5,
  })
  expect(dayShown(day({}, 100)).share).toBe(1)
})

test('a day without a service is closed and says why', () => {
  const closed = day({ about: { kind: 'closed', special: null, closure: 'Holiday', buy_outs: [] } })
  expect(dayShown(closed)).toMatchObject({ open: false, name: 'Holiday', share: 0 })
})
