/** What comes of an act that was sent late: confirmed, or a question that names both sides. */
import type { Refusal } from '../lib/api'
import type { JournalEntry, OrderResult, ServiceNote } from '../lib/wire'
import { told } from '../lib/words.svelte'
import { type Clash, type LateAct, nameOf } from './acts'

/** The states that somebody else's act has led to, by which ours says nothing new. */
const SAME: Record<string, ReadonlySet<string>> = {
  clear: new Set(['cleared']),
  'no-show': new Set(['no_show']),
  walk: new Set(['walked']),
  leave: new Set(['left', 'turned_away', 'gone']),
  gone: new Set(['gone', 'left']),
}

/** Whether two tablets say the same of the room: then nobody is asked. */
export function agreed(act: LateAct, refusal: Refusal): boolean {
  const now = (refusal.problem.now ?? null) as Record<string, unknown> | null
  if (!now) return false
  if (nameOf(act.path) === 'seat') return sameSeating(act, now)
  return SAME[nameOf(act.path)]?.has(String(now.state)) ?? false
}

function sameSeating({ body }: LateAct, now: Record<string, unknown>): boolean {
  const party = body.reservation_id ?? body.wait_id
  if (!party || (now.reservation_id !== party && now.wait_id !== party)) return false
  const [ours, theirs] = [body.tables, now.tables] as string[][]
  return [...(ours ?? [])].sort().join() === [...(theirs ?? [])].sort().join()
}

/** Something else is so: the question with both sides. */
export function againstIt(act: LateAct, refusal: Refusal): Clash {
  return {
    act,
    kind: 'against',
    said: told(refusal.messageKey, refusal.params, refusal.detail),
    code: refusal.code,
    now: (refusal.problem.now ?? null) as Clash['now'],
    against: (refusal.problem.against ?? null) as JournalEntry | null,
    without: null,
  }
}

/** It was confirmed, and what somebody counted on gave way; null: nothing of weight did. */
export function overridden(act: LateAct, answer: OrderResult | ServiceNote): Clash | null {
  if ('note_id' in answer) return null
  const asked = answer.warnings.filter((each) => each.asks)
  const without = answer.exposed[0] ?? null
  if (!asked.length && !without) return null
  const sentences = answer.warnings.filter(
    (each) => each.asks || (without !== null && each.reservation_id === without),
  )
  const said = sentences.map((each) => told(each.message, each.params, each.detail))
  return {
    act,
    kind: 'overrode',
    said: [...new Set(said)].join(' '),
    code: asked[0]?.code ?? 'PARTY_EXPOSED',
    now: null,
    against: null,
    without,
  }
}
