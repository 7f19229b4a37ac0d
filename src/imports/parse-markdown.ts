/** Markdown, also as Jekyll, Hugo and MkDocs write it: front matter, template tags and HTML between. */
import type { Nodes, Root, RootContent } from 'mdast'
import { fromMarkdown } from 'mdast-util-from-markdown'
import { frontmatterFromMarkdown } from 'mdast-util-frontmatter'
import { toString as plainText } from 'mdast-util-to-string'
import { frontmatter } from 'micromark-extension-frontmatter'
import { parse as parseYaml } from 'yaml'
import { type Block, oneLine, type ParsedSource } from './block.ts'
import { rowText } from './html-blocks.ts'
import { parseHtmlFragment } from './parse-html.ts'
import { withoutTemplateTags } from './template-tags.ts'

export function parseMarkdown(source: string): ParsedSource {
  const tree: Root = fromMarkdown(withoutTemplateTags(source), {
    extensions: [frontmatter(['yaml', 'toml'])],
    mdastExtensions: [frontmatterFromMarkdown(['yaml', 'toml'])],
  })
  const first = tree.children[0]
  const title = first?.type === 'yaml' ? titleOf(first.value) : undefined
  return { blocks: tree.children.flatMap(blocksOf), ...(title === undefined ? {} : { title }) }
}

function titleOf(yaml: string): string | undefined {
  try {
    const head: unknown = parseYaml(yaml)
    const title = (head as { title?: unknown } | null)?.title
    return typeof title === 'string' && title.trim() !== '' ? oneLine(title) : undefined
  } catch {
    // A head that is no YAML says nothing; the text below it still counts.
    return undefined
  }
}

function blocksOf(node: RootContent): Block[] {
  switch (node.type) {
    case 'heading': {
      const { text, fragment } = headingOf(oneLine(wordsOf(node)))
      return text === '' ? [] : [{ kind: 'heading', depth: node.depth, text, ...(fragment === undefined ? {} : { fragment }) }]
    }
    case 'list':
      return list(itemsOf(node))
    case 'code':
      return paragraph(
        node.value
          .split('\n')
          .filter((line) => line.trim() !== '')
          .join('\n'),
      )
    case 'html':
      // The HTML parser is slow to load: most of these are a lone tag, an image or a comment.
      return /\p{L}/u.test(node.value.replace(/<!--[\s\S]*?-->|<[^<>]*>/g, '')) ? parseHtmlFragment(node.value) : []
    case 'blockquote':
      return node.children.flatMap(blocksOf)
    case 'paragraph': {
      const words = wordsOf(node)
      return tableOf(words) ?? paragraph(oneLine(words))
    }
    default:
      return []
  }
}

function paragraph(text: string): Block[] {
  return text === '' ? [] : [{ kind: 'text', text }]
}

function list(items: readonly string[]): Block[] {
  const filled = items.filter((item) => item !== '')
  return filled.length === 0 ? [] : [{ kind: 'list', items: filled }]
}

/** Items of a list within a list follow the one they belong to. */
function itemsOf(node: Extract<RootContent, { type: 'list' }>): string[] {
  return node.children.flatMap((item) => {
    const own = item.children.filter((child) => child.type !== 'list').map((child) => wordsOf(child))
    return [oneLine(own.join(' ')), ...item.children.flatMap((child) => (child.type === 'list' ? itemsOf(child) : []))]
  })
}

/** "Culture {#culture}": an anchor that some dialects let writers set. */
function headingOf(raw: string): { text: string; fragment?: string } {
  const match = /^(.*?)\s*\{[:#]?\s*#([\w-]+)[^}]*\}$/.exec(raw)
  return match === null ? { text: raw } : { text: (match[1] as string).trim(), fragment: match[2] as string }
}

/** A pipe table is a paragraph to the parser. */
function tableOf(words: string): Block[] | undefined {
  const lines = words.split('\n').map((line) => line.trim())
  if (lines.length < 3 || !/^\|?[\s:|-]+\|[\s:|-]*$/.test(lines[1] ?? '')) return undefined
  const rows = lines.map((line) =>
    line
      .replace(/^\||\|$/g, '')
      .split('|')
      .map(oneLine),
  )
  return list(rows.slice(2).map((cells) => rowText(cells, rows[0] ?? [])))
}

/** The library's plain text, but without HTML tags and with a space where a line breaks or the next block begins. */
function wordsOf(node: Nodes): string {
  if (node.type === 'break') return '\n'
  if (node.type === 'html' || node.type === 'image') return ''
  if (!('children' in node)) return plainText(node)
  const holdsBlocks = node.type === 'list' || node.type === 'listItem' || node.type === 'blockquote'
  return node.children.map(wordsOf).join(holdsBlocks ? ' ' : '')
}
