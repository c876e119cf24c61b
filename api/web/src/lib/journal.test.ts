import { expect, test } from 'vitest'
import { agoOf, lastOfOthers, undoable } from './journal'
import type { JournalEntry } from './wire'

const NOW = Date.parse('2027-06-11T17:42:00Z')
const entry = (more: Partial<JournalEntry>) =>
  ({
    at: '2027-06-11T17:41:56Z',
    staff_id: 'marat',
    undo_until: null,
    undone_by: null,
    ...more,
  }) as JournalEntry

test('an act is taken back until its time, once', () => {
  expect(undoable(entry({ undo_until: '2027-06-11T17:43:00Z' }), NOW)).toBe(true)
  expect(undoable(entry({ undo_until: '2027-06-11T17:42:00Z' }), NOW)).toBe(false)
  expect(undoable(entry({ undo_until: '2027-06-11T17:43:00Z', undone_by: 'anna' }), NOW)).toBe(
    false,
  )
  expect(undoable(entry({}), NOW)).toBe(false)
})

test('an age is said in seconds, then minutes, then as the hour', () => {
  expect(agoOf('2027-06-11T17:41:56Z', NOW)).toEqual({ unit: 'seconds', count: 4 })
  expect(agoOf('2027-06-11T17:30:10Z', NOW)).toEqual({ unit: 'minutes', count: 11 })
  expect(agoOf('2027-06-11T15:30:00Z', NOW)).toEqual({ unit: 'time' })
  expect(agoOf('2027-06-11T17:42:09Z', NOW)).toEqual({ unit: 'seconds', count: 0 })
})

test('what somebody else did is signed for a minute, what I or a job did is not', () => {
  const mine = entry({ staff_id: 'anna' })
  const job = entry({ staff_id: null })
  const theirs = entry({})
  expect(lastOfOthers([mine, job, theirs], 'anna', NOW)).toBe(theirs)
  expect(lastOfOthers([mine, job], 'anna', NOW)).toBeNull()
  expect(lastOfOthers([entry({ at: '2027-06-11T17:40:56Z' })], 'anna', NOW)).toBeNull()
})
