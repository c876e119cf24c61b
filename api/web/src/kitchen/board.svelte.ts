/** What kitchen and floor have to bring and to know, and saying that it is done. */
import { answerOf, api, BACKGROUND } from '../lib/api'
import { setTime } from '../lib/clock.svelte'
import { newId } from '../lib/ids'
import { shared } from '../lib/shared'
import { stand } from '../lib/stand.svelte'
import type { components } from '../lib/wire.d'
import type { Whose } from './moments'

type Schemas = components['schemas']
export type KitchenTask = Schemas['KitchenTask']
export type KitchenView = Schemas['KitchenView']
type Mark = Pick<Schemas['NoteInKitchen'], 'kind' | 'subject_id'>

const WHOSE = 'maitred.kitchen'

class Board {
  view = $state.raw<KitchenView | null>(null)
  #whose = $state<Whose>((localStorage.getItem(WHOSE) as Whose | null) ?? 'kitchen')
  /** Done here and not yet in what the service tells: a tap is seen at once. */
  #done = $state.raw<ReadonlySet<string>>(new Set())

  /** Whose tasks are shown on this screen. */
  get whose(): Whose {
    return this.#whose
  }
  set whose(wanted: Whose) {
    this.#whose = wanted
    localStorage.setItem(WHOSE, wanted)
  }

  get tasks(): KitchenTask[] {
    return (this.view?.tasks ?? []).filter((each) => !this.#done.has(each.subject_id))
  }

  get noted(): KitchenTask[] {
    return this.view?.noted ?? []
  }

  /** Fetch what is open now; raises Refusal. */
  async read(): Promise<void> {
    const found = await answerOf(api.GET('/host/kitchen', { headers: BACKGROUND }))
    if (!stand.me) return
    setTime(found.now, found.clock_rate)
    this.view = shared(this.view, found)
  }

  /** Whether this person may say that it is done. */
  mayDo(task: KitchenTask): boolean {
    if (!stand.may('deliver')) return false
    const brings = task.kind !== 'gesture' || task.carrier === 'kitchen' || stand.may('serve')
    return brings && (task.kind !== 'gesture' || task.moment !== 'later')
  }

  /** It is brought, or known; for ten seconds that can be taken back. */
  async done(task: KitchenTask, said: string): Promise<void> {
    stand.said = null
    this.#done = new Set([...this.#done, task.subject_id])
    try {
      stand.did(task.subject_id, said, await this.#tell(task))
    } catch (error) {
      stand.refused(error)
    }
    await this.#again()
    this.#done = new Set([...this.#done].filter((each) => each !== task.subject_id))
  }

  /** Tell the service; how it is taken back. */
  async #tell(task: KitchenTask): Promise<() => Promise<void>> {
    const { kind, subject_id } = task
    if (kind !== 'gesture') {
      await answerOf(api.POST('/host/kitchen/note', { body: { id: newId(), kind, subject_id } }))
      return () => this.#unnote({ kind, subject_id })
    }
    const body = { id: newId(), gesture_id: subject_id, version: task.version ?? 0 }
    const { version } = await answerOf(api.POST('/host/gestures/deliver', { body }))
    return () => this.#bringBack({ gesture_id: subject_id, version })
  }

  async #unnote(mark: Mark): Promise<void> {
    await this.#takeBack(
      answerOf(api.POST('/host/kitchen/unnote', { body: { id: newId(), ...mark } })),
    )
  }

  async #bringBack(which: { gesture_id: string; version: number }): Promise<void> {
    await this.#takeBack(
      answerOf(api.POST('/host/gestures/undo', { body: { id: newId(), ...which } })),
    )
  }

  async #takeBack(sent: Promise<unknown>): Promise<void> {
    await sent.catch((error) => stand.refused(error))
    await this.#again()
  }

  async #again(): Promise<void> {
    await this.read().catch((error) => stand.refused(error))
  }
}

export const board = new Board()
