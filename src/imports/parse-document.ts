/** Bytes to documents: finds out what it is, reads it, and puts its sections in order. Runs in a thread of its own. */
import { UserError } from '../shared/errors.ts'
import type { ParsedSource } from './block.ts'
import { cleanText } from './clean-text.ts'
import { decodeText } from './decode-text.ts'
import { detectBinaryKind, detectTextKind } from './detect-kind.ts'
import type { ImportedSection } from './imported-document.ts'
import { MAX_PASSAGES, MAX_TEXT_CHARACTERS } from './limits.ts'
import { wordCount } from './paragraphs.ts'
import { headingText, toSections } from './to-sections.ts'

export interface RawDocument {
  bytes: Uint8Array
  /** The file's name or the last part of the address: tells the kind where nothing else does, and the title. */
  name: string
  contentType?: string
  charset?: string
}

export interface ParsedDocument {
  title: string
  /** Only where the document itself says one: a feed's item. */
  address?: string
  sections: ImportedSection[]
}

const MIN_WORDS = 3

/** @throws UserError whose message goes behind the document's name */
export async function parseDocument(raw: RawDocument): Promise<ParsedDocument[]> {
  if (raw.bytes.length === 0) throw new UserError('is empty: there is nothing to import')
  const sources = await parseSources(raw)
  const documents = sources.map((source) => toDocument(source, raw.name)).filter(({ sections }) => sections.some(({ text }) => wordCount(text) >= MIN_WORDS))
  if (documents.length === 0) throw new UserError('holds no text: if a browser shows some, save the page from there and import the file')
  const passages = documents.reduce((sum, { sections }) => sum + sections.length, 0)
  if (passages > MAX_PASSAGES) throw new UserError(`falls into ${passages} passages: at most ${MAX_PASSAGES} are read, so split it`)
  const characters = documents.reduce((sum, { sections }) => sum + sections.reduce((own, { text }) => own + text.length, 0), 0)
  if (characters > MAX_TEXT_CHARACTERS)
    throw new UserError(`has ${characters.toLocaleString('en')} characters of text: at most ${MAX_TEXT_CHARACTERS.toLocaleString('en')} are read, so split it`)
  return documents
}

/** Each parser is loaded only for its own kind: together they take a second and 100 MB. */
async function parseSources({ bytes, name, contentType, charset }: RawDocument): Promise<ParsedSource[]> {
  const binary = detectBinaryKind(bytes)
  if (binary === 'pdf') return [await (await import('./parse-pdf.ts')).parsePdf(bytes)]
  if (binary === 'docx') return [await (await import('./parse-docx.ts')).parseDocx(bytes)]
  const text = cleanText(decodeText(bytes, charset))
  const kind = detectTextKind(text, { name, ...(contentType === undefined ? {} : { contentType }) })
  switch (kind) {
    case 'feed':
      return (await import('./parse-feed.ts')).parseFeed(text)
    case 'html':
      return [(await import('./parse-html.ts')).parseHtmlPage(text)]
    case 'markdown':
      return [(await import('./parse-markdown.ts')).parseMarkdown(text)]
    case 'text':
      return [(await import('./parse-plain-text.ts')).parsePlainText(text)]
  }
}

function toDocument({ title, blocks, address }: ParsedSource, name: string): ParsedDocument {
  const found = toSections(blocks)
  const titles = [title, found.title, nameAsTitle(name), 'Document'].map((each) => headingText(each ?? ''))
  return { title: titles.find((each) => each !== '') as string, sections: found.sections, ...(address === undefined ? {} : { address }) }
}

/** "kubernetes-guide_v2.pdf" → "kubernetes guide v2" */
function nameAsTitle(name: string): string {
  return name
    .replace(/(?:\.[a-z0-9]{1,8}){1,2}$/i, '')
    .replace(/[_-]+/g, ' ')
    .trim()
}
