import type { components } from '../lib/wire.d'

export type Message = components['schemas']['NoticeSeen']

/** Reasons that are worth a line: the others say that there was nothing more to tell. */
const TOLD = new Set(['not_configured', 'no_address', 'not_wanted', 'told_by_site'])

/** How a message stands: the end of the key of its words. */
export function standOf(message: Message): string {
  if (message.status === 'skipped') return message.why ?? 'over'
  return message.status
}

/** The messages that a host is shown: all but those that had nothing to tell any more. */
export function shownOf(messages: readonly Message[]): Message[] {
  return messages.filter((each) => each.status !== 'skipped' || TOLD.has(each.why ?? ''))
}

/** When it went out, or is to go out. */
export function whenOf(message: Message): string {
  if (message.sent_at) return message.sent_at
  return message.status === 'waiting' ? message.due_at : message.made_at
}

/** What wants somebody to call the guest instead. */
export function isLoud(message: Message): boolean {
  return message.status === 'failed' || message.why === 'no_address'
}
