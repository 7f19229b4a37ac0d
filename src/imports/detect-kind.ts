/** What kind of document it is: by its content first, then by what the server says, then by its name. */
import { UserError } from '../shared/errors.ts'

export type TextKind = 'markdown' | 'html' | 'text' | 'feed'

/** First bytes of what people import by mistake. */
const UNREADABLE: readonly (readonly [signature: string, advice: string])[] = [
  ['\xd0\xcf\x11\xe0', 'is an old or encrypted Office document: save it as .docx without a password'],
  ['\x89PNG', 'is an image: import the text it shows'],
  ['\xff\xd8\xff', 'is an image: import the text it shows'],
  ['GIF8', 'is an image: import the text it shows'],
  ['\x1f\x8b', 'is a compressed file: unpack it and import what is in it'],
  ['{\\rtf', 'is a rich text document: save it as .docx'],
]

/** @throws UserError for a kind that can't be imported */
export function detectBinaryKind(bytes: Uint8Array): 'pdf' | 'docx' | undefined {
  const head = new TextDecoder('latin1').decode(bytes.subarray(0, 1024))
  // Some writers put a few bytes before the mark.
  if (/^[\s\S]{0,1000}%PDF-\d/.test(head) && !/^\s*</.test(head)) return 'pdf'
  if (head.startsWith('PK\u0003\u0004') || head.startsWith('PK\u0005\u0006')) return 'docx'
  // Browsers' latin1 is Windows-1252, so the first bytes are compared one by one.
  const found = UNREADABLE.find(([signature]) => [...signature].every((char, i) => bytes[i] === char.charCodeAt(0)))
  if (found !== undefined) throw new UserError(found[1])
  return undefined
}

export interface Hints {
  /** Without parameters, in lower case. */
  contentType?: string
  name: string
}

/** @throws UserError for text that is no document */
export function detectTextKind(text: string, { contentType, name }: Hints): TextKind {
  const found = kindOfContent(text)
  if (found !== undefined) return found
  const told = contentType === undefined ? undefined : kindOfContentType(contentType)
  if (told !== undefined) return told
  const extension = /\.(md|markdown|mdown|html?|xhtml|txt|text|rst|adoc)$/i.exec(name)?.[1]?.toLowerCase()
  if (extension?.startsWith('m')) return 'markdown'
  return extension?.includes('htm') ? 'html' : 'text'
}

function kindOfContent(text: string): TextKind | undefined {
  const start = text.slice(0, 4000).replace(/^(?:\s|<!--[\s\S]*?-->|<\?(?!xml)[\s\S]*?\?>)+/, '')
  const root = /^(?:<\?xml[^>]*\?>|<!--[\s\S]*?-->|<!DOCTYPE[^>[]*(?:\[[\s\S]*?\])?\s*>|<\?[\s\S]*?\?>|\s)*<([a-z][\w:.-]*)/i.exec(start)?.[1]?.toLowerCase()
  if (root === 'html' || /^<!doctype html/i.test(start)) return 'html'
  if (root !== undefined && /^(?:rss|feed|rdf:rdf|atom:feed)$/.test(root)) return 'feed'
  // Whatever is XML and no page is taken for a feed, and refused there if it is none.
  if (/^<(?:\?xml|!DOCTYPE\b)/i.test(start)) return 'feed'
  if (/^[[{]/.test(start) && isJson(text)) throw new UserError('is JSON, not a document: import the page or the file that people read')
  if (/^---\n[\s\S]{0,4000}?\n---\s*$/m.test(start) && /^---\n[^\n]*:/.test(start)) return 'markdown'
  const marks = count(text, /^#{1,6} \S.*$/gm) * 2 + count(text, /\[[^\]\n]+\]\([^)\s]+\)/g) + count(text, /^```/gm) + count(text, /\*\*[^*\n]+\*\*/g)
  const tags = count(text, /<\/(?:p|div|h[1-6]|li|section|article|table|td|ul|ol|body)>/gi)
  if (/^<[a-z!]/i.test(start) && tags >= 3 && tags > marks) return 'html'
  return marks >= 3 && /^#{1,6} \S/m.test(text) ? 'markdown' : undefined
}

function kindOfContentType(type: string): TextKind | undefined {
  if (/^text\/(?:x-)?markdown$/.test(type)) return 'markdown'
  if (/^(?:text\/html|application\/xhtml\+xml)$/.test(type)) return 'html'
  if (/^(?:application|text)\/(?:(?:rss|atom|rdf)\+)?xml$/.test(type)) return 'feed'
  // "text/plain" and "application/octet-stream" are what servers say of anything.
  if (/^text\//.test(type) || type === 'application/octet-stream') return undefined
  throw new UserError(`comes as ${type.replace(/[^\w.+/-]/g, '').slice(0, 60)}, which is no document: import Markdown, HTML, text, a feed, PDF or .docx`)
}

function count(text: string, pattern: RegExp): number {
  return text.match(pattern)?.length ?? 0
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}
