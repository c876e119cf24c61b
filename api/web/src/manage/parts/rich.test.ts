import { expect, it } from 'vitest'
import { partsOf } from './rich'

it('tells the strong parts of a sentence from the others', () => {
  expect(partsOf('On **60 evenings** more **sat**.')).toEqual([
    { text: 'On ', strong: false },
    { text: '60 evenings', strong: true },
    { text: ' more ', strong: false },
    { text: 'sat', strong: true },
    { text: '.', strong: false },
  ])
  expect(partsOf('')).toEqual([])
})
