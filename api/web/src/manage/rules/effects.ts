/** What publishing would change in an open service, in short sentences. */
import type { components } from '../../lib/wire.d'
import { t, told } from '../../lib/words.svelte'

export type PeriodChange = components['schemas']['PeriodChange']

/** The sentences of a service; none where nothing of it changes. */
export function effectsOf(change: PeriodChange): string[] {
  const { capacity, trouble } = change
  const found: string[] = []
  if (trouble) found.push(told(trouble.message, trouble.params, trouble.detail))
  for (const each of capacity?.windows ?? []) {
    const { window, made, given_back: back, lost } = each
    if (made || back) found.push(t('rules-effect-held', { window, made, back }))
    if (lost) found.push(t('rules-effect-lost', { window, count: lost }))
  }
  const risks = capacity?.risks.length ?? 0
  if (risks) found.push(t('rules-effect-risk', { count: risks }))
  const beyond = capacity?.beyond_caps?.promises.length ?? 0
  if (beyond) found.push(t('rules-effect-caps', { count: beyond }))
  const purses = change.purses.length
  if (purses) found.push(t('rules-effect-purses', { count: purses }))
  return found
}
