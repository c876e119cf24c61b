/** What a form holds and sends, and which sentence of a refusal belongs beside which of its fields. */
import { Refusal } from '../../lib/api'
import { type Contradiction, stepsOf } from './document'

export type Value = string | number | boolean | null | readonly Value[] | { [name: string]: Value }
export type Values = Record<string, Value>

export interface Option {
  value: string
  name: string
}

interface Common {
  /** The way to the value: `opens`, `text.en`. */
  name: string
  label: string
  hint?: string
}

/**
 * One field. `empty`: what is sent where nothing was given (null, unless it says otherwise).
 * `money`: minor units of a currency, typed in its usual units.
 */
export type Field = Common &
  (
    | { kind: 'text'; max?: number; lines?: number; empty?: string; secret?: boolean }
    | { kind: 'number'; unit?: string }
    | { kind: 'money'; currency: string }
    | { kind: 'time' }
    | { kind: 'date' }
    | { kind: 'yes' }
    | { kind: 'one'; options: readonly Option[] }
    | { kind: 'many'; options: readonly Option[]; unknown?: string }
    | { kind: 'list'; of: readonly Field[]; add: string; blank: Values; most?: number }
  )

/** Sentences by the name of the field; '' for what belongs to none. */
export type Wrong = Record<string, string>

/** A value of an object of objects by its name: `text.en`. */
export function at(values: Values, name: string): Value | undefined {
  let found: Value | undefined = values
  for (const step of name.split('.')) {
    if (found === null || typeof found !== 'object' || Array.isArray(found)) return undefined
    found = (found as Values)[step]
  }
  return found
}

/** The values with one replaced; what is around it is made where it is missing. */
export function put(values: Values, name: string, value: Value): Values {
  const [first = '', ...rest] = name.split('.')
  if (!rest.length) return { ...values, [first]: value }
  const inner = values[first]
  const object =
    inner && typeof inner === 'object' && !Array.isArray(inner) ? (inner as Values) : {}
  return { ...values, [first]: put(object, rest.join('.'), value) }
}

/**
 * The field that a path of a pointer lies in: the longest name that it begins with. In a list it is
 * the field of the entry: `limits.0.covers`.
 */
export function fieldAt(fields: readonly Field[], path: readonly string[]): string {
  for (let count = path.length; count > 0; count -= 1) {
    const name = path.slice(0, count).join('.')
    const field = fields.find((each) => each.name === name)
    if (!field) continue
    const [place = '', ...rest] = path.slice(count)
    const inner = field.kind === 'list' && /^\d+$/.test(place) ? fieldAt(field.of, rest) : ''
    return inner ? `${name}.${place}.${inner}` : name
  }
  return ''
}

/**
 * What a refusal says of each field. `depth`: how many steps of a pointer lead to the form's values
 * (3 for an entry of a section of a patch: `/patch/periods/dinner/opens`; 0 for a plain body).
 */
export function wrongIn(
  refusal: Refusal,
  fields: readonly Field[],
  depth: number,
  say: (key: string | undefined, params: unknown, otherwise: string) => string,
): Wrong {
  const errors = refusal.problem.errors as Contradiction[] | undefined
  const found: Wrong = {}
  for (const error of errors ?? []) {
    const path = stepsOf(error.pointer).slice(depth)
    const detail = String((error as unknown as { detail?: string }).detail ?? '')
    add(found, fieldAt(fields, path), say(error.message, error.params, detail))
  }
  if (!errors?.length) add(found, '', say(refusal.messageKey, refusal.params, refusal.detail))
  return found
}

/** What a draft says against itself of one entry, by field. `place`: the steps that lead to it. */
export function contradictionsAt(
  problems: readonly Contradiction[],
  place: readonly (string | number)[],
  fields: readonly Field[],
  say: (key: string | undefined, params: unknown, otherwise: string) => string,
): Wrong {
  const found: Wrong = {}
  for (const { pointer, message, params, sentence } of problems) {
    const steps = stepsOf(pointer)
    if (place.some((step, index) => steps[index] !== String(step))) continue
    add(found, fieldAt(fields, steps.slice(place.length)), say(message, params, sentence))
  }
  return found
}

function add(found: Wrong, name: string, sentence: string): void {
  const before = found[name]
  if (before?.includes(sentence)) return
  found[name] = before ? `${before} ${sentence}` : sentence
}

/** A typed number, or the text where it is none: the service then says what it expected. */
export function numberIn(typed: string): number | string | null {
  const plain = typed.trim().replace(',', '.')
  if (!plain) return null
  const number = Number(plain)
  return Number.isFinite(number) ? number : typed
}

/** An amount in minor units from what was typed in usual ones: "12.50" is 1250. */
export function minorIn(typed: string, currency: string): number | string | null {
  const number = numberIn(typed)
  return typeof number === 'number' ? Math.round(number * 10 ** decimalsOf(currency)) : number
}

/** An amount in minor units as it is typed: 1250 is "12.50", 1200 is "12". */
export function usual(minor: number, currency: string): string {
  const decimals = decimalsOf(currency)
  const amount = minor / 10 ** decimals
  return Number.isInteger(amount) ? `${amount}` : amount.toFixed(decimals)
}

function decimalsOf(currency: string): number {
  const options = { style: 'currency', currency } as const
  return new Intl.NumberFormat('en', options).resolvedOptions().maximumFractionDigits ?? 2
}

export function isRefusal(error: unknown): error is Refusal {
  return error instanceof Refusal
}
