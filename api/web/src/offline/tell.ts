/** What was done, in a sentence: the service tells its own once it knows. */
import type { Tonight } from '../lib/wire'
import { t } from '../lib/words.svelte'
import { nameOf } from './acts'

interface Who {
  name: string
  size: number
  tables: string[]
}

/** A sentence about an order that waits for the network. */
export function saidOf(
  path: string,
  body: Record<string, unknown>,
  tonight: Tonight | null,
): string {
  const { name, size, tables } = whoseIs(body, tonight)
  const named = (body.tables as string[] | undefined) ?? tables
  const at = named.join(' + ') || String(body.table_id ?? '')
  const party = name ? t('list-party', { name, size }) : t('offline-party', { size })
  return t(`offline-did-${nameOf(path)}`, { party, tables: at, text: String(body.text ?? '') })
}

function whoseIs(body: Record<string, unknown>, tonight: Tonight | null): Who {
  const promised = tonight?.reservations.find((each) => each.reservation_id === body.reservation_id)
  const sits = tonight?.seatings.find((each) => each.seating_id === body.seating_id)
  const waits = tonight?.waiting.find((each) => each.wait_id === body.wait_id)
  const found = promised ?? sits ?? waits
  return {
    name: String(body.name || found?.name || ''),
    size: Number(body.party_size ?? found?.party_size ?? 0),
    tables: found && 'tables' in found ? found.tables : [],
  }
}
