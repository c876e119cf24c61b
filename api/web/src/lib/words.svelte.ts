/** Words in the person's language: the screens' own, and the service's messages by key and params. */
import { FluentBundle, FluentResource, type FluentVariable } from '@fluent/bundle'

export const LANGUAGES = ['en', 'ru'] as const
export type Language = (typeof LANGUAGES)[number]

/** The texts of a catalogue, fetched when their language is spoken. */
export type Catalogue = Record<Language, () => Promise<{ default: string[] }>>

const OWN: Catalogue[] = [{ en: () => import('../words/en'), ru: () => import('../words/ru') }]
const LOCALES: Record<Language, string> = { en: 'en-GB', ru: 'ru-RU' }
const CHOSEN = 'maitred.language'

/** A message of the service: the key of a sentence in its catalogue. */
export interface Told {
  key: string
  params?: Record<string, unknown>
}

let language = $state<Language>('en')
let own = $state.raw(new FluentBundle('en-GB'))
let service = $state.raw<FluentBundle | null>(null)

export const words = {
  get language(): Language {
    return language
  },
  get locale(): string {
    return LOCALES[language]
  },
}

/** The language to begin with: chosen on this tablet, else the venue's, else the browser's. */
export function preferredLanguage(venueLocale?: string): Language {
  const asked = [localStorage.getItem(CHOSEN), venueLocale, ...navigator.languages]
  for (const each of asked) {
    const known = LANGUAGES.find((one) => each?.toLowerCase().startsWith(one))
    if (known) return known
  }
  return 'en'
}

/** Words of one page more, said in each language that is spoken from now on. */
export function alsoSpeak(catalogue: Catalogue): void {
  if (!OWN.includes(catalogue)) OWN.push(catalogue)
}

/** Speak a language from now on; `choose` remembers it on this tablet. */
export async function speak(wanted: Language, choose = false): Promise<void> {
  const texts = (await Promise.all(OWN.map((each) => each[wanted]()))).flatMap(
    (each) => each.default,
  )
  const bundle = new FluentBundle(LOCALES[wanted], { useIsolating: false })
  for (const text of texts) bundle.addResource(new FluentResource(text))
  if (choose) localStorage.setItem(CHOSEN, wanted)
  own = bundle
  if (language !== wanted) service = null
  language = wanted
  document.documentElement.lang = wanted
}

/** Fetch the service's catalogue once for the language, for `told`. */
export async function learnServiceWords(): Promise<void> {
  if (service) return
  const wanted = language
  const answer = await fetch(`/host/words/${wanted}`)
  if (!answer.ok || wanted !== language) return
  const bundle = new FluentBundle(LOCALES[wanted], { useIsolating: false })
  bundle.addResource(new FluentResource(await answer.text()))
  service = bundle
}

/** A text of the screens' own catalogue; the key itself where it is missing (a test finds those). */
export function t(key: string, params?: Record<string, FluentVariable>): string {
  return format(own, key, params) ?? key
}

/** A sentence of the service in the person's language, else `otherwise`, its own wording. */
export function told(key: string | undefined, params: unknown, otherwise: string): string {
  if (!service || !key) return otherwise
  return format(service, key, paramsOf(params)) ?? otherwise
}

/** Sentences of the service one after the other in the person's language, else `otherwise`. */
export function toldAll(said: { key: string; params?: unknown }[], otherwise: string): string {
  const sentences = said.map((each) => told(each.key, each.params, ''))
  return sentences.length && sentences.every(Boolean) ? sentences.join(' ') : otherwise
}

function format(bundle: FluentBundle, key: string, params?: Record<string, FluentVariable>) {
  const pattern = bundle.getMessage(key)?.value
  if (!pattern) return undefined
  const errors: Error[] = []
  const said = bundle.formatPattern(pattern, params ?? {}, errors)
  return errors.length ? undefined : said
}

function paramsOf(params: unknown): Record<string, FluentVariable> {
  const entries = Object.entries((params ?? {}) as Record<string, unknown>)
  return Object.fromEntries(entries.map(([name, value]) => [name, written(value)]))
}

function written(value: unknown): FluentVariable {
  if (typeof value === 'number' || typeof value === 'string') return value
  if (Array.isArray(value)) {
    return new Intl.ListFormat(words.locale).format(value.map((each) => String(written(each))))
  }
  const { kind, ...rest } = value as { kind?: string } & Record<string, unknown>
  if (kind === 'money') return money(Number(rest.minor), String(rest.currency))
  if (kind === 'date') return dateOf(String(rest.date), rest.form as DateForm)
  if (kind === 'message') return told(String(rest.key), rest.params, String(rest.key))
  return ''
}

/** An amount of minor units as the language writes it, without cents where there are none. */
export function money(minor: number, currency: string): string {
  const digits = new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions()
  const amount = minor / 10 ** (digits.maximumFractionDigits ?? 2)
  const style = { style: 'currency', currency, trailingZeroDisplay: 'stripIfInteger' } as const
  return new Intl.NumberFormat(words.locale, style).format(amount)
}

export type DateForm = 'day' | 'weekday' | 'full' | 'far' | 'year'

const FORMS: Record<DateForm, Intl.DateTimeFormatOptions> = {
  day: { day: 'numeric', month: 'long' },
  weekday: { weekday: 'long' },
  full: { weekday: 'long', day: 'numeric', month: 'long' },
  far: { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' },
  year: { day: 'numeric', month: 'long', year: 'numeric' },
}

/** A service date (YYYY-MM-DD) in words. */
export function dateOf(date: string, form: DateForm = 'day'): string {
  const options = { ...FORMS[form], timeZone: 'UTC' }
  return new Intl.DateTimeFormat(words.locale, options).format(new Date(`${date}T00:00:00Z`))
}

const times = new Map<string, Intl.DateTimeFormat>()

/** An instant as the venue's clock shows it: 19:45. */
export function timeOf(instant: string | Date, zone: string): string {
  let format = times.get(zone)
  if (!format) {
    format = new Intl.DateTimeFormat('en-GB', {
      hour: '2-digit',
      minute: '2-digit',
      timeZone: zone,
    })
    times.set(zone, format)
  }
  return format.format(typeof instant === 'string' ? new Date(instant) : instant)
}
