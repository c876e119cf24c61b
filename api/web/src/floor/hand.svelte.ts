/**
 * A party in the hand: chosen in the list or at a table, on its way to a table (STAND.md 8).
 *
 * Tap the party, tap a table, tap what is offered; two tables tapped are pushed together. A drag ends
 * in the same: it only brings the table along.
 */
import { seatThem } from '../book/send'
import { stand } from '../lib/stand.svelte'

export type InHand = { name: string; size: number } & (
  | { kind: 'party'; id: string }
  | { kind: 'seated'; id: string }
  | { kind: 'waiting'; id: string }
  | { kind: 'walk_in' }
)

class Hand {
  holds = $state.raw<InHand | null>(null)
  tables = $state.raw<readonly string[]>([])
  /** Where the finger is while it carries the party: the table under it. */
  over = $state<string | null>(null)
  dragging = $state(false)
  at = $state.raw({ x: 0, y: 0 })

  take(holds: InHand, tables: readonly string[] = []): void {
    this.holds = holds
    this.tables = tables
    this.over = null
    stand.sheet = null
    stand.view = 'floor'
  }

  /** Whether tonight still has who is in the hand, waiting to be seated or moved. */
  get isHere(): boolean {
    const { holds } = this
    const { tonight } = stand
    if (!holds || !tonight || holds.kind === 'walk_in') return true
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
  }

  toggle(table: string): void {
    this.tables = this.tables.includes(table)
      ? this.tables.filter((each) => each !== table)
      : [...this.tables, table]
  }

  /** The finger lifts them from where they stand. */
  lift(holds: InHand, x: number, y: number): void {
    this.holds = holds
    this.tables = []
    this.dragging = true
    this.at = { x, y }
  }

  carry(x: number, y: number, over: string | null): void {
    this.at = { x, y }
    this.over = over
  }

  /** Let go: over a table they sit or move there; anywhere else, and if refused, all is as it was. */
  async drop(): Promise<void> {
    const { holds, over } = this
    this.putBack()
    if (holds && over) await seatThem(holds, [over])
  }

  /** Seat or move them at the tables chosen; they stay in the hand if it is refused. */
  async seat(): Promise<boolean> {
    const { holds, tables } = this
    if (!holds || !tables.length) return false
    const done = await seatThem(holds, [...tables])
    if (done) this.putBack()
    return done
  }
}

export const hand = new Hand()
