/** What is due now, by carrier: read anew with each news of a gift or a seating. */
import { answerOf, api, BACKGROUND, Refusal } from '../lib/api'
import { newId } from '../lib/ids'
import { latest } from '../lib/latest'
import { stand } from '../lib/stand.svelte'
import type { Task } from './types'

const ABOUT = /^(gesture|seating|check|resync)/
const QUIET_MS = 120
const EVERY_MS = 60_000

class Tasks {
  due = $state.raw<Task[]>([])
  #read = latest(
    () => {
      const query = stand.me?.role === 'kitchen' ? { carrier: 'kitchen' as const } : {}
      return answerOf(api.GET('/host/tasks', { params: { query }, headers: BACKGROUND }))
    },
    (found) => {
      this.due = found
    },
  )

  /** Read until the returned function is called: something falls due also when nothing happens. */
  listen(): () => void {
    let timer: ReturnType<typeof setTimeout> | undefined
    const deaf = stand.onNews((news) => {
      if (!ABOUT.test(news.event)) return
      clearTimeout(timer)
      timer = setTimeout(() => this.read(), QUIET_MS)
    })
    const minutely = setInterval(() => this.read(), EVERY_MS)
    void this.read()
    return () => {
      deaf()
      clearTimeout(timer)
      clearInterval(minutely)
    }
  }

  async read(): Promise<void> {
    try {
      await this.#read()
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
    }
  }

  /** It is on the table; a slip of the finger is taken back for ten seconds. */
  async brought({ gesture_id, version }: Task): Promise<void> {
    stand.said = null
    try {
      const body = { id: newId(), gesture_id, version }
      const done = await answerOf(api.POST('/host/gestures/deliver', { body }))
      const undo = { id: newId(), gesture_id, version: done.version }
      stand.did(gesture_id, '', async () => {
        await answerOf(api.POST('/host/gestures/undo', { body: undo })).catch((error) =>
          stand.refused(error),
        )
        await this.read()
      })
    } catch (error) {
      stand.refused(error)
    } finally {
      await this.read()
    }
  }
}

export const tasks = new Tasks()
