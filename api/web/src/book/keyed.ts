/** Keys about one party: that of the sheet that is open, else of the row, bar or table in focus. */
import { hand, type InHand } from '../floor/hand.svelte'
import { emptyTable } from '../floor/lift'
import { room } from '../floor/room.svelte'
import { stand } from '../lib/stand.svelte'
import type { Reservation, Seating } from '../lib/wire'
import { t } from '../lib/words.svelte'
import { type Act, type ActKind, allPartyActs, seatedActs } from './acts'
import { partyAct, seatedAct } from './send'

type Meant = { party: Reservation; seating?: undefined } | { seating: Seating; party?: undefined }

/** Whom a key is about, undefined: nobody. */
function meant(): Meant | undefined {
  const { sheet, tonight } = stand
  const focus = document.activeElement?.closest<HTMLElement>('[data-row], [data-table]')
  const table = focus?.dataset.row ? undefined : room.state(focus?.dataset.table ?? '')
  const ids = [
    sheet?.kind === 'party' ? sheet.reservation : null,
    sheet?.kind === 'seated' ? sheet.seating : null,
    ...(sheet ? [] : [focus?.dataset.row, table?.seating, table?.reservation]),
  ].filter((each) => each)
  const seating = tonight?.seatings.find((each) => ids.includes(each.seating_id))
  if (seating && seating.state !== 'cleared') return { seating }
  const party = tonight?.reservations.find((each) => ids.includes(each.reservation_id))
  return party && { party }
}

/** T: a table is typed for them, for who is in the hand already, or for an empty one to go to. */
export function typeTable(): void {
  const who = hand.holds ?? inHand(meant()) ?? pushed()
  if (!who) return
  hand.take(who)
  hand.typing = true
}

function pushed(): InHand | undefined {
  const { sheet } = stand
  const focus = document.activeElement?.closest<HTMLElement>('[data-table]')?.dataset.table
  const table = sheet?.kind === 'table' ? sheet.table : sheet ? undefined : focus
  return table && !room.state(table)?.seating ? emptyTable(table) : undefined
}

function inHand(one: Meant | undefined): InHand | undefined {
  if (!one) return undefined
  if (one.seating) {
    const { seating_id: id, name, party_size: size } = one.seating
    return { kind: 'seated', id, name, size }
  }
  const { reservation_id: id, name, party_size: size, state } = one.party
  return state === 'booked' || state === 'arrived' ? { kind: 'party', id, name, size } : undefined
}

/** Do what a key names, if the lifecycle allows it now; a no-show only after Enter. */
export function doKeyed(wanted: ActKind): void {
  const one = meant()
  if (!one) return
  const acts = one.seating ? seatedActs(one.seating, room.may) : allPartyActs(one.party, room)
  const act = acts.find((each) => each.kind === kindFor(one, wanted))
  if (!act) return
  if (act.kind !== 'no_show') void carryOut(one, act)
  else confirm(one, act)
}

/** Left: the guests at a table, or those who waited in vain. */
function kindFor(one: Meant, wanted: ActKind): ActKind {
  return wanted === 'clear' && one.party ? 'walk' : wanted
}

function carryOut(one: Meant, act: Act): Promise<void> {
  return one.seating ? seatedAct(act, one.seating) : partyAct(act, one.party)
}

function confirm(one: Meant, act: Act): void {
  const again = () => {
    stand.said = null
    void carryOut(one, act)
  }
  const name = (one.party ?? one.seating)?.name ?? ''
  const label = t('list-act-no_show')
  stand.said = { text: t('list-key-no-show', { name }), again, label }
  setTimeout(() => document.querySelector<HTMLElement>('.refused button')?.focus(), 60)
}
