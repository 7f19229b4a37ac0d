/** Finds runs of words that a passage shares with an original: what the corpus says, it says in our own words. */
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { messageOf, UserError } from '../shared/errors.ts'

/** A run this long, in words, counts as copied. */
const RUN_LENGTH = 9

/** Where each run of an original's words stands. */
export type Originals = ReadonlyMap<string, string>

export interface CopiedRun {
  words: string
  /** The original's file name. */
  source: string
}

/** @throws UserError when the directory can't be read or holds nothing */
export async function readOriginals(directory: string): Promise<Originals> {
  try {
    const entries = await readdir(directory, { withFileTypes: true })
    const files = entries.filter((entry) => entry.isFile()).map((entry) => entry.name)
    if (files.length === 0) throw new UserError(`${directory} holds no originals: name the directory of the five source documents`)
    const runs = new Map<string, string>()
    for (const name of files) {
      for (const run of runsOf(wordsOf(readable(await readFile(join(directory, name), 'utf8'))))) runs.set(run, name)
    }
    return runs
  } catch (error) {
    if (error instanceof UserError) throw error
    throw new UserError(`can't read the originals: ${messageOf(error)}`, { cause: error })
  }
}

/** The runs of `text` that stand in an original; overlapping runs are reported as one. */
export function copiedRuns(text: string, originals: Originals): CopiedRun[] {
  const words = wordsOf(text)
  const found: CopiedRun[] = []
  for (let start = 0; start + RUN_LENGTH <= words.length; ) {
    const source = originals.get(words.slice(start, start + RUN_LENGTH).join(' '))
    if (source === undefined) {
      start++
      continue
    }
    let end = start + RUN_LENGTH
    while (end < words.length && originals.has(words.slice(end - RUN_LENGTH + 1, end + 1).join(' '))) end++
    found.push({ words: words.slice(start, end).join(' '), source })
    start = end
  }
  return found
}

function runsOf(words: readonly string[]): string[] {
  return Array.from({ length: Math.max(0, words.length - RUN_LENGTH + 1) }, (_, i) => words.slice(i, i + RUN_LENGTH).join(' '))
}

/** Lower-case words; a proper name of several words ("Kubernetes Maturity Model") counts as one, since names can't be said otherwise. */
function wordsOf(text: string): string[] {
  return (
    text
      .replace(/[’']/g, '')
      .replace(/\s+/g, ' ')
      .replace(/(?<=[\p{Ll},] )\p{Lu}[\p{L}\d]*(?:[ -]\p{Lu}[\p{L}\d]*)+/gu, (name) => name.replace(/[ -]/g, ''))
      .toLowerCase()
      .match(/[\p{L}\d]+/gu) ?? []
  )
}

const ENTITIES: Record<string, string> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: ' ',
  rsquo: '’',
  lsquo: '‘',
  ldquo: '“',
  rdquo: '”',
  mdash: '—',
  ndash: '–',
  hellip: '…',
}

/** Text of HTML, and of feeds whose HTML is escaped once more; plain text and Markdown stay as they are. */
function readable(source: string): string {
  const decoded = decodeEntities(source).replace(/<[^>]*>/g, ' ')
  return decodeEntities(decoded).replace(/<[^>]*>/g, ' ')
}

function decodeEntities(text: string): string {
  return text.replace(/&(?:#(\d+)|#x([\da-f]+)|(\w+));/gi, (whole, decimal?: string, hex?: string, name?: string) => {
    if (name !== undefined) return ENTITIES[name] ?? whole
    const code = decimal === undefined ? Number.parseInt(hex as string, 16) : Number(decimal)
    return code <= 0x10ffff ? String.fromCodePoint(code) : whole
  })
}
