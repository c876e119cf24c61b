/**
 * What was fetched again is mostly what was known: where it is the same, the old object stays, so that
 * nothing is drawn again that did not change.
 */

const IDS = ['reservation_id', 'seating_id', 'wait_id', 'held_id', 'key', 'id'] as const

type Things = Record<string, unknown>

/** `fresh`, with each part of it that equals its part of `old` taken from there; `old` if all do. */
export function shared<T>(old: T, fresh: T): T {
  if (old === fresh || !isObject(old) || !isObject(fresh)) return fresh
  if (Array.isArray(fresh)) return Array.isArray(old) ? (sharedList(old, fresh) as T) : fresh
  if (Array.isArray(old)) return fresh
  return sharedThings(old as Things, fresh as Things) as T
}

/** A map of the same, by its keys. */
export function sharedMap<V>(old: Map<string, V>, fresh: Map<string, V>): Map<string, V> {
  for (const [key, value] of fresh) {
    const before = old.get(key)
    if (before !== undefined) fresh.set(key, shared(before, value))
  }
  return fresh
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null
}

function sharedList(old: readonly unknown[], fresh: readonly unknown[]): readonly unknown[] {
  const name = IDS.find((each) => isObject(fresh[0]) && each in fresh[0])
  const byId = name && new Map(old.map((each) => [(each as Things)[name], each]))
  const list = fresh.map((each, place) =>
    shared(byId ? byId.get((each as Things)[name]) : old[place], each),
  )
  const same = list.length === old.length && list.every((each, place) => each === old[place])
  return same ? old : list
}

function sharedThings(old: Things, fresh: Things): Things {
  const names = Object.keys(fresh)
  let same = names.length === Object.keys(old).length
  const found: Things = {}
  for (const name of names) {
    found[name] = shared(old[name], fresh[name])
    same &&= found[name] === old[name]
  }
  return same ? old : found
}
