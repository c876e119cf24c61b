import { expect, it } from 'vitest'
import { changedIn, closureKey, periodKey, sendable, stepsOf, turnKey } from './document'

const SENTENCE = { en: '', ru: '' }

it('names entries as patches of the service do', () => {
  expect(periodKey({ name: 'dinner', days: ['sun', 'fri', 'sat'] })).toBe('dinner fri+sat+sun')
  expect(periodKey({ name: 'lunch', days: [] })).toBe('lunch')
  expect(closureKey({ from_date: '2026-12-24', name: 'Holidays' })).toBe('2026-12-24 Holidays')
  const turn = { party_max: 4, minutes: 60, areas: ['bar'], days: [], periods: [] }
  expect(turnKey(turn)).toBe('4 areas=bar')
  expect(turnKey({ ...turn, areas: [] })).toBe('4')
})

it('reads pointers, escaped ones too', () => {
  expect(stepsOf('/access/a~1b~0c/to')).toEqual(['access', 'a/b~c', 'to'])
})

it('tells new entries from changed ones, and says nothing of those that are gone', () => {
  const told = (pointer: string, kind: 'added' | 'changed' | 'removed') => ({
    pointer,
    kind,
    before: null,
    after: null,
    sentence: SENTENCE,
  })
  const differences = [
    told('/tables/T1', 'added'),
    told('/tables/T2/x', 'changed'),
    told('/tables/T3', 'removed'),
    told('/tables/T4/features', 'removed'),
    told('/areas/room/name', 'changed'),
  ]
  expect([...changedIn(differences, ['tables'])]).toEqual([
    ['T1', 'added'],
    ['T2', 'changed'],
    ['T4', 'changed'],
  ])
})

it('sends null only where it removes something', () => {
  expect(
    sendable({ text: { en: 'Late', ru: null }, limits: [{ covers: 8, start: null, areas: [] }] }),
  ).toEqual({ text: { en: 'Late', ru: null }, limits: [{ covers: 8, areas: [] }] })
})
