/** Inline parts as Teams' Markdown: what messages are written in, and what in cards links and mentions need. */

import { asText, type TextInline } from '../../chat/render/as-text.ts'
import { cleaned } from '../../chat/render/clean-text.ts'
import { safeLink } from '../../chat/render/safe-link.ts'
import type { Inline } from '../../chat/reply.ts'
import { inert } from './escape.ts'
import type { Mentions } from './mentions.ts'

export function markdown(parts: readonly Inline[], mentions: Mentions): string {
  const shown = parts.map((part) => asShown(part, mentions))
  let text = ''
  // What the signs of the next part follow, before anything in it was replaced.
  let before = ''
  for (const [i, part] of shown.entries()) {
    if (typeof part === 'string') {
      text += part
      before += part
      continue
    }
    const clean = cleaned(part.text)
    const after = shown[i + 1]
    text += styled({ ...part, text: clean }, before, typeof after === 'string' ? after : cleaned(after?.text ?? ''))
    before += clean
  }
  return text
}

/** Links and mentions as they are written; everything else as words. */
function asShown(part: Inline, mentions: Mentions): string | TextInline {
  if (part.kind === 'person') return mentions.of(part.id)?.text ?? asText(part, mentions.nameOf)
  if (part.kind !== 'link') return asText(part, mentions.nameOf)
  const link = safeLink(part.label, part.url)
  return link === undefined ? asText(part, mentions.nameOf) : `[${inLabel(link.label)}](${inAddress(link.url)})`
}

function inLabel(label: string): string {
  return inert(label, 'x').replaceAll('[', '［').replaceAll(']', '］').replaceAll('!', '！')
}

/** An address has other ways to write these. */
function inAddress(url: string): string {
  return url.replace(/[()\\*`{}]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`)
}

/** Marks must hug their words, stay on one line, and stand where Markdown takes them for marks; elsewhere there are none. */
function styled({ text, strong, emphasis }: TextInline, before: string, after: string): string {
  const marks = `${strong ? '**' : ''}${emphasis ? '_' : ''}`
  const words = text.trim()
  const [start, end] = [text.slice(0, text.length - text.trimStart().length), text.slice(text.trimEnd().length)]
  const opens = /(?:^|[\s(])$/.test(before + start)
  const closes = /^(?:$|[\s.,;:!?)])/.test(end + after)
  if (marks === '' || words === '' || words.includes('\n') || !opens || !closes) return inert(text, before)
  return `${start}${marks}${inert(words, 'x')}${[...marks].reverse().join('')}${end}`
}
