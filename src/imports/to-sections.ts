/** Headings and text to sections: a place for each, without boilerplate, none longer than a passage should be. */
import { slug } from '../corpus/parse-model-file.ts'
import { splitSentences } from '../corpus/sentences.ts'
import { type Block, oneLine } from './block.ts'
import { isAboutThePage, isForeignSection, isSign } from './boilerplate.ts'
import { cleanText } from './clean-text.ts'
import type { ImportedSection } from './imported-document.ts'
import { MAX_PASSAGE_WORDS } from './limits.ts'
import { wordCount } from './paragraphs.ts'

/** The text before the first heading has none of its own. */
const LEAD_NAMES = ['Introduction', 'Opening', 'Lead']
/** Nothing that anybody reads goes on for longer without a space; what does (data, some scripts) is cut. */
const UNBROKEN = /.{1,500}/gsu
const MAX_HEADING_CHARACTERS = 120
const MAX_SLUG_CHARACTERS = 60

export interface Sections {
  /** The first heading, where it can stand for the document. */
  title?: string
  sections: ImportedSection[]
}

interface Draft {
  path: readonly string[]
  fragment?: string
  pieces: string[]
}

export function toSections(blocks: readonly Block[]): Sections {
  const { title, rest } = takeTitle(withoutBoilerplate(blocks.map(clean)))
  const drafts = draftsOf(rest).filter(({ pieces }) => pieces.length > 0)
  const hasHeadings = drafts.some(({ path }) => path.length > 0)
  const lead = LEAD_NAMES.find((name) => !drafts.some(({ path }) => path[0] === name)) as string
  const parts = drafts.flatMap((draft) => cut(draft.pieces).map((text, i) => ({ ...draft, text, part: i + 1 })))
  const used = new Set<string>()
  const sections = parts.map(({ path, fragment, text, part }, i): ImportedSection => {
    const named = hasHeadings ? (path.length === 0 ? [lead] : path) : [`Part ${i + 1}`]
    const again = hasHeadings && part > 1
    return {
      id: unused(named.map(segment).join('/'), again ? part : 1, used),
      path: again ? [...named.slice(0, -1), `${named.at(-1)} (${part})`] : [...named],
      text,
      ...(fragment === undefined ? {} : { fragment }),
    }
  })
  return { sections, ...(title === undefined ? {} : { title }) }
}

function clean(block: Block): Block {
  if (block.kind === 'list') return { kind: 'list', items: block.items.map((item) => oneLine(cleanText(item))).filter((item) => item !== '') }
  if (block.kind === 'text')
    return {
      kind: 'text',
      text: cleanText(block.text)
        .replace(/\n{2,}/g, '\n')
        .trim(),
    }
  return { ...block, text: headingText(block.text) }
}

/** The sign between the parts of a title can't be part of one. */
export function headingText(text: string): string {
  const plain = cleanText(text)
    .replaceAll('›', '>')
    .replace(/\s+/g, ' ')
    .replace(/[\s:]+$/, '')
    .trim()
  return plain.length <= MAX_HEADING_CHARACTERS ? plain : `${plain.slice(0, MAX_HEADING_CHARACTERS - 1).replace(/\s+\S*$/, '')}…`
}

function withoutBoilerplate(blocks: readonly Block[]): Block[] {
  const kept: Block[] = []
  /** Depth of a heading under which everything goes. */
  let foreign = Number.POSITIVE_INFINITY
  let afterSign = false
  for (const block of blocks) {
    if (block.kind === 'heading') {
      if (block.depth > foreign) continue
      foreign = isForeignSection(block.text) ? block.depth : Number.POSITIVE_INFINITY
      afterSign = isSign(block.text)
      if (foreign === Number.POSITIVE_INFINITY && !afterSign && block.text !== '') kept.push(block)
      continue
    }
    if (foreign !== Number.POSITIVE_INFINITY) continue
    if (block.kind === 'text') {
      afterSign = isSign(block.text)
      if (!afterSign && block.text !== '' && !isAboutThePage(block.text)) kept.push(block)
      continue
    }
    const items = block.items.filter((item) => !isSign(item) && !isAboutThePage(item))
    // Below "Contents" a list without a sentence holds links.
    if (items.length > 0 && !(afterSign && items.every((item) => !/[.!?]$/.test(item)))) kept.push({ kind: 'list', items })
    afterSign = false
  }
  return kept
}

/** A heading at the very top that none stands above names the document; if none stands beside it either, it is no section. */
function takeTitle(blocks: readonly Block[]): { title?: string; rest: readonly Block[] } {
  const headings = blocks.filter((block) => block.kind === 'heading')
  const [first, ...others] = headings
  if (first === undefined || first !== blocks[0] || others.some(({ depth }) => depth < first.depth)) return { rest: blocks }
  if (others.some(({ depth }) => depth === first.depth)) return { title: first.text, rest: blocks }
  return { title: first.text, rest: blocks.filter((block) => block !== first) }
}

function draftsOf(blocks: readonly Block[]): Draft[] {
  const stack: { depth: number; text: string }[] = []
  let draft: Draft = { path: [], pieces: [] }
  const drafts = [draft]
  for (const block of blocks) {
    if (block.kind === 'heading') {
      while ((stack.at(-1)?.depth ?? 0) >= block.depth) stack.pop()
      stack.push(block)
      draft = { path: stack.map(({ text }) => text), pieces: [], ...(block.fragment === undefined ? {} : { fragment: block.fragment }) }
      drafts.push(draft)
    } else {
      draft.pieces.push(block.kind === 'text' ? block.text : block.items.map((item) => `- ${item}`).join('\n'))
    }
  }
  return drafts
}

/** Parts of about equal size, parted at paragraphs and list items; inside one that is too long by itself, at sentences. */
function cut(pieces: readonly string[]): string[] {
  const small = pieces.flatMap(cutPiece)
  const total = small.reduce((sum, { words }) => sum + words, 0)
  const fairShare = total / Math.ceil(total / MAX_PASSAGE_WORDS)
  const parts: Piece[] = []
  for (const piece of small) {
    const open = parts.at(-1)
    // A part takes no more once it has its share, or would go past it by more than it falls short: so the last one is no leftover.
    const isFull = open === undefined || open.words + piece.words > MAX_PASSAGE_WORDS || open.words + piece.words / 2 > fairShare
    if (isFull) parts.push({ ...piece })
    else parts[parts.length - 1] = { ...open, text: `${open.text}${piece.separator}${piece.text}`, words: open.words + piece.words }
  }
  return parts.map(({ text }) => text)
}

interface Piece {
  text: string
  words: number
  /** What parts it from the piece before, where both stay together. */
  separator: string
}

function cutPiece(piece: string): Piece[] {
  return piece.split('\n').flatMap((line, i) => {
    const sentences = wordCount(line) <= MAX_PASSAGE_WORDS ? [line] : sentencesOf(line)
    return sentences.map((text, j) => ({ text, words: wordCount(text), separator: j > 0 ? ' ' : i > 0 ? '\n' : '\n\n' }))
  })
}

/** A sentence that is too long by itself is cut between words, and what has no spaces anywhere. */
function sentencesOf(line: string): string[] {
  return splitSentences(line).flatMap((sentence) => {
    const cuts: string[] = []
    let words = 0
    for (const word of sentence.split(' ').flatMap((each) => each.match(UNBROKEN) ?? [])) {
      words += wordCount(word)
      const open = cuts.at(-1)
      if (open === undefined || words > MAX_PASSAGE_WORDS) {
        cuts.push(word)
        words = wordCount(word)
      } else cuts[cuts.length - 1] = `${open} ${word}`
    }
    return cuts
  })
}

/** A segment that is only a number would be read as a level. */
function segment(heading: string): string {
  const own = shorten(slug(heading))
  if (own === '') return 'part'
  return /^\d+$/.test(own) ? `part-${own}` : own
}

export function shorten(id: string, most = MAX_SLUG_CHARACTERS): string {
  return id.length <= most
    ? id
    : id
        .slice(0, most + 1)
        .replace(/-[^-]*$/, '')
        .slice(0, most)
        .replace(/-$/, '')
}

function unused(id: string, part: number, used: Set<string>): string {
  let free = part === 1 ? id : `${id}-${part}`
  for (let n = Math.max(part, 1) + 1; used.has(free); n++) free = `${id}-${n}`
  used.add(free)
  return free
}
