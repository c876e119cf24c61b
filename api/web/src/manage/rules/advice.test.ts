import { expect, it } from 'vitest'
import { type Advice, adviceFor, take } from './advice'
import type { Rules } from './values'

const advice = (about: string, more: Partial<Advice> = {}): Advice =>
  ({ key: about, document: 'rules', about, standing: 'change', advised: {}, ...more }) as Advice

const RULES = {
  holds: [{ name: 'peak', count: 2 }],
  no_show_grace_minutes: null,
} as unknown as Rules

it('stands under the sentence it is about, and is taken into the draft', () => {
  const all = [
    advice('/holds/peak/count', { advised: { '/holds/peak/count': 3 } }),
    advice('/overbooking'),
    advice('/turn_times/4/minutes', { document: 'house' }),
  ]
  expect(adviceFor(all, [['holds', 'peak']]).map((each) => each.about)).toEqual([
    '/holds/peak/count',
  ])
  expect(adviceFor(all, [['overbooking', 'ceiling']]).map((each) => each.about)).toEqual([
    '/overbooking',
  ])
  expect(adviceFor(all, [['turn_times']])).toEqual([])
  const rules = structuredClone(RULES)
  if (all[0]) take(all[0], rules)
  expect(rules.holds[0]?.count).toBe(3)
})
