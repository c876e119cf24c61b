import { beforeAll, describe, expect, it, vi } from 'vitest'
import { alsoSpeak, speak } from '../../lib/words.svelte'
import { gainSaid, sorted, triedSaid } from './gain'
import type { Letter } from './lines'

type Trial = NonNullable<Letter['trial']>
type Announced = NonNullable<Trial['announced']>['each'][number]

function announced(low: number, high: number, waited: [number, number] = [-1, 1]): Announced {
  const interval = ([a, b]: [number, number]) => ({ of: 28, mean: (a + b) / 2, low: a, high: b })
  const standing = low > 0 ? 'gain' : high < 0 ? 'loss' : 'unsure'
  return { evenings: 28, net: interval([low, high]), waited: interval(waited), standing }
}

function letter(trial: Trial | null, proposals = 1): Letter {
  const every = Array.from({ length: proposals }, (_, place) => ({ key: `p${place}` }))
  return { trial, proposals: every } as unknown as Letter
}

function done(each: Announced[], kept: number[], following: Announced | null): Letter {
  const told = { each, kept, following }
  return letter({ state: 'done', evenings: 28, played: 28, announced: told }, each.length)
}

describe('what a letter announces', () => {
  beforeAll(async () => {
    vi.stubGlobal('document', { documentElement: {} })
    alsoSpeak({
      en: () => import('../../words/manage/all.en'),
      ru: () => import('../../words/manage/all.ru'),
    })
    await speak('en')
  })

  it('is nothing while the lab has not tried it', () => {
    expect(gainSaid(letter(null), 'EUR')).toContain('cannot promise a gain')
    const waiting = { state: 'waiting', evenings: 28, played: 9, announced: null } as const
    expect(gainSaid(letter(waiting), 'EUR')).toContain('9 so far')
    expect(gainSaid(letter({ ...waiting, state: 'failed' }), 'EUR')).toContain('could not try')
  })

  it('is the interval that the lab saw, and whether promised parties would wait', () => {
    const gain = announced(1200, 3600, [-0.3, -0.1])
    const said = gainSaid(done([gain], [0], gain), 'EUR')
    expect(said).toContain('+€24')
    expect(said).toContain('between +€12 and +€36')
    expect(said).toContain('One promised party fewer in 5 evenings')
    const waits = announced(1200, 3600, [0.9, 1.5])
    expect(gainSaid(done([waits], [0], waits), 'EUR')).toContain('1.2 promised parties more')
  })

  it('is no gain where the interval holds nothing', () => {
    const unsure = announced(-1500, 2500)
    const said = gainSaid(done([unsure], [0], unsure), 'EUR')
    expect(said).toContain('between −€15 and +€25')
    expect(said).toContain('cannot promise a gain')
    const none = announced(0, 0, [0, 0])
    expect(gainSaid(done([none], [0], none), 'EUR')).toContain('would have changed nothing')
  })

  it('sets aside what surely lost', () => {
    const [gain, loss] = [announced(100, 900), announced(-4000, -2000)]
    const found = done([gain, loss], [0], gain)
    const { stand, aside } = sorted(found)
    expect(stand.map((each) => each.proposal.key)).toEqual(['p0'])
    expect(aside.map((each) => each.proposal.key)).toEqual(['p1'])
    expect(stand[0]?.announced).toBeNull()
    expect(aside[0]?.announced).toEqual(loss)
    const two = sorted(done([gain, gain], [0, 1], gain)).stand
    expect(two.map((each) => each.announced)).toEqual([gain, gain])
    expect(triedSaid(announced(-761, 3200), 'EUR')).toContain('between −€8 and +€32')
    expect(triedSaid(loss, 'EUR')).toContain('would have cost: −€30')
    expect(gainSaid(done([loss], [], null), 'EUR')).toContain('leave things as they are')
    expect(sorted(letter(null, 2)).stand).toHaveLength(2)
  })
})
