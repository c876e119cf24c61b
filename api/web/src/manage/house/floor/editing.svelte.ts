/** The floor as it is being edited: what is chosen, and what is moved and not sent yet. */
import { stand } from '../../../lib/stand.svelte'
import { t } from '../../../lib/words.svelte'
import { house } from '../housedraft.svelte'
import {
  arrow,
  boundsOf,
  couldJoin,
  freePlace,
  type Join,
  nextId,
  onGrid,
  type Point,
  renamedIn,
  snapped,
  type Table,
  turned,
  type Wall,
} from './plan'

/** After the last movement so long, it goes to the draft. */
const REST_MS = 700

const PLAIN: Omit<Table, 'id' | 'area' | 'x' | 'y'> = {
  seats_max: 2,
  seats_min: 1,
  features: [],
  shape: 'rectangle',
  width: null,
  depth: null,
  rotation: 0,
}

export type End = 1 | 2
/** What lies on the floor and can be moved: a table, or an end of a wall. */
export type Thing = { kind: 'table'; id: string } | { kind: 'end'; id: string; end: End }

export class Editing {
  /** The area that is shown; null: all of them. */
  area = $state<string | null>(null)
  /** What is edited: the tables, or the walls around them. */
  layer = $state<'tables' | 'walls'>('tables')
  chosen = $state<string | null>(null)
  wall = $state<string | null>(null)
  /** Tables that are tapped to be joined; null while nobody joins. */
  joining = $state.raw<readonly string[] | null>(null)
  /** The next tap on the floor puts the chosen table there. */
  placing = $state(false)
  dragging = $state(false)
  guides = $state.raw<{ x: number | null; y: number | null }>({ x: null, y: null })
  /** Tables that the one just put down stands beside. */
  beside = $state.raw<readonly Table[]>([])

  #tables = $state.raw<Readonly<Record<string, Partial<Table>>>>({})
  #walls = $state.raw<Readonly<Record<string, Partial<Wall>>>>({})
  #timer: ReturnType<typeof setTimeout> | undefined

  /** All tables, moved ones where they stand now. */
  get tables(): Table[] {
    return (house.house?.tables ?? []).map((table) => ({ ...table, ...this.#tables[table.id] }))
  }

  get walls(): Wall[] {
    return (house.house?.walls ?? []).map((wall) => ({ ...wall, ...this.#walls[wall.id] }))
  }

  get joins(): readonly Join[] {
    return house.house?.joins ?? []
  }

  get shown(): Table[] {
    return this.tables.filter((table) => this.area === null || table.area === this.area)
  }

  get table(): Table | undefined {
    return this.tables.find((table) => table.id === this.chosen)
  }

  /** Whether something is on its way to the draft. */
  get unsent(): boolean {
    return Object.keys({ ...this.#tables, ...this.#walls }).length > 0
  }

  choose(id: string | null): void {
    this.chosen = id
    this.placing = false
    this.beside = []
  }

  /** A tap on a table: it is chosen, or one more of those to be joined. */
  tap(id: string): void {
    const joining = this.joining
    if (!joining) this.choose(id)
    else
      this.joining = joining.includes(id) ? joining.filter((each) => each !== id) : [...joining, id]
  }

  /** Put a thing down at a point in metres; `settled`: it stays there, and snaps. */
  put(thing: Thing, to: Point, settled: boolean): void {
    if (thing.kind === 'end') this.#putEnd(thing.id, thing.end, to)
    else this.#putTable(thing.id, to, settled)
  }

  #putTable(id: string, to: Point, settled: boolean): void {
    const table = this.tables.find((each) => each.id === id)
    if (!table) return
    const others = this.tables.filter((each) => each.id !== table.id)
    const at = snapped(table, to, others)
    this.guides = settled ? { x: null, y: null } : at.guides
    this.change(table.id, { x: at.x, y: at.y })
    if (settled) this.beside = couldJoin({ ...table, x: at.x, y: at.y }, others, this.joins)
  }

  #putEnd(id: string, end: End, to: Point): void {
    const [x, y] = [onGrid(to.x), onGrid(to.y)]
    this.#walls = { ...this.#walls, [id]: { ...this.#walls[id], [`x${end}`]: x, [`y${end}`]: y } }
    this.#soon()
  }

  /** Move a thing by an arrow key; whether it was one. */
  nudge(thing: Thing, key: string, far: boolean): boolean {
    const by = arrow(key, far)
    if (!by) return false
    const at = this.placeOf(thing)
    if (!at) return false
    const to = { x: onGrid(at.x + by.x), y: onGrid(at.y + by.y) }
    if (thing.kind === 'end') this.#putEnd(thing.id, thing.end, to)
    else this.change(thing.id, to)
    return true
  }

  /** Where a thing is, in metres. */
  placeOf(thing: Thing): Point | undefined {
    if (thing.kind === 'table') return this.tables.find((table) => table.id === thing.id)
    const wall = this.walls.find((each) => each.id === thing.id)
    if (!wall) return undefined
    return thing.end === 1 ? { x: wall.x1, y: wall.y1 } : { x: wall.x2, y: wall.y2 }
  }

  turn(id: string, by: number): void {
    const table = this.tables.find((each) => each.id === id)
    if (table) this.change(id, { rotation: turned(table.rotation, by) })
  }

  /** Change a table at once on the screen, and soon in the draft. */
  change(id: string, what: Partial<Table>): void {
    this.#tables = { ...this.#tables, [id]: { ...this.#tables[id], ...what } }
    this.#soon()
  }

  #soon(): void {
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => void this.flush(), REST_MS)
  }

  /** Send what is moved; while something is held it waits. */
  async flush(): Promise<void> {
    clearTimeout(this.#timer)
    if (this.dragging) return this.#soon()
    const [tables, walls] = [this.#tables, this.#walls]
    if (!this.unsent) return
    const some = (all: object) => Object.keys(all).length > 0
    const patch = { ...(some(tables) && { tables }), ...(some(walls) && { walls }) }
    try {
      await house.change(patch, t('house-page-floor'))
    } catch (error) {
      stand.refused(error)
    }
    // What moved on meanwhile goes next.
    this.#tables = without(this.#tables, tables)
    this.#walls = without(this.#walls, walls)
  }

  /** A new table of the area, in a free place beside the others. Raises Refusal. */
  async add(like?: Table): Promise<void> {
    await this.flush()
    const area = like?.area ?? this.area ?? house.house?.areas[0]?.id ?? ''
    const id = nextId(area, this.tables)
    const made: Table = { ...PLAIN, ...like, id, area, x: 0, y: 0 }
    const own = this.tables.filter((table) => table.area === area)
    const place = freePlace(made, this.tables, boundsOf(own, []))
    await house.change({ tables: { [id]: { ...made, ...place } } }, t('house-page-floor'))
    this.choose(id)
  }

  /** Keep what the form of a table says; its joins follow another id. Raises Refusal. */
  async keep(id: string, values: Partial<Table>): Promise<void> {
    await this.flush()
    const renamed = values.id && values.id !== id
    const joins = renamed ? { joins: renamedIn(this.joins, id, values.id ?? id) } : {}
    await house.change({ tables: { [id]: values }, ...joins }, t('house-page-floor'))
    this.chosen = values.id ?? id
  }

  /** Take a table away, with its joins. Raises Refusal. */
  async remove(id: string): Promise<void> {
    await this.flush()
    const kept = renamedIn(this.joins, id, null)
    const joins = kept.length < this.joins.length ? { joins: kept } : {}
    await house.change({ tables: { [id]: null }, ...joins }, t('house-page-floor'))
    this.choose(null)
  }

  /** Let tables be joined for so many guests; null: no more. Raises Refusal. */
  async join(tables: readonly string[], seats_max: number | null): Promise<void> {
    await this.flush()
    const entry = seats_max === null ? null : { seats_max }
    await house.change({ joins: { [tables.join('+')]: entry } }, t('house-page-floor'))
    this.joining = null
    this.beside = []
  }

  /** A new wall, or a wall changed (null: gone). Raises Refusal. */
  async keepWall(id: string | null, values: Partial<Wall> | null): Promise<void> {
    await this.flush()
    const key =
      id ??
      nextId(
        'wall',
        this.walls.map((wall) => ({ id: wall.id, area: 'wall' })),
      )
    await house.change({ walls: { [key]: values } }, t('house-page-floor'))
    this.wall = values ? key : null
  }
}

/** What is left of moved things once those that were sent are in the draft. */
function without<T extends object>(
  now: Readonly<Record<string, T>>,
  sent: Readonly<Record<string, T>>,
): Record<string, T> {
  return Object.fromEntries(Object.entries(now).filter(([id, each]) => sent[id] !== each))
}
