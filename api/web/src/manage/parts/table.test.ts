import { describe, expect, it } from 'vitest'
import { type Column, nextOrder, sorted } from './table'

interface Row {
  name: string
  count: number | null
}

const name: Column<Row> = { key: 'name', name: 'Name', value: (row) => row.name }
const count: Column<Row> = { key: 'count', name: 'Count', value: (row) => row.count, number: true }
const rows: Row[] = [
  { name: 'b', count: 9 },
  { name: 'c', count: null },
  { name: 'a', count: 10 },
]
const names = (found: Row[]) => found.map((row) => row.name).join('')

describe('a table', () => {
  it('is sorted by number, by letter, and what has no value comes last', () => {
    expect(names(sorted(rows, [name, count], null))).toBe('bca')
    expect(names(sorted(rows, [name, count], { key: 'count', down: true }))).toBe('abc')
    expect(names(sorted(rows, [name, count], { key: 'count', down: false }))).toBe('bac')
    expect(names(sorted(rows, [name, count], { key: 'name', down: false }))).toBe('abc')
  })

  it('shows the largest first, then the other way', () => {
    const first = nextOrder(null, count)
    expect(first).toEqual({ key: 'count', down: true })
    expect(nextOrder(first, count)).toEqual({ key: 'count', down: false })
    expect(nextOrder(first, name)).toEqual({ key: 'name', down: false })
  })
})
