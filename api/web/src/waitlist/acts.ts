/** What can be done for a waiting party now, the one thing first. */
import { stand } from '../lib/stand.svelte'
import type { Waiting } from '../lib/wire'

export type WaitAct =
  | { kind: 'call'; tables: string[] }
  | { kind: 'seat'; tables: string[] }
  | { kind: 'find' }

/** Called: its table, where one is kept; told that a table is free: call; else look for one. */
export function actFor(entry: Waiting): WaitAct {
  if (entry.state === 'notified' && entry.kept_tables.length) {
    return { kind: 'seat', tables: entry.kept_tables }
  }
  if (entry.state === 'waiting' && entry.suggested_tables.length) {
    return { kind: 'call', tables: entry.suggested_tables }
  }
  return { kind: 'find' }
}

/** What a tap on the one action means: another meaning takes no tap at once (STAND.md 4). */
export function meaningOfAct(entry: Waiting): string {
  const act = actFor(entry)
  return act.kind === 'find' ? 'find' : `${act.kind} ${act.tables.join('+')}`
}

export async function carryOut(entry: Waiting): Promise<void> {
  const act = actFor(entry)
  const { wait_id, version } = entry
  if (act.kind === 'find') {
    stand.sheet = { kind: 'door', wait: wait_id }
  } else if (act.kind === 'call') {
    await stand.order('/host/orders/notify', { wait_id, version })
  } else if (await stand.order('/host/orders/seat', { wait_id, version, tables: act.tables })) {
    if (stand.sheet?.kind === 'waiting') stand.close()
  }
}
