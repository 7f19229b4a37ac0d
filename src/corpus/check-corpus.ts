/** What a reviewer of a corpus change wants to know: is every cell there, in form, and in our own words? */
import { copiedRuns, type Originals } from './copied-runs.ts'
import type { FrontMatter } from './front-matter.ts'
import { type ModelFile, sectionPath } from './parse-model-file.ts'
import type { Passage } from './passage.ts'
import { passageId } from './passage.ts'
import type { Problem } from './problem.ts'

/** An assessment shows the indicator as an answer option: longer ones don't fit a chat's buttons and menus. */
const MAX_INDICATOR_CHARACTERS = 160
const MIN_PASSAGE_WORDS = 40
const MAX_PASSAGE_WORDS = 400

/**
 * Problems of the form, the coverage and, given the originals, the wording of model files.
 * @param originals what `readOriginals` returns; without it copied runs are not looked for
 */
export function checkCorpus(files: readonly ModelFile[], originals?: Originals): Problem[] {
  const passages = files.flatMap((file) => file.passages)
  const ids = new Set(passages.map((passage) => passage.id))
  return [
    ...files.flatMap((file) => file.problems),
    ...duplicateIds(passages),
    ...files.flatMap((file) => (file.head === undefined ? [] : missingCells(file, file.head))),
    ...passages.flatMap((passage) => [
      ...indicatorProblems(passage),
      ...lengthProblems(passage),
      ...passage.seeAlso.filter((id) => !ids.has(id)).map((id) => problem(passage, `broken cross-reference: there is no passage ${id}`)),
      ...(originals === undefined
        ? []
        : copiedRuns(passage.text, originals).map((run) => problem(passage, `${passage.id} copies ${run.source}: "${run.words}"`))),
    ]),
  ]
}

function problem(passage: Passage, reason: string): Problem {
  return { file: passage.file, line: passage.line, reason }
}

function duplicateIds(passages: readonly Passage[]): Problem[] {
  return [...Map.groupBy(passages, (passage) => passage.id).values()].flatMap(([first, ...others]) =>
    others.map((other) => problem(other, `duplicate id ${other.id}, first at ${first?.file}:${first?.line}`)),
  )
}

function missingCells(file: ModelFile, head: FrontMatter): Problem[] {
  const present = new Set(file.passages.map((passage) => passage.id))
  const expected = head.sections === undefined ? everyLevel(file, head) : declared(head, head.sections)
  const missing = expected.filter((id) => !present.has(id)).map((id) => ({ file: file.file, line: 1, reason: `missing cell: there is no passage ${id}` }))
  if (head.sections === undefined) return missing

  const known = new Set(Object.keys(head.sections).map((section) => sectionPath(head, section)))
  const undeclared = file.passages.filter((passage) => !known.has(passage.section))
  return [...missing, ...undeclared.map((passage) => problem(passage, `the section ${passage.section} is not among the front matter's sections`))]
}

/** The cells that a front matter promises under `sections`. */
function declared(head: FrontMatter, sections: Record<string, string>): string[] {
  return Object.entries(sections).flatMap(([section, range]) => {
    const path = sectionPath(head, section)
    if (range === 'none') return [passageId(head.id, path, null)]
    const [from = 1, to = from] = range.split('-').map(Number)
    return Array.from({ length: Math.max(0, to - from + 1) }, (_, i) => passageId(head.id, path, from + i))
  })
}

/** Without a promise, a section that has one level has all of them. */
function everyLevel(file: ModelFile, head: FrontMatter): string[] {
  const withLevels = new Set(file.passages.flatMap((passage) => (passage.level === null ? [] : [passage.section])))
  return [...withLevels].flatMap((section) => head.levels.map((_, i) => passageId(head.id, section, i + 1)))
}

function indicatorProblems(passage: Passage): Problem[] {
  if (passage.level === null) return []
  const indicator = passage.indicator ?? ''
  if (indicator === '' || !/[.!]$/.test(indicator)) {
    return [problem(passage, `${passage.id} has no indicator: begin with one plain sentence that a team can say yes or no to`)]
  }
  if (indicator.length <= MAX_INDICATOR_CHARACTERS) return []
  return [problem(passage, `the indicator of ${passage.id} has ${indicator.length} characters: at most ${MAX_INDICATOR_CHARACTERS}`)]
}

function lengthProblems(passage: Passage): Problem[] {
  const words = passage.text.split(/\s+/).filter((word) => /[\p{L}\d]/u.test(word)).length
  if (words >= MIN_PASSAGE_WORDS && words <= MAX_PASSAGE_WORDS) return []
  return [problem(passage, `${passage.id} has ${words} words: write ${MIN_PASSAGE_WORDS} to ${MAX_PASSAGE_WORDS}`)]
}
