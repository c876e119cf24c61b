/** A chit on a roll: the page is as long as what is on it, so that the printer cuts after it. */

const PX_PER_MM = 96 / 25.4
const MARGINS_MM = 8
/** Print sets larger letters than the screen: 11 pt against 14 px. */
const LARGER = 1.12
const SHORTEST_MM = 50

/** The length of a page for a chit of this height on the screen, in whole millimetres. */
export function lengthOf(heightPx: number): number {
  return Math.max(SHORTEST_MM, Math.ceil((heightPx * LARGER) / PX_PER_MM) + MARGINS_MM)
}

/** Keep the page as long as the chit; the returned function ends it. */
export function fitRoll(chit: HTMLElement): () => void {
  const style = new CSSStyleSheet()
  document.adoptedStyleSheets.push(style)
  const fit = () => {
    const size = `80mm ${lengthOf(chit.scrollHeight)}mm`
    style.replaceSync(`@page chit { size: ${size}; margin: 3mm 4mm }`)
  }
  const watch = new ResizeObserver(fit)
  watch.observe(chit)
  fit()
  return () => {
    watch.disconnect()
    document.adoptedStyleSheets = document.adoptedStyleSheets.filter((each) => each !== style)
  }
}
