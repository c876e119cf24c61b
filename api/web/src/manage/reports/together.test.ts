import { expect, it } from 'vitest'
import { together } from './together'

it('does everything once, never more than so many at once', async () => {
  const done: number[] = []
  let [now, most] = [0, 0]
  await together([1, 2, 3, 4, 5, 6, 7], 3, async (one) => {
    now += 1
    most = Math.max(most, now)
    await new Promise((resolve) => setTimeout(resolve, 8 - one))
    now -= 1
    done.push(one)
  })
  expect(most).toBe(3)
  expect(done.sort()).toEqual([1, 2, 3, 4, 5, 6, 7])
})

it('tells what went wrong', async () => {
  const lost = together([1, 2], 2, () => Promise.reject(new Error('lost')))
  await expect(lost).rejects.toThrow('lost')
})
