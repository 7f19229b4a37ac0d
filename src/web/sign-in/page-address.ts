/** The links that lead to the page. */

/** What follows `#` never leaves the browser: no proxy, log or preview of links sees the code. @param origin of the page */
export function entryAddress(origin: string, code: string, team?: string): string {
  return `${origin}/#/enter/${code}${team === undefined ? '' : `/${encodeURIComponent(team)}`}`
}
