/** The next table in the direction of an arrow key, by its place in the room. */
import type { PlacedTable } from './geometry'

type Place = Pick<PlacedTable, 'id' | 'x' | 'y'>

const WAYS: Record<string, [number, number]> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
}

/** What lies ahead, and not far to the side; undefined at the edge, or for another key. */
export function neighbour(tables: readonly Place[], from: string, key: string): string | undefined {
  const way = WAYS[key]
  const here = tables.find((each) => each.id === from)
  if (!way || !here) return undefined
  let best: { id: string; cost: number } | undefined
  for (const each of tables) {
    const ahead = (each.x - here.x) * way[0] + (each.y - here.y) * way[1]
    const aside = Math.abs((each.x - here.x) * way[1] + (each.y - here.y) * way[0])
    if (ahead < 1 || aside > 2 * ahead) continue
    const cost = ahead + 2 * aside
    if (!best || cost < best.cost) best = { id: each.id, cost }
  }
  return best?.id
}
