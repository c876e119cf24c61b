import { expect, it } from 'vitest'
import { type AccessRule, formOf, ruleIn } from './access'

const rule: AccessRule = {
  name: 'Regulars',
  to: 'members',
  areas: ['kitchen'],
  tables: [],
  channels: [],
  tags: ['regular', 'vip'],
  from_date: null,
  until_date: null,
  season: null,
  days: [],
  periods: [],
}

it('gives back the rule that a form was made of', () => {
  expect(ruleIn(formOf(rule))).toEqual(rule)
  const winter = { ...rule, season: { from_day: '11-01', until_day: '03-14' } }
  expect(ruleIn(formOf(winter))).toEqual(winter)
})

it('sends ways and tags only with the rules that are for them', () => {
  const typed = { ...formOf(rule), tags: 'regular; vip press', channels: ['phone'] }
  expect(ruleIn(typed)).toMatchObject({ tags: ['regular', 'vip', 'press'], channels: [] })
  expect(ruleIn({ ...typed, to: 'channels' })).toMatchObject({ tags: [], channels: ['phone'] })
  expect(ruleIn({ ...typed, to: 'nobody' })).toMatchObject({ tags: [], channels: [] })
})
