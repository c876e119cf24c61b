/**
 * A party carried to a table by the finger: lifted after a hold, clear of the finger (STAND.md 9, 10).
 *
 * Rows of the list, bars of the timeline and tables can be lifted; a drop on a table seats, moves,
 * plans or joins, on the list it takes them back; anywhere else, Esc and a refusal leave all as it was.
 */
import type { Interactable } from '@interactjs/types'
import { stand } from '../lib/stand.svelte'
import { swallowClick } from '../lib/swallow'
import { t } from '../lib/words.svelte'
import type { Over } from './drop'
import { hand, type InHand } from './hand.svelte'
import { letGo } from './letting_go'
import { room } from './room.svelte'

const HOLD_MS = 350
/** The empty table of a timeline's row is lifted by its label, as on the floor by itself. */
const LIFTED =
  '[data-row], .label[data-table], .table.seated, .table.over, .table.promised, .table.free, .table.held'

/** Whom this element of the screen stands for, if they can be carried. */
function whoIs(element: HTMLElement): InHand | undefined {
  const { row, table } = element.dataset
  const tonight = stand.tonight
  const seatingId = table ? room.state(table)?.seating : row
  const seating = tonight?.seatings.find((each) => each.seating_id === seatingId)
  if (seating && seating.state !== 'cleared') {
    return { kind: 'seated', id: seating.seating_id, name: seating.name, size: seating.party_size }
  }
  const state = table ? room.state(table) : undefined
  const promised = state?.kind === 'promised' ? state.reservation : row
  const party = tonight?.reservations.find((each) => each.reservation_id === promised)
  if (party && (party.state === 'booked' || party.state === 'arrived')) {
    return { kind: 'party', id: party.reservation_id, name: party.name, size: party.party_size }
  }
  const waiting = tonight?.waiting.find((each) => each.wait_id === row)
  if (!waiting) return table ? emptyTable(table) : undefined
  return { kind: 'waiting', id: waiting.wait_id, name: waiting.name, size: waiting.party_size }
}

/** A table with nobody at it is pushed to another. */
export function emptyTable(id: string): InHand | undefined {
  const kind = room.state(id)?.kind
  if (kind === 'shut' || kind === 'reset' || kind === 'kept') return undefined
  const size = stand.house?.tables.find((each) => each.id === id)?.seats_max ?? 0
  return { kind: 'table', id, name: t('floor-table', { table: id }), size }
}

/** The table under the finger, or the list, if who is lifted does not come from there. */
export function overAt(x: number, y: number): Over | null {
  const found = document.elementFromPoint(x, y)
  const table = found?.closest<HTMLElement>('[data-table]')?.dataset.table
  if (table) return { kind: 'table', id: table }
  const list = found?.closest('[data-tray]')
  if (!list) return null
  return fromList ? atRow(found) : { kind: 'list' }
}

/** To guests who sit and are carried along the list, the row of others who do is their table. */
function atRow(found: Element | null | undefined): Over | null {
  const row = found?.closest<HTMLElement>('[data-row]')?.dataset.row
  const others = stand.tonight?.seatings.find((each) => each.seating_id === row)
  const [id] =
    hand.holds?.kind === 'seated' && others?.state !== 'cleared' ? (others?.tables ?? []) : []
  return id ? { kind: 'table', id } : null
}

let fromList = false

/** Made once: interactjs throws where one is unset while a finger holds what it would lift. */
let lifting: Interactable | undefined
let wanted = 0

/** Let parties be lifted everywhere on the stand; the returned function ends it. */
export async function letLift(): Promise<() => void> {
  const { default: interact } = await import('interactjs')
  lifting ??= liftable(interact(LIFTED))
  wanted += 1
  lifting.draggable(true)
  const still = (event: TouchEvent) => hand.dragging && event.cancelable && event.preventDefault()
  const giveUp = (event: KeyboardEvent) => event.key === 'Escape' && hand.dragging && hand.putBack()
  document.addEventListener('touchmove', still, { passive: false })
  document.addEventListener('keydown', giveUp)
  return () => {
    wanted -= 1
    lifting?.draggable(wanted > 0)
    document.removeEventListener('touchmove', still)
    document.removeEventListener('keydown', giveUp)
  }
}

function liftable(all: Interactable): Interactable {
  all.draggable({
    hold: HOLD_MS,
    ignoreFrom: 'button:not(.look, [data-table])',
    autoScroll: false,
    listeners: {
      start(event) {
        const element = event.target as HTMLElement
        const who = whoIs(element)
        // Gone during the hold. To stop the interaction here makes interactjs throw.
        if (!who) return
        element.classList.add('lifted')
        fromList = element.closest('[data-tray]') !== null
        hand.lift(who, event.clientX, event.clientY)
      },
      move(event) {
        if (hand.dragging)
          hand.carry(event.clientX, event.clientY, overAt(event.clientX, event.clientY))
      },
      end(event) {
        ;(event.target as HTMLElement).classList.remove('lifted')
        if (!hand.dragging) return
        swallowClick()
        void letGo()
      },
    },
  })
  // A row that nobody can be lifted from is no drag at all.
  return all.actionChecker(
    (_pointer: unknown, _event: unknown, action: object, _lifting: unknown, element: Element) =>
      whoIs(element as HTMLElement) ? action : null,
  )
}
