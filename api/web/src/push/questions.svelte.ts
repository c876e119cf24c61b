/** What waits for this person's answer, and which of this person's own questions wait for others. */
import { answerOf, api, BACKGROUND, Refusal } from '../lib/api'
import { latest } from '../lib/latest'
import { settings } from '../lib/settings.svelte'
import { stand } from '../lib/stand.svelte'
import type { components } from '../lib/wire.d'
import { showCount } from './badge.svelte'
import { allowSound, chime } from './sound'

export type OpenQuestion = components['schemas']['OpenQuestion']

const ABOUT = /^(notice|approval|alert|resync)/
const SOON_MS = 120

let toMe = $state.raw<OpenQuestion[]>([])
let byMe = $state.raw<OpenQuestion[]>([])

export const questions = {
  get toMe(): OpenQuestion[] {
    return toMe
  },
  /** One's own, once whoever was asked first has not answered. */
  get passedOn(): OpenQuestion[] {
    return byMe.filter((each) => each.unanswered.length || !each.to_name)
  },
}

const read = latest(
  () => answerOf(api.GET('/host/notices', { headers: BACKGROUND })),
  (found) => {
    const known = new Set(toMe.map((each) => each.subject_id))
    const isNew = found.to_me.some((each) => !known.has(each.subject_id))
    toMe = found.to_me
    byMe = found.by_me
    if (isNew && settings.sound) chime()
  },
)

/** Keep them as they are, ring for a new one, show how many; the returned function ends it. */
export function watchQuestions(): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined
  const soon = () => {
    clearTimeout(timer)
    timer = setTimeout(() => void quietly(), SOON_MS)
  }
  const ends = [allowSound(), showCount(() => toMe.length), stand.onNews(heard)]
  function heard({ event }: { event: string }): void {
    if (ABOUT.test(event)) soon()
  }
  soon()
  return () => {
    clearTimeout(timer)
    for (const end of ends) end()
    toMe = []
    byMe = []
  }
}

async function quietly(): Promise<void> {
  try {
    await read()
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
  }
}
