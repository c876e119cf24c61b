/**
 * A party in the hand: chosen in the list or at a table, on its way to a table (STAND.md 8).
 *
 * Tap the party, tap a table, tap what is offered; two tables tapped are pushed together. A drag ends
 * in the same: it only brings the table along. Meanwhile the service says what it would do.
 */
import { stand } from '../lib/stand.svelte'
import { t } from '../lib/words.svelte'
import {
  type Deed,
  type Drop,
  deedOf,
  dropOf,
  type InHand,
  type Over,
  pushOf,
  type Scene,
} from './drop'
import { askAbout } from './preview'
import { type Preview, Previewing } from './previewing.svelte'
import { room } from './room.svelte'

export type { InHand } from './drop'

/** Of several things a drop can do, a person chooses one. */
export interface Question {
  name: string
  size: number
  deeds: Deed[]
  expects: Preview | null
}

class Hand {
  holds = $state.raw<InHand | null>(null)
  tables = $state.raw<readonly string[]>([])
  /** Where the finger is while it carries the party. */
  over = $state.raw<Over | null>(null)
  dragging = $state(false)
  at = $state.raw({ x: 0, y: 0 })
  asks = $state.raw<Question | null>(null)
  /** A table is being typed: T, its number, Enter. */
  typing = $state(false)
  readonly #previewing = new Previewing()

  /** What the service says of a drop here, or of the tables chosen; null until it has said it. */
  get preview(): Preview | null {
    return this.#previewing.told
  }

  get scene(): Scene | null {
    const { tonight } = stand
    if (!tonight) return null
    return { tonight, state: (table) => room.state(table), plans: stand.shown === 'timeline' }
  }

  take(holds: InHand, tables: readonly string[] = []): void {
    this.putBack()
    this.holds = holds
    this.tables = tables
    stand.sheet = null
    if (stand.shown !== 'timeline') stand.view = 'floor'
  }

  /** Whether tonight still has who is in the hand, waiting to be seated or moved. */
  get isHere(): boolean {
    const { holds } = this
    const { tonight } = stand
    if (!holds || !tonight || holds.kind === 'walk_in' || holds.kind === 'table') return true
    const { id } = holds
    if (holds.kind === 'seated') return tonight.seatings.some((each) => each.seating_id === id)
    if (holds.kind === 'waiting') return tonight.waiting.some((each) => each.wait_id === id)
    const party = tonight.reservations.find((each) => each.reservation_id === id)
    return party?.state === 'booked' || party?.state === 'arrived'
  }

  putBack(): void {
    this.holds = null
    this.tables = []
    this.over = null
    this.dragging = false
    this.asks = null
    this.typing = false
    this.#previewing.leave()
  }

  toggle(table: string): void {
    this.choose(
      this.tables.includes(table)
        ? this.tables.filter((each) => each !== table)
        : [...this.tables, table],
    )
  }

  /** Choose these tables, and ask what that would do. */
  choose(tables: readonly string[]): void {
    this.tables = tables
    this.#askOf(tables.length ? tables.join(' ') : null, this.dropOfTables)
  }

  /** What the brass button does with the tables chosen. */
  get dropOfTables(): Drop | undefined {
    const { holds, scene, tables } = this
    const [only, ...more] = tables
    if (!holds || !scene || !only) return undefined
    if (!more.length) return dropOf(holds, { kind: 'table', id: only }, scene)
    const pushed = holds.kind === 'walk_in' ? pushOf(tables, scene) : undefined
    if (pushed) return pushed
    const deed = deedOf(holds, [...tables], scene, scene.plans)
    return deed && { deeds: [deed], asks: false }
  }

  /** The other thing one may do with them: for a party to come, to plan or to seat it. */
  get otherDeed(): Deed | undefined {
    const { holds, scene, tables } = this
    if (holds?.kind !== 'party' || !scene || !tables.length) return undefined
    const first = this.dropOfTables?.deeds[0]
    const other = deedOf(holds, [...tables], scene, !scene.plans)
    return other && first && other.path !== first.path ? other : undefined
  }

  /** The finger lifts them from where they stand. */
  lift(holds: InHand, x: number, y: number): void {
    this.putBack()
    this.holds = holds
    this.dragging = true
    this.at = { x, y }
  }

  carry(x: number, y: number, over: Over | null): void {
    this.at = { x, y }
    if (keyOf(over) !== keyOf(this.over)) this.over = over
    // Where the room changes under the finger, what a drop does changes too, and is asked anew.
    const drop = this.dropHere
    this.#askOf(drop ? `${keyOf(over)} ${drop.deeds[0]?.path}` : null, drop)
  }

  #askOf(key: string | null, drop: Drop | undefined): void {
    const deed = drop?.deeds[0]
    this.#previewing.enter(deed ? key : null, async () => (deed ? askAbout(deed) : null))
  }

  /** What letting go here does; undefined where it does nothing. */
  get dropHere(): Drop | undefined {
    const { holds, over, scene } = this
    return holds && over && scene ? dropOf(holds, over, scene) : undefined
  }
}

function keyOf(over: Over | null): string | null {
  if (!over) return null
  return over.kind === 'list' ? 'list' : `table ${over.id}`
}

/** A deed in words, as "Move to 13". */
export function deedWords({ does, tables }: Deed): string {
  return t(`floor-does-${does}`, { table: tables.join(' + ') })
}

export const hand = new Hand()
