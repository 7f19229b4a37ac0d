/** Turns one Markdown model file into passages: `##` opens a section, `###` a level of it. */
import type { Nodes, Root, RootContent } from 'mdast'
import { fromMarkdown } from 'mdast-util-from-markdown'
import { frontmatterFromMarkdown } from 'mdast-util-frontmatter'
import { toString as plainText } from 'mdast-util-to-string'
import { frontmatter } from 'micromark-extension-frontmatter'
import { type FrontMatter, parseFrontMatter } from './front-matter.ts'
import { type Passage, passageId } from './passage.ts'
import type { Problem } from './problem.ts'
import { splitSentences } from './sentences.ts'

export interface ModelFile {
  file: string
  /** Absent when the front matter can't be used; then there are no passages either. */
  head?: FrontMatter
  passages: Passage[]
  problems: Problem[]
}

const EXPLICIT_ID = /\s*\{#([^}\s]+)\}\s*$/
const SEE_ALSO = /^See also:\s*(.+?)\.?$/

export function parseModelFile(source: string, file: string): ModelFile {
  const tree = fromMarkdown(source, { extensions: [frontmatter()], mdastExtensions: [frontmatterFromMarkdown()] })
  const first = tree.children[0]
  if (first?.type !== 'yaml') {
    return { file, passages: [], problems: [{ file, line: 1, reason: 'front matter is missing: begin the file with "---", id, title, …, "---"' }] }
  }
  const { head, problems } = parseFrontMatter(first.value, file, lineOf(first) + 1)
  if (head === undefined) return { file, passages: [], problems }
  return { file, head, ...readBody(tree, head, file, problems) }
}

interface Place {
  sectionId: string
  sectionTitle: string
  level: number | null
  heading: string
  line: number
}

function readBody(tree: Root, head: FrontMatter, file: string, problems: Problem[]): { passages: Passage[]; problems: Problem[] } {
  const passages: Passage[] = []
  const dimension = head.dimension === undefined ? undefined : slug(head.dimension)
  let place: Place | undefined
  let content: RootContent[] = []
  /** What stands under a heading that is none belongs nowhere: not to the passage before it either. */
  let misplaced = false

  const close = () => {
    const passage = place === undefined ? undefined : toPassage(place, content, head, file)
    if (passage !== undefined && passage.text !== '') passages.push(passage)
    content = []
  }
  const report = (node: Nodes, reason: string) => problems.push({ file, line: lineOf(node), reason })

  for (const node of tree.children.slice(1)) {
    if (node.type !== 'heading') {
      if (misplaced) continue
      if (place === undefined) report(node, 'text before the first heading belongs to no passage')
      else content.push(node)
      continue
    }
    close()
    misplaced = false
    const raw = plainText(node)
    const title = raw.replace(EXPLICIT_ID, '').trim()
    const explicit = EXPLICIT_ID.exec(raw)?.[1]
    if (node.depth === 1) {
      // The text under the title of a dimension's file introduces the dimension; elsewhere the title has no text of its own.
      place = dimension === undefined ? undefined : { sectionId: dimension, sectionTitle: title, level: null, heading: title, line: lineOf(node) }
    } else if (node.depth === 2) {
      const own = explicit ?? slug(title)
      if (own === '') report(node, `the section "${raw}" has no id: add one, as in "## ${raw} {#my-section}"`)
      place = { sectionId: dimension === undefined ? own : `${dimension}/${own}`, sectionTitle: title, level: null, heading: title, line: lineOf(node) }
    } else if (node.depth === 3 && place !== undefined) {
      const level = levelOf(title, head)
      misplaced = typeof level === 'string'
      if (typeof level === 'string') report(node, level)
      else place = { ...place, level, heading: nameLevel(title, level, head), line: lineOf(node) }
    } else {
      misplaced = true
      report(node, `a heading of depth ${node.depth} is neither a section (##) nor a level (###)`)
    }
  }
  close()
  if (passages.length === 0) problems.push({ file, line: 1, reason: `there is no passage: add a section (##), a level (### ${head.levelWord} 1) and text` })
  return { passages, problems }
}

function toPassage(place: Place, content: readonly RootContent[], head: FrontMatter, file: string): Passage {
  const blocks = content.map(toText).filter((block) => block !== '')
  const seeAlso = SEE_ALSO.exec(blocks.at(-1) ?? '')?.[1]
  const text = (seeAlso === undefined ? blocks : blocks.slice(0, -1)).join('\n\n')
  const path = [head.title, head.dimension, place.sectionTitle, place.level === null ? undefined : place.heading]
  return {
    id: passageId(head.id, place.sectionId, place.level),
    model: head.id,
    section: place.sectionId,
    level: place.level,
    title: path.filter((part, i) => part !== undefined && part !== path[i - 1]).join(' › '),
    heading: place.heading,
    url: head.url,
    indicator: place.level === null ? null : (splitSentences(text)[0] ?? ''),
    text,
    seeAlso: seeAlso?.split(',').map((id) => id.trim()) ?? [],
    file,
    line: place.line,
  }
}

/** Plain text of a block. Line breaks inside a paragraph are the author's wrapping, not part of the text. */
function toText(node: RootContent): string {
  if (node.type === 'list') return node.children.map((item) => `- ${oneLine(wordsOf(item))}`).join('\n')
  return oneLine(wordsOf(node))
}

/** The library's plain text, but a line break or the next block does not glue two words together, and comments stay out. */
function wordsOf(node: Nodes): string {
  if (node.type === 'break') return ' '
  if (node.type === 'html') return node.value.replace(/<!--.*?-->/gs, '')
  if (!('children' in node)) return plainText(node)
  const holdsBlocks = node.type === 'list' || node.type === 'listItem' || node.type === 'blockquote'
  return node.children.map(wordsOf).join(holdsBlocks ? ' ' : '')
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim()
}

/** A bare "### Level 2" takes its name from the front matter. */
function nameLevel(title: string, level: number, head: FrontMatter): string {
  const name = head.levels[level - 1]
  const bare = new RegExp(`^${RegExp.escape(head.levelWord)}\\s+\\d+$`, 'i').test(title)
  return bare && name !== undefined ? `${title}: ${name}` : title
}

/** The level's number, or what is wrong with the heading. */
function levelOf(title: string, head: FrontMatter): number | string {
  const match = new RegExp(`^${RegExp.escape(head.levelWord)}\\s+(\\d+)\\b`, 'i').exec(title)
  if (match === null) return `"${title}" is not a level: write "### ${head.levelWord} 1: …"`
  const level = Number(match[1])
  if (level < 1 || level > head.levels.length) return `${head.levelWord} ${level} does not exist: the front matter names ${head.levels.length}`
  return level
}

/** The path of a section within its model: below the dimension, if the file holds one, or the dimension itself. */
export function sectionPath(head: FrontMatter, section: string): string {
  const dimension = head.dimension === undefined ? undefined : slug(head.dimension)
  return dimension === undefined || section === dimension ? section : `${dimension}/${section}`
}

/** Lower-case words joined by hyphens; empty where a title has no Latin letter or digit. */
export function slug(title: string): string {
  return title
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '')
}

function lineOf(node: Nodes): number {
  return node.position?.start.line ?? 1
}
