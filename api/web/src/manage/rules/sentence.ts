/** A rule as the sentence it is: its text with places, and the value of each place. */
import { placed } from './pieces'
import type { Path, Value } from './values'

export interface Action {
  name: string
  act: () => void
}

export interface Sentence {
  key: string
  text: string
  values: Record<string, Value>
  /** What it is about: advice and problems of this place stand under it. */
  about: Path
}

export interface Section {
  key: string
  title: string
  sentences: Sentence[]
  actions: Action[]
  /** Shown only when asked for: what hardly anybody touches. */
  more?: Sentence[]
}

/** A sentence; `say` is given the places of its values. */
export function sentence(
  about: Path,
  values: Record<string, Value>,
  say: (places: Record<string, string>) => string,
): Sentence {
  const key = [...about, ...Object.keys(values)].join('/')
  return { key, text: say(placed(Object.keys(values))), values, about }
}
