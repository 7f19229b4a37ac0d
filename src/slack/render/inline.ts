/**
 * Inline parts as Slack's rich text, whose text is never parsed; as mrkdwn, which is needed where rich text can't stand (beside a button, in small print);
 * and as plain text where nothing but text is in them.
 */
import type { MrkdwnElement, PlainTextElement, RichTextElement } from '@slack/types'
import { asText, type TextInline } from '../../chat/render/as-text.ts'
import { cleaned, oneLine } from '../../chat/render/clean-text.ts'
import { safeLink } from '../../chat/render/safe-link.ts'
import type { Inline } from '../../chat/reply.ts'
import { escaped, inert, isFormatted, like } from './escape.ts'
import { isChannel, isPerson } from './slack-ids.ts'

type TimeInline = Extract<Inline, { kind: 'time' }>

/** https://docs.slack.dev/messaging/formatting-message-text#date-formatting */
const DATE_FORMATS = { day: '{date_long_pretty}', moment: '{date_short_pretty} at {time}' } as const

export function richElements(parts: readonly Inline[]): RichTextElement[] {
  return parts.flatMap(richElement)
}

function richElement(part: Inline): RichTextElement[] {
  switch (part.kind) {
    case 'text':
      return richText(part)
    case 'link': {
      const link = safeLink(part.label, part.url)
      return link === undefined ? richText(asText(part, called)) : [{ type: 'link', url: link.url, text: link.label }]
    }
    case 'person':
      return isPerson(part.id) ? [{ type: 'user', user_id: part.id }] : richText(asText(part, called))
    case 'place':
      return isChannel(part.id) ? [{ type: 'channel', channel_id: part.id }] : richText(asText(part, called))
    case 'time': {
      const timestamp = secondsOf(part)
      return timestamp === undefined
        ? richText(asText(part, called))
        : [{ type: 'date', timestamp, format: DATE_FORMATS[part.form], fallback: asText(part, called).text }]
    }
  }
}

function richText({ text, strong, emphasis, code }: TextInline): RichTextElement[] {
  const clean = cleaned(text)
  if (clean === '') return []
  const style = { ...(strong && { bold: true }), ...(emphasis && { italic: true }), ...(code && { code: true }) }
  return [{ type: 'text', text: clean, ...(Object.keys(style).length === 0 ? {} : { style }) }]
}

/** The text object for a section or small print; undefined where there is nothing to show. */
export function textObject(parts: readonly Inline[]): PlainTextElement | MrkdwnElement | undefined {
  const asPlain = isPlain(parts)
  const text = asPlain ? plainOf(parts) : parts.map(mrkdwn).join('')
  if (text.trim() === '') return undefined
  return asPlain ? { type: 'plain_text', text, emoji: false } : { type: 'mrkdwn', text, verbatim: true }
}

/** How long they are at most, together with others whatever these are. */
export function shownLength(parts: readonly Inline[]): number {
  return Math.max(plainOf(parts).length, parts.map(mrkdwn).join('').length)
}

/** Rather no bold words than text that looks otherwise than it is. */
function isPlain(parts: readonly Inline[]): boolean {
  const texts = parts.filter((part) => part.kind === 'text')
  if (texts.length < parts.length) return false
  return texts.every(({ strong, emphasis, code }) => !strong && !emphasis && !code) || isFormatted(plainOf(parts))
}

function plainOf(parts: readonly Inline[]): string {
  return parts.map((part) => cleaned(asText(part, called).text)).join('')
}

function mrkdwn(part: Inline): string {
  switch (part.kind) {
    case 'text':
      return styled(part)
    case 'link': {
      const link = safeLink(part.label, part.url)
      return link === undefined ? inert(oneLine(part.label)) : `<${escaped(link.url)}|${inert(link.label).replaceAll('|', like)}>`
    }
    case 'person':
      return isPerson(part.id) ? `<@${part.id}>` : inert(asText(part, called).text)
    case 'place':
      return isChannel(part.id) ? `<#${part.id}>` : inert(asText(part, called).text)
    case 'time': {
      const timestamp = secondsOf(part)
      const fallback = inert(asText(part, called).text)
      return timestamp === undefined ? fallback : `<!date^${timestamp}^${DATE_FORMATS[part.form]}|${fallback.replaceAll('|', like)}>`
    }
  }
}

/** Formatting must hug its words and stay on one line. */
function styled({ text, strong, emphasis, code }: TextInline): string {
  const clean = cleaned(text)
  const signs = `${strong ? '*' : ''}${emphasis ? '_' : ''}${code ? '`' : ''}`
  if (signs === '' || clean.trim() === '') return inert(clean)
  const before = clean.slice(0, clean.length - clean.trimStart().length)
  const after = clean.slice(clean.trimEnd().length)
  return `${before}${signs}${inert(oneLine(clean))}${[...signs].reverse().join('')}${after}`
}

/** Slack shows names only where it mentions. */
export function called(id: string): string {
  return `@${oneLine(id)}`
}

function secondsOf({ at }: TimeInline): number | undefined {
  const seconds = Math.floor(Date.parse(at) / 1000)
  return Number.isFinite(seconds) && seconds > 0 ? seconds : undefined
}
