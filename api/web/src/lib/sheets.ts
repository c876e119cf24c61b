/**
 * What lies over the list at the right, one at a time; Esc and a tap beside it close it.
 *
 * A sheet of kind `table` is the component TableSheet.svelte of whichever folder has it: it is given
 * `sheet` and draws itself inside shell/SheetPage.svelte; lib/sheet_files.ts loads them.
 */
import type { Right } from './wire'

export type Sheet =
  | { kind: 'table'; table: string; pushed?: readonly string[] }
  | { kind: 'party'; reservation: string }
  | { kind: 'seated'; seating: string }
  | { kind: 'waiting'; wait: string }
  | { kind: 'wait'; size?: number; minutes?: number; name?: string }
  | { kind: 'door'; size?: number; reservation?: string; wait?: string; turnaway?: string }
  | { kind: 'alert'; alert: string }
  | { kind: 'give'; reservation?: string; seating?: string }
  | { kind: 'booking'; date?: string; size?: number; reservation?: string }
  | { kind: 'reservation'; reservation: string; date?: string }
  | { kind: 'search'; text?: string }
  | { kind: 'levers' }
  | { kind: 'sections' }
  | { kind: 'notes' }
  | { kind: 'news' }
  | { kind: 'journal' }
  | { kind: 'person' }
  | { kind: 'settings' }
  | { kind: 'tablets' }
  | { kind: 'people' }
  | { kind: 'keys' }
  | { kind: 'paper'; seating?: string }
  | { kind: 'offline' }

export type SheetKind = Sheet['kind']
/** The sheet of one kind: `let { sheet }: { sheet: SheetOf<'table'> } = $props()`. */
export type SheetOf<K extends SheetKind> = Extract<Sheet, { kind: K }>

const NEEDED: Partial<Record<SheetKind, Right>> = {
  door: 'host',
  wait: 'host',
  booking: 'host',
  reservation: 'contacts',
  search: 'contacts',
  alert: 'give',
  give: 'give',
  tablets: 'manage',
  people: 'manage',
}

/** The right that a sheet takes. */
export function neededFor(kind: SheetKind): Right {
  return NEEDED[kind] ?? 'look'
}
