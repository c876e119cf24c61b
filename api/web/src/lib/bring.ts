/** Bringing something into sight inside what scrolls it: the stand around it stays where it is. */

function scrollerOf(node: HTMLElement): HTMLElement | null {
  for (let at = node.parentElement; at; at = at.parentElement) {
    if (/auto|scroll/.test(getComputedStyle(at).overflowY) && at.scrollHeight > at.clientHeight) {
      return at
    }
  }
  return null
}

function move(node: HTMLElement, by: (node: DOMRect, scroller: DOMRect) => number): void {
  const scroller = scrollerOf(node)
  if (!scroller) return
  const down = by(node.getBoundingClientRect(), scroller.getBoundingClientRect())
  const still = matchMedia('(prefers-reduced-motion: reduce)').matches
  if (down) scroller.scrollBy({ top: down, behavior: still ? 'auto' : 'smooth' })
}

/** To the top of what scrolls it. */
export function bringUp(node: HTMLElement): void {
  move(node, (at, scroller) => at.top - scroller.top)
}

/** Only as far as it takes to see it; its top where it is larger than the room for it. */
export function bringIn(node: HTMLElement): void {
  move(node, (at, scroller) =>
    at.top < scroller.top
      ? at.top - scroller.top
      : Math.min(at.top - scroller.top, Math.max(0, at.bottom - scroller.bottom)),
  )
}
