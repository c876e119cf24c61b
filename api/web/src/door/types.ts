/** The Structs of rescues by the names the door uses. */
import type { components } from '../lib/wire.d'

type Schemas = components['schemas']

export type Way = Schemas['OptionStatus']
export type WaysListed = Schemas['RescueListing']
export type WayKind = Way['option']['kind']
export type Call = Schemas['Alert']
export type Callable = Schemas['ColleagueOnTonight']
export type Foreseen = Schemas['ForeseenRefusal']
