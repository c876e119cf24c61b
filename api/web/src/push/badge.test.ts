import { describe, expect, it } from 'vitest'
import { counted } from './badge.svelte'

describe('the title of a page that is not looked at', () => {
  it('says how many questions wait, and nothing where none does', () => {
    expect(counted('Tonight · Bistro', 2)).toBe('(2) Tonight · Bistro')
    expect(counted('(2) Tonight · Bistro', 3)).toBe('(3) Tonight · Bistro')
    expect(counted('(3) Tonight · Bistro', 0)).toBe('Tonight · Bistro')
  })
})
