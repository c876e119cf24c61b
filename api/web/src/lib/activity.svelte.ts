/**
 * Whether somebody is at the stand: what is nobody's business folds after half a minute, and the
 * service locks a tablet that nobody has touched for a quarter of an hour, which is announced.
 */

const FOLD_MS = 30_000
const LOCK_MS = 15 * 60_000
const WARN_MS = 60_000
const SIGN_EVERY_MS = 60_000

let touched = Date.now()
let signed = Date.now()
let foldedByHand = $state(false)
let foldedByTime = $state(false)
let locksIn = $state<number | null>(null)

export const activity = {
  /** Marks about a person, purse and risk are not shown (STAND.md 22). */
  get folded(): boolean {
    return foldedByHand || foldedByTime
  },
  /** Seconds until the tablet locks, in the last minute before it; else null. */
  get locksIn(): number | null {
    return locksIn
  },
}

/** When somebody last touched this tablet, by its clock. */
export function lastTouch(): number {
  return touched
}

/** Fold by one tap, and unfold by the next. */
export function fold(): void {
  foldedByHand = !activity.folded
  foldedByTime = false
}

export interface Watched {
  /** Tell the service that somebody is here. */
  sign: () => void
  /** Nobody has been for long enough. */
  lock: () => void
}

/** Watch for touches until the returned function is called. */
export function watch(to: Watched): () => void {
  const touch = () => {
    touched = Date.now()
    locksIn = null
    foldedByTime = false
    if (touched - signed < SIGN_EVERY_MS) return
    signed = touched
    to.sign()
  }
  const look = () => {
    const idle = Date.now() - touched
    foldedByTime = idle >= FOLD_MS
    locksIn = idle >= LOCK_MS - WARN_MS ? Math.max(0, Math.ceil((LOCK_MS - idle) / 1000)) : null
    if (idle >= LOCK_MS) to.lock()
  }
  signed = Date.now()
  touch()
  const timer = setInterval(look, 1000)
  const kinds = ['pointerdown', 'keydown', 'wheel'] as const
  for (const kind of kinds) window.addEventListener(kind, touch, { capture: true, passive: true })
  return () => {
    clearInterval(timer)
    locksIn = null
    for (const kind of kinds) window.removeEventListener(kind, touch, { capture: true })
  }
}
