/**
 * The room as a picture: metres become pixels, and every table can be read and touched.
 *
 * Positions keep their order and their scale as far as the screen allows: empty stretches are
 * shortened, small tables are drawn larger than life, and whatever would then overlap is set apart
 * along the axis on which the tables already lie side by side. So no two touch targets meet.
 */
import type { House, Table, Wall } from '../lib/wire'
import { type Chair, chairsOf, footprintOf } from './shapes'

export interface Size {
  width: number
  height: number
}

export interface Box extends Size {
  x: number
  y: number
}

/** How much a table has room to say: three lines; two long ones; two or three short; the number. */
export type Detail = 'full' | 'wide' | 'middle' | 'small'

export interface PlacedTable {
  id: string
  area: string
  /** The middle, and the touch target around it: the table with its chairs. */
  x: number
  y: number
  width: number
  height: number
  /** The table itself before it is turned. */
  top: Size
  rotation: number
  round: boolean
  chairs: Chair[]
  detail: Detail
  /** There is room for a name as well; a line may be so many px wide. */
  named: boolean
  inner: number
}

export interface Picture extends Size {
  tables: PlacedTable[]
  areas: (Box & { id: string; name: string })[]
  lines: { id: string; kind: Wall['kind']; x1: number; y1: number; x2: number; y2: number }[]
}

/** From px between two touch targets (STAND.md 14). */
export const GAP = 8
const TOUCH = 48
const CHAIR = 6
/** The chairs of round tables stand partly in the gap: so much of them is touched. */
const INTO_GAP = 4
const AREA_PAD = 8
const AREA_TITLE = 26
/** No stretch without a table is longer than this, in metres. */
const LONGEST_EMPTY = 1.9
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

type Axis = 'x' | 'y'

/**
 * `first`: rows that are apart already need not be apart sideways too; the other way round in columns.
 * `aligned`: what stands in one line in the room stays in one line, where there is room for that.
 */
interface Way {
  first: Axis
  aligned: boolean
}

const WAYS: Way[] = [
  { first: 'y', aligned: true },
  { first: 'x', aligned: true },
  { first: 'y', aligned: false },
  { first: 'x', aligned: false },
]
/** Tables are in one line if they are within so many metres of it. */
const ONE_LINE = 0.2

interface Spot {
  index: number
  table: Table
  x: number
  y: number
  /** Half of the touch target. */
  halfWidth: number
  halfHeight: number
  top: Size
}

type House_ = Pick<House, 'tables' | 'areas' | 'walls'>

/**
 * Fit the area named (all where none is) into the size; larger than it only where nothing fits.
 *
 * `letters`: how much larger than usual they are written (1 to 1.3): tables grow with them.
 */
export function pictureOf(
  house: House_,
  size: Size,
  only: string | null = null,
  letters = 1,
): Picture {
  const tables = drawn(house.tables.filter((table) => only === null || table.area === only))
  if (!tables.length) return { ...size, tables: [], areas: [], lines: [] }
  const walls = house.walls.filter((wall) => only === null || nearAny(wall, tables))
  const plain = { tables, letters, areas: areaAxes(tables), shorten: shortenings(tables) }
  const solved = firstThatFits(plain, size)
  return centred(solved, size, house, walls, letters)
}

/** A house that has not drawn an area yet has all its tables in one place: they stand in rows. */
function drawn(tables: Table[]): Table[] {
  const areas = [...new Set(tables.map((table) => table.area))]
  let beside = 0
  return areas.flatMap((area) => {
    const own = tables.filter((table) => table.area === area)
    if (new Set(own.map(({ x, y }) => `${x} ${y}`)).size === own.length) return own
    const columns = Math.ceil(Math.sqrt(own.length * 1.3))
    const left = beside
    beside += columns * 1.6 + 1
    return own.map((table, index) => ({
      ...table,
      x: left + (index % columns) * 1.6,
      y: Math.floor(index / columns) * 1.6,
    }))
  })
}

function firstThatFits(plain: Plain, size: Size): Solved {
  let least: Solved | undefined
  for (const usual of LEAST) {
    const tables = { width: usual.width * plain.letters, height: usual.height * plain.letters }
    for (const way of WAYS) {
      const solved = solve(plain, size, tables, way)
      if (solved.width < size.width + 0.5 && solved.height < size.height + 0.5) return solved
      least = least && areaOf(least) <= areaOf(solved) ? least : solved
    }
  }
  return least as Solved
}

const areaOf = ({ width, height }: Size): number => width * height

interface Plain {
  tables: Table[]
  letters: number
  areas: AreaAxes
  shorten: { x: (at: number) => number; y: (at: number) => number }
}

interface Solved extends Size {
  spots: Spot[]
}

function solve({ tables, areas, shorten }: Plain, size: Size, least: Size, way: Way): Solved {
  const xs = tables.map((table) => shorten.x(table.x))
  const ys = tables.map((table) => shorten.y(table.y))
  const [left, right, top, bottom] = [min(xs), max(xs), min(ys), max(ys)]
  const inner = {
    width: size.width - 2 * AREA_PAD - least.width,
    height: size.height - 2 * AREA_PAD - AREA_TITLE - least.height,
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
    ...spotOf(table, project(table.x, table.y), scale, least),
    index,
  }))
  const axes = spots.map((one, i) =>
    spots.slice(0, i).map((other) => axisOf(one, other, way.first, areas)),
  )
  separate(spots, axes, 'x', size.width - 2 * AREA_PAD, way)
  separate(spots, axes, 'y', size.height - 2 * AREA_PAD - AREA_TITLE, way)
  const bounds = boundsOf(spots)
  return {
    spots,
    width: bounds.width + 2 * AREA_PAD,
    height: bounds.height + 2 * AREA_PAD + AREA_TITLE,
  }
}

function spotOf(
  table: Table,
  at: { x: number; y: number },
  scale: number,
  least: Size,
): Omit<Spot, 'index'> {
  const real = footprintOf(table)
  const small = table.seats_max < 2
  const floor = small ? { width: TOUCH, height: TOUCH } : least
  const turned = table.rotation % 180 >= 45 && table.rotation % 180 < 135
  // A long table stays long: its longer side keeps part of its advantage.
  const long = Math.sqrt(Math.max(real.width, real.depth) / Math.min(real.width, real.depth))
  const wide = real.width >= real.depth ? long : 1
  const deep = real.width >= real.depth ? 1 : long
  const chairs = small ? 0 : 2 * CHAIR
  const smallest = {
    width:
      (turned ? floor.height : floor.width) - (table.shape === 'rectangle' && !turned ? 0 : chairs),
    height: (turned ? floor.width : floor.height) - chairs,
  }
  let top = {
    width: Math.max(real.width * scale, smallest.width * (small ? 1 : wide)),
    height: Math.max(real.depth * scale, smallest.height * (small ? 1 : deep)),
  }
  if (table.shape === 'round') {
    const around = table.seats_max > 2 ? floor.width - INTO_GAP : floor.width
    const across = Math.max(real.width * scale, Math.min(around, floor.height - INTO_GAP))
    top = { width: across, height: across }
  }
  const angle = (table.rotation * Math.PI) / 180
  const sin = Math.abs(Math.sin(angle))
  const cos = Math.abs(Math.cos(angle))
  const few = table.shape === 'rectangle' ? 7 : 3
  const round = table.shape === 'round' ? INTO_GAP : chairs
  const aside = !turned && table.seats_max < few ? 0 : round
  return {
    table,
    ...at,
    top,
    halfWidth: (top.width * cos + top.height * sin + aside) / 2,
    halfHeight: (top.width * sin + top.height * cos + (small ? 0 : round)) / 2,
  }
}

/**
 * Set apart along one axis, with little movement, what lies side by side on it, from 0 to `room`.
 *
 * Pushing onwards from the start leaves every pair apart, and so does pushing back from the end; of
 * such answers the larger, the smaller and the mean are answers too (the demands are differences). So
 * the mean of both is taken, each kept between all packed at the start and all packed at the end.
 */
function separate(spots: Spot[], axes: Axis[][], axis: Axis, room: number, way: Way): void {
  const half = axis === 'x' ? 'halfWidth' : 'halfHeight'
  const lines = linesOf(spots, axes, axis, way.aligned)
  const widest = lines.map((line) => max(line.map((spot) => spot[half])))
  const need = lines.map((line, i) =>
    lines.slice(0, i).map((other) => demand(line, other, axes, axis, half)),
  )
  const wished = lines.map((line) => mean(line.map((spot) => spot[axis])))
  const earliest = pushedOn([...widest], need)
  const end = Math.max(room, ...lines.map((_, i) => at(earliest, i) + at(widest, i)))
  const latest = pushedBack(
    widest.map((each) => end - each),
    need,
  )
  const onwards = pushedOn([...wished], need)
  const back = pushedBack([...wished], need)
  lines.forEach((line, i) => {
    const [from, to] = [at(earliest, i), at(latest, i)]
    const place = mean(
      [at(onwards, i), at(back, i)].map((each) => Math.min(Math.max(each, from), to)),
    )
    for (const spot of line) spot[axis] = place
  })
}

/** Tables in one line, line by line; a table by itself where lines would not keep two tables apart. */
function linesOf(spots: Spot[], axes: Axis[][], axis: Axis, aligned: boolean): Spot[][] {
  const lines = new Map<string, Spot[]>()
  for (const spot of spots) {
    const line = `${spot.table.area} ${Math.round(spot.table[axis] / ONE_LINE)}`
    lines.set(line, [...(lines.get(line) ?? []), spot])
  }
  const apart = (line: Spot[]) =>
    line.some((one, i) => line.slice(0, i).some((other) => axisBetween(axes, one, other) === axis))
  const kept = [...lines.values()].flatMap((line) =>
    aligned && !apart(line) ? [line] : line.map((spot) => [spot]),
  )
  const place = (line: Spot[]) => mean(line.map((spot) => spot[axis]))
  return kept.sort((a, b) => place(a) - place(b))
}

function demand(line: Spot[], other: Spot[], axes: Axis[][], axis: Axis, half: Half): number {
  let most = Number.NEGATIVE_INFINITY
  for (const one of line) {
    for (const before of other) {
      if (axisBetween(axes, one, before) === axis) most = Math.max(most, between(one, before, half))
    }
  }
  return most
}

function pushedOn(places: number[], need: number[][]): number[] {
  places.forEach((_, i) => {
    for (let j = 0; j < i; j++) {
      places[i] = Math.max(at(places, i), at(places, j) + at(need[i] ?? [], j))
    }
  })
  return places
}

function pushedBack(places: number[], need: number[][]): number[] {
  for (let i = places.length - 1; i >= 0; i--) {
    for (let j = i + 1; j < places.length; j++) {
      places[i] = Math.min(at(places, i), at(places, j) - at(need[j] ?? [], i))
    }
  }
  return places
}

/**
 * The axis on which two tables are kept apart: that of their areas where those lie beside each other,
 * else one on which the tables are apart already, else the one nearer to it.
 */
function axisOf(one: Spot, other: Spot, first: Axis, areas: AreaAxes): Axis {
  const ofAreas = areas.get(`${one.table.area} ${other.table.area}`)
  if (ofAreas) return ofAreas
  const across = Math.abs(one.x - other.x) / between(one, other, 'halfWidth')
  const down = Math.abs(one.y - other.y) / between(one, other, 'halfHeight')
  if (first === 'y' && down >= 1) return 'y'
  if (first === 'x' && across >= 1) return 'x'
  return across >= down ? 'x' : 'y'
}

type AreaAxes = Map<string, Axis>

/** For each two areas the axis on which one lies wholly beside the other. */
function areaAxes(tables: Table[]): AreaAxes {
  const names = [...new Set(tables.map((table) => table.area))]
  const axes: AreaAxes = new Map()
  const ends = (area: string, axis: Axis) => {
    const places = tables.filter((table) => table.area === area).map((table) => table[axis])
    return [min(places), max(places)] as const
  }
  const gap = (a: string, b: string, axis: Axis) => {
    const [[low, high], [from, to]] = [ends(a, axis), ends(b, axis)]
    return Math.max(low - to, from - high)
  }
  for (const a of names) {
    for (const b of names) {
      const [across, down] = [gap(a, b, 'x'), gap(a, b, 'y')]
      if (a !== b && Math.max(across, down) > 0) axes.set(`${a} ${b}`, across >= down ? 'x' : 'y')
    }
  }
  return axes
}

function axisBetween(axes: Axis[][], one: Spot, other: Spot): Axis | undefined {
  return axes[Math.max(one.index, other.index)]?.[Math.min(one.index, other.index)]
}

type Half = 'halfWidth' | 'halfHeight'

function between(one: Spot, other: Spot, half: Half): number {
  const apart = one[half] + other[half] + GAP
  if (one.table.area === other.table.area) return apart
  return apart + 2 * AREA_PAD + (half === 'halfHeight' ? AREA_TITLE : 0)
}

/** Where the room is empty for long, shorten it: order and near distances stay. */
function shortenings(tables: Table[]): Plain['shorten'] {
  return {
    x: shortening(tables.map((table) => table.x)),
    y: shortening(tables.map((table) => table.y)),
  }
}

function shortening(places: number[]): (at: number) => number {
  const sorted = [...new Set(places)].sort((a, b) => a - b)
  const knots: [number, number][] = []
  for (const place of sorted) {
    const last = knots.at(-1)
    knots.push([place, last ? last[1] + Math.min(place - last[0], LONGEST_EMPTY) : place])
  }
  return (value) => {
    const after = knots.findIndex(([from]) => from >= value)
    const [high, low] = [knots[after], knots[after - 1]]
    if (!high) return (knots.at(-1)?.[1] ?? 0) + Math.min(value - (knots.at(-1)?.[0] ?? 0), 1)
    if (!low) return high[1] - Math.min(high[0] - value, 1)
    return low[1] + ((value - low[0]) / (high[0] - low[0])) * (high[1] - low[1])
  }
}

function centred(
  solved: Solved,
  size: Size,
  house: House_,
  walls: Wall[],
  letters: number,
): Picture {
  const { spots } = solved
  const bounds = boundsOf(spots)
  const width = Math.max(size.width, Math.ceil(solved.width - 0.5))
  const height = Math.max(size.height, Math.ceil(solved.height - 0.5))
  const dx = (width - bounds.width) / 2 - bounds.x
  const dy = (height - bounds.height - AREA_TITLE) / 2 + AREA_TITLE - bounds.y
  const tables = spots.map((spot) => placed({ ...spot, x: spot.x + dx, y: spot.y + dy }, letters))
  return {
    width,
    height,
    tables,
    areas: areasOf(house, tables),
    lines: walls.map((wall) => lineOf(wall, spots, { x: dx, y: dy })),
  }
}

function placed(spot: Spot, letters: number): PlacedTable {
  const { table, top } = spot
  return {
    id: table.id,
    area: table.area,
    x: spot.x,
    y: spot.y,
    width: 2 * spot.halfWidth,
    height: 2 * spot.halfHeight,
    top,
    rotation: table.rotation,
    round: table.shape !== 'rectangle',
    chairs: chairsOf(table, top, CHAIR),
    detail: detailOf(table, spot, letters),
    named: namedOf(table, spot, letters),
    inner: innerOf(table, spot.top),
  }
}

function detailOf(table: Table, spot: Spot, letters: number): Detail {
  if (table.seats_max < 2) return 'small'
  const [width, height] = [(2 * spot.halfWidth) / letters, (2 * spot.halfHeight) / letters]
  if (width < 76 || innerOf(table, spot.top) < 60 * letters) return 'middle'
  return height >= 70 ? 'full' : 'wide'
}

/** How wide a line of words can be inside the table, however it is turned. */
function innerOf(table: Table, top: Size): number {
  const turned = table.rotation % 180 >= 45 && table.rotation % 180 < 135
  const across = turned ? top.height : top.width
  if (table.shape !== 'rectangle') return across < 60 ? across * 0.95 : across * 0.82
  if (table.rotation % 90 !== 0) return Math.min(top.width, top.height)
  return across - (across < 76 ? 4 : 10)
}

/** In a small round there is no room for a name between number and minutes. */
function namedOf(table: Table, spot: Spot, letters: number): boolean {
  if (table.seats_max < 2) return false
  const slant = table.rotation % 90 !== 0
  if ((table.shape !== 'rectangle' || slant) && innerOf(table, spot.top) < 56 * letters)
    return false
  return 2 * spot.halfHeight >= 64 * letters || detailOf(table, spot, letters) === 'wide'
}

/** A wall where the tables on both its sides went: what is straight in the room stays straight. */
function lineOf(wall: Wall, spots: Spot[], by: { x: number; y: number }): Picture['lines'][number] {
  const near = spots.filter((spot) => distance(wall, spot.table) < NEAR_WALL)
  const beside = near.length ? near : spots
  const [x1, x2] = [wall.x1, wall.x2].map((x) => by.x + placeOf(x, beside, 'x'))
  const [y1, y2] = [wall.y1, wall.y2].map((y) => by.y + placeOf(y, beside, 'y'))
  return { id: wall.id, kind: wall.kind, x1: x1 ?? 0, y1: y1 ?? 0, x2: x2 ?? 0, y2: y2 ?? 0 }
}

/** Between the tables before and behind it, or just outside of all. */
function placeOf(value: number, spots: Spot[], axis: Axis): number {
  const half = axis === 'x' ? 'halfWidth' : 'halfHeight'
  const before = spots.filter((spot) => spot.table[axis] < value)
  const behind = spots.filter((spot) => spot.table[axis] >= value)
  const from = max(before.map((spot) => spot[axis] + spot[half])) + AREA_PAD
  const to = min(behind.map((spot) => spot[axis] - spot[half])) - AREA_PAD
  if (!before.length) return axis === 'y' ? to - AREA_TITLE : to
  return behind.length ? (from + to) / 2 : from
}

const NEAR_WALL = 3

/** From a table's middle to the nearest point of a wall, in metres. */
function distance(wall: Wall, { x, y }: Table): number {
  const [dx, dy] = [wall.x2 - wall.x1, wall.y2 - wall.y1]
  const along = ((x - wall.x1) * dx + (y - wall.y1) * dy) / Math.max(dx * dx + dy * dy, 0.01)
  const share = Math.min(1, Math.max(0, along))
  return Math.hypot(wall.x1 + share * dx - x, wall.y1 + share * dy - y)
}

function areasOf(house: House_, tables: PlacedTable[]): Picture['areas'] {
  return house.areas.flatMap((area) => {
    const own = tables.filter((table) => table.area === area.id)
    if (!own.length) return []
    const left = min(own.map((table) => table.x - table.width / 2)) - AREA_PAD
    const top = min(own.map((table) => table.y - table.height / 2)) - AREA_PAD - AREA_TITLE
    const right = max(own.map((table) => table.x + table.width / 2)) + AREA_PAD
    const bottom = max(own.map((table) => table.y + table.height / 2)) + AREA_PAD
    return [
      { id: area.id, name: area.name, x: left, y: top, width: right - left, height: bottom - top },
    ]
  })
}

function boundsOf(spots: Spot[]): Box {
  const x = min(spots.map((spot) => spot.x - spot.halfWidth))
  const y = min(spots.map((spot) => spot.y - spot.halfHeight))
  return {
    x,
    y,
    width: max(spots.map((spot) => spot.x + spot.halfWidth)) - x,
    height: max(spots.map((spot) => spot.y + spot.halfHeight)) - y,
  }
}

function nearAny(wall: Wall, tables: Table[]): boolean {
  return tables.some((table) => distance(wall, table) < NEAR_WALL)
}

const at = (values: number[], index: number): number => values[index] ?? 0
const min = (values: number[]): number => Math.min(...values)
const mean = (values: number[]): number =>
  values.reduce((sum, each) => sum + each, 0) / values.length
const max = (values: number[]): number => Math.max(...values)
