import { expect, test } from 'vitest'
import { wishOf } from './keys'

const key = (name: string, more = {}) => ({
  key: name,
  shiftKey: false,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  ...more,
})

test('digits open the door for that size, zero for ten', () => {
  expect(wishOf(key('4'), true)).toEqual({ do: 'size', size: 4 })
  expect(wishOf(key('0'), true)).toEqual({ do: 'size', size: 10 })
})

test('letters act without modifiers, and not where they are switched off', () => {
  expect(wishOf(key('j'), true)).toEqual({ do: 'sheet', kind: 'journal' })
  expect(wishOf(key('J'), true)).toEqual({ do: 'sheet', kind: 'journal' })
  expect(wishOf(key('j', { ctrlKey: true }), true)).toBeNull()
  expect(wishOf(key('j'), false)).toBeNull()
  expect(wishOf(key('p'), true)).toEqual({ do: 'view', view: 'timeline' })
  expect(wishOf(key('t'), true)).toEqual({ do: 'table' })
  expect(wishOf(key('n'), true)).toEqual({ do: 'act', act: 'no_show' })
  expect(wishOf(key('q'), true)).toBeNull()
})

test('undo and lock act always', () => {
  expect(wishOf(key('z', { metaKey: true }), false)).toEqual({ do: 'undo' })
  expect(wishOf(key('z', { ctrlKey: true, shiftKey: true }), false)).toBeNull()
  expect(wishOf(key('Escape', { shiftKey: true }), false)).toEqual({ do: 'lock' })
  expect(wishOf(key('Escape'), true)).toBeNull()
})
