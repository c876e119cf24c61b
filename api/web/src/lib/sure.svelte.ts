/** What only goes with the PIN given again: it is asked for once, and then the same is done. */
import { answerOf, api, Refusal } from './api'
import { whyNot } from './refusal'
import { stand } from './stand.svelte'

export class Sure {
  /** What waits for the PIN. */
  waiting = $state.raw<(() => Promise<void>) | null>(null)
  /** About the last try. */
  said = $state('')

  /** Do it; where the service asks for the PIN first, once that is given. */
  async go(work: () => Promise<void>): Promise<void> {
    try {
      await work()
    } catch (error) {
      if (!(error instanceof Refusal) || error.code !== 'PIN_NEEDED') return stand.refused(error)
      this.said = ''
      this.waiting = work
    }
  }

  async confirm(pin: string): Promise<void> {
    const work = this.waiting
    if (!work) return
    try {
      await answerOf(api.POST('/host/session/confirm', { body: { pin } }))
    } catch (error) {
      this.said = whyNot(error)
      return
    }
    this.waiting = null
    await this.go(work)
  }

  leave(): void {
    this.waiting = null
  }
}
