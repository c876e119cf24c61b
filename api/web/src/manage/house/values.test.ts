import { describe, expect, it } from 'vitest'
import { Refusal } from '../../lib/api'
import {
  at,
  contradictionsAt,
  type Field,
  fieldAt,
  minorIn,
  numberIn,
  put,
  usual,
  wrongIn,
} from './values'

const FIELDS: Field[] = [
  { kind: 'time', name: 'opens', label: 'Opens' },
  { kind: 'text', name: 'text.en', label: 'English' },
  {
    kind: 'list',
    name: 'limits',
    label: 'Limits',
    of: [{ kind: 'number', name: 'covers', label: 'Guests' }],
    add: 'More',
    blank: {},
  },
]
const say = (key: string | undefined, _: unknown, otherwise: string) => key ?? otherwise

function refusal(errors: unknown[]): Refusal {
  return new Refusal(422, 'INVALID_HOUSE', 'wrong', 'house-wrong', {}, { errors })
}

describe('the values of a form', () => {
  it('are read and replaced by the way to them', () => {
    const values = { text: { en: 'Late', ru: 'Поздно' }, key: 'late' }
    expect(at(values, 'text.ru')).toBe('Поздно')
    expect(at(values, 'key.en')).toBeUndefined()
    expect(put(values, 'text.en', 'Too late')).toEqual({
      text: { en: 'Too late', ru: 'Поздно' },
      key: 'late',
    })
    expect(put({}, 'text.en', 'New')).toEqual({ text: { en: 'New' } })
  })

  it('are numbers where they can be, else what was typed', () => {
    expect([numberIn(' 12 '), numberIn('1,5'), numberIn(''), numberIn('ten')]).toEqual([
      12,
      1.5,
      null,
      'ten',
    ])
  })

  it('are money in the minor units of their currency', () => {
    expect([minorIn('12,5', 'EUR'), minorIn('1200', 'JPY')]).toEqual([1250, 1200])
    expect([usual(1250, 'EUR'), usual(1200, 'EUR'), usual(1200, 'JPY')]).toEqual([
      '12.50',
      '12',
      '1200',
    ])
  })
})

describe('what is wrong', () => {
  it('stands beside the field that its pointer leads to', () => {
    const told = refusal([
      {
        pointer: '/patch/periods/dinner fri+sat/opens',
        detail: 'a time',
        message: 'time',
        params: {},
      },
      { pointer: '/patch/periods/dinner fri+sat/limits/0/covers', message: 'least', params: {} },
      { pointer: '/patch/periods', message: 'elsewhere', params: {} },
    ])
    expect(wrongIn(told, FIELDS, 3, say)).toEqual({
      opens: 'time',
      'limits.0.covers': 'least',
      '': 'elsewhere',
    })
  })

  it('is the refusal itself where no field is named', () => {
    expect(wrongIn(refusal([]), FIELDS, 3, say)).toEqual({ '': 'house-wrong' })
  })

  it('of a stored draft is that of the entry, not of its neighbours', () => {
    const problem = { sentence: 'after closing', message: '', params: {} }
    const problems = [
      { ...problem, pointer: '/periods/1/opens', message: 'of-the-second' },
      { ...problem, pointer: '/periods/0/opens', message: 'of-the-first' },
    ]
    expect(contradictionsAt(problems, ['periods', 0], FIELDS, say)).toEqual({
      opens: 'of-the-first',
    })
  })

  it('is found at the longest name', () => {
    expect(fieldAt(FIELDS, ['text', 'en'])).toBe('text.en')
    expect(fieldAt(FIELDS, ['text', 'de'])).toBe('')
    expect(fieldAt(FIELDS, ['limits', '19:00', 'covers'])).toBe('limits')
  })
})
