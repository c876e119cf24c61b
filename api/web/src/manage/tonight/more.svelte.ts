/** What the stand's view lacks of tonight: who was there, windows of held tables, who was refused. */
import { answerOf, api, BACKGROUND, Refusal } from '../../lib/api'
import { latest } from '../../lib/latest'
import { paced } from '../../lib/pace'
import { stand } from '../../lib/stand.svelte'
import type { components } from '../../lib/wire.d'
import type { SoFar } from './evening'

export type Refused = components['schemas']['TurnawayReport']

/** A burst of news is fetched no oftener. */
const EVERY_MS = 400
/** The quarters move on without news. */
const AGAIN_MS = 60_000
/** Of an evening that runs fast they move sooner. */
const LEAST_MS = 5_000

const ABOUT = /^(seating|turnaway|held|rules|period|wait|reservation|resync)/

class More {
  so = $state.raw<SoFar | null>(null)
  refused = $state.raw<Refused | null>(null)

  #readSo = latest(
    () => answerOf(api.GET('/manage/tonight', { headers: BACKGROUND })),
    (found) => {
      this.so = found
    },
  )
  #readRefused = latest(
    async () => {
      const day = stand.tonight?.period?.service_date
      if (!day) return null
      const query = { from: day, to: day }
      return answerOf(api.GET('/manage/turnaways', { headers: BACKGROUND, params: { query } }))
    },
    (found) => {
      this.refused = found
    },
  )

  /** Keep it as it is, by the news; the returned function ends it. */
  watch(): () => void {
    const soon = paced(() => void this.read(), EVERY_MS)
    const deaf = stand.onNews((news) => {
      if (ABOUT.test(news.event)) soon()
    })
    const rate = stand.tonight?.clock_rate ?? 1
    const timer = setInterval(soon, Math.max(LEAST_MS, AGAIN_MS / Math.max(rate, 1)))
    void this.read()
    return () => {
      deaf()
      clearInterval(timer)
    }
  }

  /** What could not be fetched stays as it was: the next news brings it. */
  async read(): Promise<void> {
    await Promise.all([this.#readSo, this.#readRefused].map((read) => quietly(read)))
  }
}

async function quietly(read: () => Promise<void>): Promise<void> {
  try {
    await read()
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
  }
}

export const more = new More()
