import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { brotliCompressSync, constants, gzipSync } from 'node:zlib'
import type { Plugin } from 'vite'

const WORTH_IT = /\.(html|js|css|svg|json|webmanifest)$/

/** Puts a .br and a .gz beside each text of the build: the service compresses nothing itself. */
export function compressed(): Plugin {
  let folder = ''
  return {
    name: 'compressed',
    apply: 'build',
    configResolved(config) {
      folder = config.build.outDir
    },
    closeBundle(error) {
      // What is wrong with the sources is told by who found it.
      if (error) return
      for (const file of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
        if (!WORTH_IT.test(file)) continue
        const path = join(folder, file)
        const plain = readFileSync(path)
        const hint = { [constants.BROTLI_PARAM_SIZE_HINT]: plain.length }
        writeFileSync(`${path}.br`, brotliCompressSync(plain, { params: hint }))
        writeFileSync(`${path}.gz`, gzipSync(plain, { level: 9 }))
      }
    },
  }
}
