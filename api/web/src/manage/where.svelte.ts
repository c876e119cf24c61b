/** The page that is shown, as the address says; `go` changes the address. */
import { hrefOf, type Route, routeOf } from './route'

let route = $state.raw<Route>(routeOf(location.hash))

window.addEventListener('hashchange', () => {
  route = routeOf(location.hash)
})

export const where = {
  get route(): Route {
    return route
  },
}

/** Show another page, or another part of it; `replace` leaves no step back. */
export function go(
  page: string,
  rest: string[] = [],
  query: Record<string, string> = {},
  replace = false,
): void {
  const href = hrefOf(page, rest, query)
  if (!replace) {
    location.hash = href
    return
  }
  history.replaceState(null, '', href)
  route = routeOf(href)
}
