/** PDF: pieces of text with places and sizes, put together to lines, paragraphs and headings. */
import { getDocumentProxy } from 'unpdf'
import { UserError } from '../shared/errors.ts'
import { type Block, oneLine, type ParsedSource } from './block.ts'
import { MAX_PDF_PAGES } from './limits.ts'
import { wordCount } from './paragraphs.ts'
import { type Line, type Page, readPages } from './pdf-lines.ts'

/** So much larger than the running text is a heading. */
const HEADING_RATIO = 1.12
const MAX_HEADING_WORDS = 16
/** A gap so much larger than the one between lines begins a paragraph. */
const PARAGRAPH_RATIO = 1.35
const BULLET = /^[•◦▪‣·●○■–]\s*/
/** Lines that stand at the edge of so many pages are not part of the text. */
const MIN_REPEATS = 3
const EDGE_LINES = 2

/** @throws UserError when it can't be read, needs a password, or holds no text */
export async function parsePdf(bytes: Uint8Array): Promise<ParsedSource> {
  const pages = withoutRunningLines(await open(bytes))
  const lines = pages.flatMap((page) => page.lines)
  if (lines.length === 0) throw new UserError('is a PDF without text, most likely scanned pages: run text recognition (OCR) over it and import the result')
  return toSource(pages, bodySize(lines))
}

async function open(bytes: Uint8Array): Promise<Page[]> {
  try {
    // A copy: the library takes the buffer for its own. Errors only: it writes its warnings to the console.
    const pdf = await getDocumentProxy(new Uint8Array(bytes), { verbosity: 0 })
    if (pdf.numPages > MAX_PDF_PAGES) throw new UserError(`has ${pdf.numPages} pages: at most ${MAX_PDF_PAGES} are read, so split it`)
    return await readPages(pdf)
  } catch (error) {
    if (error instanceof UserError) throw error
    if ((error as Error).name === 'PasswordException')
      throw new UserError('is protected by a password: save a copy without one and import that', { cause: error })
    throw new UserError('is a damaged PDF: open it and save it again, or import its text', { cause: error })
  }
}

/** The size that most of the text has. */
function bodySize(lines: readonly Line[]): number {
  const characters = new Map<number, number>()
  for (const { size, text } of lines) characters.set(size, (characters.get(size) ?? 0) + text.length)
  return [...characters].sort((a, b) => b[1] - a[1])[0]?.[0] ?? 0
}

function withoutRunningLines(pages: readonly Page[]): Page[] {
  const keyOf = (line: Line) => line.text.replace(/\d+/g, '#')
  const edges = (page: Page) => new Set([...page.lines.slice(0, EDGE_LINES), ...page.lines.slice(-EDGE_LINES)])
  const counts = new Map<string, number>()
  for (const page of pages) for (const key of new Set([...edges(page)].map(keyOf))) counts.set(key, (counts.get(key) ?? 0) + 1)
  return pages.map((page) => {
    const atEdge = edges(page)
    const isRunning = (line: Line) =>
      atEdge.has(line) && ((counts.get(keyOf(line)) ?? 0) >= MIN_REPEATS || /^(?:page )?\d+(?: (?:of|\/) \d+)?$/i.test(line.text))
    return { ...page, lines: page.lines.filter((line) => !isRunning(line)) }
  })
}

function toSource(pages: readonly Page[], body: number): ParsedSource {
  const isHeading = ({ size, text }: Line) => size >= body * HEADING_RATIO && wordCount(text) <= MAX_HEADING_WORDS && wordCount(text) > 0
  const sizes = [...new Set(pages.flatMap(({ lines }) => lines.filter(isHeading).map(({ size }) => size)))].sort((a, b) => b - a)
  const blocks: Block[] = []
  let paragraph: string[] = []
  let last: Line | undefined
  const close = () => {
    const text = joinLines(paragraph)
    paragraph = []
    const previous = blocks.at(-1)
    if (text === '') return
    if (!BULLET.test(text)) blocks.push({ kind: 'text', text })
    else if (previous?.kind === 'list') blocks[blocks.length - 1] = { kind: 'list', items: [...previous.items, text.replace(BULLET, '')] }
    else blocks.push({ kind: 'list', items: [text.replace(BULLET, '')] })
  }
  for (const { number, lines } of pages) {
    const gap = usualGap(lines)
    for (const line of lines) {
      if (isHeading(line)) {
        close()
        const above = blocks.at(-1)
        // A heading that runs over two lines.
        if (above?.kind === 'heading' && last !== undefined && last.size === line.size && last.y - line.y > 0 && last.y - line.y < line.size * 2)
          blocks[blocks.length - 1] = { ...above, text: `${above.text} ${line.text}` }
        else blocks.push({ kind: 'heading', depth: sizes.indexOf(line.size) + 1, text: line.text, fragment: `page=${number}` })
      } else {
        const fresh = last === undefined || isHeading(last) || BULLET.test(line.text) || (last.y > line.y && last.y - line.y > gap * PARAGRAPH_RATIO)
        // A page ends anywhere: what does not end a sentence goes on.
        const turnsPage = last !== undefined && last.y <= line.y && /[.!?:]["”)]?$/.test(last.text)
        if (fresh || turnsPage) close()
        paragraph.push(line.text)
      }
      last = line
    }
  }
  close()
  return { blocks }
}

/** The most frequent distance between lines. */
function usualGap(lines: readonly Line[]): number {
  const gaps = new Map<number, number>()
  for (const [i, line] of lines.entries()) {
    const gap = i === 0 ? 0 : Math.round((lines[i - 1] as Line).y - line.y)
    if (gap > 0) gaps.set(gap, (gaps.get(gap) ?? 0) + 1)
  }
  return [...gaps].sort((a, b) => b[1] - a[1] || a[0] - b[0])[0]?.[0] ?? 0
}

/** A word that was divided at the end of a line is put together again. */
function joinLines(lines: readonly string[]): string {
  return oneLine(lines.reduce((text, line) => (/\p{Ll}-$/u.test(text) && /^\p{Ll}/u.test(line) ? text.slice(0, -1) + line : `${text} ${line}`), ''))
}
