/** The answer to a clash, as orders: where ours sits, or where the others do. */
import { newId } from '../lib/ids'
import { stand } from '../lib/stand.svelte'
import type { ActPath, OrderBody, OrderResult, ServiceNote } from '../lib/wire'
import type { Clash } from './acts'

type Done = OrderResult | ServiceNote | null

/** Do ours again, at other tables where they are named; the time stays that of the act. */
export function seatOurs({ act }: Clash, tables: string[] | null): Promise<Done> {
  const body = { ...act.body, id: newId(), ...(tables ? { tables } : {}) }
  const late = { ...body, happened_at: act.at, by: act.by }
  return stand.order(act.path, late as unknown as OrderBody<ActPath>)
}

/** Move the others to where they sit, and then ours sits where it was said to. */
export async function moveTheirs(clash: Clash, tables: string[]): Promise<Done> {
  const { seating_id, version } = clash.now as { seating_id: string; version: number }
  const { at } = clash.act
  const moved = await stand.order('/host/orders/move', {
    seating_id,
    version,
    tables,
    happened_at: at,
  })
  return moved ? await seatOurs(clash, null) : null
}
