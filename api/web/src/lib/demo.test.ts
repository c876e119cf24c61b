import { expect, test } from 'vitest'
import { isHere } from './demo'

test('only a page from this very machine asks for the demo', () => {
  for (const host of ['localhost', 'a.localhost', '127.0.0.1', '127.1.2.3', '[::1]']) {
    expect(isHere(host), host).toBe(true)
  }
  for (const host of ['book.example.com', '127.0.0.1.example.com', '192.168.0.2', 'localhost.de']) {
    expect(isHere(host), host).toBe(false)
  }
})
