/** The room as it is now: one state a table for floor, list and sheets; worked out once a minute or change. */
import { clock } from '../lib/clock.svelte'
import { stand } from '../lib/stand.svelte'
import type { Right } from '../lib/wire'
import { floorStates, type TableState } from './state'

const MINUTE = 60_000

class Room {
  /** Business time, moving by whole minutes: what is shown changes no oftener. */
  readonly now = $derived(Math.floor(clock.now / MINUTE) * MINUTE)
  readonly states: Map<string, TableState> = $derived(
    stand.house && stand.tonight ? floorStates(stand.house, stand.tonight, this.now) : new Map(),
  )

  /** What whoever is here may do; nothing else is offered. */
  get may(): readonly Right[] {
    return stand.me?.may ?? []
  }

  state(table: string): TableState | undefined {
    return this.states.get(table)
  }
}

export const room = new Room()
