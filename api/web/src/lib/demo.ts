/** The demo, on its own machine (api/ops/demo.py): its room for any browser, a code, the evening's pace. */
import { answerOf, BACKGROUND, clientOf, Refusal } from './api'
import type { LockedTonight } from './wire'

type Answer<Body> = { responses: { 200: { content: { 'application/json': Body } } } }

/** These routes are in no document: a house does not have them. */
interface DemoPaths {
  '/demo/room': { get: Answer<{ venue: string; shown: LockedTonight }> }
  '/demo/pairing-code': { post: Answer<{ venue: string; code: string }> }
  '/demo/pace': {
    post: Answer<{ now: string; rate: number }> & {
      requestBody: { content: { 'application/json': { rate: number } } }
    }
  }
}

const demo = clientOf<DemoPaths>()

/** Whether a page of this host came from the machine that shows it: only there is a demo served. */
export function isHere(hostname: string): boolean {
  return /^(localhost|.+\.localhost|127(\.\d+){3}|\[::1\])$/.test(hostname)
}

/** What the demo's room looks like; null where there is no demo. Raises Refusal if it is away. */
export async function demoRoom(): Promise<LockedTonight | null> {
  if (!isHere(location.hostname)) return null
  try {
    return (await answerOf(demo.GET('/demo/room', { headers: BACKGROUND }))).shown
  } catch (error) {
    if (error instanceof Refusal && error.status === 404) return null
    throw error
  }
}

/** A code that pairs this browser with the demo's house; raises Refusal. */
export async function demoCode(): Promise<{ venue: string; code: string }> {
  return await answerOf(demo.POST('/demo/pairing-code'))
}

/** Let the evening go on at so many seconds a second; raises Refusal. */
export async function keepPace(rate: number): Promise<void> {
  await answerOf(demo.POST('/demo/pace', { body: { rate } }))
}
