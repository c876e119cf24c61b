/** Work that is asked for by news: at once for the first, together for a burst of it. */

/** News of one moment comes within so many milliseconds. */
const GATHER_MS = 8

/** Ask for `work`: it begins at once, but not within `gap` ms of the last time. */
export function paced(work: () => void, gap: number): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined
  let begun = Number.NEGATIVE_INFINITY
  return () => {
    if (timer !== undefined) return
    const wait = Math.max(GATHER_MS, begun + gap - performance.now())
    timer = setTimeout(() => {
      timer = undefined
      begun = performance.now()
      work()
    }, wait)
  }
}
