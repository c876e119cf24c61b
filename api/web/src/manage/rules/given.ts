/** What staff may give, what who waits is offered, and where the house's words are kept. */
import { t, words } from '../../lib/words.svelte'
import { amount, count, minutes, oneIn } from './kinds'
import { type Section, type Sentence, sentence } from './sentence'
import type { ChoiceValue, Rules } from './values'

const SHARES = [1, 1 / 2, 1 / 3, 1 / 4, 1 / 5, 1 / 6, 1 / 8, 1 / 10, 1 / 15, 1 / 20, 0]

/** Purses, etiquette, approvals. */
export function givenSection(rules: Rules): Section {
  return {
    key: 'given',
    title: t('rules-given'),
    actions: [],
    sentences: [purses(rules), repeats(rules), asked(), passedOn()],
    more: [whoIs(), spans()],
  }
}

function purses(rules: Rules): Sentence {
  const at = ['purses']
  const values = {
    gift: amount([...at, 'host_gift'], t('rules-given-gift')),
    shift: amount([...at, 'person_shift'], t('rules-given-shift')),
    'manager-gift': amount([...at, 'manager_gift'], t('rules-given-manager-gift')),
    'manager-shift': amount([...at, 'manager_shift'], t('rules-given-manager-shift')),
    night: amount([...at, 'venue_night'], t('rules-given-night')),
    share: shareOf(rules),
  }
  return sentence(at, values, (places) => t('rules-given-limits', places))
}

function shareOf(rules: Rules): ChoiceValue {
  const now = rules.etiquette.share_cap
  const shares = SHARES.some((each) => each === now)
    ? SHARES
    : [...SHARES, now].sort((a, b) => b - a)
  return {
    kind: 'choice',
    path: ['etiquette', 'share_cap'],
    name: t('rules-given-share'),
    options: shares.map((value) => ({ value, name: oneIn(value) })),
  }
}

function repeats(rules: Rules): Sentence {
  const at = ['etiquette', 'repeat_days']
  const values = { days: count(at, t('rules-given-repeat'), { max: 730 }) }
  const days = rules.etiquette.repeat_days
  return sentence(at, values, (places) => t('rules-given-again', { ...places, days }))
}

function asked(): Sentence {
  const at = ['approvals']
  const values = {
    minutes: minutes([...at, 'minutes'], t('rules-given-wait'), { min: 1, max: 120, step: 1 }),
    charged: {
      kind: 'choice',
      path: [...at, 'charged'],
      name: t('rules-given-charged'),
      options: [
        { value: 'manager', name: t('rules-given-by-manager') },
        { value: 'venue', name: t('rules-given-by-house') },
      ],
    },
  } as const
  return sentence(at, values, (places) => t('rules-given-asked', places))
}

function passedOn(): Sentence {
  const at = ['approvals', 'next_after']
  const values = {
    minutes: minutes(at, t('rules-given-next-after'), { min: 1, max: 30, step: 1 }),
  }
  return sentence(at, values, (places) => t('rules-given-passed-on', places))
}

function whoIs(): Sentence {
  const at = ['etiquette']
  const values = {
    visits: count([...at, 'regular_visits'], t('rules-given-regular'), { min: 2, max: 100 }),
    stay: minutes([...at, 'long_stay_minutes'], t('rules-given-stay'), {
      min: 30,
      max: 600,
      step: 10,
    }),
  }
  return sentence([...at, 'regular_visits'], values, (places) => t('rules-given-who', places))
}

function spans(): Sentence {
  const values = {
    offer: minutes(['offer_minutes'], t('rules-given-offer'), { min: 1, max: 240 }),
    mains: minutes(['mains_minutes'], t('rules-given-mains'), { min: 5, max: 120 }),
  }
  return sentence(['offer_minutes'], values, (places) => t('rules-given-spans', places))
}

/** What who was promised and waits is offered. */
export function waitSection(rules: Rules): Section {
  const gestures = rules.gestures.map(({ key, name }) => ({
    value: key,
    name: name[words.language] ?? Object.values(name)[0] ?? key,
  }))
  const sentences = rules.wait_ladder.map((_, place) => rungOf(rules, place, gestures))
  const first = gestures[0]?.value
  const add = () =>
    void rules.wait_ladder.push({
      minutes: (rules.wait_ladder.at(-1)?.minutes ?? 0) + 10,
      gesture: first ?? '',
    })
  const none = t(first ? 'rules-wait-none' : 'rules-wait-no-gestures')
  return {
    key: 'waits',
    title: t('rules-wait'),
    actions: first ? [{ name: t('rules-wait-add'), act: add }] : [],
    sentences: sentences.length ? sentences : [sentence(['wait_ladder'], {}, () => none)],
  }
}

function rungOf(rules: Rules, place: number, gestures: ChoiceValue['options']): Sentence {
  const at = ['wait_ladder', place]
  const remove = {
    name: t('rules-wait-remove'),
    act: () => void rules.wait_ladder.splice(place, 1),
  }
  const values = {
    minutes: minutes([...at, 'minutes'], t('rules-wait-minutes'), { extra: remove }),
    gesture: {
      kind: 'choice',
      path: [...at, 'gesture'],
      name: t('rules-wait-gesture'),
      options: gestures,
    },
  } as const
  return sentence(at, values, (places) => t('rules-wait-rung', places))
}
