/**
 * Keeps the stand's page on the tablet: one whole build, its files by their hashed names.
 *
 * What the service answers (/host, /live, /manage) goes past it, and so do the other pages. Another
 * build is fetched beside this one, and takes over when the page says so or when no page is open. The
 * build writes the list of files and the name of this version here (vite.worker.ts).
 */
const VERSION = '__VERSION__'
const ENTRY = '__ENTRY__'
const FILES = ['__FILES__']
const PAGE = '/stand/'
const OURS = 'maitred-stand-'

interface Extendable {
  waitUntil(work: Promise<unknown>): void
}
interface Fetched {
  request: Request
  respondWith(answer: Promise<Response>): void
}
/** The part of ServiceWorkerGlobalScope that is used here. */
export interface KeepingWorker {
  addEventListener(kind: 'install' | 'activate', hear: (event: Extendable) => void): void
  addEventListener(kind: 'message', hear: (event: MessageEvent) => void): void
  addEventListener(kind: 'fetch', hear: (event: Fetched) => void): void
  skipWaiting(): Promise<void>
  clients: { claim(): Promise<void> }
  location: { origin: string }
}

export function keepStand(worker: KeepingWorker): void {
  worker.addEventListener('install', (event) => event.waitUntil(fetchBuild()))
  worker.addEventListener('activate', (event) => event.waitUntil(begin(worker)))
  worker.addEventListener('message', (event) => {
    if (event.data === 'take over') void worker.skipWaiting()
  })
  worker.addEventListener('fetch', (event) => {
    const { request } = event
    const { origin, pathname } = new URL(request.url)
    if (request.method !== 'GET' || origin !== worker.location.origin) return
    if (!pathname.startsWith(PAGE)) return
    event.respondWith(kept(request.mode === 'navigate' ? PAGE : pathname, request))
  })
}

/** All files or none; and the page only where it is of this very build. */
async function fetchBuild(): Promise<void> {
  const cache = await caches.open(OURS + VERSION)
  await cache.addAll(FILES.map((file) => PAGE + file))
  const page = await fetch(PAGE, { cache: 'no-store' })
  const text = await page.clone().text()
  if (!page.ok || !text.includes(ENTRY)) throw new Error('the page is of another build')
  await cache.put(PAGE, page)
}

async function begin(worker: KeepingWorker): Promise<void> {
  const names = await caches.keys()
  const old = names.filter((name) => name.startsWith(OURS) && name !== OURS + VERSION)
  await Promise.all(old.map((name) => caches.delete(name)))
  await worker.clients.claim()
}

async function kept(wanted: string, request: Request): Promise<Response> {
  const cache = await caches.open(OURS + VERSION)
  return (await cache.match(wanted, { ignoreVary: true })) ?? (await fetch(request))
}
