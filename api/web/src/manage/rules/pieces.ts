/**
 * A sentence with places in it: `Keep ⟨count⟩ tables`, as text and places in order; `after` is what
 * must not be parted from its place at the end of a line.
 */
export type Piece = { text: string } | { place: string; after: string }

const PLACE = /⟨([\w-]+)⟩/
const STOP = /^[.,;:)]+/

/** What a message is given for a value, so that its place is found in the sentence that comes back. */
export function placed(names: readonly string[]): Record<string, string> {
  return Object.fromEntries(names.map((name) => [`v-${name}`, `⟨${name}⟩`]))
}

/** The pieces of a sentence. */
export function piecesOf(sentence: string): Piece[] {
  const parts = sentence.split(PLACE)
  const pieces: Piece[] = []
  for (const [number, part] of parts.entries()) {
    if (number % 2)
      pieces.push({ place: part, after: STOP.exec(parts[number + 1] ?? '')?.[0] ?? '' })
    else if (number) pieces.push({ text: part.replace(STOP, '') })
    else pieces.push({ text: part })
  }
  return pieces.filter((piece) => !('text' in piece) || piece.text)
}
