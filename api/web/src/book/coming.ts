/** Fields that the API is about to send and wire.d.ts does not have yet; each goes when it has come. */
import type * as wire from '../lib/wire'

export type Reservation = wire.Reservation & {
  visits?: number | null
  no_shows?: number | null
  tags?: string[]
}
export type Seating = wire.Seating & {
  guest_notes?: string
  allergies?: string
  visits?: number | null
  tags?: string[]
}
