/** Amounts to tap: round ones up to what may be given without asking, and one above it. */

const STEPS = [1, 2, 3, 5, 10, 15, 20, 30, 50, 80, 100, 150, 200, 300, 500]
const SHOWN = 4

/** In minor units; `unit`: minor units of one whole unit of the currency. */
export function amountsUpTo(limit: number, unit: number): number[] {
  const all = STEPS.map((each) => each * unit)
  const within = all.filter((each) => each <= limit)
  const above = all.find((each) => each > limit)
  return [...within.slice(-SHOWN), ...(above === undefined ? [] : [above])]
}

/** How many minor units make one of a currency: 100 for EUR, 1 for JPY. */
export function unitOf(currency: string): number {
  const style = { style: 'currency', currency } as const
  const { maximumFractionDigits } = new Intl.NumberFormat('en', style).resolvedOptions()
  return 10 ** (maximumFractionDigits ?? 2)
}

/** An amount typed by a person ("12,50") in minor units; null where it is none. */
export function amountTyped(text: string, unit: number): number | null {
  const value = Number(text.trim().replace(',', '.'))
  return Number.isFinite(value) && value > 0 ? Math.round(value * unit) : null
}
