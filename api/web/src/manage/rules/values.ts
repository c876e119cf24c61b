/** Values of the rules as a sentence shows them: where each stands, and how it is touched. */
import type { components } from '../../lib/wire.d'

export type Rules = components['schemas']['Rules']
export type Day = components['schemas']['Day']
export const WEEK: readonly Day[] = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun']

/** A step into a list of entries that have a name is that name, else the entry's place. */
export type Path = readonly (string | number)[]

interface Common {
  path: Path
  /** What it is, for who does not see the sentence. */
  name: string
  /** What else can be done at this value. */
  extra?: { name: string; act: () => void } | undefined
}

export interface NumberValue extends Common {
  kind: 'number'
  /** The stored number is the shown one times this: 0.01 for percent. */
  scale: number
  min: number
  max: number
  step: number
  shown: (stored: number) => string
  /** What null says, where it may be null; `from` is the stored number that a first touch gives. */
  none?: { name: string; from: number } | undefined
  /** The stored value is counted from another: a step of a ladder shows what is given back. */
  from?: number | undefined
}

export interface ChoiceValue extends Common {
  kind: 'choice'
  options: readonly { value: string | number | boolean | null; name: string }[]
}

export interface DaysValue extends Common {
  kind: 'days'
  shown: (days: readonly Day[]) => string
}

export interface AreasValue extends Common {
  kind: 'some'
  options: readonly { value: string; name: string }[]
  shown: (chosen: readonly string[]) => string
}

export interface TimeValue extends Common {
  kind: 'time'
}

export type Value = NumberValue | ChoiceValue | DaysValue | AreasValue | TimeValue

type Things = Record<string | number, unknown>

/** What stands at a path; undefined where the way there ends. */
export function valueAt(rules: Rules, path: Path): unknown {
  let at: unknown = rules
  for (const step of path) {
    if (at === null || typeof at !== 'object') return undefined
    at = (at as Things)[placeOf(at, step)]
  }
  return at
}

/** Put a value at a path of rules that may be changed. */
export function putAt(rules: Rules, path: Path, value: unknown): void {
  const holder = valueAt(rules, path.slice(0, -1)) as Things | undefined
  const last = path.at(-1)
  if (holder && last !== undefined) holder[placeOf(holder, last)] = value
}

/** The name of a held window, and the key of what else has one, is its place in its list. */
function placeOf(holder: object, step: string | number): string | number {
  if (!Array.isArray(holder) || typeof step === 'number') return step
  return holder.findIndex((each: Things) => each.name === step || each.key === step)
}

/** The same, whatever the order of members; days and areas say the same in any order. */
export function same(one: unknown, other: unknown): boolean {
  return JSON.stringify(plain(one)) === JSON.stringify(plain(other))
}

function plain(value: unknown): unknown {
  if (Array.isArray(value)) {
    const all = value.map(plain)
    return all.every((each) => typeof each === 'string') ? all.sort() : all
  }
  if (value === null || typeof value !== 'object') return value ?? null
  const sorted = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))
  return Object.fromEntries(sorted.map(([name, each]) => [name, plain(each)]))
}

/** The merge patch that makes `now` of `base`: members of sections, lists whole. */
export function patchOf(base: Rules, now: Rules): Record<string, unknown> {
  return differing(base as unknown as Things, now as unknown as Things)
}

function differing(base: Things, now: Things): Record<string, unknown> {
  const found: Record<string, unknown> = {}
  for (const [name, value] of Object.entries(now)) {
    const before = base[name]
    if (same(before, value)) continue
    const both = [before, value].every(
      (each) => each !== null && typeof each === 'object' && !Array.isArray(each),
    )
    found[name] = both ? differing(before as Things, value as Things) : value
  }
  return found
}

/** A pointer of a problem document, `/patch/holds/0/count`, as a path of these rules. */
export function pathOf(pointer: string, rules: Rules): Path {
  const [, _, ...steps] = pointer
    .split('/')
    .map((step) => step.replace(/~1/g, '/').replace(/~0/g, '~'))
  const path: (string | number)[] = []
  for (const step of steps) {
    const at = valueAt(rules, path)
    if (!Array.isArray(at)) {
      path.push(step)
      continue
    }
    const entry = at[Number(step)] as Things | undefined
    path.push(path[0] === 'holds' && path.length === 1 ? `${entry?.name ?? step}` : Number(step))
  }
  return path
}

/** Whether a path leads to a place, or into it, or to what holds it. */
export function meets(one: Path, other: Path): boolean {
  const both = Math.min(one.length, other.length)
  return both > 0 && one.slice(0, both).every((step, place) => `${step}` === `${other[place]}`)
}
