/** What a party that told that it is late was answered, as a host reads it out again. */
import { stand } from '../lib/stand.svelte'
import type { LateTold } from '../lib/wire'
import { t, timeOf } from '../lib/words.svelte'

export function lateSays(told: LateTold): string {
  const time = (instant: string): string => timeOf(instant, stand.zone)
  const at = { at: time(told.told_at), time: time(told.arrives) }
  const kept = t('list-late-kept', { time: time(told.kept_until) })
  return `${t(`list-late-told-${told.by}`, at)}. ${kept}, ${then(told, time)}.`
}

function then(told: LateTold, time: (instant: string) => string): string {
  if (!told.then_at) return t('list-late-none')
  const then_at = { time: time(told.then_at) }
  const tables = told.then_tables ?? []
  if (tables.length === 0) return t('list-late-not-before', then_at)
  return t('list-late-then', { ...then_at, table: tables.join(' + ') })
}
