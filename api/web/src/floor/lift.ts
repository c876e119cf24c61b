/**
 * A party carried to a table by the finger: lifted after a hold, clear of the finger (STAND.md 9, 10).
 *
 * Rows of the list and tables with guests can be lifted; a drop on a table seats or moves, a drop
 * anywhere else, Esc and a refusal put everything back.
 */
import type { Interactable } from '@interactjs/types'
import { stand } from '../lib/stand.svelte'
import { swallowClick } from '../lib/swallow'
import { hand, type InHand } from './hand.svelte'
import { room } from './room.svelte'

const HOLD_MS = 350
const LIFTED = '[data-row], [data-table].seated, [data-table].over'

/** Whom this element of the screen stands for, if they can be carried. */
function whoIs(element: HTMLElement): InHand | undefined {
  const { row, table } = element.dataset
  const tonight = stand.tonight
  const seatingId = table ? room.state(table)?.seating : row
  const seating = tonight?.seatings.find((each) => each.seating_id === seatingId)
  if (seating && seating.state !== 'cleared') {
    return { kind: 'seated', id: seating.seating_id, name: seating.name, size: seating.party_size }
  }
  const party = tonight?.reservations.find((each) => each.reservation_id === row)
  if (party && (party.state === 'booked' || party.state === 'arrived')) {
    return { kind: 'party', id: party.reservation_id, name: party.name, size: party.party_size }
  }
  const waiting = tonight?.waiting.find((each) => each.wait_id === row)
  if (!waiting) return undefined
  return { kind: 'waiting', id: waiting.wait_id, name: waiting.name, size: waiting.party_size }
}

function tableAt(x: number, y: number): string | null {
  const table = document.elementFromPoint(x, y)?.closest<HTMLElement>('[data-table]')
  return table?.dataset.table ?? null
}

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
        hand.lift(who, event.clientX, event.clientY)
      },
      move(event) {
        if (hand.dragging)
          hand.carry(event.clientX, event.clientY, tableAt(event.clientX, event.clientY))
      },
      end(event) {
        ;(event.target as HTMLElement).classList.remove('lifted')
        if (!hand.dragging) return
        swallowClick()
        void hand.drop()
      },
    },
  })
  // A row that nobody can be lifted from is no drag at all.
  return all.actionChecker(
    (_pointer: unknown, _event: unknown, action: object, _lifting: unknown, element: Element) =>
      whoIs(element as HTMLElement) ? action : null,
  )
}
