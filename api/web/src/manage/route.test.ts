import { describe, expect, it } from 'vitest'
import { hrefOf, routeOf } from './route'

describe('the address of a page', () => {
  it('says the page, what it shows, and how', () => {
    const route = routeOf('#/reports/no%20shows?from=2026-11-01')
    expect([route.page, route.rest]).toEqual(['reports', ['no shows']])
    expect(route.query.get('from')).toBe('2026-11-01')
    expect(hrefOf('reports', ['no shows'], { from: '2026-11-01' })).toBe(
      '#/reports/no%20shows?from=2026-11-01',
    )
  })

  it('leads to the first page where it says none', () => {
    for (const hash of ['', '#', '#/', '#pair=ABCD&venue=one']) {
      expect([hash, routeOf(hash).page]).toEqual([hash, 'tonight'])
    }
  })

  it('bears what is no escape at all', () => {
    expect(routeOf('#/house/%E0%A4%A').rest).toEqual(['%E0%A4%A'])
  })
})
