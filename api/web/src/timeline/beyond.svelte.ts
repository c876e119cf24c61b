/** What tonight's view does not hold: stays that are over, private events, areas that are shut. */
import { answerOf, api, BACKGROUND, Refusal } from '../lib/api'
import { paced } from '../lib/pace'
import type { Span } from './bars'

const FETCH_EVERY_MS = 1000
const KINDS = new Set<Span['kind']>(['past', 'area_shut', 'private_event'])

class Beyond {
  spans = $state.raw<readonly Span[]>([])
  /** Fetch them again, soon; what was fetched stays until then. */
  readonly soon = paced(() => void this.#fetch(), FETCH_EVERY_MS)

  async #fetch(): Promise<void> {
    try {
      const view = await answerOf(api.GET('/host/timeline', { headers: BACKGROUND }))
      const found = new Map<string, Span>()
      for (const span of view.tables.flatMap((row) => row.spans)) {
        if (KINDS.has(span.kind))
          found.set(`${span.kind} ${span.id} ${span.starts} ${span.tables}`, span)
      }
      this.spans = [...found.values()]
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
    }
  }
}

export const beyond = new Beyond()
