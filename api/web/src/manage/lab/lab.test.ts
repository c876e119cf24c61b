import { describe, expect, it } from 'vitest'
import {
  type Card,
  cards,
  type FigureOf,
  hurtOf,
  latestOf,
  type Party,
  type Run,
  type Tried,
  waitedLong,
} from './lab'

function figure(name: string, draft: number | null, mean: number | null, half = 1): FigureOf {
  const bounds = mean === null ? { low: null, high: null } : { low: mean - half, high: mean + half }
  const difference = { of: 60, mean, ...bounds }
  const shown = mean !== null && Math.abs(mean) > half
  return { figure: { name, draft, in_force: null, difference }, shown } as FigureOf
}

function tried(...figures: FigureOf[]): Tried {
  return { version: 3, sentence: '', figures, evenings: [], played: [], not_played: [] }
}

function one(found: FigureOf): Card {
  const { large, more } = cards(tried(found), 'EUR')
  return [...large, ...more][0] as Card
}

describe('the cards of the lab', () => {
  it('say the draft, the difference with its sign, and whether it is better', () => {
    expect(one(figure('guests', 148.23, 4.1, 0.9))).toMatchObject({
      value: '148.2',
      change: '+4.1',
      better: true,
    })
    expect(one(figure('waited', 0.19, 0.11, 0.05))).toMatchObject({ value: '0.19', better: false })
    expect(one(figure('waited', 0.19, -0.11, 0.05))).toMatchObject({
      change: '-0.11',
      better: true,
    })
  })

  it('call nothing better that the evenings do not show', () => {
    expect(one(figure('guests', 100, 0.4, 0.9)).better).toBe(false)
  })

  it('say that nothing differs where every evening came out the same', () => {
    expect(one(figure('waited', 0.93, 0, 0))).toMatchObject({
      value: '0.93',
      change: 'lab-same',
      margin: undefined,
      better: false,
    })
    expect(one(figure('waited', 0.93, 0, 0.2)).change).toBe('0.00')
  })

  it('write money whole, and put what is given away for the net where a ladder says it', () => {
    expect(one(figure('net', 505_149, 61_020, 4_000))).toMatchObject({
      value: '€5,051',
      change: '+€610',
    })
    const known = cards(tried(figure('given', 8400, 600), figure('net', 500_000, 0)), 'EUR')
    expect(known.large.map((card) => card.name)).toEqual(['lab-given'])
    const unknown = cards(tried(figure('given', null, null), figure('net', 500_000, 0)), 'EUR')
    expect(unknown.large.map((card) => card.name)).toEqual(['lab-net'])
    expect(unknown.more[0]).toMatchObject({ value: 'lab-not-known', change: undefined })
  })
})

describe('a run', () => {
  it('is the latest that tried a version', () => {
    const runs = [
      { run_id: 'b', drafts: [4] },
      { run_id: 'a', drafts: [3, 4] },
    ] as Run[]
    expect(latestOf(runs, 4)?.run_id).toBe('b')
    expect(latestOf(runs, 3)?.run_id).toBe('a')
    expect(latestOf(runs, 9)).toBeUndefined()
  })

  it('marks promised parties that waited over ten minutes or never sat', () => {
    const party: Party = {
      promised: true,
      size: 2,
      start: 60,
      arrives: 50,
      seated: 70,
      until: 150,
      tables: ['1'],
    }
    expect(waitedLong(party)).toBe(false)
    expect(waitedLong({ ...party, seated: 71 })).toBe(true)
    expect(waitedLong({ ...party, seated: -1 })).toBe(true)
    expect(waitedLong({ ...party, seated: -1, promised: false })).toBe(false)
  })

  it('tells first of who was left without a table, however late they came', () => {
    const sat: Party = {
      promised: true,
      size: 2,
      start: 180,
      arrives: 180,
      seated: 220,
      until: 300,
      tables: ['1'],
    }
    const left = { ...sat, seated: -1, tables: [] }
    const parties = [{ ...sat, seated: 180 }, sat, left, { ...left, promised: false }]
    expect(parties.map(hurtOf)).toEqual([0, 40, Number.POSITIVE_INFINITY, 0])
  })
})
