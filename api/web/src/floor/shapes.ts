/** What a table looks like: its size where the house gives none, its outline, its chairs. */
import type { Table } from '../lib/wire'

/** One chair: its middle from the table's middle, its angle in degrees, its length. */
export interface Chair {
  x: number
  y: number
  angle: number
  length: number
}

/** Width and depth in metres: as measured, else what furniture makers sell for so many seats. */
export function footprintOf(table: Table): { width: number; depth: number } {
  const usual = usualSize(table.shape, table.seats_max)
  return { width: table.width ?? usual.width, depth: table.depth ?? usual.depth }
}

function usualSize(shape: Table['shape'], seats: number): { width: number; depth: number } {
  if (seats < 2) return { width: 0.45, depth: 0.45 }
  if (shape === 'round') {
    const across = Math.max(0.7, 0.55 + 0.125 * seats)
    return { width: across, depth: across }
  }
  if (seats <= 2) return { width: 0.7, depth: 0.75 }
  if (seats <= 4) return { width: 0.9, depth: 0.9 }
  return { width: 0.6 * Math.ceil(seats / 2), depth: 0.9 }
}

/** Chairs around a table of this size (before it is turned), `thick` deep; a stool has none. */
export function chairsOf(
  table: Pick<Table, 'shape' | 'seats_max'>,
  top: { width: number; height: number },
  thick: number,
): Chair[] {
  if (table.seats_max < 2) return []
  const reach = thick / 2 + 1
  return table.shape === 'rectangle'
    ? alongSides(table.seats_max, top, reach)
    : around(table.seats_max, top, reach)
}

function around(seats: number, top: { width: number; height: number }, reach: number): Chair[] {
  const length = Math.min(24, ((top.width + top.height) * Math.PI * 0.5) / seats / 1.7)
  return Array.from({ length: seats }, (_, index) => {
    const turn = (2 * Math.PI * (index + (seats > 2 ? 0.5 : 0))) / seats - Math.PI / 2
    return {
      x: (top.width / 2 + reach) * Math.cos(turn),
      y: (top.height / 2 + reach) * Math.sin(turn),
      angle: (turn * 180) / Math.PI + 90,
      length,
    }
  })
}

/** On the long sides; from seven seats on one at each end. */
function alongSides(seats: number, top: { width: number; height: number }, reach: number): Chair[] {
  const upright = top.height > top.width * 1.25
  const [long, short] = upright ? [top.height, top.width] : [top.width, top.height]
  const ends = seats >= 7 ? 2 : 0
  const sides = [Math.ceil((seats - ends) / 2), Math.floor((seats - ends) / 2)]
  const chairs = sides.flatMap((count, side) =>
    Array.from({ length: count }, (_, index) => ({
      x: (long * (index + 1)) / (count + 1) - long / 2,
      y: (side ? 1 : -1) * (short / 2 + reach),
      angle: 0,
      length: Math.min(24, (long / (count + 1)) * 0.72),
    })),
  )
  for (const end of ends ? [-1, 1] : []) {
    chairs.push({ x: end * (long / 2 + reach), y: 0, angle: 90, length: Math.min(24, short * 0.4) })
  }
  if (!upright) return chairs
  return chairs.map((chair) => ({ ...chair, x: -chair.y, y: chair.x, angle: chair.angle + 90 }))
}

/** The outline as a path that begins in the middle of the upper side and runs clockwise. */
export function outline(round: boolean, width: number, height: number, inset = 0): string {
  const [w, h] = [width / 2 - inset, height / 2 - inset]
  if (round) return `M0 ${-h}A${w} ${h} 0 0 1 0 ${h}A${w} ${h} 0 0 1 0 ${-h}Z`
  const r = Math.min(14 - inset / 2, w, h)
  return (
    `M0 ${-h}H${w - r}A${r} ${r} 0 0 1 ${w} ${r - h}V${h - r}A${r} ${r} 0 0 1 ${w - r} ${h}` +
    `H${r - w}A${r} ${r} 0 0 1 ${-w} ${h - r}V${r - h}A${r} ${r} 0 0 1 ${r - w} ${-h}Z`
  )
}
