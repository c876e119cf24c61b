/** What waits for this person: calls of colleagues, parties that may have to wait, a manager's yes. */
import { calls } from '../door/calls.svelte'
import { answerOf, api, BACKGROUND, Refusal } from './api'
import { newId } from './ids'
import { latest } from './latest'
import { stand } from './stand.svelte'
import type { Alert, Approval, Case } from './wire'
import { t } from './words.svelte'

const SOON_MS = 120
const MANAGERS: ReadonlySet<string> = new Set(['manager', 'owner'])

let cases = $state.raw<Case[]>([])
let approvals = $state.raw<Approval[]>([])

export const news = {
  /** Calls to me that nobody has taken. */
  get calls(): Alert[] {
    return calls.toMe.filter((each) => each.taken_at === null)
  },
  /** Promised parties that may not be seated in time, oldest first. */
  get cases(): Case[] {
    return cases
  },
  /** What was asked of a manager and is open; empty for others. */
  get approvals(): Approval[] {
    return approvals
  },
  /** How many requests for a reservation wait for an answer. */
  get requests(): number {
    return stand.tonight?.counts.requests ?? 0
  },
  /** Whether this person may say yes. */
  get answers(): boolean {
    return MANAGERS.has(stand.me?.role ?? '')
  },
  answer,
}

/** Keep the lists as they are, by the news; the returned function ends it. */
export function watchNews(): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined
  const wanted = new Set<() => Promise<void>>()
  const load = () => {
    for (const each of wanted) void each()
    wanted.clear()
  }
  const soon = (...loads: (() => Promise<void>)[]) => {
    for (const each of loads) wanted.add(each)
    clearTimeout(timer)
    timer = setTimeout(load, SOON_MS)
  }
  calls.listen()
  soon(loadCases, loadApprovals)
  const stop = stand.onNews(({ event }) => {
    if (event === 'resync') soon(loadCases, loadApprovals)
    if (event.startsWith('case.')) soon(loadCases)
    if (event.startsWith('approval.')) soon(loadApprovals)
  })
  return () => {
    clearTimeout(timer)
    stop()
    cases = []
    approvals = []
  }
}

const readCases = latest(
  () => answerOf(api.GET('/host/cases', { headers: BACKGROUND })),
  (found) => {
    cases = found
  },
)

const readApprovals = latest(
  () => answerOf(api.GET('/manage/approvals', { headers: BACKGROUND })),
  (found) => {
    approvals = found.filter((each) => each.state === 'waiting')
  },
)

async function loadCases(): Promise<void> {
  await quietly(readCases)
}

async function loadApprovals(): Promise<void> {
  if (!news.answers) return
  await quietly(readApprovals)
}

/** A list that could not be fetched stays as it was: the next news brings it. */
async function quietly(work: () => Promise<void>): Promise<void> {
  try {
    await work()
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
  }
}

async function answer(wish: Approval, yes: boolean): Promise<void> {
  const body = {
    id: newId(),
    approval_id: wish.approval_id,
    version: wish.version,
    yes,
    said: t(yes ? 'shell-yes' : 'shell-no'),
  }
  try {
    await answerOf(api.POST('/manage/approvals/answer', { body }))
  } catch (error) {
    stand.refused(error)
  }
  await loadApprovals()
}
