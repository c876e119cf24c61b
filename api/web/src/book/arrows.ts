/** Up and down go from row to row, Home and End to the first and the last (STAND.md "Keys"). */

const ROWS = '[data-row] .look, [data-wait] .row'

/** Which of so many rows a key goes to from one of them, -1: from above them; null: nowhere else. */
export function rowTo(key: string, from: number, count: number): number | null {
  const to = { ArrowDown: from + 1, ArrowUp: from - 1, Home: 0, End: count - 1 }[key]
  return to === undefined || to < 0 || to >= count || to === from ? null : to
}

/** Move the focus within a list as the key says; of what is beside a row's look the row counts. */
export function walkRows(event: KeyboardEvent, list: HTMLElement): void {
  const rows = [...list.querySelectorAll<HTMLElement>(ROWS)].filter(
    (row) => !row.closest('[inert]'),
  )
  const focus = document.activeElement
  const from = rows.findIndex((row) => row === focus || row.closest('li')?.contains(focus))
  const to = rowTo(event.key, from, rows.length)
  if (to === null) return
  event.preventDefault()
  rows[to]?.focus()
}
