/** Fields of the wire that the service has not yet: each leaves this file when wire.d.ts has it. */
import type {
  Area,
  Block,
  HeldTable,
  LockedTonight,
  Me,
  OrderResult,
  Period,
  Reservation,
  Seating,
  Table,
  Tonight,
  Waiting,
  Wall,
} from './wire'

export type Role = Me['role'] | 'server' | 'kitchen' | 'viewer'

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
  counts?: StandCounts
  pressure?: unknown[]
}

export interface StandCounts {
  cases: number
  alerts: number
  tasks: number
  approvals: number
  requests: number
}

export interface JournalEntry {
  action_id: string
  kind: string
  at: string
  message: string
  said: string
  params: Record<string, unknown>
  staff_id: string | null
  staff_name: string | null
  party_name: string
  party_size: number | null
  tables: string[]
  reason: string | null
  undo_until: string | null
  undone_by: string | null
  undone_by_name: string | null
}

export interface JournalPage {
  items: JournalEntry[]
  next_cursor: string | null
}

export type LockedRoom = LockedTonight & {
  service: string | null
  room: {
    name: string
    zone: string
    locale: string
    areas: Area[]
    tables: Table[]
    walls: Wall[]
  }
}
