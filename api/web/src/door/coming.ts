/** What the door's answer is about to tell besides (the wire's own types follow; then this goes). */
import type { DoorOption, DoorOptions } from '../lib/wire'

export interface Moved {
  reservation_id: string
  name: string
  party_size: number
  starts: string
  to_tables: string[]
}

export interface Exposed {
  reservation_id: string
  name: string
  party_size: number
  starts: string
}

/** `asks`: codes of the warnings that the seat order would ask for. */
export type Choice = DoorOption & {
  moves?: Moved[]
  exposes_parties?: Exposed[]
  asks?: string[]
}

/** `code`: why nothing can be offered; `version`: of the period, as the answer saw it. */
export type DoorAnswer = Omit<DoorOptions, 'options'> & {
  options: Choice[]
  code?: string | null
  message?: string | null
  params?: Record<string, unknown>
  playbook?: { ordinary: string } | null
  version?: number
}
