/** Where the clock stands to a task: shown by colour and by form, in words besides. */
import { minutesBetween } from '../lib/clock.svelte'
import type { components } from '../lib/wire.d'

type Task = Pick<components['schemas']['KitchenTask'], 'moment' | 'due_at' | 'carrier' | 'kind'>

export const WHOSE = ['kitchen', 'floor', 'all'] as const
export type Whose = (typeof WHOSE)[number]
export type Moment = 'later' | 'now' | 'over'

const PATIENCE_MINUTES = 5

/** The moment by this screen's clock, which goes on between two answers of the service. */
export function momentAt(task: Task, now: number): Moment {
  if (!task.due_at || (task.kind === 'gesture' && task.moment === 'later' && !passed(task, now)))
    return task.moment
  const late = minutesBetween(task.due_at, now)
  if (Date.parse(task.due_at) > now) return 'later'
  return late > PATIENCE_MINUTES ? 'over' : 'now'
}

function passed(task: Task, now: number): boolean {
  return task.due_at !== null && Date.parse(task.due_at) <= now
}

/** Whether a task is shown on a screen of the kitchen, the floor or both. */
export function isOf(task: Task, whose: Whose): boolean {
  if (whose === 'all') return true
  return whose === 'kitchen' ? task.carrier === 'kitchen' : task.carrier !== 'kitchen'
}

/** What is due, the longest due first, and what is to come, the next first. */
export function parted<T extends Task>(tasks: readonly T[], now: number): { due: T[]; later: T[] } {
  const when = (task: T) => (task.due_at ? Date.parse(task.due_at) : Number.POSITIVE_INFINITY)
  const inTime = [...tasks].sort((one, two) => when(one) - when(two))
  return {
    due: inTime.filter((each) => momentAt(each, now) !== 'later'),
    later: inTime.filter((each) => momentAt(each, now) === 'later'),
  }
}
