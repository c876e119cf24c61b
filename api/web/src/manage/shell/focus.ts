/** Focus is never lost: where what had it is gone, the part of the page around it has it. */

const PART = 'section[aria-label], section[aria-labelledby]'
/** What takes the focus where no part is around it: the open dialog, else the page's heading. */
const NEXT = ['[role="dialog"]', 'main h1', 'main']

/** The named parts of the page that something is in, from the inside. */
function partsAround(inside: Element): HTMLElement[] {
  const part = inside.closest<HTMLElement>(PART)
  return part ? [part, ...(part.parentElement ? partsAround(part.parentElement) : [])] : []
}

/** Keep it so until the answer is called. Who taps is not moved, who goes by keys sees where it is. */
export function keepFocus(page: Document = document): () => void {
  let last: Element | null = null
  let around: HTMLElement[] = []
  let byKeys = false
  const focused = (event: FocusEvent) => {
    last = event.target as Element
    around = partsAround(last)
  }
  const pressed = (event: KeyboardEvent | PointerEvent) => {
    byKeys = event.type === 'keydown'
  }
  const watching = new MutationObserver(() => {
    if (!last || last.isConnected || page.activeElement !== page.body) return
    const others = NEXT.map((each) => page.querySelector<HTMLElement>(each))
    const dialog = others[0] ?? null
    const left = around.find((each) => each.isConnected)
    const next = dialog ?? left ?? others.find(Boolean)
    if (!next) return
    if (!next.hasAttribute('tabindex')) next.tabIndex = -1
    next.focus({ preventScroll: !byKeys })
  })
  page.addEventListener('focusin', focused)
  page.addEventListener('keydown', pressed, true)
  page.addEventListener('pointerdown', pressed, true)
  watching.observe(page.body, { childList: true, subtree: true })
  return () => {
    watching.disconnect()
    page.removeEventListener('focusin', focused)
    page.removeEventListener('keydown', pressed, true)
    page.removeEventListener('pointerdown', pressed, true)
  }
}
