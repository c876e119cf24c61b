import { FluentResource } from '@fluent/bundle'
import { describe, expect, it } from 'vitest'
import en from './en'
import deskEn from './manage/all.en'
import deskRu from './manage/all.ru'
import ru from './ru'

const SOURCES = import.meta.glob<string>('../**/*.{svelte,ts}', {
  query: '?raw',
  import: 'default',
  eager: true,
})

interface Message {
  id: string
  value: unknown
}

function messagesOf(texts: string[]): Map<string, Message> {
  const all = texts.flatMap((text) => new FluentResource(text).body as Message[])
  return new Map(all.map((each) => [each.id, each]))
}

/** The names a message is told, wherever in it they stand. */
function paramsOf(message: Message | undefined): string[] {
  const found = new Set<string>()
  JSON.stringify(message?.value ?? null, (_, node) => {
    if (node && typeof node === 'object' && node.type === 'var') found.add(node.name)
    return node
  })
  return [...found].sort()
}

const english = messagesOf([...en, ...deskEn])
const russian = messagesOf([...ru, ...deskRu])

describe('the words of the screens', () => {
  it('are the same in both languages, and told the same', () => {
    expect([...russian.keys()].sort()).toEqual([...english.keys()].sort())
    const different = [...english].filter(
      ([id, message]) => `${paramsOf(message)}` !== `${paramsOf(russian.get(id))}`,
    )
    expect(different.map(([id]) => id)).toEqual([])
  })

  it('say each message once', () => {
    const ids = [...en, ...deskEn].flatMap((text) =>
      (new FluentResource(text).body as Message[]).map((each) => each.id),
    )
    expect(ids.filter((id, place) => ids.indexOf(id) !== place)).toEqual([])
  })

  it('has each key that a screen asks for', () => {
    const asked = Object.values(SOURCES).flatMap((source) =>
      [...source.matchAll(/\bt\(\s*'([a-z][\w-]*)'/g)].map((match) => match[1] ?? ''),
    )
    expect(asked.length).toBeGreaterThan(100)
    expect([...new Set(asked)].filter((key) => !english.has(key))).toEqual([])
  })
})
