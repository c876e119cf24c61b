/** The one draft of the house: changes of several pages, until they are published or discarded. */
import { answerOf, api } from '../../lib/api'
import { newId } from '../../lib/ids'
import { type Changes, draftAmong, type Foreseen } from './changes'
import {
  type HouseDocument,
  type HouseDraft,
  type HouseEdition,
  type HousePreview,
  type Patch,
  sendable,
} from './document'
import { isRefusal } from './values'

export class HouseChanges implements Changes {
  draft = $state.raw<HouseDraft | null>(null)
  inForce = $state.raw<HouseDocument | null>(null)
  versions = $state.raw<readonly HouseEdition[]>([])
  /** Versions that are published and have not begun. */
  later = $state.raw<readonly HouseEdition[]>([])
  #last: Promise<void> = Promise.resolve()

  /** The house as it would be: the draft's, else the one in force. */
  get house(): HouseDocument | null {
    return this.draft?.house ?? this.inForce
  }

  get differences() {
    return this.draft?.differences ?? []
  }

  get problems() {
    return this.draft?.problems ?? []
  }

  get begun() {
    return this.draft && { at: this.draft.made_at, by: this.draft.made_by }
  }

  async load(): Promise<void> {
    const [current, versions] = await Promise.all([
      answerOf(api.GET('/manage/house')),
      answerOf(api.GET('/manage/house/versions')),
    ])
    const version = draftAmong(versions)?.version
    const path = version === undefined ? null : { params: { path: { version } } }
    this.draft = path && (await answerOf(api.GET('/manage/house/drafts/{version}', path)))
    this.inForce = current.house
    this.later = current.later
    this.versions = versions
  }

  /** One after the other: each tells how often the draft had been changed when it was read. */
  change(patch: Patch, reason: string): Promise<void> {
    const done = this.#last.then(() => this.#send(patch, reason))
    this.#last = done.catch(() => {})
    return done
  }

  async #send(patch: Patch, reason: string): Promise<void> {
    const draft = this.draft
    const sent = sendable(patch) as Record<string, never>
    try {
      if (!draft) {
        const body = { id: newId(), reason, patch: sent }
        this.draft = await answerOf(api.POST('/manage/house/drafts', { body }))
        return
      }
      const body = { id: newId(), edits: draft.edits, patch: sent }
      const params = { path: { version: draft.version } }
      this.draft = await answerOf(api.PATCH('/manage/house/drafts/{version}', { params, body }))
    } catch (error) {
      // Somebody else changed it, or it is a draft no more: what is true now is shown, and told.
      if (isRefusal(error) && ['STALE', 'NOT_POSSIBLE_NOW'].includes(error.code)) await this.load()
      throw error
    }
  }

  async discard(): Promise<void> {
    if (!this.draft) return
    const params = { path: { version: this.draft.version }, query: { id: newId() } }
    await answerOf(api.DELETE('/manage/house/drafts/{version}', { params }))
    await this.load()
  }

  async preview(from: string): Promise<Foreseen> {
    const params = { path: { version: this.draft?.version ?? 0 } }
    const body = { from_date: from }
    return foreseen(
      await answerOf(api.POST('/manage/house/drafts/{version}/preview', { params, body })),
    )
  }

  async publish(from: string, agreed: readonly string[]): Promise<void> {
    const params = { path: { version: this.draft?.version ?? 0 } }
    const body = { id: newId(), from_date: from, stranded: [...agreed] }
    await answerOf(api.POST('/manage/house/drafts/{version}/publish', { params, body }))
    await this.load()
  }

  /** Take back a version that is published and has not begun. Raises Refusal. */
  async takeBack(version: number, reason: string, agreed: readonly string[] = []): Promise<void> {
    const body = { id: newId(), reason, stranded: [...agreed] }
    const params = { path: { version } }
    await answerOf(api.POST('/manage/house/versions/{version}/withdraw', { params, body }))
    await this.load()
  }
}

function foreseen(told: HousePreview): Foreseen {
  return {
    periods: told.periods,
    moved: told.moved.length,
    followed: told.followed.length,
    stranded: told.stranded,
    misfits: told.rules,
  }
}

export const house = new HouseChanges()
