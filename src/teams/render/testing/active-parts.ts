/** What Teams would act on or format in a message or a card: read with a Markdown parser of somebody else. */
import type { Nodes } from 'mdast'
import { fromMarkdown } from 'mdast-util-from-markdown'

export interface MarkdownPart {
  kind: string
  text: string
  url?: string
}

const PLAIN = new Set(['root', 'paragraph', 'text'])

/** Everything in it that is no plain text, but for mentions. */
export function formattedIn(markdown: string): MarkdownPart[] {
  return walk(fromMarkdown(markdown)).filter(({ kind, text }) => !PLAIN.has(kind) && !(kind === 'html' && /^<\/?at>$/.test(text)))
}

function walk(node: Nodes): MarkdownPart[] {
  const inside = 'children' in node ? (node.children as Nodes[]).flatMap(walk) : []
  const own = 'value' in node ? node.value : inside.filter(({ kind }) => kind === 'text').map(({ text }) => text)
  const text = Array.isArray(own) ? own.join('') : own
  return [{ kind: node.type, text, ...('url' in node ? { url: node.url } : {}) }, ...inside]
}

type Part = Record<string, unknown>

/** All objects in a card. */
export function objectsIn(value: unknown): Part[] {
  if (Array.isArray(value)) return value.flatMap(objectsIn)
  if (typeof value !== 'object' || value === null) return []
  return [value as Part, ...Object.values(value).flatMap(objectsIn)]
}

/** What Teams parses as Markdown in a card. */
export function parsedIn(card: unknown): string[] {
  const all = objectsIn(card)
  const blocks = all.filter(({ type }) => type === 'TextBlock').map(({ text }) => String(text))
  return [...blocks, ...all.filter((each) => 'value' in each && 'title' in each).map(({ title }) => String(title))]
}

/** Everything that can be pressed, as the invoke would say it: of a menu each choice. */
export function invokesIn(card: unknown): { action: Part }[] {
  const all = objectsIn(card)
  return all
    .filter(({ type }) => type === 'Action.Execute')
    .flatMap(({ type, title, verb, data }) => {
      const menu = (data as Part).menu
      const input = all.find((each) => each.type === 'Input.ChoiceSet' && each.id === menu)
      const filled = input === undefined ? [{}] : (input.choices as Part[]).map(({ value }) => ({ [String(menu)]: value }))
      return filled.map((inputs) => ({ action: { type, title, verb, data: { ...(data as Part), ...inputs } } }))
    })
}
