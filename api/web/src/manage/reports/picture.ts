/** The picture of a report: what is drawn of its rows, in which colours and forms. */
import type * as Plots from '@observablehq/plot'
import { words } from '../../lib/words.svelte'
import { numberOf } from './figures'
import type { Column, Figure, Report } from './reports'

/** One value of one row: what a touch on it opens. */
export interface Mark {
  row: string
  label: string
  column: string
  title: string
  value: number
  low: number | null
  high: number | null
}

const MEANS: Record<string, string> = {
  recovered: 'fine',
  used: 'fine',
  sat: 'fine',
  approved: 'fine',
  taken: 'fine',
  expected: 'soon',
  told_waits: 'soon',
  told_mean: 'soon',
  believed_mean: 'soon',
  lost: 'late',
  gave_up: 'late',
  refused: 'late',
  missed: 'late',
  missed_share: 'late',
  waited_long: 'late',
  waited_told: 'late',
  waited_share: 'late',
  sent_on: 'kept',
  gave_way: 'kept',
  turned_away: 'kept',
  delivered: 'kept',
  given_share: 'kept',
}
const REST = ['ink-2', 'line-strong', 'ink-3']

/** The colour of a column: by what it means, else quiet ones in order. */
export function colourOf(report: Report, column: string): string {
  const plain = report.pictured.filter((key) => !MEANS[key])
  return `var(--${MEANS[column] ?? REST[plain.indexOf(column) % REST.length] ?? 'ink-2'})`
}

export function marksOf(report: Report): Mark[] {
  return report.pictured.flatMap((column) => {
    const at = report.columns.findIndex((each) => each.key === column)
    return report.rows.flatMap((row) => {
      const figure = row.figures[at]
      const drawn = figure === undefined ? null : drawable(figure)
      if (drawn === null) return []
      const title = report.columns[at]?.title ?? column
      return [{ row: row.key, label: row.label, column, title, ...drawn }]
    })
  })
}

function drawable(figure: Figure): Pick<Mark, 'value' | 'low' | 'high'> | null {
  if (figure.value === null || figure.value === undefined) return null
  return { value: figure.value, low: figure.low ?? null, high: figure.high ?? null }
}

/** Whether the rows go along the picture (times, days) or down it (words). */
export function alongTime(report: Report): boolean {
  return report.labels === 'date' || report.labels === 'time'
}

/** Characters of a name that takes more than two lines beside a picture on a phone. */
const LONG_LABEL = 18

/** How high a picture is: words go down, a line each. */
export function heightOf(report: Report): number {
  if (alongTime(report)) return 280
  const lines = report.picture === 'stack' ? 1 : report.pictured.length
  const written = report.rows.some((row) => row.label.length > LONG_LABEL) ? 44 : 28
  return 60 + report.rows.length * Math.max(written, 22 * lines)
}

/** The rows that can be drawn; those of times and days are, also where there is nothing. */
export function drawableRows(report: Report): Report['rows'] {
  if (alongTime(report)) return report.rows
  const found = new Set(marksOf(report).map((mark) => mark.row))
  return report.rows.filter((row) => found.has(row.key))
}

/** The rows that fit: of words the first dozen, the table has them all. */
export function pictured(report: Report): Report {
  const rows = drawableRows(report)
  return { ...report, rows: alongTime(report) ? rows : rows.slice(0, 12) }
}

export function optionsOf(report: Report, plot: typeof Plots, width: number): Plots.PlotOptions {
  const marks = marksOf(report)
  const kind = report.columns.find((each) => each.key === report.pictured[0])?.kind ?? 'count'
  return alongTime(report)
    ? along(report, plot, width, marks, kind)
    : down(report, plot, width, marks, kind)
}

/** As there is room for under a mark: 3 Dec. */
function shortDate(date: string): string {
  const form = { day: 'numeric', month: 'short', timeZone: 'UTC' } as const
  return new Intl.DateTimeFormat(words.locale, form).format(new Date(`${date}T00:00:00Z`))
}

function scale(report: Report, kind: Column['kind']): Plots.ScaleOptions {
  const tickFormat = (value: number) => numberOf(value, kind, report.currency)
  return { label: null, grid: true, nice: true, ticks: 4, tickFormat, zero: true }
}

function along(
  report: Report,
  plot: typeof Plots,
  width: number,
  marks: Mark[],
  kind: Column['kind'],
): Plots.PlotOptions {
  const domain = report.rows.map((row) => row.key)
  const every = Math.max(1, Math.ceil((domain.length * 56) / width))
  const names = new Map(report.rows.map((row) => [row.key, row.label]))
  const tickFormat = (key: string) =>
    report.labels === 'date' ? shortDate(key) : (names.get(key) ?? key)
  const ticks = domain.filter((_, place) => place % every === 0)
  const fill = (mark: Mark) => colourOf(report, mark.column)
  const series: Plots.Markish[] =
    report.picture === 'line'
      ? report.pictured.flatMap((column, place) => {
          const own = marks.filter((mark) => mark.column === column)
          const stroke = colourOf(report, column)
          const dash = place ? '5 4' : null
          return [
            plot.lineY(own, {
              x: 'row',
              y: 'value',
              stroke,
              strokeWidth: 2,
              ...(dash ? { strokeDasharray: dash } : {}),
            }),
            plot.dot(own, { x: 'row', y: 'value', fill: stroke, r: 3 }),
          ]
        })
      : report.picture === 'shares'
        ? shares(plot, marks, fill, 'x')
        : [plot.barY(marks, { x: 'row', y: 'value', fill, rx: 3, inset: 1 })]
  return {
    marginLeft: 56,
    marginBottom: 28,
    x: { type: 'band', domain, label: null, ticks, tickFormat },
    y: scale(report, kind),
    marks: [
      plot.ruleY([0], { stroke: 'var(--line-strong)' }),
      ...series,
      plot.tickX(marks, plot.pointerX({ x: 'row', stroke: 'var(--act)', strokeWidth: 2 })),
    ],
  }
}

function shares(
  plot: typeof Plots,
  marks: Mark[],
  fill: (mark: Mark) => string,
  side: 'x' | 'y',
): Plots.Markish[] {
  const sure = marks.filter((mark) => mark.low !== null)
  if (side === 'x') {
    return [
      plot.ruleX(sure, { x: 'row', y1: 'low', y2: 'high', stroke: fill, strokeWidth: 2 }),
      plot.dot(marks, { x: 'row', y: 'value', fill, r: 5 }),
    ]
  }
  return [
    plot.ruleY(sure, {
      y: 'column',
      x1: 'low',
      x2: 'high',
      fy: 'row',
      stroke: fill,
      strokeWidth: 2,
    }),
    plot.dot(marks, { y: 'column', x: 'value', fy: 'row', fill, r: 5 }),
  ]
}

function down(
  report: Report,
  plot: typeof Plots,
  width: number,
  marks: Mark[],
  kind: Column['kind'],
): Plots.PlotOptions {
  const domain = report.rows.map((row) => row.key)
  const names = new Map(report.rows.map((row) => [row.key, row.label]))
  const room = Math.min(240, Math.round(width * 0.4))
  /** A name is written in lines, never cut: in ems of 12 px, of letters a little wider than most. */
  const name = {
    label: null,
    tickFormat: (key: string) => names.get(key) ?? key,
    tickSize: 0,
    lineWidth: (room - 12) / 13.5,
    anchor: 'left' as const,
  }
  const fill = (mark: Mark) => colourOf(report, mark.column)
  const base = { marginLeft: room, marginBottom: 28, x: scale(report, kind) }
  const zero = plot.ruleX([0], { stroke: 'var(--line-strong)' })
  if (report.picture === 'stack') {
    return {
      ...base,
      y: { type: 'band', domain, axis: null, padding: 0.25 },
      marks: [
        plot.axisY(name),
        plot.barX(
          marks,
          plot.stackX(
            { order: [...report.pictured] },
            { y: 'row', x: 'value', z: 'column', fill, insetLeft: 1 },
          ),
        ),
        zero,
        plot.tickY(marks, plot.pointerY({ y: 'row', stroke: 'var(--act)', strokeWidth: 2 })),
      ],
    }
  }
  const series =
    report.picture === 'shares'
      ? shares(plot, marks, fill, 'y')
      : [
          plot.barX(marks, {
            y: 'column',
            x: 'value',
            fy: 'row',
            fill,
            insetTop: 1,
            insetBottom: 1,
          }),
        ]
  return {
    ...base,
    y: { type: 'band', domain: [...report.pictured], axis: null },
    fy: { domain, axis: null, padding: 0.2 },
    marks: [
      plot.axisFy(name),
      ...series,
      zero,
      plot.dot(
        marks,
        plot.pointerY({ y: 'column', x: 'value', fy: 'row', stroke: 'var(--act)', r: 8 }),
      ),
    ],
  }
}
