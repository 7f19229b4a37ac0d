/** Reads a chat model's text as it streams in: plain sentences, each with the passages it cites. */
import { fromMarkdown } from 'mdast-util-from-markdown'
import { toString as plainText } from 'mdast-util-to-string'
import { splitSentences } from '../corpus/sentences.ts'
import { markersIn, markSources, withoutInvisible, withoutMarks } from './source-markers.ts'

export interface MarkedSentence {
  text: string
  /** The numbers it cites, as written: whether there are such passages is not known here. */
  markers: readonly number[]
  /** Whether it begins a paragraph or a list item. */
  startsBlock: boolean
}

export interface SentenceReader {
  /** Takes the next piece; returns the sentences that are complete with it, markers included. */
  push(piece: string): MarkedSentence[]
  /** The rest. Where the text was cut short, a sentence that was not finished is left out. */
  end(isWhole?: boolean): MarkedSentence[]
}

/** Scripts, and what a model thinks aloud before it answers. */
const HIDDEN = /<(script|style|think(?:ing)?)\b[\s\S]*?<\/\1\s*>/giu
const HIDDEN_OPEN = /<(?:script|style|think(?:ing)?)\b[\s\S]*$/iu
const PERHAPS_HIDDEN = /<[a-z]{0,8}$/iu
/** Tags, Slack's `<!channel>`, pictures. */
const MARKUP = /<[a-z/!@#][^<>\n]*>|!\[[^\]\n]*\]\([^)\n]*\)/giu

const BLOCK_END = /\n(?=[^\S\n]*(?:\n|[-*+•]\s|\d{1,2}[.)]\s|#{1,6}\s|>|\||`{3}|~{3}))/u
const BLANK_LINES = /^(?:[^\S\n]*\n)+/u
const FENCE_OPEN = /^[^\S\n]*(?:`{3}|~{3})[^\n]*\n/u
const FENCE_CLOSE = /(?:^|\n)[^\S\n]*(?:`{3}|~{3})[^\n]*\n/u
/** Not one sentence, whatever follows: a heading, a fence, a row of a table. */
const NO_SENTENCES_YET = /^\s*(?:#{1,6}(?:\s|$)|[`~]{2}|\|)/u
const NO_SENTENCES = /^\s*(?:#{1,6}\s|`{3}|~{3}|\*\*[^*.!?\n]+\*\*:?\s*$|\|?[\s:|-]+\|?\s*$)/u
const LIST_ITEM = /^\s*(?:[-*+•]|\d{1,2}[.)]|>)\s+/u

/** A marker, link or tag of which the rest has yet to come, or a whole marker that may yet become a link. */
const OPEN_MARKER = /(?:!?[[【［][^\]】］\n]{0,200}(?:[\]】］](?:\([^)\n]*)?)?|\([\^\d,; -]{0,24}\)?|<(?:[a-z/!@#][^<>\n]{0,80})?)$/iu
/** The same where nothing comes any more. */
const HALF_MARKER = /(?:!?[[【［][^\]】］\n]{0,200}(?:\]\([^)\n]*)?|\([\^\d,; -]{0,24}|<(?:[a-z/!@#][^<>\n]{0,80})?)$/iu
const LONGEST_MARKER = 400
const FINISHED = /[.!?…。！？]["'”’)*_\s]*$/u

export function createSentenceReader(): SentenceReader {
  /** What may turn out to be hidden. */
  let held = ''
  /** The block that is being written, from its beginning. */
  let block = ''
  /** How many of its sentences were given out. */
  let given = 0
  let inFence = false

  const take = (whole: string, isWhole: boolean): MarkedSentence[] => {
    const before = given
    given = 0
    if (NO_SENTENCES.test(whole)) return []
    const pieces = cut(whole.replace(HALF_MARKER, ''))
    if (!isWhole && !FINISHED.test(pieces.at(-1) ?? '')) pieces.pop()
    return toSentences(pieces, before)
  }

  const drain = (): MarkedSentence[] => {
    const sentences: MarkedSentence[] = []
    for (;;) {
      if (given === 0) block = block.replace(BLANK_LINES, '')
      const fence = (inFence ? FENCE_CLOSE : given === 0 ? FENCE_OPEN : undefined)?.exec(block)
      if (fence) {
        inFence = !inFence
        block = block.slice(fence.index + fence[0].length)
        continue
      }
      const end = inFence ? null : BLOCK_END.exec(block)
      if (end === null) return sentences
      sentences.push(...take(block.slice(0, end.index), true))
      block = block.slice(end.index + 1)
    }
  }

  return {
    push(piece) {
      const text = (held + withoutInvisible(piece)).replace(HIDDEN, '')
      held = (HIDDEN_OPEN.exec(text) ?? PERHAPS_HIDDEN.exec(text))?.[0] ?? ''
      block += text.slice(0, text.length - held.length)
      const sentences = drain()
      if (inFence || NO_SENTENCES_YET.test(block)) return sentences
      const pieces = cut(withoutOpenMarker(block.trimEnd()))
      // The last one may go on, or its markers may follow; "level 3. 12 teams" is one sentence, as the first letter will tell.
      const sure = pieces.length - (/\p{L}/u.test(pieces.at(-1) ?? '') ? 1 : 2)
      sentences.push(...toSentences(pieces.slice(0, Math.max(0, sure)), given))
      given = Math.max(given, sure)
      return sentences
    },
    end(isWhole = true) {
      block += HIDDEN_OPEN.test(held) ? '' : held
      const sentences = drain()
      return inFence ? sentences : [...sentences, ...take(block, isWhole)]
    },
  }
}

/** Looked for where it can be: a long block is read again with each piece. */
function withoutOpenMarker(block: string): string {
  const open = OPEN_MARKER.exec(block.slice(-LONGEST_MARKER))?.[0].length ?? 0
  return block.slice(0, block.length - open)
}

/** The sentences of a block as written, their markers as single characters. */
function cut(block: string): string[] {
  const lines = block.replace(LIST_ITEM, '').replace(/\n\s*[=-]{3,}\s*$/u, '')
  const text = lines.trimStart().startsWith('|') ? toLine(lines) : lines
  return splitSentences(
    markSources(text)
      .replace(MARKUP, '')
      .replace(/\s*\n\s*/g, ' '),
  )
}

/** A row of a table: what its first cell names, the others say. */
function toLine(row: string): string {
  const [first, ...others] = row
    .split('|')
    .map((cell) => cell.trim())
    .filter(Boolean)
  return [first, others.join(', ')].filter(Boolean).join(': ')
}

function toSentences(pieces: readonly string[], from: number): MarkedSentence[] {
  return pieces.slice(from).flatMap((piece, i) => {
    const text = toPlainText(withoutMarks(piece))
    return text === '' ? [] : [{ text, markers: markersIn(piece), startsBlock: from + i === 0 }]
  })
}

/** Without Markdown and HTML; a list item gets the full stop that it lacks. */
function toPlainText(markdown: string): string {
  const text = plainText(fromMarkdown(markdown), { includeHtml: false, includeImageAlt: false })
    // Written with entities, it was no tag before.
    .replace(/<[^<>]*>/gu, '')
    // What looks like a marker and is none, and brackets without their other half.
    .replace(/[[【［][^\]】］\p{L}]{0,12}[\]】］]|\((?:see|cf\.?|sources?:?)?\s*\)/giu, '')
    .replace(/[[【［](?![^[\]【】［］]*[\]】］])|(?<![[【［][^[\]【】［］]*)[\]】］]/gu, '')
    .replace(/\s+/g, ' ')
    .replace(/\s+([.,;:!?])/g, '$1')
    // Emphasis that began in another sentence.
    .replace(/^[\s_*~`]+|(?<=\S)[_*~`]+(?=[.!?]?$)/g, '')
    .trim()
  if (!/[\p{L}\p{N}]/u.test(text)) return ''
  return /[.!?:…。！？"”’)]$/u.test(text) ? text : `${text.replace(/[,;]$/, '')}.`
}
