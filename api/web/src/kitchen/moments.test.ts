import { describe, expect, it } from 'vitest'
import { isOf, momentAt, parted } from './moments'

const SEVEN = Date.parse('2027-03-03T18:00:00Z')
const MINUTE = 60_000

function task(minutes: number | null, more = {}) {
  return {
    moment: 'later' as const,
    due_at: minutes === null ? null : new Date(SEVEN + minutes * MINUTE).toISOString(),
    carrier: 'kitchen' as const,
    kind: 'large_party' as const,
    ...more,
  }
}

describe('a task of the kitchen', () => {
  it('is to come, then due, and after five minutes past its time, by the screen’s own clock', () => {
    const told = [-1, 0, 5, 6].map((late) => momentAt(task(0), SEVEN + late * MINUTE))
    expect(told).toEqual(['later', 'now', 'now', 'over'])
  })

  it('that waits for the check is due only once the service says so', () => {
    const waits = task(null, { kind: 'gesture' })
    expect(momentAt(waits, SEVEN + 60 * MINUTE)).toBe('later')
    expect(momentAt({ ...waits, moment: 'now' }, SEVEN)).toBe('now')
  })

  it('stands among what is due by how long it has been, among what is to come by when', () => {
    const tasks = [task(20), task(-1), task(10), task(-9), task(null, { kind: 'gesture' })]
    const { due, later } = parted(tasks, SEVEN)
    expect(due.map((each) => tasks.indexOf(each))).toEqual([3, 1])
    expect(later.map((each) => tasks.indexOf(each))).toEqual([2, 0, 4])
  })

  it('is on the screen of whoever carries it', () => {
    const floor = { ...task(0), carrier: 'floor' as const }
    expect([isOf(floor, 'kitchen'), isOf(floor, 'floor'), isOf(floor, 'all')]).toEqual([
      false,
      true,
      true,
    ])
  })
})
