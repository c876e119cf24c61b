/** What a letter announces of its proposals: only what the lab saw on the house's own evenings. */

import type { components } from '../../lib/wire.d'
import { money, t } from '../../lib/words.svelte'
import type { Letter } from './lines'

type Announced = components['schemas']['Announced']
type Proposal = NonNullable<Letter['proposals']>[number]

/** A proposal with its trial, if it was tried. */
export interface Tried {
  proposal: Proposal
  announced: Announced | null
}

/** Below so many promised parties an evening they are told as one in so many evenings. */
const ONE_IN_BELOW = 0.6

/** The proposals that stand, and those that surely lost in the lab. */
export function sorted(letter: Letter): { stand: Tried[]; aside: Tried[] } {
  const announced = letter.trial?.announced ?? null
  const every = (letter.proposals ?? []).map((proposal, place) => ({
    proposal,
    announced: announced?.each[place] ?? null,
    stands: !announced || announced.kept.includes(place),
  }))
  const stand = every.filter((each) => each.stands)
  const alone = stand.length === 1
  return {
    // What is said of following the letter is said of the only one.
    stand: alone ? stand.map((each) => ({ ...each, announced: null })) : stand,
    aside: every.filter((each) => !each.stands),
  }
}

/** What following the letter brings, in a sentence; where nothing is known, that. */
export function gainSaid(letter: Letter, currency: string): string {
  const { trial } = letter
  if (!trial) return t('letter-gain-untried')
  if (trial.state === 'failed') return t('letter-gain-failed')
  if (trial.state === 'waiting' || !trial.announced) {
    return t('letter-gain-trying', { evenings: trial.evenings, played: trial.played })
  }
  const { following, kept } = trial.announced
  if (!following) return t('letter-gain-none-stands')
  const said = { count: kept.length, evenings: following.evenings, ...between(following, currency) }
  if (following.standing === 'gain') {
    return `${t('letter-gain-promised', said)} ${waitsSaid(following)}`
  }
  if (changesNothing(following)) return t('letter-gain-nothing', said)
  const told =
    following.standing === 'loss' ? t('letter-gain-lost', said) : t('letter-gain-unsure', said)
  return `${told} ${waitsSaid(following)}`
}

/** How one proposal fared by itself. */
export function triedSaid(announced: Announced, currency: string): string {
  const said = { evenings: announced.evenings, ...between(announced, currency) }
  if (changesNothing(announced)) return t('letter-tried-nothing', said)
  if (announced.standing === 'gain') return t('letter-tried-gain', said)
  if (announced.standing === 'loss') return t('letter-tried-loss', said)
  return t('letter-tried-unsure', said)
}

function changesNothing({ net }: Announced): boolean {
  return !net.mean && !net.low && !net.high
}

function between({ net }: Announced, currency: string): Record<string, string> {
  return {
    mean: signed(net.mean ?? 0, currency),
    low: signed(net.low ?? net.mean ?? 0, currency),
    high: signed(net.high ?? net.mean ?? 0, currency),
  }
}

/** An amount with its sign, whole: an estimate has no cents. */
function signed(minor: number, currency: string): string {
  const whole = Math.round(minor / 100) * 100
  const amount = money(Math.abs(whole), currency)
  return whole ? `${whole < 0 ? '−' : '+'}${amount}` : amount
}

function waitsSaid({ waited }: Announced): string {
  const more = waited.mean ?? 0
  const shown = (waited.low ?? 0) > 0 || (waited.high ?? 0) < 0
  if (!shown) return t('letter-waits-same')
  const parties = Math.abs(more)
  if (parties < ONE_IN_BELOW) {
    const nights = Math.max(2, Math.round(1 / parties))
    return more > 0
      ? t('letter-waits-one-more', { nights })
      : t('letter-waits-one-fewer', { nights })
  }
  const told = { parties: Math.round(parties * 10) / 10 }
  return more > 0 ? t('letter-waits-more', told) : t('letter-waits-fewer', told)
}
