/** Calls to colleagues tonight: those to me and those I made, as they are taken. */
import { answerOf, api, BACKGROUND, Refusal } from '../lib/api'
import { newId } from '../lib/ids'
import { latest } from '../lib/latest'
import { stand } from '../lib/stand.svelte'
import type { Call, Callable } from './types'

/** Who catches a party: managers before hosts, hosts before servers. */
const RANK: Partial<Record<Callable['role'], number>> = { owner: 0, manager: 0, host: 1, server: 2 }

class Calls {
  toMe = $state.raw<Call[]>([])
  byMe = $state.raw<Call[]>([])
  /** Who can be called tonight. */
  colleagues = $state.raw<Callable[]>([])
  #listening = false
  #read = latest(
    () => answerOf(api.GET('/host/alerts', { headers: BACKGROUND })),
    (found) => {
      this.toMe = found.to_me
      this.byMe = found.by_me
      this.colleagues = found.colleagues
    },
  )

  /** Read them, and again with each news of a call. */
  listen(): void {
    if (!this.#listening) stand.onNews((news) => /^(alert|resync)/.test(news.event) && this.read())
    this.#listening = true
    void this.read()
  }

  async read(): Promise<void> {
    try {
      await this.#read()
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
    }
  }

  /** Whom to call: those at a tablet now, managers first; where nobody is, everybody else. */
  get whom(): { staff_id: string; name: string }[] {
    const here = this.colleagues.filter((each) => each.role in RANK)
    const rank = (each: Callable) => RANK[each.role] ?? 0
    if (here.length) return here.sort((one, two) => rank(one) - rank(two))
    return (stand.house?.staff ?? []).filter((each) => each.staff_id !== stand.me?.staff_id)
  }

  /** The latest call about a party that went to a colleague. */
  about(party: { turnaway: string | null; reservation: string | undefined }): Call | undefined {
    return [...this.byMe, ...this.toMe].find(
      (each) =>
        (party.turnaway && each.turnaway_id === party.turnaway) ||
        (party.reservation && each.reservation_id === party.reservation),
    )
  }

  /** "I have them": the party of a call to me is mine from now on. */
  async takeOver(call: Call): Promise<boolean> {
    const path = { alert_id: call.alert_id }
    try {
      await answerOf(
        api.POST('/host/alerts/{alert_id}/take-over', { params: { path }, body: { id: newId() } }),
      )
      return true
    } catch (error) {
      stand.refused(error)
      return false
    } finally {
      await this.read()
    }
  }
}

export const calls = new Calls()
