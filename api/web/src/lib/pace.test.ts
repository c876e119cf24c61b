import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { paced } from './pace'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

test('the first news is looked at once, a hundred in a second in five fetches', () => {
  let done = 0
  const ask = paced(() => {
    done += 1
  }, 250)
  ask()
  vi.advanceTimersByTime(10)
  expect(done).toBe(1)
  for (let news = 0; news < 100; news += 1) {
    ask()
    vi.advanceTimersByTime(10)
  }
  expect(done).toBe(5)
  vi.advanceTimersByTime(1000)
  expect(done).toBe(5)
})
