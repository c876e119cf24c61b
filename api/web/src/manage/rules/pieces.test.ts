import { expect, it } from 'vitest'
import { piecesOf, placed } from './pieces'

it('finds the places of a sentence in the order of its language', () => {
  expect(placed(['count'])).toEqual({ 'v-count': '⟨count⟩' })
  expect(piecesOf('Keep ⟨count⟩ tables for ⟨seats⟩.')).toEqual([
    { text: 'Keep ' },
    { place: 'count', after: '' },
    { text: ' tables for ' },
    { place: 'seats', after: '.' },
  ])
})
