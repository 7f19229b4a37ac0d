/** Holds the expansions to their form, and apart from the questions that measure them. */
import { readdir, readFile } from 'node:fs/promises'
import { join, relative } from 'node:path'
import { distance } from 'fastest-levenshtein'
import { messageOf, UserError } from '../shared/errors.ts'
import { loadExpansions, loadOutOfScope } from './expansions.ts'
import type { Passage } from './passage.ts'
import type { Problem } from './problem.ts'

const MIN_LINES = 10
const MIN_WORDS = 3
const MAX_WORDS = 60
/** Share of characters to change; what is nearer than this to a question is that question. */
const TOO_NEAR = 0.2

/**
 * @param passages those that must have expansions
 * @param questions lines of the sets that measure search; see `readQuestionLines`
 */
export async function checkExpansions(directory: string, passages: readonly Passage[], questions: readonly string[]): Promise<Problem[]> {
  const expansions = await loadExpansions(directory)
  const locate = await createLocator(directory)
  const ids = new Set(passages.map((passage) => passage.id))
  const missing = passages.flatMap((passage) => {
    const { asks, says } = expansions.get(passage.id) ?? { asks: [], says: [] }
    const tooFew = (kind: string, count: number) =>
      count < MIN_LINES ? [{ ...locate(passage.id), reason: `${passage.id} has ${count} ${kind}: write at least ${MIN_LINES}` }] : []
    return [...tooFew('asks', asks.length), ...(passage.level === null ? [] : tooFew('says', says.length))]
  })
  const foreign = [...expansions.keys()].filter((id) => !ids.has(id)).map((id) => ({ ...locate(id), reason: `there is no passage ${id}` }))

  const seen = new Map<string, string>()
  const lines = [...expansions].flatMap(([id, { asks, says }]) => [...asks, ...says].map((line) => ({ id, line, plain: plainOf(line) })))
  const isTooNear = createNearness(questions)
  const wrong = lines.flatMap(({ id, line, plain }) => {
    const first = seen.get(plain)
    seen.set(plain, first ?? id)
    const words = plain.split(' ').length
    const near = isTooNear(plain)
    const reasons = [
      ...(first === undefined ? [] : [`"${line}" stands at ${first} too`]),
      ...(words < MIN_WORDS || words > MAX_WORDS ? [`"${line}" has ${words} words: write ${MIN_WORDS} to ${MAX_WORDS}`] : []),
      ...(near === undefined ? [] : [`"${line}" is nearly the measured "${near}"`]),
    ]
    return reasons.map((reason) => ({ ...locate(line), reason: `${id}: ${reason}` }))
  })
  return [...missing, ...foreign, ...wrong]
}

/** The themes outside the corpus are held apart from the measured questions likewise. */
export async function checkOutOfScope(path: string, questions: readonly string[]): Promise<Problem[]> {
  const themes = await loadOutOfScope(path)
  const rows = (await readFile(path, 'utf8')).split('\n')
  const isTooNear = createNearness(questions)
  return [...themes.values()].flat().flatMap((line) => {
    const near = isTooNear(plainOf(line))
    const at = rows.findIndex((row) => row.includes(JSON.stringify(line)))
    return near === undefined ? [] : [{ file: relative(process.cwd(), path), line: at + 1, reason: `"${line}" is nearly the measured "${near}"` }]
  })
}

/** Tells where a string stands in the files of the directory. */
async function createLocator(directory: string): Promise<(text: string) => { file: string; line: number }> {
  const names = (await readdir(directory)).filter((name) => name.endsWith('.json')).sort()
  const sources = await Promise.all(
    names.map(async (name) => ({ file: relative(process.cwd(), join(directory, name)), rows: (await readFile(join(directory, name), 'utf8')).split('\n') })),
  )
  return (text) => {
    const written = JSON.stringify(text)
    for (const { file, rows } of sources) {
      const at = rows.findIndex((row) => row.includes(written))
      if (at >= 0) return { file, line: at + 1 }
    }
    return { file: sources[0]?.file ?? directory, line: 1 }
  }
}

/** Questions and statements of the JSONL files in a directory. @throws UserError when it can't be read */
export async function readQuestionLines(directory: string): Promise<string[]> {
  try {
    const names = (await readdir(directory)).filter((name) => name.endsWith('.jsonl'))
    const files = await Promise.all(names.map((name) => readFile(join(directory, name), 'utf8')))
    return files.flatMap((file) =>
      file
        .split('\n')
        .filter((row) => row.trim() !== '')
        .map((row) => JSON.parse(row) as { question?: string; statement?: string })
        .flatMap(({ question, statement }) => question ?? statement ?? []),
    )
  } catch (error) {
    throw new UserError(`can't read the question sets in ${directory}: ${messageOf(error)}`, { cause: error })
  }
}

/** Tens of thousands of lines meet hundreds of questions: only those of like length, in like characters and pairs of them, are measured. */
function createNearness(questions: readonly string[]): (plain: string) => string | undefined {
  const prepare = (plain: string) => ({ plain, characters: countRuns(plain, 1), pairs: countRuns(plain, 2) })
  const measured = questions.map((question) => ({ question, ...prepare(plainOf(question)) }))
  return (plain) => {
    const line = prepare(plain)
    return measured.find((each) => {
      const allowed = Math.max(plain.length, each.plain.length) * TOO_NEAR
      return (
        Math.abs(plain.length - each.plain.length) < allowed &&
        leastDistance(line.characters, each.characters, 1) < allowed &&
        leastDistance(line.pairs, each.pairs, 2) < allowed &&
        distance(plain, each.plain) < allowed
      )
    })?.question
  }
}

/** How often each run of so many characters stands in it; a few runs share a place, which makes no distance longer. */
function countRuns(plain: string, length: 1 | 2): Int16Array {
  const counts = new Int16Array(length === 1 ? 32 : 256)
  for (let i = length - 1; i < plain.length; i++) {
    const place = (plain.charCodeAt(i) + (length === 2 ? plain.charCodeAt(i - 1) * 31 : 0)) % counts.length
    counts[place] = (counts[place] as number) + 1
  }
  return counts
}

/** No fewer characters than these must be changed, put in or left out to make one of the other: each changes as many runs as a run is long. */
function leastDistance(one: Int16Array, other: Int16Array, length: number): number {
  let more = 0
  let fewer = 0
  for (let i = 0; i < one.length; i++) {
    const difference = (one[i] as number) - (other[i] as number)
    if (difference > 0) more += difference
    else fewer -= difference
  }
  return Math.max(more, fewer) / length
}

function plainOf(line: string): string {
  return line
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
}
