/** The house as a document: its types, and the keys by which a patch names the entries of its lists. */
import type { components } from '../../lib/wire.d'

type Schemas = components['schemas']

export type HouseDocument = Schemas['House']
export type HouseDraft = Schemas['HouseDraft']
export type HousePreview = Schemas['HousePreview']
export type HouseEdition = Schemas['HouseEdition']
export type Difference = Schemas['Difference']
export type Contradiction = Schemas['Contradiction']
export type ServicePeriod = Schemas['ServicePeriod']
export type Stranded = Schemas['StrandedPromise']
export type RulesMisfit = Schemas['RulesMisfit']
export type Day = Schemas['Day']
/** What is sent to change a document: a merge patch that names entries of lists by key. */
export type Patch = Record<string, unknown>

export const DAYS: readonly Day[] = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun']

/** The days in the order of the week. */
export function inWeekOrder(days: readonly Day[]): Day[] {
  return DAYS.filter((day) => days.includes(day))
}

/** `dinner fri+sat`; a period of a special day has no days. */
export function periodKey({ name, days }: Pick<ServicePeriod, 'name' | 'days'>): string {
  return [name, inWeekOrder(days).join('+')].filter(Boolean).join(' ')
}

/** `2026-12-24 Holidays`. */
export function closureKey({ from_date, name }: { from_date: string; name: string }): string {
  return `${from_date} ${name}`
}

/** `2027-06-12 Wedding`. */
export function eventKey({ date, name }: { date: string; name: string }): string {
  return `${date} ${name}`
}

/** `T5+T6`. */
export function joinKey({ tables }: { tables: readonly string[] }): string {
  return tables.join('+')
}

/** `4 areas=terrace days=fri+sat`. */
export function turnKey(turn: Schemas['TurnTime']): string {
  const said: [string, readonly string[]][] = [
    ['areas', turn.areas],
    ['days', inWeekOrder(turn.days)],
    ['periods', turn.periods],
  ]
  const more = said.filter(([, all]) => all.length).map(([name, all]) => `${name}=${all.join('+')}`)
  return [turn.party_max, ...more].join(' ')
}

/** The steps of a JSON pointer (RFC 6901). */
export function stepsOf(pointer: string): string[] {
  const steps = pointer.split('/').slice(1)
  return steps.map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'))
}

/** What became of each entry of a section: by key, new or changed. */
export function changedIn(
  differences: readonly Difference[],
  section: readonly string[],
): Map<string, 'added' | 'changed'> {
  const found = new Map<string, 'added' | 'changed'>()
  for (const { pointer, kind } of differences) {
    const steps = stepsOf(pointer)
    const key = steps[section.length]
    if (key === undefined || section.some((name, place) => steps[place] !== name)) continue
    const whole = steps.length === section.length + 1
    if (whole && kind === 'removed') continue
    found.set(key, whole && kind === 'added' ? 'added' : 'changed')
  }
  return found
}

/**
 * A patch as it is sent. In objects null removes, in the entries of lists that are sent whole it would
 * be a value: there what is null is left out.
 */
export function sendable(patch: unknown, inList = false): unknown {
  if (Array.isArray(patch)) return patch.map((each) => sendable(each, true))
  if (!patch || typeof patch !== 'object') return patch
  const entries = Object.entries(patch).filter(([, value]) => !inList || value !== null)
  return Object.fromEntries(entries.map(([name, value]) => [name, sendable(value, inList)]))
}
