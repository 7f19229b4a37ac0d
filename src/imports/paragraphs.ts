/** Plain text by its blank lines: single short lines, lists, and prose. */
import { oneLine } from './block.ts'

export interface Paragraph {
  /** `line`: short, on its own, without the end of a sentence: a heading, a cell, a button. */
  kind: 'line' | 'list' | 'prose'
  /** Empty for a list. */
  text: string
  items: readonly string[]
  blankLinesBefore: number
}

const MAX_LINE_CHARACTERS = 90
const MAX_LINE_WORDS = 13
const MARKER = /^\s*(?:[•◦▪‣·*–-]|\(?\d{1,2}[.)]|\(?[a-z][.)])\s+/
const INDENTED_MARKER = /^\s+(?:\d{1,2}[.)])\s+/
const BULLET = /^\s*[•◦▪‣·*–-]\s+/
/** Where blank lines are this rare, each long line is a paragraph. */
const MIN_BLANK_SHARE = 0.04
const LONG_LINE = 200
const LONG_WORD = 30

export function readParagraphs(text: string): Paragraph[] {
  const lines = text.split('\n')
  const blank = lines.filter((line) => line.trim() === '').length
  const isLineAParagraph = lines.length >= 5 && blank < lines.length * MIN_BLANK_SHARE && lines.some((line) => line.length > LONG_LINE)
  const chunks: { lines: string[]; blankLinesBefore: number }[] = []
  let blanks = 1
  for (const line of lines) {
    if (line.trim() === '') blanks++
    else if (blanks > 0 || isLineAParagraph || chunks.length === 0) {
      chunks.push({ lines: [line], blankLinesBefore: blanks })
      blanks = 0
    } else (chunks.at(-1) as { lines: string[] }).lines.push(line)
  }
  return joinLists(chunks.flatMap((chunk) => readChunk(chunk.lines, chunk.blankLinesBefore)))
}

/** Lines before the first item are prose, lines after it belong to the items. */
function readChunk(lines: readonly string[], blankLinesBefore: number): Paragraph[] {
  const underline = /^\s*(?:={3,}|-{3,}|\*{3,}|_{3,})\s*$/
  const kept = lines.filter((line) => !underline.test(line))
  if (kept.length === 0) return []
  const firstItem = kept.findIndex((line, i) => MARKER.test(line) && !isLoneNumber(kept, i))
  const before = firstItem < 0 ? kept : kept.slice(0, firstItem)
  const paragraphs = before.length === 0 ? [] : readProse(before, blankLinesBefore)
  return firstItem < 0 ? paragraphs : [...paragraphs, { kind: 'list', text: '', items: readItems(kept.slice(firstItem)), blankLinesBefore }]
}

/** "2. Adoption" at the margin, with no other item beside it, is a heading with a number. */
function isLoneNumber(lines: readonly string[], i: number): boolean {
  const line = lines[i] as string
  return !INDENTED_MARKER.test(line) && !BULLET.test(line) && isShort(line) && lines.every((other, j) => j === i || !MARKER.test(other))
}

function readProse(lines: readonly string[], blankLinesBefore: number): Paragraph[] {
  // Two or three short lines in a row are so many lines, not one paragraph.
  if (lines.length <= 3 && lines.every(isShort)) {
    return lines.map((line, i) => ({ kind: 'line', text: oneLine(line), items: [], blankLinesBefore: i === 0 ? blankLinesBefore : 0 }))
  }
  const text = oneLine(lines.join(' '))
  return [{ kind: 'prose', text, items: [], blankLinesBefore }]
}

function isShort(line: string): boolean {
  const text = line.trim()
  return text.length <= MAX_LINE_CHARACTERS && wordCount(text) <= MAX_LINE_WORDS && /^[^\p{Ll}]/u.test(text) && !/[.,;!:]["”’)]?$/.test(text)
}

function readItems(lines: readonly string[]): string[] {
  const items: string[] = []
  for (const line of lines) {
    if (MARKER.test(line)) items.push(line.replace(MARKER, ''))
    else items.push(`${items.pop() ?? ''} ${line}`)
  }
  return items.map(oneLine).filter((item) => item !== '')
}

/** Items with blank lines between them are one list. */
function joinLists(paragraphs: readonly Paragraph[]): Paragraph[] {
  const joined: Paragraph[] = []
  for (const paragraph of paragraphs) {
    const last = joined.at(-1)
    if (paragraph.kind === 'list' && last?.kind === 'list') joined[joined.length - 1] = { ...last, items: [...last.items, ...paragraph.items] }
    else joined.push(paragraph)
  }
  return joined
}

/** Scripts without spaces, and addresses, count by their length. */
export function wordCount(text: string): number {
  return text
    .split(/\s+/)
    .filter((word) => /[\p{L}\p{N}]/u.test(word))
    .reduce((sum, word) => sum + Math.ceil(word.length / LONG_WORD), 0)
}
