/** The service worker of all pages: what it does is in the modules it names. */
import { type KeepingWorker, keepStand } from './offline/keeping'
import { listenForPushes, type PushWorker } from './push/arriving'

keepStand(self as unknown as KeepingWorker)
listenForPushes(self as unknown as PushWorker)
