import { expect, test } from 'vitest'
import { staffIdOf } from './people'

test('a new person gets an id of the name that nobody has', () => {
  expect(staffIdOf('Zoë Ng', [])).toBe('zoe')
  expect(staffIdOf('Zoë Ng', ['zoe', 'zoe-2'])).toBe('zoe-3')
  expect(staffIdOf('Дарья Белова', ['person'])).toBe('person-2')
})
