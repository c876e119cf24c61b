/** The API: typed by its own schema; what it refuses is thrown as a Refusal. */
import createClient, { type FetchResponse, type Middleware } from 'openapi-fetch'
import type { paths } from './wire'

/** A request not carried out: `code` is stable; `message` is the key of a sentence with `params`. */
export class Refusal extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    readonly detail: string,
    readonly messageKey: string | undefined,
    readonly params: Record<string, unknown>,
    readonly problem: Record<string, unknown>,
  ) {
    super(detail)
  }

  /** Nothing reached the service, or it could not answer: the same request may be sent again. */
  get unreachable(): boolean {
    return this.status === 0 || this.status === 502 || this.status === 503 || this.status === 504
  }
}

const PATIENCE_MS = 12_000

let csrfToken = ''
let onRefusal: (refusal: Refusal) => void = () => {}

/** Send this token with every request that changes something. */
export function useToken(token: string): void {
  csrfToken = token
}

/** Hear of every refusal: a session that has ended, a service that is away. */
export function onRefused(hear: (refusal: Refusal) => void): void {
  onRefusal = hear
}

const signing: Middleware = {
  onRequest({ request }) {
    if (request.method !== 'GET' && csrfToken) request.headers.set('X-CSRF-Token', csrfToken)
    return request
  },
}

const underWay = new Map<string, Promise<Response>>()

/** The same again while its answer is under way, as by a finger that taps twice, is one request. */
async function once(request: Request): Promise<Response> {
  if (request.method === 'GET') return send(request)
  const { id: _, ...wish } = JSON.parse((await request.clone().text()) || '{}')
  const same = `${request.method} ${request.url} ${JSON.stringify(wish)}`
  let asked = underWay.get(same)
  if (!asked) {
    asked = send(request)
    underWay.set(same, asked)
    const arrived = () => underWay.delete(same)
    asked.then(arrived, arrived)
  }
  return (await asked).clone()
}

function send(request: Request): Promise<Response> {
  return fetch(request, { signal: AbortSignal.timeout(PATIENCE_MS) })
}

/** A client of these routes, on the page's own service. */
export function clientOf<Routes extends object>() {
  const client = createClient<Routes>({ baseUrl: '/', credentials: 'same-origin', fetch: once })
  client.use(signing)
  return client
}

export const api = clientOf<paths>()

/** What was fetched because news came, not because somebody touched the screen: no sign of life. */
export const BACKGROUND = { 'X-Background': '1' } as const

/** The body of an answer; raises Refusal. */
export async function answerOf<
  T extends Record<string | number, unknown>,
  O,
  M extends `${string}/${string}`,
>(asked: Promise<FetchResponse<T, O, M>>): Promise<NonNullable<FetchResponse<T, O, M>['data']>> {
  let refusal: Refusal
  try {
    const { data, error, response } = await asked
    if (response.ok) return data as NonNullable<FetchResponse<T, O, M>['data']>
    refusal = refusalOf(response.status, error)
  } catch (error) {
    refusal = new Refusal(0, 'UNREACHABLE', String(error), undefined, {}, {})
  }
  onRefusal(refusal)
  throw refusal
}

function refusalOf(status: number, body: unknown): Refusal {
  const problem = (body && typeof body === 'object' ? body : {}) as Record<string, unknown>
  return new Refusal(
    status,
    String(problem.code ?? 'UNAVAILABLE'),
    String(problem.detail ?? ''),
    typeof problem.message === 'string' ? problem.message : undefined,
    (problem.params ?? {}) as Record<string, unknown>,
    problem,
  )
}
