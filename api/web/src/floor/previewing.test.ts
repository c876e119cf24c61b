import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { type Preview, Previewing, SETTLE_MS } from './previewing.svelte'

const said = (line: string): Preview => ({ lines: [line], asks: false, refused: false, mark: line })

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

test('each table entered is asked about at most once, however long the finger stays', async () => {
  const previewing = new Previewing()
  const ask = vi.fn(async () => said('till 21:00'))
  for (let moved = 0; moved < 20; moved += 1) {
    previewing.enter('table 1', ask)
    await vi.advanceTimersByTimeAsync(30)
  }
  expect(ask).toHaveBeenCalledTimes(1)
  expect(previewing.told?.lines).toEqual(['till 21:00'])
  previewing.enter(null, ask)
  previewing.enter('table 1', ask)
  await vi.advanceTimersByTimeAsync(SETTLE_MS)
  expect(ask).toHaveBeenCalledTimes(2)
})

test('tables that the finger only passes are not asked about', async () => {
  const previewing = new Previewing()
  const ask = vi.fn(async () => said(''))
  for (const table of ['1', '2', '3', '4', '5']) {
    previewing.enter(`table ${table}`, ask)
    await vi.advanceTimersByTimeAsync(SETTLE_MS - 10)
  }
  expect(ask).not.toHaveBeenCalled()
})

test('an answer about a table that was left is not shown at the next', async () => {
  const previewing = new Previewing()
  let answer: (said: Preview) => void = () => {}
  previewing.enter('table 1', () => new Promise((resolve) => (answer = resolve)))
  await vi.advanceTimersByTimeAsync(SETTLE_MS)
  previewing.enter('table 2', () => new Promise(() => {}))
  answer(said('of table 1'))
  await vi.advanceTimersByTimeAsync(SETTLE_MS)
  expect(previewing.told).toBeNull()
})

test('until the service answers nothing is told, and nobody waits for it', () => {
  const previewing = new Previewing()
  previewing.enter('table 1', () => new Promise(() => {}))
  expect(previewing.told).toBeNull()
  previewing.leave()
  vi.advanceTimersByTime(SETTLE_MS)
  expect(previewing.told).toBeNull()
})
