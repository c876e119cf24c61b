import { expect, test } from 'vitest'
import { pairingIn } from './pairing'

test('a pairing link carries code and venue; without both it is none', () => {
  expect(pairingIn('#pair=ABCD2345&venue=friday')).toEqual({ code: 'ABCD2345', venue: 'friday' })
  expect(pairingIn('#pair=ABCD2345')).toBeNull()
  expect(pairingIn('')).toBeNull()
})
