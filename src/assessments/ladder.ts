/** Staged models: one ladder, on which a team stands on the highest stage that is in place together with all below. */
import type { Corpus } from '../corpus/passage.ts'
import type { Catalogue, PracticeItem, StageQuestion } from './catalogue.ts'
import { asked } from './course.ts'
import {
  type AskedSection,
  type Coverage,
  coverageOf,
  isEnough,
  type Ladder,
  type NextStage,
  type PracticeScore,
  type Profile,
  type SectionScore,
  type SectionState,
  type StageScore,
  type StageState,
  sectionsOf,
} from './profile.ts'
import { reasonOf } from './reason.ts'
import type { Answer } from './records.ts'

export function scoreLadder(
  catalogue: Catalogue,
  answers: ReadonlyMap<string, Answer>,
  corpus: Corpus,
): Pick<Profile, 'sections' | 'ladder' | 'coverage' | 'overall'> {
  // After a change on the way, a bisection may have left answers beside its path.
  const path = new Set(asked(catalogue, answers).map(({ id }) => id))
  const questions = catalogue.questions.filter((question) => question.kind === 'stage')
  const own = questions.map((question) => scoreStage(question, path.has(question.id) ? answers.get(question.id) : undefined, corpus))
  const stages = catalogue.order === 'bisect' ? takenToHold(own) : own
  const ladder = climb(stages)
  const section = ladderSection(sectionsOf(catalogue)[0] as AskedSection, ladder)
  const coverage = coverageOf(stages.filter(({ question }) => path.has(question)).map(stageCoverage))
  return { sections: [section], ladder, coverage, ...overallOf(section, coverage) }
}

function scoreStage(question: StageQuestion, answer: Answer | undefined, corpus: Corpus): StageScore {
  const said = answer?.value.kind === 'practices' ? answer.value.practices : {}
  const practices = question.practices.map((practice): PracticeScore => {
    const state = said[practice.passage]
    return state === undefined ? practice : { ...practice, state }
  })
  const stage = { stage: question.stage, title: question.title, question: question.id, state: stateOf(answer, practices), practices }
  return answer === undefined ? stage : { ...stage, why: reasonOf(answer, question, corpus) }
}

/** Partly is not in place, and one practice that is missing is enough to say so. */
function stateOf(answer: Answer | undefined, practices: readonly PracticeScore[]): StageState {
  if (answer?.value.kind === 'not-sure' || answer?.value.kind === 'not-applicable') return answer.value.kind
  const states = practices.map(({ state }) => state)
  if (states.every((state) => state === 'in-place')) return 'in-place'
  // A practice that the model got since: nobody said whether it is there.
  if (!states.some((state) => state === 'partly' || state === 'not-yet')) return 'unanswered'
  return states.some((state) => state === 'partly' || state === 'in-place') ? 'partly' : 'not-yet'
}

function takenToHold(stages: readonly StageScore[]): StageScore[] {
  const highest = stages.findLast(({ state }) => state === 'in-place')?.stage ?? 0
  return stages.map((stage) =>
    stage.state === 'unanswered' && stage.why === undefined && stage.stage < highest ? { ...stage, state: 'taken-to-hold' } : stage,
  )
}

function climb(stages: readonly StageScore[]): Ladder {
  const next = stages.find(({ state }) => !holds(state) && state !== 'not-applicable')
  const reached = stages.findLast(({ stage, state }) => holds(state) && (next === undefined || stage < next.stage))?.stage ?? 0
  const atLeast = next?.state === 'not-sure' || next?.state === 'unanswered'
  return { reached, atLeast, stages, ...(next === undefined ? {} : { nextInPlace: nextStage(next) }) }
}

function holds(state: StageState): boolean {
  return state === 'in-place' || state === 'taken-to-hold'
}

function nextStage({ stage, title, practices }: StageScore): NextStage {
  const those = (wanted: PracticeScore['state']): PracticeItem[] => practices.filter(({ state }) => state === wanted).map(({ state: _, ...item }) => item)
  return { stage, title, inPlace: those('in-place'), partly: those('partly'), missing: those('not-yet'), unknown: those(undefined) }
}

/** A stage that is only known to be reached at least is no level: it would count what nobody is sure of as missing. */
function ladderSection(section: AskedSection, { reached, atLeast, stages, nextInPlace: next }: Ladder): SectionScore {
  const why = stages.flatMap((stage) => stage.why ?? [])
  const blocking = stages.find(({ stage }) => stage === next?.stage)
  if (why.length > 0 && why.every(({ answer }) => answer.kind === 'not-applicable')) return { ...section, state: 'not-applicable', why }
  if (atLeast) return { ...section, state: blocking?.state === 'not-sure' ? 'not-sure' : 'unanswered', why }
  return { ...section, state: 'scored', level: reached, ...(blocking?.state === 'partly' ? { workingOn: blocking.stage } : {}), why }
}

function stageCoverage({ state }: StageScore): SectionState {
  return state === 'not-sure' || state === 'not-applicable' || state === 'unanswered' ? state : 'scored'
}

function overallOf({ section, level }: SectionScore, coverage: Coverage): Pick<Profile, 'overall'> {
  return level === undefined || !isEnough(coverage) ? {} : { overall: { lowest: [section], level } }
}
