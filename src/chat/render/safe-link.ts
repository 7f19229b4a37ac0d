/** Links that go where they say: only to the web, and with the real host beside a label that names another one. */
import { oneLine, shortLabel } from './clean-text.ts'

export interface SafeLink {
  url: string
  label: string
}

const LONGEST_URL = 3000
const LONGEST_LABEL = 300
/** Something that reads as a host, also with letters of other scripts. */
const HOST_LIKE = /(?:[\p{L}\p{N}-]+\.)+\p{L}{2,}/gu

/** Undefined where there is nothing that may be opened. */
export function safeUrl(url: string): string | undefined {
  const parsed = URL.parse(oneLine(url))
  if (parsed === null || (parsed.protocol !== 'https:' && parsed.protocol !== 'http:')) return undefined
  // A name before the host is there to look like another host.
  parsed.username = ''
  parsed.password = ''
  const safe = parsed.href.replaceAll('|', '%7C').replaceAll('<', '%3C').replaceAll('>', '%3E')
  return safe.length > LONGEST_URL ? undefined : safe
}

/** Undefined where only the label can be shown. */
export function safeLink(label: string, url: string): SafeLink | undefined {
  const safe = safeUrl(url)
  if (safe === undefined) return undefined
  const host = new URL(safe).hostname
  const text = shortLabel(label, LONGEST_LABEL) || host
  const pretends = [...text.normalize('NFKC').matchAll(HOST_LIKE)].some(([named]) => bare(hostOf(named)) !== bare(host))
  return { url: safe, label: pretends ? `${text} (${shortLabel(host, LONGEST_LABEL)})` : text }
}

function hostOf(named: string): string {
  return URL.parse(`https://${named}`)?.hostname ?? named
}

function bare(host: string): string {
  return host.replace(/^www\./, '')
}
