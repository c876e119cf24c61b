/** The pages of the house, in groups, each with the draft its changes go to, if they wait for one. */
import type { Component } from 'svelte'

export type DraftOf = 'house' | 'rules' | null

export interface HousePage {
  key: string
  /** Whose changes are collected here. */
  draft: DraftOf
  /** Owners only. */
  owner?: boolean
  load: () => Promise<{ default: Component }>
}

export const GROUPS: readonly { key: string; pages: readonly HousePage[] }[] = [
  {
    key: 'room',
    pages: [
      { key: 'floor', draft: 'house', load: () => import('./floor/Editor.svelte') },
      { key: 'hours', draft: 'house', load: () => import('./pages/Hours.svelte') },
      { key: 'dates', draft: 'house', load: () => import('./pages/Dates.svelte') },
      { key: 'stays', draft: 'house', load: () => import('./pages/Stays.svelte') },
      { key: 'booking', draft: 'house', load: () => import('./pages/Booking.svelte') },
      { key: 'access', draft: 'house', load: () => import('./pages/Access.svelte') },
      { key: 'venue', draft: 'house', load: () => import('./pages/Venue.svelte') },
    ],
  },
  {
    key: 'said',
    pages: [
      { key: 'rules', draft: 'house', load: () => import('./pages/HouseRules.svelte') },
      { key: 'playbook', draft: 'rules', load: () => import('./pages/Playbook.svelte') },
      { key: 'catalogue', draft: 'rules', load: () => import('./pages/Catalogue.svelte') },
      { key: 'partners', draft: 'rules', load: () => import('./pages/Partners.svelte') },
    ],
  },
  {
    key: 'people',
    pages: [
      { key: 'staff', draft: null, load: () => import('./pages/Staff.svelte') },
      { key: 'called', draft: 'rules', load: () => import('./pages/Called.svelte') },
      { key: 'tablets', draft: null, load: () => import('./pages/Tablets.svelte') },
      { key: 'sessions', draft: null, load: () => import('./pages/Sessions.svelte') },
    ],
  },
  {
    key: 'outside',
    pages: [
      { key: 'clients', draft: null, load: () => import('./pages/Clients.svelte') },
      { key: 'webhooks', draft: null, load: () => import('./pages/Webhooks.svelte') },
    ],
  },
  {
    key: 'kept',
    pages: [
      { key: 'versions', draft: 'house', load: () => import('./pages/Versions.svelte') },
      { key: 'record', draft: null, owner: true, load: () => import('./pages/Record.svelte') },
      { key: 'backups', draft: null, owner: true, load: () => import('./pages/Backups.svelte') },
    ],
  },
]

/** The page of this name. */
export function pageOf(key: string | undefined): HousePage | undefined {
  return GROUPS.flatMap((group) => group.pages).find((page) => page.key === key)
}
