/** From answers to a profile: the highest level whose statement, and all below, hold. */
import type { Corpus } from '../corpus/passage.ts'
import type { Catalogue, LevelQuestion } from './catalogue.ts'
import { scoreLadder } from './ladder.ts'
import { type AskedSection, coverageOf, isEnough, meanOf, type Overall, type Profile, type SectionScore, sectionsOf } from './profile.ts'
import { reasonOf } from './reason.ts'
import type { Answer } from './records.ts'

/** @param answers of each question the one that counts */
export function scoreAnswers(catalogue: Catalogue, answers: readonly Answer[], corpus: Corpus): Profile {
  const byQuestion = new Map(answers.map((answer) => [answer.question, answer]))
  const known = new Set(catalogue.questions.map(({ id }) => id))
  const gone = answers.flatMap(({ question }) => (known.has(question) ? [] : [question]))
  const base = { model: catalogue.model.id, scope: catalogue.scope, gone }
  if (catalogue.questions.some(({ kind }) => kind === 'stage')) return { ...base, ...scoreLadder(catalogue, byQuestion, corpus) }

  const questions = new Map(catalogue.questions.flatMap((question) => (question.kind === 'levels' ? [[question.section, question]] : [])))
  const sections = sectionsOf(catalogue).map((section) => {
    const question = questions.get(section.section) as LevelQuestion
    return scoreSection(section, question, byQuestion.get(question.id), corpus)
  })
  const coverage = coverageOf(sections.map(({ state }) => state))
  const overall = isEnough(coverage) ? overallOf(sections) : undefined
  return { ...base, sections, coverage, ...(overall === undefined ? {} : { overall }) }
}

function scoreSection(section: AskedSection, question: LevelQuestion, answer: Answer | undefined, corpus: Corpus): SectionScore {
  if (answer === undefined) return { ...section, state: 'unanswered', why: [] }
  const why = [reasonOf(answer, question, corpus)]
  const { value } = answer
  if (value.kind === 'not-sure' || value.kind === 'not-applicable') return { ...section, state: value.kind, why }
  const level = value.kind === 'level' ? value.level : value.kind === 'between' ? value.lower : undefined
  // A level that the model no longer has says nothing about the levels that it has now.
  if (level === undefined || !section.levels.includes(level)) return { ...section, state: 'unanswered', why }
  const above = section.levels.find((each) => each > level)
  return { ...section, state: 'scored', level, ...(value.kind === 'between' && above !== undefined ? { workingOn: above } : {}), why }
}

function overallOf(sections: readonly SectionScore[]): Overall {
  const scored = sections.flatMap(({ section, level }) => (level === undefined ? [] : [{ section, level }]))
  const level = Math.min(...scored.map((each) => each.level))
  const mean = meanOf(scored.map((each) => each.level))
  return { lowest: scored.filter((each) => each.level === level).map(({ section }) => section), level, ...(mean === undefined ? {} : { mean }) }
}
