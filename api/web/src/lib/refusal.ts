/** Why something was not done, in the person's language. */
import { Refusal } from './api'
import { t, told } from './words.svelte'

/** The sentence for a refusal; throws on anything else, which is a mistake of ours. */
export function whyNot(error: unknown): string {
  if (!(error instanceof Refusal)) throw error
  if (error.unreachable) return t('offline-needs-network')
  return told(error.messageKey, error.params, error.detail)
}
