import { expect, test } from 'vitest'
import { leverRows } from './levers'
import type { House, Tonight } from './wire'

const house = {
  areas: [
    { id: 'room', name: 'Room' },
    { id: 'terrace', name: 'Terrace' },
  ],
  staff: [{ staff_id: 'marat', name: 'Marat' }],
} as unknown as House

const tonight = {
  period: {
    online_paused: true,
    seating_stopped: false,
    last_orders_at: null,
    closes_early_at: null,
    areas_shut: ['terrace'],
  },
  levers: [
    {
      kind: 'online_paused',
      engaged: true,
      lifted_at: null,
      area: null,
      at: null,
      pulled_at: 'a',
      until: 'b',
      pulled_by: 'marat',
    },
    {
      kind: 'area_shut',
      engaged: true,
      lifted_at: null,
      area: 'terrace',
      at: null,
      pulled_at: 'c',
      until: null,
      pulled_by: null,
    },
  ],
} as unknown as Tonight

test('each lever says what it does and what one tap turns round', () => {
  const rows = Object.fromEntries(leverRows(tonight, house).map((each) => [each.key, each]))
  expect(rows.online_paused).toMatchObject({ engaged: true, until: 'b', by: 'Marat' })
  expect(rows.online_paused?.body).toEqual({ online_paused: false })
  expect(rows.seating_stopped?.body).toEqual({ seating_stopped: true })
  expect(rows['area terrace']).toMatchObject({ engaged: true, body: { areas_shut: [] } })
  expect(rows['area room']?.body).toEqual({ areas_shut: ['terrace', 'room'] })
})

test('a day without service has no levers', () => {
  expect(leverRows({ period: null, levers: [] } as unknown as Tonight, house)).toEqual([])
})
