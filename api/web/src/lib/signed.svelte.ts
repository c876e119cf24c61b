/** The last act of somebody else, signed: "Marat, 4 s ago" (STAND.md 25). */
import { answerOf, api, BACKGROUND, Refusal } from './api'
import { clock } from './clock.svelte'
import { lastOfOthers } from './journal'
import { stand } from './stand.svelte'
import type { JournalEntry } from './wire'

const SOON_MS = 250
const LIMIT = 5

let entry = $state.raw<JournalEntry | null>(null)

export const signed = {
  /** What somebody else did in the last minute; null if nothing. */
  get entry(): JournalEntry | null {
    const me = stand.me?.staff_id
    return entry && me ? lastOfOthers([entry], me, clock.now) : null
  },
}

/** Ask the journal when news comes of what somebody else did; the returned function ends it. */
export function watchOthers(): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined
  const stop = stand.onNews(({ staff_id }) => {
    if (!staff_id || staff_id === stand.me?.staff_id || timer !== undefined) return
    timer = setTimeout(() => {
      timer = undefined
      void load()
    }, SOON_MS)
  })
  void load()
  return () => {
    clearTimeout(timer)
    stop()
    entry = null
  }
}

async function load(): Promise<void> {
  try {
    const page = await answerOf(
      api.GET('/host/actions', { params: { query: { limit: LIMIT } }, headers: BACKGROUND }),
    )
    entry = lastOfOthers(page.items, stand.me?.staff_id ?? '', clock.now)
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
  }
}
