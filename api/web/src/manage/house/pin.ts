/** A first PIN for somebody: drawn here, told to them once, good only for choosing their own. */

/** Digits that the service asks for: managers and owners have longer ones. */
export function digitsFor(role: string): number {
  return role === 'manager' || role === 'owner' ? 6 : 4
}

/** A PIN without what others try first: no digit twice, no run of three up or down, no year. */
export function drawnPin(digits: number, draw: (below: number) => number = drawn): string {
  for (;;) {
    const pin: number[] = []
    while (pin.length < digits) {
      const digit = draw(10)
      if (!pin.includes(digit)) pin.push(digit)
    }
    const text = pin.join('')
    if (!inARow(pin) && !/^(19|20)/.test(text)) return text
  }
}

function inARow(pin: readonly number[]): boolean {
  return pin.some((digit, place) => {
    const [second, third] = [pin[place + 1], pin[place + 2]]
    if (second === undefined || third === undefined) return false
    const step = second - digit
    return Math.abs(step) === 1 && third - second === step
  })
}

function drawn(below: number): number {
  const bytes = new Uint8Array(1)
  const fair = 256 - (256 % below)
  do crypto.getRandomValues(bytes)
  while ((bytes[0] ?? 0) >= fair)
  return (bytes[0] ?? 0) % below
}
