/** Plain text, most often a page that somebody copied: headings are short lines on their own, tables have fallen apart. */
import { type Block, oneLine, type ParsedSource } from './block.ts'
import { isSign } from './boilerplate.ts'
import { flattenedTable } from './flattened-table.ts'
import { type Paragraph, readParagraphs, wordCount } from './paragraphs.ts'

/** A paragraph of this size is no cell of a table. */
const LONG_WORDS = 40
const NUMBERED = /^(?:(?:phase|stage|level|step|part|chapter|section|appendix)\s+(?:\d+|[ivx]+)\b|\d{1,2}(?:\.\d{1,2})*[.)]?\s+\p{Lu})/iu
const BYLINE = /^(?:by|written by|posted by|author:)\s+\p{Lu}/iu

export function parsePlainText(source: string): ParsedSource {
  const paragraphs = withoutRepeats(readParagraphs(withoutTags(source)).filter((each) => each.kind === 'list' || !isSign(each.text)))
  const [title, body] = takeTitle(paragraphs)
  return { blocks: toBlocks(body), ...(title === undefined ? {} : { title }) }
}

/** Only what surely is a tag: "a < b" stays. */
function withoutTags(text: string): string {
  return text
    .replace(/<!--[\s\S]*?-->/g, '')
    .replace(/<\/?[a-z][a-z0-9]*(?:\s[^<>]{0,2000})?\/?>/gi, '')
    .replace(
      /&(amp|lt|gt|quot|apos|nbsp|[lr]squo|[lr]dquo|ndash|mdash|hellip|#\d{1,6}|#x[\da-f]{1,5});/gi,
      (entity, name: string) => characterOf(name) ?? entity,
    )
}

const CHARACTERS: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: ' ',
  lsquo: '‘',
  rsquo: '’',
  ldquo: '“',
  rdquo: '”',
  ndash: '–',
  mdash: '—',
  hellip: '…',
}

function characterOf(name: string): string | undefined {
  if (!name.startsWith('#')) return CHARACTERS[name.toLowerCase()]
  const code = name[1]?.toLowerCase() === 'x' ? Number.parseInt(name.slice(2), 16) : Number(name.slice(1))
  return code > 31 && code <= 0x10ffff ? String.fromCodePoint(code) : undefined
}

/** The name of an author above and below the portrait, a heading again as the caption of its picture. */
function withoutRepeats(paragraphs: readonly Paragraph[]): Paragraph[] {
  const isRepeat = ({ kind, text }: Paragraph, before: Paragraph | undefined) =>
    kind === 'line' && before?.kind === 'line' && text === before.text.replace(/^\d+[.)]\s+/, '')
  // A numbered line is the heading, whatever repeats it; of two that are quite the same neither is one.
  const isEcho = (paragraph: Paragraph, i: number) => isRepeat(paragraph, paragraphs[i - 1])
  const isEchoed = (paragraph: Paragraph, i: number) =>
    i > 0 && paragraph.kind === 'line' && !isNumberedHeading(paragraph) && paragraphs[i + 1]?.text === paragraph.text
  return paragraphs.filter((paragraph, i) => !isEcho(paragraph, i) && !isEchoed(paragraph, i) && !(paragraph.kind === 'line' && BYLINE.test(paragraph.text)))
}

/** The first line, if it stands alone and something follows. */
function takeTitle(paragraphs: readonly Paragraph[]): [string | undefined, readonly Paragraph[]] {
  const first = paragraphs[0]
  if (first?.kind !== 'line' || NUMBERED.test(first.text) || paragraphs.length === 1) return [undefined, paragraphs]
  return [first.text, paragraphs.slice(1)]
}

function toBlocks(paragraphs: readonly Paragraph[]): Block[] {
  const blocks: Block[] = []
  const hasNumbered = paragraphs.some((each) => isNumberedHeading(each))
  for (let i = 0; i < paragraphs.length; i++) {
    const paragraph = paragraphs[i] as Paragraph
    const cells = isNumberedHeading(paragraph) ? [] : cellsFrom(paragraphs, i)
    if (cells.length > 0) {
      blocks.push({ kind: 'list', items: flattenedTable(cells) })
      i += cells.length - 1
    } else if (paragraph.kind === 'list') {
      blocks.push({ kind: 'list', items: paragraph.items })
    } else if (paragraph.kind === 'line' && (isNumberedHeading(paragraph) || i + 1 < paragraphs.length)) {
      blocks.push({ kind: 'heading', depth: hasNumbered && !isNumberedHeading(paragraph) ? 2 : 1, text: oneLine(paragraph.text).replace(/:$/, '') })
    } else if (paragraph.kind === 'prose') {
      blocks.push({ kind: 'text', text: paragraph.text })
    }
    // A short line with which the text ends is a button, not a sentence.
  }
  return blocks
}

const isNumberedHeading = ({ kind, text }: Paragraph): boolean => kind === 'line' && NUMBERED.test(text)

/** The cells of a table that fell apart begin with two short lines in a row, its column names, and end before a heading. */
function cellsFrom(paragraphs: readonly Paragraph[], start: number): Paragraph[] {
  const isCell = (i: number) => {
    const paragraph = paragraphs[i]
    const next = paragraphs[i + 1]
    if (paragraph === undefined || paragraph.kind === 'list' || isNumberedHeading(paragraph) || wordCount(paragraph.text) >= LONG_WORDS) return false
    // A short line above a long paragraph is that one's heading.
    return paragraph.kind !== 'line' || next === undefined || next.kind === 'line' || (next.kind === 'prose' && wordCount(next.text) < LONG_WORDS)
  }
  if (paragraphs[start]?.kind !== 'line' || paragraphs[start + 1]?.kind !== 'line' || !isCell(start) || !isCell(start + 1)) return []
  let end = start
  while (isCell(end)) end++
  return end - start > 2 ? paragraphs.slice(start, end) : []
}
