/** The page and its files from the tablet itself, and another version of them, which nobody is forced into. */

/** A tablet that stands at the door is never out of sight: it looks by itself. */
const LOOK_EVERY_MS = 20 * 60_000

let waiting = $state.raw<ServiceWorker | null>(null)
let asked = false

export const update = {
  /** A whole new version is on the tablet: it starts when somebody says so, never in an act. */
  get ready(): boolean {
    return waiting !== null
  },
  take(): void {
    asked = true
    waiting?.postMessage('take over')
  },
}

/** Keep the page on the tablet, so that it starts without the network; where there is no worker, not. */
export async function keepPage(): Promise<void> {
  const { serviceWorker } = navigator
  if (!serviceWorker) return
  serviceWorker.addEventListener('controllerchange', () => asked && location.reload())
  try {
    const found = await serviceWorker.register('/worker.js')
    watch(found)
    const look = () => void found.update().catch(() => {})
    document.addEventListener('visibilitychange', () => document.hidden || look())
    setInterval(look, LOOK_EVERY_MS)
  } catch {
    // Over plain http there is none: the stand works as long as there is a network.
  }
}

function watch(found: ServiceWorkerRegistration): void {
  const look = () => {
    if (found.waiting && navigator.serviceWorker.controller) waiting = found.waiting
  }
  look()
  found.addEventListener('updatefound', () =>
    found.installing?.addEventListener('statechange', look),
  )
}
