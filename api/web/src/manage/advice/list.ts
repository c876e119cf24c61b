/** Advice as it is listed: by what it is about, what would change first. */
import type { components } from '../../lib/wire.d'
import { type Told, told } from '../../lib/words.svelte'

type Schemas = components['schemas']
export type Advice = Schemas['Advice']
export type AdviceDraft = Schemas['AdviceDraft']

const GROUPS = ['holds', 'beyond', 'grace', 'turn_times'] as const
export type GroupName = (typeof GROUPS)[number]

const ORDER: readonly Advice['standing'][] = ['change', 'keep', 'unknown']

/** Whether the same is told before: what is not known yet is often not known of all alike. */
function again(each: Advice, place: number, all: readonly Advice[]): boolean {
  if (each.standing !== 'unknown') return false
  const said = JSON.stringify([each.topic, each.sentence])
  return all.findIndex((one) => JSON.stringify([one.topic, one.sentence]) === said) < place
}

/** The groups that there is advice of; the release of held tables stands with them. */
export function grouped(advice: readonly Advice[]): { name: GroupName; advice: Advice[] }[] {
  const once = advice.filter((each, place, all) => !again(each, place, all))
  return GROUPS.map((name) => ({
    name,
    advice: once
      .filter((each) => (each.topic === 'ladder' ? 'holds' : each.topic) === name)
      .sort((one, other) => ORDER.indexOf(one.standing) - ORDER.indexOf(other.standing)),
  })).filter((group) => group.advice.length > 0)
}

/** Where a draft is looked at and published. */
export function placeOf(draft: AdviceDraft): { page: string; rest: string[] } {
  if (draft.document === 'rules') return { page: 'rules', rest: [String(draft.version)] }
  return { page: 'house', rest: ['stays'] }
}

/** A message of the service in the person's language. */
export function says(message: Told, otherwise = ''): string {
  return told(message.key, message.params, otherwise)
}
