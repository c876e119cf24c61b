/** Questions whose answers may cross on the way: what was asked before is no news afterwards. */

/** Ask, and show the answer unless that of a later question is shown already. */
export function latest<T>(ask: () => Promise<T>, show: (found: T) => void): () => Promise<void> {
  let asked = 0
  let shown = 0
  return async () => {
    asked += 1
    const mine = asked
    const found = await ask()
    if (mine < shown) return
    shown = mine
    show(found)
  }
}
