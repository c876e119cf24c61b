import { svelte } from '@sveltejs/vite-plugin-svelte'
import { defineConfig } from 'vitest/config'
import { compressed } from './vite.compress.ts'

// Where `npm run dev` finds the service; what is built is served by the service itself.
const service = process.env.MAITRED_URL ?? 'http://127.0.0.1:8000'

export default defineConfig({
  base: '/stand/',
  plugins: [svelte(), compressed()],
  // Safari of iPadOS 16.4, the oldest with a wake lock.
  build: {
    target: ['safari16.4', 'chrome109', 'firefox115'],
    assetsInlineLimit: 0,
    rolldownOptions: { input: ['index.html', 'desk.html'] },
  },
  server: { proxy: { '/host': service, '/live': service, '/manage': service } },
  test: { include: ['src/**/*.test.ts'] },
})
