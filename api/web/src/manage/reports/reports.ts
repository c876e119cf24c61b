/** Reports as they are asked for and read: by dates, in the language that is spoken. */
import { answerOf, api } from '../../lib/api'
import type { components } from '../../lib/wire.d'
import { words } from '../../lib/words.svelte'
import type { Range } from './range'
import { csvAddress } from './range'

type Schemas = components['schemas']
export type ReportList = Schemas['ReportList']
export type Entry = Schemas['ReportEntry']
export type Report = Schemas['ReportTold']
export type Row = Schemas['ReportRow']
export type Figure = Schemas['ReportFigure']
export type Column = Schemas['ReportColumn']
export type Cases = Schemas['ReportCases']
export type OneCase = Schemas['ReportCase']

function spoken(): { 'Accept-Language': string } {
  return { 'Accept-Language': words.language }
}

export function listOfReports(): Promise<ReportList> {
  return answerOf(api.GET('/manage/reports', { headers: spoken() }))
}

export function reportOf(key: string, range: Range): Promise<Report> {
  const params = { path: { key }, query: range }
  return answerOf(api.GET('/manage/reports/{key}', { params, headers: spoken() }))
}

/** The cases behind a figure: of one row, or of all where there is none. */
export function casesBehind(
  key: string,
  column: string,
  row: string | undefined,
  range: Range,
): Promise<Cases> {
  const query = { ...range, column, ...(row === undefined ? {} : { row }) }
  const params = { path: { key }, query }
  return answerOf(api.GET('/manage/reports/{key}/behind', { params, headers: spoken() }))
}

/** Take a report along as a file; false where the service did not give it. */
export async function takeAlong(key: string, range: Range): Promise<boolean> {
  const answer = await fetch(csvAddress(key, range), { headers: spoken() }).catch(() => undefined)
  if (!answer?.ok) return false
  const link = document.createElement('a')
  link.href = URL.createObjectURL(await answer.blob())
  link.download = `${key}_${range.from}_${range.to}.csv`
  link.click()
  URL.revokeObjectURL(link.href)
  return true
}
