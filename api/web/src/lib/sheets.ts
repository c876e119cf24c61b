/**
 * What lies over the list at the right, one at a time; Esc and a tap beside it close it.
 *
 * A sheet of kind `table` is the component TableSheet.svelte of whichever folder has it: it is given
 * `sheet` and draws itself inside shell/SheetPage.svelte. All are loaded when the stand is idle.
 */
import type { Component } from 'svelte'
import type { Right } from './wire'

export type Sheet =
  | { kind: 'table'; table: string }
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
  | { kind: 'notes' }
  | { kind: 'news' }
  | { kind: 'journal' }
  | { kind: 'person' }
  | { kind: 'settings' }
  | { kind: 'tablets' }
  | { kind: 'people' }
  | { kind: 'keys' }

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

type SheetComponent = Component<{ sheet: Sheet }>

const FILES = import.meta.glob<{ default: SheetComponent }>('../*/*Sheet.svelte')
const loaded = new Map<string, SheetComponent>()

/** The component of a kind where it is loaded already, so that it is shown in the same frame. */
export function sheetAtHand(kind: SheetKind): SheetComponent | undefined {
  return loaded.get(kind)
}

/** Whether there is a sheet of this kind. */
export function hasSheet(kind: SheetKind): boolean {
  return fileOf(kind) !== undefined
}

function fileOf(kind: SheetKind): string | undefined {
  const name = `/${kind[0]?.toUpperCase()}${kind.slice(1)}Sheet.svelte`
  return Object.keys(FILES).find((each) => each.endsWith(name))
}

/** Load the component of a kind; undefined where nobody has built it. */
export async function loadSheet(kind: SheetKind): Promise<SheetComponent | undefined> {
  const file = fileOf(kind)
  const found = loaded.get(kind) ?? (file ? (await FILES[file]?.())?.default : undefined)
  if (found) loaded.set(kind, found)
  return found
}

/** Load what a finger may ask for next, those named first: a tablet that is cut off still has them. */
export async function loadSheets(first: SheetKind[]): Promise<void> {
  try {
    for (const kind of first) await loadSheet(kind)
    await Promise.all(Object.values(FILES).map((load) => load()))
  } catch {
    // The service was away: each is asked for again when it is opened.
  }
}
