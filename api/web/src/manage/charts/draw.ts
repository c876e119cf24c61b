/** A picture made by Plot, fit for a page whose policy lets no style in. */
import type * as Plots from '@observablehq/plot'

/** The figure; the style element that Plot puts into it is left out (Chart.svelte says the same). */
export function drawn(plot: typeof Plots, options: Plots.PlotOptions): Element {
  // A mark under a pointer is drawn anew, with what names it, each time the pointer moves.
  for (const mark of [options.marks ?? []].flat(3)) {
    if (mark && typeof mark === 'object' && 'ariaLabel' in mark) mark.ariaLabel = undefined
  }
  const figure = plot.plot(options)
  for (const style of figure.querySelectorAll('style')) style.remove()
  // The picture has one name, its sentence: Plot also names groups, which may have none.
  for (const part of figure.querySelectorAll('[aria-label]')) part.removeAttribute('aria-label')
  return figure
}
