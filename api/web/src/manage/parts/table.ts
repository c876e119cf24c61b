/** The tables of the desk: a column says its value for sorting, and how it is written. */
export type Value = string | number | null

export interface Column<Row> {
  key: string
  name: string
  value: (row: Row) => Value
  /** As it is written; else the value itself. */
  shown?: (row: Row) => string
  /** Numbers stand at the right. */
  number?: boolean
  /** What a tap on the cell opens; the cell is a button then. */
  open?: (row: Row) => (() => void) | undefined
  /** Under the column: its total. */
  total?: string | undefined
  /** What a tap on the total opens. */
  openTotal?: (() => void) | undefined
}

export interface Order {
  key: string
  down: boolean
}

/** The rows in an order; those without a value come last, equal ones stay as they were. */
export function sorted<Row>(
  rows: readonly Row[],
  columns: Column<Row>[],
  order: Order | null,
): Row[] {
  const by = columns.find((column) => column.key === order?.key)
  if (!by || !order) return [...rows]
  return [...rows].sort((one, other) => {
    const [a, b] = [by.value(one), by.value(other)]
    if (a === null || b === null) return Number(a === null) - Number(b === null)
    const first =
      typeof a === 'number' && typeof b === 'number' ? a - b : `${a}`.localeCompare(`${b}`)
    return order.down ? -first : first
  })
}

/** The next order by a tap on a column: numbers from the largest, then the other way. */
export function nextOrder<Row>(order: Order | null, column: Column<Row>): Order {
  if (order?.key === column.key) return { key: column.key, down: !order.down }
  return { key: column.key, down: column.number ?? false }
}
