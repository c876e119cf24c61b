/** What was sent and whose answer is slow to come: it is said, so that nobody taps again. */

const SLOW_MS = 400

let count = $state(0)

export const slow = {
  /** How many answers are awaited for longer than a blink. */
  get count(): number {
    return count
  },
}

/** The answer, counted while it is slow to come. */
export async function noticed<T>(asked: Promise<T>): Promise<T> {
  let counted = 0
  const timer = setTimeout(() => {
    counted = 1
    count += 1
  }, SLOW_MS)
  try {
    return await asked
  } finally {
    clearTimeout(timer)
    count -= counted
  }
}
