// Prints each text in the markup of a component that is no message: `node checks.mjs`.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'svelte/compiler'

// aria-label, alt and the like are read out; a word is two letters in a row.
const READ_OUT = new Set(['aria-label', 'aria-description', 'alt', 'title', 'placeholder'])
const WORD = /\p{L}{2}/u

function* textsOf(node, attribute) {
  if (!node || typeof node !== 'object') return
  if (Array.isArray(node)) {
    for (const each of node) yield* textsOf(each, attribute)
    return
  }
  if (node.type === 'Attribute') {
    if (READ_OUT.has(node.name) && node.value !== true) yield* textsOf(node.value, node.name)
    return
  }
  if (node.type === 'Text' && WORD.test(node.data)) yield node
  if (node.type === 'Literal' && attribute && WORD.test(String(node.value))) yield node
  for (const part of ['fragment', 'nodes', 'consequent', 'alternate', 'body', 'pending', 'then', 'catch', 'fallback', 'attributes']) {
    yield* textsOf(node[part], attribute)
  }
}

let found = 0
for (const file of readdirSync('src', { recursive: true, encoding: 'utf8' }).sort()) {
  if (!file.endsWith('.svelte')) continue
  const source = readFileSync(join('src', file), 'utf8')
  for (const text of textsOf(parse(source, { modern: true }).fragment, undefined)) {
    const line = source.slice(0, text.start).split('\n').length
    console.log(`api/web/src/${file}:${line}: a text in the markup: ${(text.data ?? text.value).trim()}`)
    found += 1
  }
}
process.exit(found ? 1 : 0)
