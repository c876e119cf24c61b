import { expect, test } from 'vitest'
import { Settled } from './settled.svelte'

test('rule 4: a tap within 800 ms of a change of meaning is not meant, and the change is noted', () => {
  const settled = new Settled()
  settled.stands('Kim', 'Bill', 0)
  expect(settled.meant(1, 'Bill')).toBe(true)
  settled.stands('Kim', 'Paid', 1000)
  settled.stands('Kim', 'Paid', 1500)
  expect(settled.meant(1799, 'Paid')).toBe(false)
  expect(settled.missed).toBe('Paid')
  expect(settled.meant(1800, 'Paid')).toBe(true)
  expect(settled.missed).toBe('')
})

test('rule 4: a sheet about somebody else is a new one', () => {
  const settled = new Settled()
  settled.stands('Kim', 'Bill', 0)
  settled.stands('Olga', 'Paid', 10)
  expect(settled.meant(11, 'Paid')).toBe(true)
})
