/** The keys of a keyboard at the stand (STAND.md "Keys"): what each asks for; null: not ours. */
export type Wish =
  | { do: 'view'; view: 'floor' | 'timeline' | 'book' | 'door' }
  | { do: 'sheet'; kind: 'journal' | 'wait' | 'keys' }
  | { do: 'search' }
  | { do: 'size'; size: number }
  | { do: 'table' }
  | { do: 'act'; act: 'arrive' | 'seat' | 'keep' | 'call' | 'clear' | 'no_show' }
  | { do: 'undo' }
  | { do: 'lock' }

/** What of a KeyboardEvent matters. */
export interface Pressed {
  key: string
  shiftKey: boolean
  ctrlKey: boolean
  metaKey: boolean
  altKey: boolean
}

const LETTERS: Record<string, Wish> = {
  f: { do: 'view', view: 'floor' },
  p: { do: 'view', view: 'timeline' },
  d: { do: 'view', view: 'door' },
  t: { do: 'table' },
  a: { do: 'act', act: 'arrive' },
  s: { do: 'act', act: 'seat' },
  k: { do: 'act', act: 'keep' },
  c: { do: 'act', act: 'call' },
  l: { do: 'act', act: 'clear' },
  n: { do: 'act', act: 'no_show' },
  j: { do: 'sheet', kind: 'journal' },
  w: { do: 'sheet', kind: 'wait' },
  b: { do: 'view', view: 'book' },
  '/': { do: 'search' },
  '?': { do: 'sheet', kind: 'keys' },
  u: { do: 'undo' },
}

/** `letters`: whether single letters act, which can be switched off. */
export function wishOf(pressed: Pressed, letters: boolean): Wish | null {
  const { key, shiftKey, ctrlKey, metaKey, altKey } = pressed
  if (key === 'Escape' && shiftKey) return { do: 'lock' }
  if ((ctrlKey || metaKey) && !shiftKey && !altKey && key.toLowerCase() === 'z') {
    return { do: 'undo' }
  }
  if (ctrlKey || metaKey || altKey || !letters) return null
  if (/^[0-9]$/.test(key)) return { do: 'size', size: Number(key) || 10 }
  return LETTERS[key.toLowerCase()] ?? null
}

/** Whether a key goes into a text that somebody writes. */
export function isWriting(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false
  return target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName)
}
