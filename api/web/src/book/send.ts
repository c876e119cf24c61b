/** Acts of rows and sheets as orders; what an answer's warnings ask for is asked once (STAND.md 12). */
import { type Deed, deedOf } from '../floor/drop'
import { hand, type InHand } from '../floor/hand.svelte'
import { would, wouldNot } from '../floor/preview'
import type { Preview } from '../floor/previewing.svelte'
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

/**
 * Carry out what a person chose. Where it turns out otherwise than the service said beforehand, the
 * room has changed meanwhile: that is said too.
 */
export async function carryOut(deed: Deed, expects: Preview | null = null): Promise<boolean> {
  // biome-ignore lint/suspicious/noExplicitAny: the body's type was checked per path
  const send = (anyway: Anyway) => stand.order(deed.path, { ...deed.body, anyway } as any)
  let done: OrderResult | null = null
  const fine = await asking(async (anyway) => {
    done = await send(anyway)
    return done
  })
  if (expects) sayWhatChanged(expects, done && would(done, deed))
  return fine
}

function sayWhatChanged(expects: Preview, done: Preview | null): void {
  const { said } = stand
  const now = done ?? (said?.refusal && !said.refusal.unreachable ? wouldNot(said.refusal) : null)
  if (!now || now.mark === expects.mark || expects.refused) return
  const text = said?.text ?? now.lines.join(' ')
  if (text) stand.said = { ...said, text: t('floor-changed', { said: text }) }
}

/** Seat who is in the hand at these tables; a party that sits already moves. */
export async function seatThem(who: InHand, tables: string[]): Promise<boolean> {
  const { scene } = hand
  const deed = scene && deedOf(who, tables, scene, false)
  return deed ? carryOut(deed) : false
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
    case 'unplan':
      await asking((anyway) => stand.order('/host/orders/unplan', { ...it, anyway }))
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
    case 'unseat':
      await asking((anyway) => stand.order('/host/orders/unseat', { ...it, anyway }))
      return
    case 'vacate':
      await stand.order('/host/orders/clear', { ...it, ready: false })
  }
}
