/** News of the venue as it happens. A stream that fails is opened anew by us: WebKit gives up after a 5xx. */

/** What changed, not its content: fetch it. `resync`: anything may have. */
export interface News {
  event: string
  id: string
  version: number
  period_id?: string | null
  staff_id?: string | null
  for?: string | null
}

export interface LiveCallbacks {
  hear: (news: News) => void
  connected: (is: boolean) => void
}

const FIRST_WAIT_MS = 500
const LONGEST_WAIT_MS = 8_000

/** Listen until the returned function is called. */
export function listen(venue: string, to: LiveCallbacks): () => void {
  let source: EventSource | undefined
  let timer: ReturnType<typeof setTimeout> | undefined
  let wait = FIRST_WAIT_MS
  let stopped = false

  function open(): void {
    source = new EventSource(`/live/${venue}`)
    source.onopen = () => {
      wait = FIRST_WAIT_MS
      to.connected(true)
    }
    source.onerror = () => {
      source?.close()
      to.connected(false)
      if (stopped) return
      timer = setTimeout(open, wait)
      wait = Math.min(wait * 2, LONGEST_WAIT_MS)
    }
    source.onmessage = (event: MessageEvent<string>) => to.hear(JSON.parse(event.data) as News)
  }

  open()
  return () => {
    stopped = true
    clearTimeout(timer)
    source?.close()
  }
}
