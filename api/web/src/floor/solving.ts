/** Where the tables go in a picture of a size, and how large they are: the roomiest way that fits. */
import type { Table } from '../lib/wire'
import { type AreaAxes, areaAxes, axisOf, type Spot, separate, type Way } from './apart'
import { folded, type Shortened, shortenings, straight } from './drawn'
import {
  AREA_PAD,
  AREA_TITLE,
  CHAIR,
  GAP,
  INTO_GAP,
  max,
  min,
  type Size,
  TIGHT_PAD,
  TOUCH,
} from './measures'
import { footprintOf } from './shapes'

/** Between tables one axis may be stretched so much more than the other. */
const STRETCH = 1.7
const LARGEST_SCALE = 110

/** The least sizes of a table for two or more, from roomy to dense: the first that fits is taken. */
const LEAST: Size[] = [
  { width: 100, height: 100 },
  { width: 96, height: 88 },
  { width: 92, height: 76 },
  { width: 78, height: 76 },
  { width: 92, height: 66 },
  { width: 66, height: 76 },
  { width: 58, height: 70 },
  { width: 84, height: 56 },
  { width: 66, height: 58 },
  { width: TOUCH, height: 68 },
  { width: TOUCH, height: 56 },
]

const WAYS: Way[] = [
  { first: 'y', aligned: true },
  { first: 'x', aligned: true },
  { first: 'y', aligned: false },
  { first: 'x', aligned: false },
]

/**
 * `beside`: areas that lie beside each other and one below the other as well are kept apart only
 * sideways; `even`: tables are straight, and none is larger than it has to be.
 */
interface Stage {
  rows: number
  pad: number
  beside: boolean
  even: boolean
}

/** What is given up, one after the other, for a picture that needs no scrolling. */
const STAGES: Stage[] = [
  { rows: 1, pad: AREA_PAD, beside: false, even: false },
  { rows: 1, pad: AREA_PAD, beside: true, even: false },
  { rows: 2, pad: AREA_PAD, beside: false, even: false },
  { rows: 2, pad: AREA_PAD, beside: true, even: false },
  { rows: 2, pad: TIGHT_PAD, beside: true, even: false },
  { rows: 2, pad: TIGHT_PAD, beside: true, even: true },
]

export function firstThatFits(drawn: Table[], letters: number, size: Size): Solved {
  let least: Solved | undefined
  for (const stage of STAGES) {
    const plain = plainOf(drawn, letters, stage)
    const smallest = tried(plain, size, LEAST.slice(-1))
    if (fits(smallest, size)) return tried(plain, size, LEAST)
    least = least && areaOf(least) <= areaOf(smallest) ? least : smallest
  }
  return least as Solved
}

function plainOf(drawn: Table[], letters: number, stage: Stage): Plain {
  const rows = folded(drawn, stage.rows)
  const tables = stage.even ? rows.map(straight) : rows
  const areas = areaAxes(tables, stage.beside)
  return { tables, letters, stage, areas, shorten: shortenings(tables) }
}

/** The first size and way that fit, else the smallest picture of all. */
function tried(plain: Plain, size: Size, sizes: Size[]): Solved {
  let least: Solved | undefined
  for (const usual of sizes) {
    const tables = { width: usual.width * plain.letters, height: usual.height * plain.letters }
    if (sizes.length > 1 && areaNeeded(plain, tables) > areaOf(withGap(size))) continue
    for (const way of WAYS) {
      const solved = solve(plain, size, tables, way)
      if (fits(solved, size)) return solved
      least = least && areaOf(least) <= areaOf(solved) ? least : solved
    }
  }
  return least as Solved
}

/** Not less than this is covered by the tables and the gaps between them, however they lie. */
function areaNeeded({ tables }: Plain, { width, height }: Size): number {
  const usual = areaOf(withGap({ width, height }))
  const round = (Math.min(width, height) - INTO_GAP + GAP) ** 2
  const stool = (TOUCH + GAP) ** 2
  const each = tables.map(({ seats_max, shape }) =>
    seats_max < 2 ? stool : shape === 'rectangle' ? usual : round,
  )
  return each.reduce((sum, area) => sum + area, 0)
}

const withGap = ({ width, height }: Size): Size => ({ width: width + GAP, height: height + GAP })

function fits(solved: Solved, size: Size): boolean {
  return solved.width < size.width + 0.5 && solved.height < size.height + 0.5
}

const areaOf = ({ width, height }: Size): number => width * height

interface Plain {
  tables: Table[]
  letters: number
  stage: Stage
  areas: AreaAxes
  shorten: Shortened
}

export interface Solved extends Size {
  spots: Spot[]
  pad: number
}

function solve(plain: Plain, size: Size, least: Size, way: Way): Solved {
  const { tables, areas, shorten } = plain
  const { pad, even } = plain.stage
  const xs = tables.map((table) => shorten.x(table.x))
  const ys = tables.map((table) => shorten.y(table.y))
  const [left, right, top, bottom] = [min(xs), max(xs), min(ys), max(ys)]
  const inner = {
    width: size.width - 2 * pad - least.width,
    height: size.height - 2 * pad - AREA_TITLE - least.height,
  }
  let across = Math.min(LARGEST_SCALE, inner.width / Math.max(right - left, 0.1))
  let down = Math.min(LARGEST_SCALE, inner.height / Math.max(bottom - top, 0.1))
  across = Math.max(4, Math.min(across, down * STRETCH))
  down = Math.max(4, Math.min(down, across * STRETCH))
  const scale = Math.min(across, down)
  const project = (x: number, y: number) => ({
    x: (shorten.x(x) - left) * across + least.width / 2,
    y: (shorten.y(y) - top) * down + least.height / 2,
  })
  const spots = tables.map((table, index) => ({
    ...spotOf(table, project(table.x, table.y), scale, least, even),
    index,
    pad,
  }))
  const axes = spots.map((one, i) =>
    spots.slice(0, i).map((other) => axisOf(one, other, way.first, areas)),
  )
  separate(spots, axes, 'x', size.width - 2 * pad, way)
  separate(spots, axes, 'y', size.height - 2 * pad - AREA_TITLE, way)
  const bounds = boundsOf(spots)
  return {
    spots,
    pad,
    width: bounds.width + 2 * pad,
    height: bounds.height + 2 * pad + AREA_TITLE,
  }
}

function spotOf(
  table: Table,
  at: { x: number; y: number },
  scale: number,
  least: Size,
  even: boolean,
): Omit<Spot, 'index' | 'pad'> {
  const real = footprintOf(table)
  const small = table.seats_max < 2
  const floor = small ? { width: TOUCH, height: TOUCH } : least
  const turned = table.rotation % 180 >= 45 && table.rotation % 180 < 135
  // A long table stays long: its longer side keeps part of its advantage.
  const ratio = Math.max(real.width, real.depth) / Math.min(real.width, real.depth)
  const long = even ? 1 : Math.sqrt(ratio)
  const wide = real.width >= real.depth ? long : 1
  const deep = real.width >= real.depth ? 1 : long
  const chairs = small ? 0 : 2 * CHAIR
  const smallest = {
    width:
      (turned ? floor.height : floor.width) - (table.shape === 'rectangle' && !turned ? 0 : chairs),
    height: (turned ? floor.width : floor.height) - chairs,
  }
  const drawn = even ? 0 : scale
  let top = {
    width: Math.max(real.width * drawn, smallest.width * (small ? 1 : wide)),
    height: Math.max(real.depth * drawn, smallest.height * (small ? 1 : deep)),
  }
  if (table.shape === 'round') {
    const around = table.seats_max > 2 ? floor.width - INTO_GAP : floor.width
    const across = Math.max(real.width * drawn, Math.min(around, floor.height - INTO_GAP))
    top = { width: across, height: across }
  }
  const angle = (table.rotation * Math.PI) / 180
  const sin = Math.abs(Math.sin(angle))
  const cos = Math.abs(Math.cos(angle))
  const few = table.shape === 'rectangle' ? 7 : 3
  const round = table.shape === 'round' ? INTO_GAP : chairs
  const within = table.seats_max < few || (even && table.shape === 'rectangle')
  const aside = !turned && within ? 0 : round
  return {
    table,
    ...at,
    top,
    halfWidth: (top.width * cos + top.height * sin + aside) / 2,
    halfHeight: (top.width * sin + top.height * cos + (small ? 0 : round)) / 2,
  }
}

export function boundsOf(spots: Spot[]): Size & { x: number; y: number } {
  const x = min(spots.map((spot) => spot.x - spot.halfWidth))
  const y = min(spots.map((spot) => spot.y - spot.halfHeight))
  return {
    x,
    y,
    width: max(spots.map((spot) => spot.x + spot.halfWidth)) - x,
    height: max(spots.map((spot) => spot.y + spot.halfHeight)) - y,
  }
}
