/** How fast the service's time runs: 1 in a real house, 60 in a demo, 0 where it stands. */

export interface Reading {
  /** The service's time and this machine's, in milliseconds. */
  service: number
  machine: number
}

const SHORTEST_MS = 1500

/** Business seconds per second between two readings; null where they are too close to tell. */
export function rateBetween(before: Reading, after: Reading): number | null {
  const passed = after.machine - before.machine
  if (passed < SHORTEST_MS) return null
  return (after.service - before.service) / passed
}

/** A rate that two estimates agree on; else the one before, for a clock that was moved once. */
export function agreedRate(current: number, last: number | null, estimate: number): number {
  if (last === null || Math.abs(estimate - last) > 0.2 * Math.max(1, Math.abs(last))) return current
  return Math.abs(estimate - Math.round(estimate)) < 0.2 ? Math.round(estimate) : estimate
}
