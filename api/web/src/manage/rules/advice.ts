/** Advice on the rules (GET /manage/advice): under the sentence that each is about. */
import { answerOf, BACKGROUND, clientOf, Refusal } from '../../lib/api'
import { type Told, told } from '../../lib/words.svelte'
import { meets, type Path, putAt, type Rules } from './values'

export interface Advice {
  key: string
  document: 'rules' | 'house'
  about: string
  standing: 'change' | 'keep' | 'unknown'
  advised: Record<string, unknown>
  sentence: Told
  reason: Told
  evidence: Told[]
  /** The same in the language asked for. */
  said: string[]
}

interface AdvicePaths {
  '/manage/advice': {
    get: { responses: { 200: { content: { 'application/json': { advice: Advice[] } } } } }
  }
}

const client = clientOf<AdvicePaths>()

/** What is advised today; nothing where the service has no advice to give. */
export async function fetchAdvice(): Promise<Advice[]> {
  try {
    return (await answerOf(client.GET('/manage/advice', { headers: BACKGROUND }))).advice
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    return []
  }
}

/** A pointer with entries by key, `/holds/peak/count`, as a path of the rules. */
export function pathOfAdvice(pointer: string): Path {
  return pointer
    .split('/')
    .slice(1)
    .map((step) => step.replace(/~1/g, '/').replace(/~0/g, '~'))
}

/** What is advised about a sentence: about one of its values, or what holds them. */
export function adviceFor(all: readonly Advice[], paths: readonly Path[]): Advice[] {
  return all.filter(
    (each) =>
      each.document === 'rules' && paths.some((path) => meets(pathOfAdvice(each.about), path)),
  )
}

/** Put what is advised into the draft. */
export function take(advice: Advice, rules: Rules): void {
  for (const [pointer, value] of Object.entries(advice.advised)) {
    putAt(rules, pathOfAdvice(pointer), value)
  }
}

/** A message of advice in the person's language. */
export function says(message: Told, otherwise = ''): string {
  return told(message.key, message.params, otherwise)
}
