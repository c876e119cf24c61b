/** The measures of the floor's picture in px, and the little arithmetic on places. */
export interface Size {
  width: number
  height: number
}

export type Axis = 'x' | 'y'

/** From px between two touch targets (STAND.md 14). */
export const GAP = 8
export const TOUCH = 48
export const CHAIR = 6
/** The chairs of round tables stand partly in the gap: so much of them is touched. */
export const INTO_GAP = 4
export const AREA_PAD = 8
export const TIGHT_PAD = 4
export const AREA_TITLE = 26

/** Tables are in one line if they are within so many metres of it. */
export const ONE_LINE = 0.2

export const at = (values: number[], index: number): number => values[index] ?? 0
export const min = (values: number[]): number => Math.min(...values)
export const mean = (values: number[]): number =>
  values.reduce((sum, each) => sum + each, 0) / values.length
export const max = (values: number[]): number => Math.max(...values)
