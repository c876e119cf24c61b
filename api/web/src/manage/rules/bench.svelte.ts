/** The draft on the desk: a version of the rules, what was touched in it, and keeping it. */
import { answerOf, api, Refusal } from '../../lib/api'
import { clock } from '../../lib/clock.svelte'
import { newId } from '../../lib/ids'
import { stand } from '../../lib/stand.svelte'
import { told } from '../../lib/words.svelte'
import { factsOf } from './facts'
import type { HouseFacts } from './sections'
import { type Path, patchOf, pathOf, type Rules } from './values'
import { dayOf, inForceOn, type RulesVersion, type Standing, standingOf } from './versions'

export interface Problem {
  path: Path
  said: string
}

interface FieldError {
  pointer: string
  detail: string
  message?: string
  params?: unknown
}

export class Bench {
  versions = $state.raw<RulesVersion[] | null>(null)
  house = $state.raw<HouseFacts | null>(null)
  /** What the draft is made from, or the draft as it was kept. */
  base = $state.raw<RulesVersion | null>(null)
  rules = $state<Rules | null>(null)
  problems = $state.raw<Problem[]>([])
  /** The draft was kept again, published or taken back by somebody else: what it is by now. */
  meanwhile = $state.raw<RulesVersion['state'] | null>(null)

  /** The service date of now. */
  get today(): string {
    return stand.tonight?.period?.service_date ?? dayOf(clock.now, stand.zone)
  }

  get inForce(): RulesVersion | undefined {
    return inForceOn(this.versions ?? [], this.today)
  }

  get standing(): Standing | null {
    return this.base ? standingOf(this.base, this.versions ?? [], this.today) : null
  }

  get patch(): Record<string, unknown> {
    return this.base && this.rules ? patchOf(this.base.rules, this.rules) : {}
  }

  get touched(): boolean {
    return Object.keys(this.patch).length > 0
  }

  /** Fetch the versions and what the house is; raises Refusal. */
  async load(): Promise<void> {
    const [versions, house] = await Promise.all([
      answerOf(api.GET('/manage/rules')),
      answerOf(api.GET('/manage/house')),
    ])
    this.house = factsOf(house.house)
    this.versions = versions
  }

  /** Put a version on the desk; null is the one in force, or the latest where none is. */
  open(number: number | null): void {
    const all = this.versions ?? []
    const wanted =
      number === null ? (this.inForce ?? all[0]) : all.find((each) => each.version === number)
    if (wanted && wanted.version === this.base?.version) return
    this.base = wanted ?? null
    this.takeBack()
  }

  /** Leave what was touched. */
  takeBack(): void {
    this.rules = this.base ? structuredClone(this.base.rules) : null
    this.problems = []
    this.meanwhile = null
  }

  /** Keep what was touched as a version; a draft goes on under its name. Null: it was refused. */
  async keep(reason: string): Promise<RulesVersion | null> {
    const base = this.base
    if (!base || !this.rules) return null
    if (!this.touched) return base
    this.problems = []
    const body = {
      id: newId(),
      reason,
      patch: this.patch as never,
      from_version: base.version,
      replaces: base.state === 'draft',
    }
    try {
      const made = await answerOf(api.PATCH('/manage/rules', { body }))
      await this.show(made.version)
      return made
    } catch (error) {
      if (error instanceof Refusal && error.code === 'STALE') await this.#lookAgain()
      else this.#hear(error)
      return null
    }
  }

  /** A draft with all rules of a version, or with the usual ones; raises Refusal. */
  async draftOf(rules: Rules | null, reason: string): Promise<RulesVersion> {
    const body = { id: newId(), reason, rules: (rules ?? {}) as never }
    const made = await answerOf(api.POST('/manage/rules', { body }))
    await this.show(made.version)
    return made
  }

  /** Withdraw the version on the desk, as what it is taken for; raises Refusal. */
  async withdraw(reason: string): Promise<void> {
    const { version, state } = this.base ?? {}
    if (version === undefined || state === undefined || state === 'withdrawn') return
    const params = { path: { version } }
    const body = { id: newId(), reason, state }
    await answerOf(api.POST('/manage/rules/{version}/withdraw', { params, body }))
  }

  /** What the draft is by now; what was touched in it stays on the desk. */
  async #lookAgain(): Promise<void> {
    await this.load()
    this.base = this.versions?.find((each) => each.version === this.base?.version) ?? this.base
    this.meanwhile = this.base?.state ?? null
  }

  /** Fetch the versions again, with this one on the desk. */
  async show(version: number | null): Promise<void> {
    await this.load()
    this.base = null
    this.open(version)
  }

  /** Mistakes are told beside their values, anything else where all refusals are. */
  #hear(error: unknown): void {
    if (error instanceof Refusal && error.code === 'INVALID_RULES') {
      this.problems = problemsOf(error, this.rules)
    } else stand.refused(error)
  }
}

/** What is wrong, by its place. */
export function problemsOf(refusal: Refusal, rules: Rules | null): Problem[] {
  const errors = (refusal.problem.errors ?? []) as FieldError[]
  return errors.map((each) => ({
    path: rules ? pathOf(each.pointer, rules) : [],
    said: told(each.message, each.params, each.detail),
  }))
}

/** The name of a member of staff; null where nobody did it. */
export function nameOf(staffId: string | null): string | null {
  if (staffId === null) return null
  return stand.house?.staff.find((each) => each.staff_id === staffId)?.name ?? staffId
}
