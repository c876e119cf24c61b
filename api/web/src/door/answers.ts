/** What the door's answer means, apart from how it is shown. */
import type { DoorOption, DoorOptions } from '../lib/wire'

/** How long a button whose meaning changed takes no tap (STAND.md 4). */
export const SETTLE_MS = 800

/** A party of tonight, as the sentences about it need it. */
export interface Known {
  reservation_id: string
  name: string
  party_size: number
  starts: string
  tables: string[]
}

/** What a tap on an option does: two options of the same meaning seat the same party alike. */
export function meaningOf(option: DoorOption): string {
  const tables = option.tables.join('+')
  const until = option.full_turn ? '' : option.turn_ends
  return [option.kind, tables, option.held_id ?? '', until, option.order?.server ?? ''].join('|')
}

/** Whether the party can sit down now without anybody's discretion. */
export function seatsNow(option: DoorOption): boolean {
  return option.kind !== 'wait' && !option.held_id
}

/**
 * The place of the option in brass: the advised one, else the first that seats now. -1 where none
 * seats now, because then the brass stands on the way to look further.
 */
export function bestOf(options: DoorOption[]): number {
  const first = options.findIndex(seatsNow)
  const advised = options.findIndex((each) => each.advised)
  return first >= 0 && advised >= 0 ? advised : first
}

/** `free`: a table now; `short`: a table, but not for the whole turn; `full`: none. */
export function stateOf(answer: DoorOptions): 'free' | 'short' | 'full' {
  const now = answer.options.filter(seatsNow)
  if (now.some((each) => each.full_turn)) return 'free'
  return now.length ? 'short' : 'full'
}

/** The first moment at which a table is foreseen for the party; null where none is. */
export function foreseenAt(answer: DoorOptions): string | null {
  return answer.options.find((each) => each.kind === 'wait')?.ready_at ?? null
}

/** Who sits there next, after the party's turn has to end. */
export function nextAt(tables: string[], after: string, known: Known[]): Known | undefined {
  const coming = known.filter(
    (each) => each.starts >= after && each.tables.some((table) => tables.includes(table)),
  )
  return coming.sort((a, b) => a.starts.localeCompare(b.starts))[0]
}

/** Remembers since when the button at a place means what it means. */
export class Meanings {
  #places = new Map<string, { meaning: string; since: number }>()

  /** What stands where from now on; returns the places whose meaning changed. */
  show(standing: Map<string, string>, at: number): string[] {
    const changed: string[] = []
    const next = new Map<string, { meaning: string; since: number }>()
    for (const [place, meaning] of standing) {
      const before = this.#places.get(place)
      if (before?.meaning === meaning) next.set(place, before)
      else next.set(place, { meaning, since: before ? at : Number.NEGATIVE_INFINITY })
      if (before && before.meaning !== meaning) changed.push(place)
    }
    this.#places = next
    return changed
  }

  /** Whether a tap there is meant for what stands there now. */
  settled(place: string, at: number): boolean {
    const known = this.#places.get(place)
    return known !== undefined && at - known.since >= SETTLE_MS
  }
}

/** Minutes and seconds that are left, as a host counts them: 1:48. */
export function countdown(until: string, now: number): string {
  const left = Math.max(0, Math.ceil((Date.parse(until) - now) / 1000))
  return `${Math.floor(left / 60)}:${String(left % 60).padStart(2, '0')}`
}
