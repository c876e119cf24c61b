/** News of the venue as it happens. A stream that fails is opened anew by us: WebKit gives up after a 5xx. */

/**
 * What changed, not its content: fetch it. `resync`: anything may have.
 *
 * `staff_id`: who did it; `for`: whom an alert calls.
 */
export interface News {
  event: string
  id: string
  version: number
  period_id?: string | null
  staff_id?: string | null
  for?: string | null
}

interface Evening {
  period?: { period_id: string } | null
  next?: { period_id: string } | null
}

/** Whether news may change what is shown: news of other services does not, but of the one to come. */
export function isOfTonight(news: News, evening: Evening | null): boolean {
  const shown = evening?.period?.period_id
  if (!news.period_id || !shown) return true
  return news.period_id === shown || news.period_id === evening?.next?.period_id
}

export interface LiveCallbacks {
  hear: (news: News) => void
  /** The stream opened: what happened while there was none was missed. */
  opened: () => void
  /** The stream broke: the service, the way to it or the session has ended. */
  broke: () => void
}

export interface Listening {
  /** Open the stream anew, for one that may be dead without knowing. */
  reopen: () => void
  stop: () => void
}

const FIRST_WAIT_MS = 300
const LONGEST_WAIT_MS = 3_000

/** How long to wait before the next try: twice as long each time, a little apart from other tablets. */
export function nextWait(wait: number, chance: number = Math.random()): number {
  return Math.min(wait * 2, LONGEST_WAIT_MS) * (0.75 + chance / 2)
}

/** Listen until stopped. */
export function listen(venue: string, to: LiveCallbacks): Listening {
  let source: EventSource | undefined
  let timer: ReturnType<typeof setTimeout> | undefined
  let wait = FIRST_WAIT_MS

  function open(): void {
    close()
    source = new EventSource(`/live/${venue}`)
    source.onopen = () => {
      wait = FIRST_WAIT_MS
      to.opened()
    }
    source.onerror = () => {
      close()
      timer = setTimeout(open, wait)
      wait = nextWait(wait)
      to.broke()
    }
    source.onmessage = (event: MessageEvent<string>) => to.hear(JSON.parse(event.data) as News)
  }

  function close(): void {
    clearTimeout(timer)
    source?.close()
  }

  open()
  return { reopen: open, stop: close }
}
