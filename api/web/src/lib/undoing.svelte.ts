/** How long what was just done can still be taken back; then it is forgotten. */
import { stand } from './stand.svelte'

/** Count down while a component is shown; seconds left. Call it where the component is made. */
export function secondsToUndo(): { readonly left: number } {
  let left = $state(0)
  $effect(() => {
    const { undoable } = stand
    if (!undoable) return
    const count = () => {
      left = Math.max(0, Math.ceil((undoable.until - Date.now()) / 1000))
      if (!left && stand.undoable === undoable) stand.undoable = null
    }
    count()
    const timer = setInterval(count, 250)
    return () => clearInterval(timer)
  })
  return {
    get left() {
      return left
    },
  }
}
