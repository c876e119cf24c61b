/**
 * The pages of the desk, each fetched when it is first shown: `Page.svelte` of its folder.
 *
 * A page is given `rest` and `query` of the address (route.ts) and draws itself, its heading included.
 */
import type { Component } from 'svelte'

export interface PageProps {
  rest: string[]
  query: URLSearchParams
}

type Page = Component<PageProps>

const FILES = import.meta.glob<{ default: Page }>('./*/Page.svelte')

/** In the order of the bar; the lab and the advice are pages of the rules. */
const ORDER = ['tonight', 'rules', 'reports', 'letter', 'house'] as const
export type BarPage = (typeof ORDER)[number]

/** The pages of the bar that are built. */
export const BAR: readonly BarPage[] = ORDER.filter((page) => hasPage(page))

/** Which page of the bar stands for a page. */
export function barPageOf(page: string): string {
  return page === 'lab' || page === 'advice' ? 'rules' : page
}

/** Whether there is a page of this name. */
export function hasPage(page: string): boolean {
  return fileOf(page) in FILES
}

/** Fetch a page. */
export async function loadPage(page: string): Promise<Page | undefined> {
  return (await FILES[fileOf(page)]?.())?.default
}

function fileOf(page: string): string {
  return `./${page}/Page.svelte`
}
