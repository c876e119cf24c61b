/** The two drafts that the pages of the house share. */
import { clock } from '../../lib/clock.svelte'
import { stand } from '../../lib/stand.svelte'
import { dayOf } from './days'
import { RulesChanges } from './rulesdraft.svelte'

export { house } from './housedraft.svelte'

export const rules = new RulesChanges(() => dayOf(clock.now, stand.zone))
