/** A stored value as its sentence says it. */
import type { Day, Value } from './values'

export function shownOf(value: Value, stored: unknown): string {
  switch (value.kind) {
    case 'number':
      if (stored === null || stored === undefined) return value.none?.name ?? ''
      return value.shown(value.from === undefined ? Number(stored) : value.from - Number(stored))
    case 'choice':
      return value.options.find((each) => each.value === stored)?.name ?? String(stored ?? '')
    case 'days':
      return value.shown((stored ?? []) as Day[])
    case 'some':
      return value.shown((stored ?? []) as string[])
    case 'time':
      return String(stored ?? '').slice(0, 5)
  }
}
