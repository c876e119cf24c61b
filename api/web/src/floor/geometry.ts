/**
 * The room as a picture: metres become pixels, and every table can be read and touched.
 *
 * Positions keep their order and their scale as far as the screen allows: empty stretches are
 * shortened, small tables are drawn larger than life, and whatever would then overlap is set apart
 * along the axis on which the tables already lie side by side. So no two touch targets meet. Where the
 * screen is too narrow even so, a long single row, as of stools at a bar, is drawn in two, and then
 * all tables straight and of one size.
 */
import type { House, Table, Wall } from '../lib/wire'
import type { Spot } from './apart'
import { drawn } from './drawn'
import { AREA_PAD, AREA_TITLE, type Axis, CHAIR, max, min, type Size } from './measures'
import { type Chair, chairsOf } from './shapes'
import { boundsOf, firstThatFits, type Solved } from './solving'

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
  return centred(firstThatFits(tables, letters, size), size, house, walls, letters)
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
    areas: areasOf(house, tables, solved.pad),
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

/** What the corners of a slanted table take from a line of words at its middle. */
const SLANT = 14

/** How wide a line of words can be inside the table, however it is turned. */
function innerOf(table: Table, top: Size): number {
  const turned = table.rotation % 180 >= 45 && table.rotation % 180 < 135
  const across = turned ? top.height : top.width
  if (table.shape !== 'rectangle') return across < 60 ? across * 0.95 : across * 0.82
  if (table.rotation % 90 !== 0) return (top.width + top.height) / Math.SQRT2 - SLANT
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
  const along = near.filter((spot) => isAlong(wall, spot.table))
  // Off its ends lie other areas, which may have gone anywhere.
  const own = near.filter(({ table }) => isIn(along, table.area))
  const beside = own.length ? own : near.length ? near : spots
  const [x1, x2] = [wall.x1, wall.x2].map((x) => by.x + placeOf(x, beside, 'x'))
  const [y1, y2] = [wall.y1, wall.y2].map((y) => by.y + placeOf(y, beside, 'y'))
  return { id: wall.id, kind: wall.kind, x1: x1 ?? 0, y1: y1 ?? 0, x2: x2 ?? 0, y2: y2 ?? 0 }
}

/** Between the tables before and behind it, or just outside of all; above the name of an area. */
function placeOf(value: number, spots: Spot[], axis: Axis): number {
  const half = axis === 'x' ? 'halfWidth' : 'halfHeight'
  const before = spots.filter((spot) => spot.table[axis] < value)
  const behind = spots.filter((spot) => spot.table[axis] >= value)
  const from = max(before.map((spot) => spot[axis] + spot[half])) + AREA_PAD
  const edge = min(behind.map((spot) => spot[axis] - spot[half]))
  const next = behind.find((spot) => spot[axis] - spot[half] === edge)
  const named = axis === 'y' && next !== undefined && !isIn(before, next.table.area)
  const to = edge - AREA_PAD - (named ? AREA_TITLE : 0)
  if (!before.length) return to
  return behind.length ? (from + to) / 2 : from
}

const NEAR_WALL = 3

const isIn = (spots: Spot[], area: string): boolean =>
  spots.some(({ table }) => table.area === area)

/** From a table's middle to the nearest point of a wall, in metres. */
function distance(wall: Wall, table: Table): number {
  const share = Math.min(1, Math.max(0, shareOf(wall, table)))
  const { x1, x2, y1, y2 } = wall
  return Math.hypot(x1 + share * (x2 - x1) - table.x, y1 + share * (y2 - y1) - table.y)
}

/** Whether a table stands before the wall, not off one of its ends. */
function isAlong(wall: Wall, table: Table): boolean {
  const share = shareOf(wall, table)
  return share >= 0 && share <= 1
}

/** Where along a wall a table stands: 0 at its beginning, 1 at its end. */
function shareOf(wall: Wall, { x, y }: Table): number {
  const [dx, dy] = [wall.x2 - wall.x1, wall.y2 - wall.y1]
  return ((x - wall.x1) * dx + (y - wall.y1) * dy) / Math.max(dx * dx + dy * dy, 0.01)
}

function areasOf(house: House_, tables: PlacedTable[], pad: number): Picture['areas'] {
  return house.areas.flatMap((area) => {
    const own = tables.filter((table) => table.area === area.id)
    if (!own.length) return []
    const left = min(own.map((table) => table.x - table.width / 2)) - pad
    const top = min(own.map((table) => table.y - table.height / 2)) - pad - AREA_TITLE
    const right = max(own.map((table) => table.x + table.width / 2)) + pad
    const bottom = max(own.map((table) => table.y + table.height / 2)) + pad
    return [
      { id: area.id, name: area.name, x: left, y: top, width: right - left, height: bottom - top },
    ]
  })
}

function nearAny(wall: Wall, tables: Table[]): boolean {
  return tables.some((table) => distance(wall, table) < NEAR_WALL)
}
