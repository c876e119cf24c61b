/** Gifts, parties and moments in words. */
import { stand } from '../lib/stand.svelte'
import { money, t, words } from '../lib/words.svelte'
import { giving } from './giving.svelte'
import type { CatalogueItem } from './types'

/** A text by language: the person's, else English, else any. */
export function inWords(text: Record<string, string>): string {
  return text[words.language] ?? text.en ?? Object.values(text)[0] ?? ''
}

export function itemName(key: string): string {
  const found = giving.tonight?.catalogue.find((each) => each.item.key === key)
  return found ? inWords(found.item.name) : key
}

export function cost(minor: number): string {
  return money(minor, stand.house?.venue.currency ?? 'EUR')
}

/** When it is brought and by whom. */
export function moment(item: Pick<CatalogueItem, 'due' | 'carrier'>): string {
  return `${t(`give-due-${item.due}`)} · ${t(`give-carrier-${item.carrier}`)}`
}

/** Who is meant, for a title: the name, else the table. */
export function partyTitle(name: string, size: number, tables: string[]): string {
  const unnamed = tables.length ? t('give-walk-in') : t('give-guests')
  return `${name || unnamed} · ${size}`
}
