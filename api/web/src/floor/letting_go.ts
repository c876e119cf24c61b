/** The finger lets go, or the brass button is pressed: the order goes out, or the question is asked. */
import { carryOut } from '../book/send'
import { stand } from '../lib/stand.svelte'
import type { Deed, Drop } from './drop'
import { hand } from './hand.svelte'
import type { Preview } from './previewing.svelte'

/** Let go: what is under the finger happens; anywhere else, and if refused, all is as it was. */
export async function letGo(): Promise<void> {
  const { dropHere, preview } = hand
  const stays = hand.holds
  hand.putBack()
  if (!dropHere || !stays) return
  if (dropHere.asks) ask(stays, dropHere, preview)
  else await carryOutFirst(dropHere, preview)
}

/** Do what is chosen for who is in the hand; they stay there if it is refused. */
export async function doChosen(drop: Drop | undefined = hand.dropOfTables): Promise<void> {
  const { holds, preview } = hand
  if (!holds || !drop) return
  if (drop.asks) ask(holds, drop, preview)
  else if (await carryOutFirst(drop, preview)) hand.putBack()
}

/** One of the things that were asked about. */
export async function choose(deed: Deed): Promise<void> {
  const asked = hand.asks
  hand.putBack()
  const first = asked?.deeds[0] === deed
  await carryOut(deed, first ? (asked?.expects ?? null) : null)
}

function ask(
  holds: { name: string; size: number },
  { deeds }: Drop,
  expects: Preview | null,
): void {
  hand.putBack()
  const pushed = deeds.find((each) => each.path === '/host/orders/seat')?.tables
  if (pushed) askHowMany(pushed)
  else hand.asks = { name: holds.name, size: holds.size, deeds, expects }
}

/** Of tables pushed together for whoever comes in, the question is how many they are. */
function askHowMany([table, ...pushed]: readonly string[]): void {
  if (table) stand.sheet = { kind: 'table', table, pushed }
}

function carryOutFirst({ deeds: [first] }: Drop, preview: Preview | null): Promise<boolean> {
  return first ? carryOut(first, preview) : Promise.resolve(false)
}
