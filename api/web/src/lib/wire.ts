/** The Structs of the API by the names that the screens use; wire.d.ts is made from the API itself. */
import type { components, paths } from './wire.d'

type Schemas = components['schemas']

export type { paths }
export type House = Schemas['Floor']
export type Table = Schemas['Table']
export type Area = Schemas['Area']
export type Wall = Schemas['Wall']
export type Period = Schemas['Period']
export type Tonight = Schemas['StandView']
export type Reservation = Schemas['ReservationView']
export type Seating = Schemas['SeatingView']
export type Waiting = Schemas['WaitEntryView']
export type HeldTable = Schemas['HeldTableView']
export type Block = Schemas['Block']
export type Lever = Schemas['LeverShown']
export type Me = Schemas['Me']
export type Colleague = Schemas['Colleague']
export type LockedTonight = Schemas['LockedView']
export type DoorOptions = Schemas['DoorOptions']
export type DoorOption = Schemas['Option']
export type ServerLoad = Schemas['ServerLoad']
export type OrderResult = Schemas['OrderAnswer']
export type OrderWarning = Schemas['OrderWarning']
export type JournalEntry = Schemas['JournalEntry']
export type Role = Schemas['Role']
export type Right = Schemas['Right']
export type ServiceNote = Schemas['ServiceNote']
export type Alert = Schemas['Alert']
export type Approval = Schemas['Approval']
export type Case = Schemas['Case']
export type LateTold = Schemas['LateTold']
export type ThreadMessage = Schemas['ThreadMessage']

/** The orders of the floor, and what is sent with each; the id is made where it is left out. */
export type OrderPath = Extract<keyof paths, `/host/orders/${string}`>
/** What may wait for the network as well: an order of the floor, a note for who works tonight. */
export type ActPath = OrderPath | '/host/notes'
export type ActAnswer<P extends ActPath> = P extends OrderPath ? OrderResult : ServiceNote
export type OrderBody<P extends ActPath> = paths[P] extends {
  post: { requestBody: { content: { 'application/json': infer B } } }
}
  ? Omit<B, 'id'> & { id?: string }
  : never
