import { svelte } from '@sveltejs/vite-plugin-svelte'
import { defineConfig } from 'vitest/config'
import { compressed } from './vite.compress.ts'
import { worker } from './vite.worker.ts'

// Where `npm run dev` finds the service; what is built is served by the service itself.
const service = process.env.MAITRED_URL ?? 'http://127.0.0.1:8000'

export default defineConfig({
  base: '/stand/',
  plugins: [svelte(), worker(), compressed()],
  // Safari of iPadOS 16.4, the oldest with a wake lock.
  build: {
    target: ['safari16.4', 'chrome109', 'firefox115'],
    assetsInlineLimit: 0,
    rolldownOptions: {
      input: {
        stand: 'index.html',
        desk: 'desk.html',
        kitchen: 'kitchen.html',
        worker: 'src/worker.ts',
      },
      // Browsers ask for a service worker again by its name.
      output: {
        entryFileNames: ({ name }) => (name === 'worker' ? 'worker.js' : 'assets/[name]-[hash].js'),
      },
    },
  },
  server: { proxy: { '/host': service, '/live': service, '/manage': service } },
  test: { include: ['src/**/*.test.ts'] },
})
