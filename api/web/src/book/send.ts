/** Acts of rows and sheets as orders; what an answer's warnings ask for is asked once (STAND.md 12). */
import type { InHand } from '../floor/hand.svelte'
import { hand } from '../floor/hand.svelte'
import { room } from '../floor/room.svelte'
import { stand } from '../lib/stand.svelte'
import type { OrderResult, OrderWarning, Reservation, Seating } from '../lib/wire'
import { t, told } from '../lib/words.svelte'
import { type Act, keepUntil } from './acts'

type Anyway = NonNullable<Parameters<typeof stand.order<'/host/orders/seat'>>[1]['anyway']>
type Send = (anyway: Anyway) => Promise<OrderResult | null>

/** Send it; where it asks whether it is meant, ask the person, and send it again if it is. */
async function asking(send: Send): Promise<boolean> {
  if (await send([])) return true
  const refusal = stand.said?.refusal
  if (refusal?.code !== 'NEEDS_ANYWAY') return false
  const warnings = (refusal.problem.warnings ?? []) as OrderWarning[]
  const asks = warnings.filter((each) => each.asks)
  const text = asks.map((each) => told(each.message, each.params, each.detail)).join(' ')
  const again = () => {
    stand.said = null
    void send(asks.map((each) => each.code)).then((done) => done && hand.putBack())
  }
  stand.said = { text, refusal, again, label: t('list-anyway') }
  return false
}

/** Seat who is in the hand at these tables; a party that sits already moves. */
export function seatThem(who: InHand, tables: string[]): Promise<boolean> {
  const tonight = stand.tonight
  if (who.kind === 'seated') {
    const seating = tonight?.seatings.find((each) => each.seating_id === who.id)
    if (!seating) return Promise.resolve(false)
    const { seating_id, version } = seating
    return asking((anyway) =>
      stand.order('/host/orders/move', { seating_id, version, tables, anyway }),
    )
  }
  const held_id = heldAt(tables)
  if (who.kind === 'walk_in') {
    const party_size = who.size
    return asking((anyway) =>
      stand.order('/host/orders/seat', { tables, party_size, held_id, anyway }),
    )
  }
  if (who.kind === 'waiting') {
    const waiting = tonight?.waiting.find((each) => each.wait_id === who.id)
    if (!waiting) return Promise.resolve(false)
    const { wait_id, version } = waiting
    return asking((anyway) =>
      stand.order('/host/orders/seat', { tables, wait_id, version, held_id, anyway }),
    )
  }
  const party = tonight?.reservations.find((each) => each.reservation_id === who.id)
  if (!party) return Promise.resolve(false)
  const { reservation_id, version } = party
  return asking((anyway) =>
    stand.order('/host/orders/seat', { tables, reservation_id, version, held_id, anyway }),
  )
}

/** Keep these tables for a party that is still to come. */
export function planFor(party: Reservation, tables: string[]): Promise<boolean> {
  const { reservation_id, version } = party
  return asking((anyway) =>
    stand.order('/host/orders/assign', { reservation_id, version, tables, anyway }),
  )
}

function heldAt(tables: string[]): string | null {
  return tables.map((id) => room.state(id)).find((each) => each?.kind === 'held')?.held ?? null
}

/** Carry out an act on a party; what opens a choice opens it. */
export async function partyAct(act: Act, party: Reservation): Promise<void> {
  const { reservation_id, version, name, party_size: size } = party
  const it = { reservation_id, version }
  switch (act.kind) {
    case 'seat':
      await seatThem({ kind: 'party', id: reservation_id, name, size }, act.tables)
      return
    case 'find':
      hand.take({ kind: 'party', id: reservation_id, name, size })
      return
    case 'arrive':
      await asking((anyway) => stand.order('/host/orders/arrive', { ...it, arrived: size, anyway }))
      return
    case 'some':
      await stand.order('/host/orders/arrive', {
        ...it,
        arrived: Math.min(size, party.arrived + 1),
      })
      return
    case 'keep':
      await stand.order('/host/orders/tell-late', { ...it, until: keepUntil(party, room.now) })
      return
    case 'call':
      await stand.order('/host/orders/call', { ...it, by: 'voice' })
      return
    case 'coming':
      await stand.order('/host/orders/coming', it)
      return
    case 'no_show':
      await stand.order('/host/orders/no-show', it)
      return
    case 'walk':
      await stand.order('/host/orders/walk', it)
      return
    case 'reopen':
      await asking((anyway) => stand.order('/host/orders/reopen', { ...it, anyway }))
      return
    case 'approve':
      await asking((anyway) => stand.order('/host/orders/approve', { ...it, anyway }))
      return
    case 'decline':
      await stand.order('/host/orders/decline', it)
      return
    case 'cancel':
      stand.sheet = { kind: 'reservation', reservation: reservation_id }
  }
}

const MORE_MINUTES = 15

/** Carry out an act on a party that sits. */
export async function seatedAct(act: Act, seating: Seating): Promise<void> {
  const { seating_id, version, name, party_size: size } = seating
  const it = { seating_id, version }
  switch (act.kind) {
    case 'serve':
      await stand.order('/host/orders/serve', { ...it, check_down: true })
      return
    case 'pay':
      await stand.order('/host/orders/pay', it)
      return
    case 'extend':
      await asking((anyway) =>
        stand.order('/host/orders/extend', { ...it, minutes: MORE_MINUTES, anyway }),
      )
      return
    case 'move':
      hand.take({ kind: 'seated', id: seating_id, name, size })
      return
    case 'clear':
      await stand.order('/host/orders/clear', { ...it, ready: true })
      return
    case 'vacate':
      await stand.order('/host/orders/clear', { ...it, ready: false })
  }
}
