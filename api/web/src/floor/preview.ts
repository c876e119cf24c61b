/** The answer of an order that was only asked about, in words: until when, who moves, what asks. */
import { answerOf, api, Refusal } from '../lib/api'
import { newId } from '../lib/ids'
import { stand } from '../lib/stand.svelte'
import type { OrderResult, OrderWarning } from '../lib/wire'
import { t, timeOf, told } from '../lib/words.svelte'
import type { Deed } from './drop'
import type { Preview } from './previewing.svelte'

const MOST_LINES = 4

/** What would be asked first: accepted here, so that the answer also says until when. */
const ASKED_FIRST: OrderWarning['code'][] = [
  'TOO_FEW_SEATS',
  'OTHER_AREA',
  'NOT_STEP_FREE',
  'KEPT_FOR_OTHERS',
  'TABLE_BLOCKED',
  'AREA_SHUT',
  'PRIVATE_EVENT',
  'PROMISED_TABLES_TAKEN',
  'DUE_PARTY_LOSES_TABLE',
  'PINNED_BY_A_PERSON',
]

/** Ask what a deed would do; null where nobody can tell, as without a connection. */
export async function askAbout(deed: Deed): Promise<Preview | null> {
  const body = { ...deed.body, id: newId(), anyway: ASKED_FIRST, dry_run: true }
  try {
    // biome-ignore lint/suspicious/noExplicitAny: the body's type was checked per path
    return would((await answerOf((api.POST as any)(deed.path, { body }))) as OrderResult, deed)
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    return error.unreachable ? null : wouldNot(error)
  }
}

/** What was answered, or done: until when, whom it moves, and what one should know. */
export function would(answer: OrderResult, deed: Deed): Preview {
  const warnings = answer.warnings
  const moved = answer.moved.map((each) =>
    t('floor-would-move', {
      name: each.name,
      size: each.party_size,
      table: each.to_tables.join(' + '),
    }),
  )
  const lines = [...stayOf(answer, deed), ...askingFirst(warnings).map(sentence), ...moved]
  return {
    lines: shortened(lines),
    asks: warnings.some((each) => each.asks),
    refused: false,
    mark: markOf(warnings, answer.moved),
  }
}

/** What was refused: for good, or until it is said that it is meant. */
export function wouldNot(refusal: Refusal): Preview {
  if (refusal.code !== 'NEEDS_ANYWAY') {
    const said = told(refusal.messageKey, refusal.params, refusal.detail)
    return { lines: [said], asks: false, refused: true, mark: `${refusal.code} ${said}` }
  }
  const warnings = (refusal.problem.warnings ?? []) as OrderWarning[]
  const moved = (refusal.problem.moved ?? []) as OrderResult['moved']
  return {
    lines: shortened(askingFirst(warnings).map(sentence)),
    asks: true,
    refused: false,
    mark: markOf(warnings, moved),
  }
}

function askingFirst(warnings: readonly OrderWarning[]): OrderWarning[] {
  return [...warnings].sort((a, b) => Number(b.asks) - Number(a.asks))
}

function markOf(warnings: readonly OrderWarning[], moved: OrderResult['moved']): string {
  const known = warnings.map(
    (each) => `${each.code} ${each.tables} ${each.reservation_id ?? each.seating_id ?? ''}`,
  )
  const going = moved.map((each) => `${each.reservation_id} ${each.to_tables}`)
  return [...known, ...going].sort().join('\n')
}

function stayOf(answer: OrderResult, deed: Deed): string[] {
  const { seating_id, reservation_id } = deed.body
  const sits = answer.seatings.find(
    (each) => each.seating_id === (seating_id ?? answer.action_id) && each.state !== 'cleared',
  )
  if (sits) return [t('floor-would-till', { time: timeOf(sits.expected_end, stand.zone) })]
  const left = answer.seatings.find((each) => each.seating_id === seating_id)
  const party = reservation_id ?? left?.reservation_id
  const planned = answer.reservations.find((each) => each.reservation_id === party)
  if (!planned) return []
  const table = planned.tables.join(' + ')
  if (deed.does === 'unplan' || deed.does === 'unseat')
    return table ? [t('floor-would-plan', { table })] : []
  const [from, till] = [planned.starts, planned.ends].map((each) => timeOf(each, stand.zone))
  return [t('floor-would-between', { from: from ?? '', till: till ?? '' })]
}

function sentence(warning: OrderWarning): string {
  return told(warning.message, warning.params, warning.detail)
}

function shortened(lines: string[]): string[] {
  if (lines.length <= MOST_LINES) return lines
  const more = lines.length - MOST_LINES + 1
  return [...lines.slice(0, MOST_LINES - 1), t('floor-would-more', { count: more })]
}
