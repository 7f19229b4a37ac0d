/** Word documents: what they unpack to is measured before anything reads them. */
import mammoth from 'mammoth'
import yauzl from 'yauzl'
import { UserError } from '../shared/errors.ts'
import type { Block, ParsedSource } from './block.ts'
import { MAX_INFLATED_BYTES, megabytes } from './limits.ts'
import { parseHtmlFragment } from './parse-html.ts'

/** A title is above the headings. */
const STYLES = [
  "p[style-name='Title'] => h1:fresh",
  "p[style-name='Subtitle'] => p:fresh",
  ...[1, 2, 3, 4, 5].map((n) => `p[style-name='Heading ${n}'] => h${n + 1}:fresh`),
]

/** @throws UserError when it is no Word document, or unpacks to more than it may */
export async function parseDocx(bytes: Uint8Array): Promise<ParsedSource> {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const names = await measure(buffer)
  if (!names.includes('word/document.xml')) throw new UserError('is a ZIP archive, but not a Word document: unpack it and import the files in it')
  const html = await toHtml(buffer)
  return { blocks: parseHtmlFragment(html).map(withoutFragment) }
}

async function toHtml(buffer: Buffer): Promise<string> {
  try {
    const ignored = mammoth.images.imgElement(async () => ({ src: '' }))
    return (await mammoth.convertToHtml({ buffer }, { styleMap: STYLES, convertImage: ignored, externalFileAccess: false })).value
  } catch (error) {
    throw new UserError("can't be read as a Word document: open it in a word processor and save it again as .docx", { cause: error })
  }
}

/** The names of all entries. Declared sizes can lie, so each entry is also unpacked once and counted. */
async function measure(buffer: Buffer): Promise<string[]> {
  const tooBig = () => new UserError(`unpacks to more than ${megabytes(MAX_INFLATED_BYTES)}: nothing is read from such a document`)
  try {
    const archive = await yauzl.fromBufferPromise(buffer, { lazyEntries: true })
    const entries: yauzl.Entry[] = []
    for await (const entry of archive.eachEntry()) entries.push(entry)
    if (entries.reduce((sum, entry) => sum + entry.uncompressedSize, 0) > MAX_INFLATED_BYTES) throw tooBig()
    let inflated = 0
    for (const entry of entries.filter(({ fileName }) => !fileName.endsWith('/'))) {
      for await (const chunk of await archive.openReadStreamPromise(entry)) {
        inflated += (chunk as Buffer).length
        if (inflated > MAX_INFLATED_BYTES) throw tooBig()
      }
    }
    return entries.map(({ fileName }) => fileName)
  } catch (error) {
    if (error instanceof UserError) throw error
    throw new UserError('is a damaged ZIP archive or Word document: open it in a word processor and save it again as .docx', { cause: error })
  }
}

/** Word's bookmarks lead nowhere from outside. */
function withoutFragment(block: Block): Block {
  return block.kind === 'heading' ? { kind: 'heading', depth: block.depth, text: block.text } : block
}
