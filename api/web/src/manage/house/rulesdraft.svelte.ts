/** What of the manager's rules is the house's own: catalogue, partners, playbook; one draft of it. */
import { answerOf, api } from '../../lib/api'
import { newId } from '../../lib/ids'
import type { components } from '../../lib/wire.d'
import { type Changes, draftAmong, type Foreseen } from './changes'
import { type Difference, type Patch, sendable } from './document'
import { isRefusal } from './values'

export type RulesVersion = components['schemas']['RulesVersion']
export type Rules = components['schemas']['Rules']

/** Its sections: words and lists, which promise nothing of a table; and who is called in which order. */
const OURS: ReadonlySet<string> = new Set(['gestures', 'neighbours', 'playbook'])

/** The version in force on a date. */
export function rulesOn(versions: readonly RulesVersion[], date: string): RulesVersion | null {
  const held = versions.filter(
    (each) => each.state === 'published' && (each.from_date ?? '') <= date,
  )
  const order = ({ from_date, published_at, version }: RulesVersion) =>
    `${from_date} ${Date.parse(published_at ?? '') || 0} ${`${version}`.padStart(10, '0')}`
  return held.reduce<RulesVersion | null>(
    (latest, each) => (latest && order(latest) > order(each) ? latest : each),
    null,
  )
}

/** Whether two versions differ in nothing but what is the house's own: such a draft is ours. */
export function differsInOurs(rules: Rules, before: Rules): boolean {
  return Object.keys({ ...rules, ...before }).every((name) => {
    const [one, other] = [rules, before].map((each) => notOurs(each)[name as keyof Rules])
    return OURS.has(name) || written(one) === written(other)
  })
}

function notOurs(rules: Rules): Rules {
  return { ...rules, approvals: { ...rules.approvals, order: [] } }
}

/** A value as text; the order of words in a list says nothing here, and comes as it likes. */
function written(value: unknown): string {
  return JSON.stringify(value, (_, inner) =>
    Array.isArray(inner) && inner.every((each) => typeof each === 'string')
      ? [...inner].sort()
      : inner,
  )
}

export class RulesChanges implements Changes {
  draft = $state.raw<RulesVersion | null>(null)
  inForce = $state.raw<RulesVersion | null>(null)
  differences = $state.raw<readonly Difference[]>([])
  readonly problems = []

  /** `today`: the service date for which a version is in force. */
  constructor(readonly today: () => string) {}

  /** The rules as they would be; null where the house has none yet. */
  get rules(): Rules | null {
    return (this.draft ?? this.inForce)?.rules ?? null
  }

  get begun() {
    return this.draft && { at: this.draft.made_at, by: this.draft.made_by }
  }

  async load(): Promise<void> {
    const versions = await answerOf(api.GET('/manage/rules'))
    const current = rulesOn(versions, this.today())
    const newer = versions.filter((each) => each.version > (current?.version ?? 0))
    const ours = newer.filter((each) => !current || differsInOurs(each.rules, current.rules))
    this.inForce = current
    await this.#take(draftAmong(ours))
  }

  async change(patch: Patch, reason: string): Promise<void> {
    const before = this.draft
    const from_version = before?.version ?? this.inForce?.version ?? null
    const body = {
      id: newId(),
      patch: sendable(patch) as Record<string, never>,
      reason,
      from_version,
      // The new draft holds what this one held: two of them would only be taken for two wishes.
      replaces: before !== null,
    }
    try {
      await this.#take(await answerOf(api.PATCH('/manage/rules', { body })))
    } catch (error) {
      // Somebody else changed or published it: what is true now is shown, and told.
      if (isRefusal(error) && error.code === 'STALE') await this.load()
      throw error
    }
  }

  async discard(): Promise<void> {
    if (this.draft) await this.#withdraw(this.draft.version, this.draft.why)
    await this.load()
  }

  async preview(from: string): Promise<Foreseen> {
    const params = { path: { version: this.draft?.version ?? 0 } }
    const body = { from_date: from }
    const told = await answerOf(api.POST('/manage/rules/{version}/preview', { params, body }))
    return { periods: 0, moved: 0, followed: 0, stranded: [], misfits: told.misfits }
  }

  async publish(from: string): Promise<void> {
    const params = { path: { version: this.draft?.version ?? 0 } }
    const body = { id: newId(), from_date: from }
    await answerOf(api.POST('/manage/rules/{version}/publish', { params, body }))
    await this.load()
  }

  async #withdraw(version: number, reason: string): Promise<void> {
    const body = { id: newId(), reason, state: 'draft' } as const
    await answerOf(
      api.POST('/manage/rules/{version}/withdraw', { params: { path: { version } }, body }),
    )
  }

  async #take(draft: RulesVersion | null): Promise<void> {
    const params = { path: { version: draft?.version ?? 0 } }
    this.differences = draft
      ? await answerOf(api.GET('/manage/rules/{version}/differences', { params }))
      : []
    this.draft = draft
  }
}
