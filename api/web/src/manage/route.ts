/** Where the desk is: `#/reports/quotes?from=2026-11-01` is the page `reports` and what it shows. */
export interface Route {
  page: string
  /** The parts after the page: `['quotes']`. */
  rest: string[]
  query: URLSearchParams
}

const FIRST = 'tonight'

/** What an address says; an empty one, and a pairing link, lead to the first page. */
export function routeOf(hash: string): Route {
  const [path = '', query = ''] = hash.replace(/^#/, '').split('?', 2)
  const parts = path.startsWith('/') ? path.split('/').filter((part) => part) : []
  const [page = FIRST, ...rest] = parts.map(unescaped)
  return { page, rest, query: new URLSearchParams(query) }
}

/** The address of a page: `hrefOf('reports', ['quotes'], { from: '2026-11-01' })`. */
export function hrefOf(
  page: string,
  rest: string[] = [],
  query: Record<string, string> = {},
): string {
  const asked = new URLSearchParams(query).toString()
  return `#/${[page, ...rest].map(encodeURIComponent).join('/')}${asked ? `?${asked}` : ''}`
}

function unescaped(part: string): string {
  try {
    return decodeURIComponent(part)
  } catch {
    return part
  }
}
