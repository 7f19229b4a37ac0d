/** How to get from here to there: the next level's practices where the gap is widest, each a sentence of its passage. */
import type { Corpus, Passage } from '../corpus/passage.ts'
import { passageId } from '../corpus/passage.ts'
import { type LevelFigure, lowerOf } from './level-figure.ts'
import type { PracticeFigures, StageFigures } from './stage-figures.ts'
import { stepSentences } from './step-sentences.ts'
import type { ModelResults } from './team-model-results.ts'
import type { TeamSection } from './team-sections.ts'

export interface Step {
  model: string
  section: string
  /** The level that it leads to. */
  level: number
  passage: string
  /** A sentence of the passage, letter for letter. */
  text: string
  /** The open action that the team made of it. */
  action?: string
}

export interface SectionSteps {
  section: string
  title: string
  from: LevelFigure
  to: number
  /** "Level 3: Security scanning" */
  heading: string
  /** To the team's target; absent where it has chosen none. */
  gap?: number
  steps: readonly Step[]
}

export interface StepLimits {
  sections: number
  /** In each. */
  steps: number
}

const LIMITS: StepLimits = { sections: 3, steps: 3 }

export function nextSteps(results: ModelResults, corpus: Corpus, limits: StepLimits = LIMITS): SectionSteps[] {
  return wanted(results.sections)
    .flatMap((section) => stepsOf(section, results, corpus, limits.steps))
    .slice(0, limits.sections)
}

type Standing = TeamSection & { level: LevelFigure }

/** The largest gaps; where there are none, the lowest of the sections without a target. A target that is reached asks for nothing more. */
function wanted(sections: readonly TeamSection[]): Standing[] {
  const scored = sections.filter((section): section is Standing => section.level !== undefined)
  const gaps = scored.filter(({ gap = 0 }) => gap > 0)
  if (gaps.length > 0) return gaps.toSorted((a, b) => (b.gap ?? 0) - (a.gap ?? 0) || lowerOf(a.level) - lowerOf(b.level))
  return scored.filter(({ target }) => target === undefined).toSorted((a, b) => lowerOf(a.level) - lowerOf(b.level))
}

function stepsOf(section: Standing, results: ModelResults, corpus: Corpus, most: number): SectionSteps[] {
  const { nextStage, shape, model } = results
  const to = shape === 'staged' ? nextStage?.stage : section.levels.find((level) => level > lowerOf(section.level))
  const passage = to === undefined ? undefined : corpus.passage(passageId(model, section.section, to))
  if (to === undefined || passage === undefined) return []
  const missing = nextStage === undefined ? [] : missingPractices(nextStage, passage, corpus)
  const sentences = missing.length === 0 ? sentencesOf(passage, most) : missing.flatMap((practice) => sentencesOf(practice, 1)).slice(0, most)
  const steps = sentences.map(({ passage: id, text }): Step => {
    const action = results.actions.find((each) => each.passage === id && each.text === text)
    return { model, section: section.section, level: to, passage: id, text, ...(action === undefined ? {} : { action: action.id }) }
  })
  const { title, level: from, gap } = section
  return [{ section: section.section, title, from, to, heading: passage.heading, ...(gap === undefined ? {} : { gap }), steps }]
}

/** Practices of a stage besides the stage itself that somebody does not have in place, those that most lack first. */
function missingPractices({ practices }: StageFigures, stage: Passage, corpus: Corpus): Passage[] {
  return practices
    .filter((practice) => practice.passage !== stage.id && lacking(practice) !== 0)
    .toSorted((a, b) => lacking(b) - lacking(a))
    .flatMap(({ passage }) => corpus.passage(passage) ?? [])
}

/** What nobody said, or may not be shown, can be missing too. */
function lacking(practice: PracticeFigures): number {
  if ('hidden' in practice) return 0.5
  const { inPlace, partly, notYet } = practice
  const said = inPlace + partly + notYet
  return said === 0 ? 0.5 : (notYet + partly / 2) / said
}

function sentencesOf(passage: Passage, most: number): { passage: string; text: string }[] {
  return stepSentences(passage, most).map((text) => ({ passage: passage.id, text }))
}
