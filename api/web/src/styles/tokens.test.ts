import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Color, converter, differenceEuclidean, wcagContrast } from 'culori'
import { describe, expect, test } from 'vitest'

const css = readFileSync(new URL('./tokens.css', import.meta.url), 'utf8')
const [dark = '', light = ''] = css.split(':root[data-theme="light"]')
const SOURCES = join(import.meta.dirname, '..')
const THEMES = { dark, light }
const STATES = ['fine', 'soon', 'late', 'kept', 'act'] as const
const GROUNDS = ['ground', 'panel', 'raised'] as const
const APART = 15
const seen = differenceEuclidean('lab')
// Machado, Oliveira and Fernandes 2009, severity 1, for linear light. culori's own filters multiply
// the encoded values by them, which tells a green and a red apart by 8 that are 19 apart.
const SIGHTS = {
  normal: [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ],
  protan: [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
  deutan: [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
}
const linear = converter('lrgb')

function asSeen(colour: string, sight: number[][]): Color {
  const from = linear(colour)
  if (!from) throw new Error(`${colour} is no colour`)
  const [r = 0, g = 0, b = 0] = sight.map(([x = 0, y = 0, z = 0]) =>
    Math.min(1, Math.max(0, x * from.r + y * from.g + z * from.b)),
  )
  return { mode: 'lrgb', r, g, b }
}

function colourOf(theme: string, role: string): string {
  const found = new RegExp(`--${role}: (#[0-9a-f]{6});`).exec(theme)?.[1]
  if (!found) throw new Error(`tokens.css has no --${role}`)
  return found
}

function pairs<T>(all: readonly T[]): [T, T][] {
  return all.flatMap((one, at) => all.slice(at + 1).map((other): [T, T] => [one, other]))
}

describe.each(Object.entries(THEMES))('%s', (_, theme) => {
  test.each(Object.entries(SIGHTS))('the state colours are told apart by %s sight', (_, sight) => {
    const near = pairs(STATES)
      .map(([one, other]) => ({
        pair: `${one} ${other}`,
        apart: seen(asSeen(colourOf(theme, one), sight), asSeen(colourOf(theme, other), sight)),
      }))
      .filter((each) => each.apart <= APART)
    expect(near).toEqual([])
  })

  test('letters are told from what they stand on: 4.5:1', () => {
    const letters = ['ink', 'ink-2', 'ink-3', ...STATES]
    const soft = STATES.slice(0, 4)
    const written: [string, string][] = [
      ...letters.flatMap((role) => GROUNDS.map((ground): [string, string] => [role, ground])),
      ...soft.flatMap((one): [string, string][] => [
        [one, `${one}-soft`],
        ['ink', `${one}-soft`],
      ]),
      ['on-act', 'act'],
    ]
    const pale = written
      .map(([role, on]) => ({
        pair: `${role} on ${on}`,
        contrast: wcagContrast(colourOf(theme, role), colourOf(theme, on)),
      }))
      .filter((each) => each.contrast < 4.5)
    expect(pale).toEqual([])
  })

  test('the outline of what is free stands out from the room: 3:1 (rule 15)', () => {
    for (const ground of GROUNDS.slice(0, 2)) {
      const outline = wcagContrast(colourOf(theme, 'line-strong'), colourOf(theme, ground))
      expect(outline).toBeGreaterThanOrEqual(3)
    }
  })
})

/** Where something is past its time: the only places of the late colour. */
const PAST_ITS_TIME = [
  'book/Marks.svelte',
  'book/PartyRow.svelte',
  'book/PartySheet.svelte',
  'floor/RoomLines.svelte',
  'floor/SeatedSheet.svelte',
  'floor/TableMark.svelte',
  'giving/House.svelte',
  'kitchen/TaskRow.svelte',
  'manage/lab/Evenings.svelte',
  'manage/lab/NightDialog.svelte',
  'shell/LockedFloor.svelte',
  'timeline/TimeBar.svelte',
  'timeline/Tray.svelte',
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
    // A mask shows what it covers: its black is no colour.
    const seen = style.replace(/mask-image:[^;]*;/g, '')
    return /#[0-9a-f]{3,8}\b|rgba?\(|hsla?\(/i.test(seen)
  })
  expect(own).toEqual([])
})
