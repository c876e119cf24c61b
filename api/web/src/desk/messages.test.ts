import { expect, test } from 'vitest'
import { isLoud, type Message, shownOf, standOf, whenOf } from './messages'

function message(more: Partial<Message>): Message {
  return {
    notice_id: '1',
    kind: 'confirmation',
    status: 'sent',
    why: null,
    channel: 'email',
    language: 'en',
    segments: null,
    made_at: '2026-12-04T18:00:00Z',
    due_at: '2026-12-04T18:00:30Z',
    sent_at: null,
    ...more,
  }
}

test('what had nothing to tell any more is not shown, and why nobody was written to is', () => {
  const reasons = [
    'superseded',
    'over',
    'no_address',
    'not_wanted',
    'not_configured',
    'told_by_site',
  ]
  const skipped = reasons.map((why) => message({ status: 'skipped', why }))
  const shown = shownOf([message({}), ...skipped])
  expect(shown.map(standOf)).toEqual([
    'sent',
    'no_address',
    'not_wanted',
    'not_configured',
    'told_by_site',
  ])
})

test('a message says when it went out, or is to go out', () => {
  const sent = message({ sent_at: '2026-12-04T18:01:00Z' })
  expect(whenOf(sent)).toBe('2026-12-04T18:01:00Z')
  expect(whenOf(message({ status: 'waiting' }))).toBe('2026-12-04T18:00:30Z')
  expect(whenOf(message({ status: 'failed' }))).toBe('2026-12-04T18:00:00Z')
})

test('what failed, or has no address, is louder than what was sent', () => {
  expect(isLoud(message({ status: 'failed', why: 'smtp_550' }))).toBe(true)
  expect(isLoud(message({ status: 'skipped', why: 'no_address' }))).toBe(true)
  expect(isLoud(message({}))).toBe(false)
  expect(isLoud(message({ status: 'delivered' }))).toBe(false)
})
