/**
 * Inline parts as text of a card. A line of rich text is never parsed, so that is what words are; a line with a link or a mention in it has to be
 * Markdown: Teams mentions nobody in rich text, and its clients disagree on links there.
 */

import { asText } from '../../chat/render/as-text.ts'
import { cleaned } from '../../chat/render/clean-text.ts'
import { safeUrl } from '../../chat/render/safe-link.ts'
import type { Inline } from '../../chat/reply.ts'
import type { CardElement, RichTextBlock, TextBlock, TextLook, TextRun } from './card.ts'
import { unparsed } from './escape.ts'
import { markdown } from './markdown.ts'
import type { Mentions } from './mentions.ts'

/** Each line by itself, close together; apart where a blank line was between them. */
export function textElements(parts: readonly Inline[], mentions: Mentions, look: TextLook = {}): CardElement[] {
  const elements: CardElement[] = []
  let isApart = false
  for (const line of linesOf(parts, mentions)) {
    const element = lineElement(line, mentions, look)
    if (element !== undefined) elements.push(elements.length === 0 || isApart ? element : { ...element, spacing: 'None' })
    isApart = element === undefined
  }
  return elements
}

/** Words alone. */
export function wordsElement(text: string, look: TextLook = {}): RichTextBlock {
  return { type: 'RichTextBlock', inlines: [{ type: 'TextRun', text: unparsed(cleaned(text)), ...look }] }
}

function lineElement(line: readonly Inline[], mentions: Mentions, look: TextLook): TextBlock | RichTextBlock | undefined {
  if (line.some((part) => needsMarkdown(part, mentions))) {
    const text = markdown(line, mentions).trim()
    return text === '' ? undefined : { type: 'TextBlock', text, wrap: true, ...look }
  }
  const inlines = line.flatMap((part) => runOf(part, mentions, look))
  return inlines.every(({ text }) => text.trim() === '') ? undefined : { type: 'RichTextBlock', inlines }
}

function needsMarkdown(part: Inline, mentions: Mentions): boolean {
  return part.kind === 'link' ? safeUrl(part.url) !== undefined : part.kind === 'person' && mentions.of(part.id) !== undefined
}

function runOf(part: Inline, mentions: Mentions, look: TextLook): TextRun[] {
  const { text, strong, emphasis, code } = asText(part, mentions.nameOf)
  const clean = unparsed(cleaned(text))
  if (clean === '') return []
  return [
    {
      type: 'TextRun',
      text: clean,
      ...look,
      ...(strong && { weight: 'Bolder' as const }),
      ...(emphasis && { italic: true as const }),
      ...(code && { fontType: 'Monospace' as const }),
    },
  ]
}

function linesOf(parts: readonly Inline[], mentions: Mentions): Inline[][] {
  const lines: Inline[][] = [[]]
  for (const part of parts) {
    if (needsMarkdown(part, mentions)) {
      lines.at(-1)?.push(part)
      continue
    }
    const whole = asText(part, mentions.nameOf)
    for (const [i, text] of cleaned(whole.text).split('\n').entries()) {
      if (i > 0) lines.push([])
      if (text !== '') lines.at(-1)?.push({ ...whole, text })
    }
  }
  return lines
}
