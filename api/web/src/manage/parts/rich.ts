/** A sentence with what counts in it: `On **60 evenings** ...` in parts, the marked ones strong. */
export interface Part {
  text: string
  strong: boolean
}

/** The parts of a sentence, in order; `**` marks the beginning and the end of a strong one. */
export function partsOf(sentence: string): Part[] {
  return sentence
    .split('**')
    .map((text, place) => ({ text, strong: place % 2 === 1 }))
    .filter((part) => part.text)
}
