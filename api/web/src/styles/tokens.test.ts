import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { contrast, distance, type Sight } from './sight'

const SOURCES = join(import.meta.dirname, '..')
const TOKENS = readFileSync(join(import.meta.dirname, 'tokens.css'), 'utf8')
const STATES = ['fine', 'soon', 'late', 'kept', 'act'] as const
const SIGHTS: Sight[] = ['normal', 'protan', 'deutan']

function tokensOf(theme: 'dark' | 'light'): Record<string, string> {
  const block = TOKENS.split(':root[data-theme="light"]')[theme === 'dark' ? 0 : 1] ?? ''
  const found = block.matchAll(/--([\w-]+): (#[0-9a-f]{6})/g)
  return Object.fromEntries(Array.from(found, ([, name, value]) => [name, value]))
}

const THEMES = { dark: tokensOf('dark'), light: tokensOf('light') }

for (const [theme, of] of Object.entries(THEMES)) {
  const token = (name: string) => of[name] ?? ''

  test(`rule 17: the states differ to every kind of sight, ${theme}`, () => {
    const near = STATES.flatMap((one, at) =>
      STATES.slice(at + 1).flatMap((other) =>
        SIGHTS.filter((sight) => distance(token(one), token(other), sight) <= 15).map(
          (sight) => `${one} ${other} ${sight}`,
        ),
      ),
    )
    expect(near).toEqual([])
  })

  test(`rule 15: text and what is free can be seen, ${theme}`, () => {
    for (const ground of ['ground', 'panel', 'raised']) {
      for (const ink of ['ink', 'ink-2', 'ink-3']) {
        expect(contrast(token(ink), token(ground)), `${ink} on ${ground}`).toBeGreaterThanOrEqual(
          4.5,
        )
      }
      expect(contrast(token('line-strong'), token(ground)), ground).toBeGreaterThanOrEqual(3)
    }
    for (const state of ['fine', 'soon', 'late', 'kept']) {
      expect(contrast(token(state), token(`${state}-soft`)), state).toBeGreaterThanOrEqual(4.5)
      expect(contrast(token('ink'), token(`${state}-soft`)), state).toBeGreaterThanOrEqual(4.5)
    }
    expect(contrast(token('on-act'), token('act'))).toBeGreaterThanOrEqual(4.5)
  })
}

/** Where something is past its time: the only places of the late colour. */
const PAST_ITS_TIME = [
  'book/Marks.svelte',
  'book/PartyRow.svelte',
  'book/PartySheet.svelte',
  'floor/RoomLines.svelte',
  'floor/SeatedSheet.svelte',
  'floor/TableMark.svelte',
  'shell/LockedFloor.svelte',
  'waitlist/Quote.svelte',
]

function svelteFiles(): string[] {
  const all = readdirSync(SOURCES, { recursive: true }) as string[]
  return all.filter((each) => each.endsWith('.svelte')).map((each) => each.replaceAll('\\', '/'))
}

test('rule 17: the late colour is only for what is past its time', () => {
  const users = svelteFiles().filter((each) =>
    readFileSync(join(SOURCES, each), 'utf8').includes('var(--late'),
  )
  expect(users.filter((each) => !PAST_ITS_TIME.includes(each))).toEqual([])
})

test('no component has a colour of its own', () => {
  const own = svelteFiles().filter((each) => {
    const style = readFileSync(join(SOURCES, each), 'utf8').split('<style>')[1] ?? ''
    return /#[0-9a-f]{3,8}\b|rgba?\(|hsla?\(/i.test(style)
  })
  expect(own).toEqual([])
})
