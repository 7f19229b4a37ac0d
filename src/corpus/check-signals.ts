/** Holds the signals to their form, and apart from the statements that measure placement. */
import { readFile } from 'node:fs/promises'
import { relative } from 'node:path'
import type { Passage } from './passage.ts'
import type { Problem } from './problem.ts'
import { loadSignals } from './signals.ts'

/** A section of several levels that fewer signals know is placed by words alone. */
const MIN_SIGNALS = 8
/** A phrase of several words that takes in so much of a measured statement was made for it. */
const TOO_MUCH = 0.6
const SEVERAL = 4
/** Words that carry no topic are not counted. */
const SHORT = 3

/**
 * @param passages those whose sections and levels the signals speak of
 * @param statements lines of the sets that measure placement; see `readQuestionLines`
 * @throws UserError when the file is not in form
 */
export async function checkSignals(path: string, passages: readonly Passage[], statements: readonly string[]): Promise<Problem[]> {
  const signals = loadSignals(path)
  const rows = (await readFile(path, 'utf8')).split('\n')
  const file = relative(process.cwd(), path)
  const problem = (row: string, reason: string): Problem => ({ file, line: rows.findIndex((each) => each.includes(row)) + 1, reason })
  const levels = levelsBySection(passages)

  const unknown = signals.flatMap((signal) =>
    [...signal.levels].flatMap(([section, { from, to }]) => {
      const row = `"${section}": ${from === to ? from : `"${from}-${to}"`}`
      const known = levels.get(section)
      if (known === undefined) return [problem(row, `${signal.name}: there is no section "${section}" with levels`)]
      return [from, to].every((level) => known.has(level)) ? [] : [problem(row, `${signal.name}: "${section}" has no level ${known.has(from) ? to : from}`)]
    }),
  )
  const names = repeated(signals.map(({ name }) => name)).map((name) => problem(`"name": ${JSON.stringify(name)}`, `the name "${name}" is there twice`))
  const phrases = signals.flatMap((signal) => signal.phrases.map((phrase) => ({ signal, phrase })))
  const twice = repeated(phrases.map(({ phrase }) => phrase)).map((phrase) => problem(JSON.stringify(phrase), `the phrase "${phrase}" is there twice`))
  const measured = statements.map((statement) => ({ statement, words: wordsOf(statement) }))
  const taken = phrases.flatMap(({ signal, phrase }) => {
    const places = phrase.split(/\s+/).map((place) => place.split('|'))
    const source = measured.find(
      ({ words }) => places.length >= Math.max(SEVERAL, TOO_MUCH * words.size) && places.every((place) => place.some((word) => words.has(word))),
    )
    return source === undefined ? [] : [problem(JSON.stringify(phrase), `${signal.name}: "${phrase}" is nearly the measured "${source.statement}"`)]
  })
  const poor = [...levels].flatMap(([section, known]) => {
    const count = signals.filter((signal) => signal.levels.has(section)).length
    return known.size > 1 && count < MIN_SIGNALS ? [{ file, line: 1, reason: `"${section}" is known to ${count} signals: write at least ${MIN_SIGNALS}` }] : []
  })
  return [...unknown, ...names, ...twice, ...taken, ...poor]
}

function levelsBySection(passages: readonly Passage[]): Map<string, Set<number>> {
  const levels = new Map<string, Set<number>>()
  for (const { model, section, level } of passages) {
    if (level === null) continue
    const key = `${model}/${section}`
    levels.set(key, (levels.get(key) ?? new Set()).add(level))
  }
  return levels
}

function repeated(texts: readonly string[]): string[] {
  return [...new Set(texts.filter((text, i) => texts.indexOf(text) !== i))]
}

function wordsOf(text: string): Set<string> {
  return new Set((text.toLowerCase().match(/[\p{L}\p{N}-]+/gu) ?? []).filter((word) => word.length > SHORT))
}
