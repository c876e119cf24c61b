import { expect, it } from 'vitest'
import { type Advice, grouped, placeOf } from './list'

function advice(key: string, topic: Advice['topic'], standing: Advice['standing']): Advice {
  const sentence = { kind: 'message', key: `said-of-${key}`, params: {} }
  return { key, topic, standing, sentence } as unknown as Advice
}

it('advice stands by what it is about, what would change first, a ladder with its window', () => {
  const found = grouped([
    advice('turn:2', 'turn_times', 'unknown'),
    advice('turn:4', 'turn_times', 'change'),
    advice('holds:peak', 'holds', 'keep'),
    advice('ladder:peak', 'ladder', 'change'),
  ])
  expect(found.map((each) => [each.name, each.advice.map((one) => one.key)])).toEqual([
    ['holds', ['ladder:peak', 'holds:peak']],
    ['turn_times', ['turn:4', 'turn:2']],
  ])
})

it('what is not known of several alike is told once', () => {
  const sentence = { kind: 'message', key: 'no-prices', params: {} } as const
  const unknown = ['holds:twos', 'holds:fours'].map((key) => {
    return { ...advice(key, 'holds', 'unknown'), sentence }
  })
  const known = { ...advice('holds:sixes', 'holds', 'keep'), sentence }
  expect(grouped([...unknown, known]).map((each) => each.advice.map((one) => one.key))).toEqual([
    ['holds:sixes', 'holds:twos'],
  ])
})

it('a draft is looked at where it can be published', () => {
  expect(placeOf({ document: 'rules', version: 7 })).toEqual({ page: 'rules', rest: ['7'] })
  expect(placeOf({ document: 'house', version: 3 }).page).toBe('house')
})
