/** Sections as they are being set: taps on the floor go to a draft, which is sent as one order. */
import { stand } from '../lib/stand.svelte'
import { changeTo, handed, type Served, servedBy, tapped } from './sections'

class Editing {
  open = $state(false)
  /** To whom the next tap gives a table; null: to nobody. */
  brush = $state<string | null>(null)
  /** Somebody, or nobody, was chosen: taps are taken. */
  wasChosen = $state(false)
  /** Who goes home: the next server tapped takes all their tables. */
  leaving = $state<string | null>(null)
  served = $state.raw<Served>(new Map())
  #before: Served = new Map()

  begin(): void {
    this.#before = servedBy(stand.tonight?.servers ?? [])
    this.served = this.#before
    this.brush = stand.tonight?.servers[0]?.server ?? null
    this.wasChosen = this.brush !== null
    this.leaving = null
    this.open = true
    stand.sheet = null
    stand.view = 'floor'
  }

  end(): void {
    this.open = false
    this.leaving = null
  }

  /** Choose whose tables are tapped next, or who takes those of somebody who goes home. */
  choose(server: string | null): void {
    const { leaving } = this
    if (leaving && server && leaving !== server) {
      this.served = handed(this.served, this.tablesOf(leaving), server)
    }
    this.leaving = null
    this.brush = server
    this.wasChosen = true
  }

  tap(table: string): void {
    if (!this.wasChosen || this.leaving) return
    this.served = tapped(this.served, table, this.brush)
  }

  /** All tables of an area. */
  give(tables: readonly string[]): void {
    if (this.brush) this.served = handed(this.served, tables, this.brush)
  }

  tablesOf(server: string): string[] {
    return [...this.served].filter(([, whose]) => whose === server).map(([table]) => table)
  }

  async send(): Promise<void> {
    const tables = stand.house?.tables.map((each) => each.id) ?? []
    const sections = changeTo(tables, this.#before, this.served)
    if (!sections.length || (await stand.order('/host/orders/sections', { sections }))) this.end()
  }
}

export const editing = new Editing()
