/** A PIN as it is typed: digits only, sent by itself when it is as long as this person's last one. */

export const SHORTEST = 4
export const LONGEST = 8

const lengths = new Map<string, number>()

/** What is typed after a key: a digit, Backspace, or anything else, which changes nothing. */
export function typed(pin: string, key: string): string {
  if (key === 'Backspace') return pin.slice(0, -1)
  return /^\d$/.test(key) && pin.length < LONGEST ? pin + key : pin
}

/** How long the person's PIN was when it last opened this tablet; undefined before. */
export function lengthOf(person: string): number | undefined {
  return lengths.get(person)
}

/** Keep the length, until the page is closed: the next time needs no Enter. */
export function keepLength(person: string, pin: string): void {
  lengths.set(person, pin.length)
}
