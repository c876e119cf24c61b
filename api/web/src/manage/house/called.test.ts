import { expect, test } from 'vitest'
import { inOrder, shifted } from './called'

const olga = { staff_id: 'olga', name: 'Olga' }
const marat = { staff_id: 'marat', name: 'Marat' }
const zoe = { staff_id: 'zoe', name: 'Zoe' }
const names = (all: { name: string }[]) => all.map((each) => each.name)

test('those whom the house names come first in its order, then the others by name', () => {
  expect(names(inOrder([zoe, olga, marat], ['zoe', 'gone']))).toEqual(['Zoe', 'Marat', 'Olga'])
  expect(names(inOrder([zoe, olga, marat], []))).toEqual(['Marat', 'Olga', 'Zoe'])
})

test('one of them changes places with the neighbour, and nobody goes over an end', () => {
  const called = [marat, olga, zoe]
  expect(shifted(called, 'zoe', -1)).toEqual(['marat', 'zoe', 'olga'])
  expect(shifted(called, 'marat', 1)).toEqual(['olga', 'marat', 'zoe'])
  expect(shifted(called, 'marat', -1)).toEqual(['marat', 'olga', 'zoe'])
  expect(shifted(called, 'zoe', 1)).toEqual(['marat', 'olga', 'zoe'])
})
