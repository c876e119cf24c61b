/** The lab as the screens ask it, and how its figures are written. */
import { answerOf, api, BACKGROUND } from '../../lib/api'
import { newId } from '../../lib/ids'
import type { paths } from '../../lib/wire'
import type { components } from '../../lib/wire.d'
import { money, t, words } from '../../lib/words.svelte'

type Schemas = components['schemas']
export type Offer = Schemas['LabOffer']
export type Run = Schemas['LabRun']
export type Results = Schemas['LabResults']
export type Tried = Schemas['DraftTried']
export type Evening = Schemas['LabEvening']
export type Opened = Schemas['LabNight']
export type Party = Schemas['PlayedParty']
export type FigureOf = Schemas['LabFigure']
export type Version = Schemas['RulesVersion']
export type Asked = paths['/manage/lab/runs']['post']['requestBody']['content']['application/json']
export type Scope = Asked['scope']
export type Grid = NonNullable<Asked['grid']>
export type Day = NonNullable<Scope['days']>[number]

export const DAYS: readonly Day[] = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun']

function spoken(background = false): Record<string, string> {
  return { 'Accept-Language': words.language, ...(background ? BACKGROUND : {}) }
}

export function offered(): Promise<Offer> {
  return answerOf(api.GET('/manage/lab'))
}

export function versions(): Promise<Version[]> {
  return answerOf(api.GET('/manage/rules'))
}

export function ask(drafts: number[], scope: Scope, grid: Grid): Promise<Results> {
  const body = { id: newId(), drafts, scope, grid }
  return answerOf(api.POST('/manage/lab/runs', { body, headers: spoken() }))
}

export function results(run_id: string, background = false): Promise<Results> {
  const params = { path: { run_id } }
  return answerOf(api.GET('/manage/lab/runs/{run_id}', { params, headers: spoken(background) }))
}

export async function stop(run_id: string): Promise<void> {
  await answerOf(api.POST('/manage/lab/runs/{run_id}/cancel', { params: { path: { run_id } } }))
}

export function opened(run_id: string, number: number): Promise<Opened> {
  const params = { path: { run_id, number } }
  return answerOf(api.GET('/manage/lab/runs/{run_id}/nights/{number}', { params }))
}

export function isOver(run: Run): boolean {
  return run.state !== 'queued' && run.state !== 'running'
}

/** The latest run that tried this version, if any. */
export function latestOf(runs: readonly Run[], version: number): Run | undefined {
  return runs.find((run) => run.drafts.includes(version))
}

/** A number with so many digits after the point, signed where it is a difference. */
export function number(value: number, digits: number, signed = false): string {
  const shown = Number(value.toFixed(digits))
  return new Intl.NumberFormat(words.locale, {
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
    signDisplay: signed && shown ? 'always' : 'auto',
  }).format(shown)
}

/** How long something takes, in words: below a minute and a half in seconds. */
export function lasting(seconds: number): string {
  if (seconds < 90) return t('lab-seconds', { seconds: Math.max(1, Math.round(seconds)) })
  if (seconds < 5400) return t('lab-minutes', { minutes: Math.round(seconds / 60) })
  return t('lab-hours', { hours: number(seconds / 3600, 1) })
}

export interface Card {
  name: string
  value: string
  change: string | undefined
  better: boolean
  margin: string | undefined
}

const NAMES = {
  guests: () => t('lab-guests'),
  walk_ins: () => t('lab-walk-ins'),
  waited: () => t('lab-waited'),
  walked: () => t('lab-walked'),
  refused: () => t('lab-refused'),
  given: () => t('lab-given'),
  net: () => t('lab-net'),
} as const

/** More of these is better. */
const MORE_IS_BETTER = new Set(['guests', 'walk_ins', 'net'])
const DIGITS: Record<string, number> = { guests: 1, walk_ins: 0, waited: 2, walked: 2, refused: 1 }

/** A figure as its card says it: the draft's, and the difference with its interval. */
export function cardOf(found: FigureOf, currency: string): Card {
  const { name, draft, difference } = found.figure
  const inMoney = name === 'given' || name === 'net'
  const digits = DIGITS[name] ?? 0
  const plain = (value: number) => {
    if (inMoney) return money(Math.round(value / 100) * 100, currency)
    return name === 'walk_ins'
      ? t('lab-percent', { share: number(value, digits) })
      : number(value, digits)
  }
  const more = difference.mean ?? 0
  const half = ((difference.high ?? more) - (difference.low ?? more)) / 2
  const size = inMoney ? plain(Math.abs(more)) : number(Math.abs(more), digits)
  const sign = number(Math.sign(more), 0, true).charAt(0)
  const margin = inMoney ? plain(half) : number(half, digits)
  const known = difference.low !== null && difference.low !== undefined
  const card = {
    name: NAMES[name](),
    value: draft === null || draft === undefined ? t('lab-not-known') : plain(draft),
  }
  if (known && !more && !half) {
    return { ...card, change: t('lab-same'), better: false, margin: undefined }
  }
  return {
    ...card,
    change: known ? (more ? `${sign}${size}` : size) : undefined,
    better: found.shown && more > 0 === MORE_IS_BETTER.has(name),
    margin: known
      ? name === 'walk_ins'
        ? t('lab-margin-points', { margin })
        : t('lab-margin', { margin })
      : undefined,
  }
}

/** The four that are large; the others stand in a table under them. */
const LARGE: ReadonlySet<string> = new Set(['guests', 'walk_ins', 'waited'])

export function cards(tried: Tried, currency: string): { large: Card[]; more: Card[] } {
  const given = tried.figures.find((each) => each.figure.name === 'given')
  const fourth = given?.figure.draft === null || given?.figure.draft === undefined ? 'net' : 'given'
  const isLarge = (each: FigureOf) => LARGE.has(each.figure.name) || each.figure.name === fourth
  return {
    large: tried.figures.filter(isLarge).map((each) => cardOf(each, currency)),
    more: tried.figures.filter((each) => !isLarge(each)).map((each) => cardOf(each, currency)),
  }
}

/** A minute after the opening as the clocks of the house show it. */
export function clock(opens: string, minute: number, zone: string): string {
  const at = new Date(Date.parse(opens) + minute * 60_000)
  return new Intl.DateTimeFormat(words.locale, {
    hour: '2-digit',
    minute: '2-digit',
    timeZone: zone,
  }).format(at)
}

/** How a night's parties are ordered: promised ones left without a table, then by their wait. */
export function hurtOf(party: Party): number {
  if (!waitedLong(party)) return 0
  return party.seated < 0 ? Number.POSITIVE_INFINITY : waitOf(party)
}

/** Minutes from when a party was there and its time had come until it sat. */
export function waitOf(party: Party): number {
  return party.seated - Math.max(party.start, party.arrives)
}

/** Whether a promised party waited longer than ten minutes, or got no table at all. */
export function waitedLong(party: Party): boolean {
  if (!party.promised) return false
  return party.seated < 0 || waitOf(party) > 10
}
