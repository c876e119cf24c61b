/** Things on the floor follow a finger: interactjs, begun by a few pixels so that a tap stays a tap. */
import { swallowClick } from '../../../lib/swallow'

const THINGS = '[data-plan-table], [data-plan-end]'

interface Dragging<H> {
  /** What is taken up with this element; null: nothing. */
  begin: (element: HTMLElement) => H | null
  /** Moved so many px from where it was taken up, in all. */
  move: (held: H, dx: number, dy: number) => void
  end: (held: H) => void
}

/** Let what is in the canvas be dragged; the returned function ends it. */
export function drag<H>(canvas: HTMLElement, how: Dragging<H>): () => void {
  let ended = false
  let stop = () => {}
  let held: H | null = null
  let [dx, dy] = [0, 0]
  void import('interactjs').then(({ default: interact }) => {
    if (ended) return
    const things = interact(THINGS, { context: canvas }).draggable({
      autoScroll: { container: canvas },
      listeners: {
        start(event) {
          ;[dx, dy] = [0, 0]
          held = how.begin(event.target as HTMLElement)
        },
        move(event) {
          dx += event.dx
          dy += event.dy
          if (held) how.move(held, dx, dy)
        },
        end() {
          swallowClick()
          if (held) how.end(held)
          held = null
        },
      },
    })
    // Unset while a finger holds something, interactjs throws; not enabled, it only lets go.
    stop = () => things.draggable(false)
  })
  return () => {
    ended = true
    stop()
  }
}
