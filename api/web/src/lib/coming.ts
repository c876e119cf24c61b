/** Fields of the wire that the service has not yet: each leaves this file when wire.d.ts has it. */
import type {
  Block,
  HeldTable,
  OrderResult,
  Period,
  Reservation,
  Seating,
  Tonight,
  Waiting,
} from './wire'

export interface ChangeInWords {
  message: string
  params: Record<string, unknown>
  said: string
}

/** What an order answers with: whatever it changed, as GET /host/tonight shows it. */
export type OrderAnswer = Omit<
  OrderResult,
  'reservations' | 'seatings' | 'waiting' | 'held' | 'blocks' | 'levers'
> & {
  changed: ChangeInWords
  period_id: string | null
  period: Period | null
  reservations: Reservation[]
  seatings: Seating[]
  waiting: Waiting[]
  held: HeldTable[]
  blocks: Block[]
  levers: Tonight['levers']
  removed_reservations: string[]
  removed_held: string[]
  removed_blocks: string[]
  host_holds: Tonight['host_holds']
  next_by_table: Tonight['next_by_table']
  counts: Tonight['counts']
  pressure: Tonight['pressure']
}
