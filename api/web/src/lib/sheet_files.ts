/** The components of the sheets, loaded when the stand is idle; not by the desk, which has none. */
import type { Component } from 'svelte'
import type { Sheet, SheetKind } from './sheets'

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
