/** Fetches a web address that somebody named, or that a redirect led to, without reaching into the network it runs in. */
import { lookup as lookUp } from 'node:dns'
import { isIP, type LookupFunction } from 'node:net'
import { Agent, fetch, type Response } from 'undici'
import { codeOf, messageOf, UserError } from '../shared/errors.ts'
import { FETCH_LIMIT_MS, MAX_FILE_BYTES, MAX_REDIRECTS, megabytes } from './limits.ts'
import { type Refuses, refusesPrivate } from './private-addresses.ts'

export interface FetchOptions {
  refuses?: Refuses
  limitMs?: number
  maxBytes?: number
}

export interface Fetched {
  bytes: Uint8Array
  contentType?: string
  charset?: string
}

const ACCEPT = 'text/markdown, text/html, application/xhtml+xml, application/rss+xml, application/atom+xml, application/pdf, text/plain;q=0.9, */*;q=0.5'
const REDIRECT = new Set([301, 302, 303, 307, 308])
const TRY_LATER = 'try again later, or save the page and import the file'
const BROKE_OFF = `broke off before it was complete: ${TRY_LATER}`

/** @throws UserError whose message goes behind the address */
export async function fetchAddress(
  address: string,
  { refuses = refusesPrivate, limitMs = FETCH_LIMIT_MS, maxBytes = MAX_FILE_BYTES }: FetchOptions = {},
): Promise<Fetched> {
  // A connection of its own for each import: none is kept, and each is checked when it is made.
  const dispatcher = new Agent({ connect: { lookup: checkedLookup(refuses), timeout: limitMs }, pipelining: 0 })
  const signal = AbortSignal.timeout(limitMs)
  try {
    const response = await follow(address, refuses, (url) =>
      fetch(url.href, { dispatcher, signal, redirect: 'manual', credentials: 'omit', headers: { accept: ACCEPT, 'user-agent': 'Cairn' } }),
    )
    const { type, charset } = contentTypeOf(response)
    const bytes = await readBody(response, maxBytes)
    return { bytes, ...(type === undefined ? {} : { contentType: type }), ...(charset === undefined ? {} : { charset }) }
  } catch (error) {
    throw explain(error, limitMs)
  } finally {
    // Nothing is waited for: a server that stalls would hold up the end as well.
    await dispatcher.destroy()
  }
}

async function follow(address: string, refuses: Refuses, get: (url: URL) => Promise<Response>): Promise<Response> {
  let url = checkedUrl(address, refuses)
  for (let hops = 0; hops <= MAX_REDIRECTS; hops++) {
    const response = await get(url)
    const location = response.headers.get('location')
    if (!REDIRECT.has(response.status) || location === null) {
      if (!response.ok) throw new UserError(explainStatus(response.status))
      return response
    }
    await response.body?.cancel()
    url = checkedUrl(URL.parse(location, url.href)?.href ?? location, refuses)
  }
  throw new UserError(`redirects more than ${MAX_REDIRECTS} times: import the address at which it ends`)
}

/** A host that is written as a number is never looked up, so it is checked here; names are when they are. */
function checkedUrl(address: string, refuses: Refuses): URL {
  const url = URL.parse(address)
  if (url === null) throw new UserError('is no web address: it should look like https://example.org/page')
  if (!/^https?:$/.test(url.protocol)) throw new UserError(`leads to a ${url.protocol.slice(0, 20)} address: only http and https are fetched`)
  if (url.username !== '' || url.password !== '') throw new UserError('holds a user name or a password: save the page and import the file')
  const host = url.hostname.replace(/^\[|\]$/g, '')
  if (isIP(host) !== 0 && refuses(host)) throw privateAddress(host)
  return url
}

function privateAddress(ip: string): UserError {
  return new UserError(
    `leads to ${ip}, an address that is not public: save the page and import the file, or set CAIRN_IMPORT_PRIVATE_ADDRESSES=1 to import from your own network`,
  )
}

/** What is checked is what is connected to: a name can't be looked up a second time with another result. */
function checkedLookup(refuses: Refuses): LookupFunction {
  return (hostname, options, callback) =>
    lookUp(hostname, { ...options, all: true }, (error, addresses) => {
      if (error !== null) return callback(error, '')
      const refused = addresses.find(({ address }) => refuses(address))
      if (refused !== undefined) return callback(privateAddress(refused.address), '')
      const first = addresses[0]
      if (options.all === true) callback(null, addresses)
      else callback(null, first?.address ?? '', first?.family)
    })
}

function contentTypeOf(response: Response): { type?: string; charset?: string } {
  const [type = '', ...parameters] = (response.headers.get('content-type') ?? '').split(';')
  const charset = parameters.map((each) => /^\s*charset=["']?([\w.:-]+)/i.exec(each)?.[1]).find((each) => each !== undefined)
  return { ...(type.trim() === '' ? {} : { type: type.trim().toLowerCase() }), ...(charset === undefined ? {} : { charset }) }
}

/** Counted as it comes and after unpacking: a server need not tell how much it sends, nor tell the truth. */
async function readBody(response: Response, maxBytes: number): Promise<Uint8Array> {
  const tooBig = () => new UserError(`is larger than ${megabytes(maxBytes)}: save it, split it and import its parts`)
  if (Number(response.headers.get('content-length') ?? 0) > maxBytes) throw tooBig()
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of response.body ?? []) {
    size += chunk.length
    if (size > maxBytes) throw tooBig()
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}

function explainStatus(status: number): string {
  if (status === 404 || status === 410) return `is not there (${status}): check the address`
  if (status === 401 || status === 403) return `is only for those who log in (${status}): save the page and import the file`
  return `could not be fetched, the server answered with ${status}: ${TRY_LATER}`
}

const CAUSES: Readonly<Record<string, string>> = {
  ENOTFOUND: 'has a host that does not exist: check the address',
  EAI_AGAIN: 'has a host that could not be looked up: check the network, then try again',
  ECONNREFUSED: 'could not be fetched, nothing answers at that address: check it',
  UND_ERR_RES_CONTENT_LENGTH_MISMATCH: BROKE_OFF,
  UND_ERR_SOCKET: BROKE_OFF,
  ECONNRESET: BROKE_OFF,
}

/** The library wraps what went wrong, sometimes twice. */
function explain(error: unknown, limitMs: number): UserError {
  const causes: unknown[] = []
  for (let cause = error; cause !== undefined && causes.length < 5; cause = (cause as { cause?: unknown } | null)?.cause) causes.push(cause)
  const own = causes.find((cause) => cause instanceof UserError)
  if (own instanceof UserError) return own
  if (causes.some((cause) => ['TimeoutError', 'ConnectTimeoutError'].includes((cause as Error)?.name)))
    return new UserError(`did not arrive within ${limitMs / 1000} s: ${TRY_LATER}`, { cause: error })
  const known = causes.flatMap((cause) => CAUSES[codeOf(cause) ?? ''] ?? [])[0]
  const last = messageOf(causes.at(-1)).split('\n')[0]?.slice(0, 160)
  return new UserError(known ?? `could not be fetched (${last}): ${TRY_LATER}`, { cause: error })
}
