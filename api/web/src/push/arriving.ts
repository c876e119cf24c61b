/**
 * What a service worker does with a message to this phone: it shows it, and opens the question.
 *
 * It asks the service nothing: whoever taps logs in where that is needed.
 */

/** As the service writes it (seating/notices/push_courier.py). */
export interface PushText {
  kind: 'approval' | 'alert'
  id: string
  title: string
  body: string
}

interface Extendable {
  waitUntil(work: Promise<unknown>): void
}
export interface Pushed extends Extendable {
  data: { json(): unknown } | null
}
export interface Tapped extends Extendable {
  notification: { data: unknown; close(): void }
}
export interface PageClient {
  url: string
  postMessage(told: unknown): void
  focus(): Promise<unknown>
}
/** The part of ServiceWorkerGlobalScope that is used here. */
export interface PushWorker {
  addEventListener(kind: 'push', hear: (event: Pushed) => void): void
  addEventListener(kind: 'notificationclick', hear: (event: Tapped) => void): void
  registration: { showNotification(title: string, options: object): Promise<void> }
  navigator: { setAppBadge?: () => Promise<void> }
  clients: {
    matchAll(options: object): Promise<readonly PageClient[]>
    openWindow(url: string): Promise<unknown>
  }
}

export function listenForPushes(worker: PushWorker): void {
  worker.addEventListener('push', (event) => event.waitUntil(show(worker, event)))
  worker.addEventListener('notificationclick', (event) => event.waitUntil(open(worker, event)))
}

/** Where a question is answered: a manager's yes at the desk, a call at the stand. */
export function pageOf({ kind, id }: Pick<PushText, 'kind' | 'id'>): string {
  const which = encodeURIComponent(id)
  return kind === 'alert' ? `/stand/#alert=${which}` : `/desk/#/tonight?ask=${which}`
}

async function show(worker: PushWorker, event: Pushed): Promise<void> {
  const told = event.data?.json() as PushText
  await worker.registration.showNotification(told.title, {
    body: told.body,
    tag: told.id,
    data: { page: pageOf(told) },
    icon: '/stand/mark.svg',
    requireInteraction: true,
  })
  await worker.navigator.setAppBadge?.()
}

/** Show the question in the window that is open already, else in a new one. */
async function open(worker: PushWorker, event: Tapped): Promise<void> {
  event.notification.close()
  const { page } = event.notification.data as { page: string }
  const [path = ''] = page.split('#')
  const pages = await worker.clients.matchAll({ type: 'window', includeUncontrolled: true })
  const here = pages.find((each) => new URL(each.url).pathname.startsWith(path))
  if (!here) {
    await worker.clients.openWindow(page)
    return
  }
  here.postMessage({ page })
  await here.focus().catch(() => {})
}
