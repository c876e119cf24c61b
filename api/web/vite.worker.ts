import { createHash } from 'node:crypto'
import { readdirSync } from 'node:fs'
import type { Plugin, Rolldown } from 'vite'

const WORKER = 'worker.js'
const STAND = 'index.html'
const OTHERS = ['desk.html', 'kitchen.html']

type Bundle = Record<string, Rolldown.OutputChunk | Rolldown.OutputAsset>

/** Writes into the service worker which files of this build the stand may want. */
export function worker(): Plugin {
  let shown = ''
  return {
    name: 'worker',
    apply: 'build',
    configResolved(config) {
      shown = config.publicDir
    },
    // The page is made by then: its own hashed name is in it.
    generateBundle: {
      order: 'post',
      handler(_, made) {
        const bundle = made as Bundle
        const ours = reached(bundle, STAND)
        const theirs = new Set(OTHERS.flatMap((page) => [...reached(bundle, page)]))
        const files = Object.keys(bundle)
          .filter((name) => !name.endsWith('.html') && name !== WORKER)
          .filter((name) => ours.has(name) || !theirs.has(name))
          .concat(readdirSync(shown))
          .sort()
        const page = String((bundle[STAND] as Rolldown.OutputAsset).source)
        const version = createHash('sha256').update(page).update(files.join()).digest('hex')
        const entry = entryOf(bundle, STAND)?.fileName ?? ''
        const chunk = bundle[WORKER] as Rolldown.OutputChunk
        chunk.code = chunk.code
          .replace(/\[(["'`])__FILES__\1\]/, JSON.stringify(files))
          .replace('__VERSION__', version.slice(0, 16))
          .replace('__ENTRY__', entry)
      },
    },
  }
}

function entryOf(bundle: Bundle, page: string): Rolldown.OutputChunk | undefined {
  const chunks = Object.values(bundle).filter((each) => each.type === 'chunk')
  return chunks.find((each) => each.isEntry && each.facadeModuleId?.endsWith(`/${page}`))
}

/** The files that a page may ask for, sooner or later. */
function reached(bundle: Bundle, page: string): Set<string> {
  const found = new Set<string>()
  const next = [entryOf(bundle, page)?.fileName ?? '']
  for (let name = next.pop(); name !== undefined; name = next.pop()) {
    const file = bundle[name]
    if (!file || found.has(name)) continue
    found.add(name)
    if (file.type !== 'chunk') continue
    const { importedCss, importedAssets } = file.viteMetadata ?? {}
    next.push(...file.imports, ...file.dynamicImports, ...(importedCss ?? []))
    next.push(...(importedAssets ?? []))
  }
  return found
}
