/** The Structs of gestures by the names the screens use. */
import type { components } from '../lib/wire.d'

type Schemas = components['schemas']

export type Gesture = Schemas['Gesture']
export type GivingTonight = Schemas['GesturesTonight']
export type GestureTask = Schemas['GestureTask']
export type CatalogueItem = Schemas['CatalogueItem']
export type CatalogueChoice = Schemas['CatalogueChoice']
export type Approval = Schemas['Approval']
export type Task = Schemas['Task']
export type Wish = Omit<Schemas['AskApproval'], 'id'>

/** Which party something is for: one of the three. */
export interface PartyRef {
  reservation_id?: string
  seating_id?: string
  wait_id?: string
}

/** Money in minor units: what may be given without asking, and what is left of it tonight. */
export interface Limits {
  gift: number
  person: number
  venue: number
}
