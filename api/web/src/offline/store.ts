/** IndexedDB of this stand: acts, questions, and the evening as it was last known. */
import type { Kept } from './queue'

const NAME = 'maitred-stand'
const STORES = ['acts', 'clashes', 'kept'] as const
type StoreName = (typeof STORES)[number]

let opening: Promise<IDBDatabase> | null = null

function open(): Promise<IDBDatabase> {
  opening ??= new Promise((resolve, reject) => {
    const asked = indexedDB.open(NAME, 1)
    asked.onupgradeneeded = () => {
      for (const name of STORES) asked.result.createObjectStore(name)
    }
    asked.onsuccess = () => resolve(asked.result)
    asked.onerror = () => reject(asked.error)
  })
  return opening
}

async function within<T>(
  name: StoreName,
  mode: IDBTransactionMode,
  work: (store: IDBObjectStore) => IDBRequest<T>,
): Promise<T> {
  const database = await open()
  return await new Promise((resolve, reject) => {
    // What was done has to outlive the tablet's battery; the evening is fetched again.
    const durability = name === 'kept' ? 'relaxed' : 'strict'
    const transaction = database.transaction(name, mode, { durability })
    const asked = work(transaction.objectStore(name))
    transaction.oncomplete = () => resolve(asked.result)
    transaction.onabort = () => reject(transaction.error)
  })
}

/** One store, by key. What a browser without storage (a private window) cannot keep is not kept. */
export function keptIn<T>(name: StoreName): Kept<T> & { get: (key: string) => Promise<T | null> } {
  const quietly = async <R>(work: () => Promise<R>, otherwise: R): Promise<R> => {
    try {
      return await work()
    } catch {
      return otherwise
    }
  }
  const write = (work: (store: IDBObjectStore) => IDBRequest) =>
    quietly(async () => void (await within(name, 'readwrite', work)), undefined)
  return {
    all: () => quietly(() => within<T[]>(name, 'readonly', (store) => store.getAll()), []),
    get: (key) =>
      quietly(async () => (await within<T>(name, 'readonly', (s) => s.get(key))) ?? null, null),
    put: (key, value) => write((store) => store.put(value, key)),
    remove: (key) => write((store) => store.delete(key)),
    clear: () => write((store) => store.clear()),
  }
}
