/** How many of the marks in a row have no room in it: they are left out whole, and counted. */
const HEARS = new WeakMap<Element, (left: number) => void>()

/** Asked only of rows that are drawn, after layout: it costs a list of hundreds nothing. */
const observer =
  typeof ResizeObserver === 'undefined'
    ? undefined
    : new ResizeObserver((seen) => {
        for (const { target } of seen) HEARS.get(target)?.(leftOut(target))
      })

/** Say how many children of a wrapping line stand below its first line, now and when it changes. */
export function hearLeftOut(line: Element, said: (left: number) => void): () => void {
  HEARS.set(line, said)
  observer?.observe(line)
  return () => {
    observer?.unobserve(line)
    HEARS.delete(line)
  }
}

function leftOut(line: Element): number {
  const top = (line.firstElementChild as HTMLElement | null)?.offsetTop ?? 0
  return [...line.children].filter((each) => (each as HTMLElement).offsetTop > top).length
}
