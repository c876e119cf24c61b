import { describe, expect, it } from 'vitest'
import type { Tonight } from '../lib/wire'
import { guestsByHalfHour, rowsOf } from './rows'

function party(name: string, starts: string, more = {}) {
  return {
    reservation_id: name,
    name,
    party_size: 2,
    starts: `2027-06-11T${starts}:00Z`,
    state: 'booked',
    tables: ['1'],
    needs: { step_free: false, high_chairs: 0, quiet: false },
    guest_id: null,
    ...more,
  }
}

function evening(...reservations: object[]) {
  const seatings = [{ reservation_id: 'Adler', tables: ['7'] }]
  return {
    reservations,
    seatings,
    overbooked: [{ reservation_id: 'Moreau' }],
  } as unknown as Tonight
}

describe('the sheet of an evening', () => {
  it('lists who is to come or here by time, and nobody who has gone or cancelled', () => {
    const rows = rowsOf(
      evening(
        party('Weber', '18:00'),
        party('Adler', '17:30', { state: 'seated' }),
        party('Costa', '17:00', { state: 'finished' }),
        party('Brandt', '18:00'),
        party('Haas', '17:15', { state: 'cancelled' }),
      ),
    )
    expect(rows.map((each) => each.name)).toEqual(['Adler', 'Brandt', 'Weber'])
    expect(rows[0]?.tables).toEqual(['7'])
  })

  it('says of each what it must not eat, what it needs and what is known of it', () => {
    const [row] = rowsOf(
      evening(
        party('Moreau', '18:00', {
          allergies: 'nuts',
          needs: { step_free: true, high_chairs: 2, quiet: false },
          tags: ['regular'],
          guest_notes: 'likes the corner',
          special_request: 'a birthday',
          guest_id: 'g',
          visits: 4,
          tables: [],
        }),
      ),
    )
    expect(row).toMatchObject({
      allergies: 'nuts',
      needs: [
        { key: 'step-free', count: 1 },
        { key: 'high-chairs', count: 2 },
      ],
      remarks: ['regular', 'likes the corner', 'a birthday'],
      visits: 4,
      beyond: true,
    })
  })

  it('counts the guests of each half hour', () => {
    const rows = rowsOf(
      evening(party('A', '18:00'), party('B', '18:20'), party('C', '19:30', { party_size: 5 })),
    )
    expect(guestsByHalfHour(rows).map((each) => each.guests)).toEqual([4, 5])
  })
})
