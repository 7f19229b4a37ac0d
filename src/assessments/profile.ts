/** What answers say about a team: a level for each section and why, never one grade. */
import type { Catalogue, PracticeItem } from './catalogue.ts'
import type { AnswerValue, PracticeState, Scope } from './records.ts'

export type SectionState = 'scored' | 'not-sure' | 'not-applicable' | 'unanswered'

/** A section that is asked about; of a staged model its ladder. */
export interface AskedSection {
  /** The section's id, without the model. */
  section: string
  title: string
  dimension?: string
  /** The levels that there are, ascending. */
  levels: readonly number[]
}

/** An answer behind a figure. */
export interface Reason {
  question: string
  answer: AnswerValue
  /** What the answer says yes to; of a checklist its practices. */
  passages: readonly string[]
  /** The person's own words. */
  said?: string
  /** Evidence. */
  note?: string
  /** The text of a passage that was shown has changed since, or is gone. */
  olderWording: boolean
  answeredAt: string
}

export interface SectionScore extends AskedSection {
  state: SectionState
  /** Only when scored. Of a ladder the stage reached, 0 for none yet; absent where a stage that is not known could raise it. */
  level?: number
  /** The level above is being worked on. */
  workingOn?: number
  why: readonly Reason[]
}

/** How much a figure rests on. What is not applicable is not asked. */
export interface Coverage {
  answered: number
  asked: number
  notSure: number
  notApplicable: number
}

export type StageState = 'in-place' | 'partly' | 'not-yet' | 'not-sure' | 'not-applicable' | 'unanswered' | 'taken-to-hold'

export interface PracticeScore extends PracticeItem {
  /** Absent where nobody said. */
  state?: PracticeState
}

export interface StageScore {
  stage: number
  /** "Phase 4: Build Confidence" */
  title: string
  question: string
  /** `taken-to-hold`: it was not asked, for a stage above it is in place. */
  state: StageState
  practices: readonly PracticeScore[]
  why?: Reason
}

/** Where a team stands on a ladder. */
export interface Ladder {
  /** The highest stage that is in place together with all below; 0 for none yet. */
  reached: number
  /** A stage that is not known comes next: "at least stage N". */
  atLeast: boolean
  stages: readonly StageScore[]
  /** What of the next stage is there already. Absent at the top. */
  nextInPlace?: NextStage
}

export interface NextStage {
  stage: number
  title: string
  inPlace: readonly PracticeItem[]
  partly: readonly PracticeItem[]
  missing: readonly PracticeItem[]
  /** Nobody said. */
  unknown: readonly PracticeItem[]
}

export interface Overall {
  /** The sections that stand lowest: the headline, beside the profile. */
  lowest: readonly string[]
  level: number
  /** To be shown as a labelled trend figure only; absent on a ladder. */
  mean?: number
}

export interface Profile {
  model: string
  scope: Scope
  sections: readonly SectionScore[]
  /** Of a staged model; its one section is the ladder. */
  ladder?: Ladder
  coverage: Coverage
  /** Absent under 60% coverage. */
  overall?: Overall
  /** Answered questions that the model no longer asks: they count for nothing. */
  gone: readonly string[]
}

const LEAST_COVERAGE = 0.6

export function isEnough({ answered, asked }: Pick<Coverage, 'answered' | 'asked'>): boolean {
  return asked > 0 && answered / asked >= LEAST_COVERAGE
}

/** Not sure is asked and not answered; not applicable is not asked. */
export function coverageOf(states: readonly SectionState[]): Coverage {
  const count = (state: SectionState) => states.filter((each) => each === state).length
  const notApplicable = count('not-applicable')
  return { answered: count('scored'), asked: states.length - notApplicable, notSure: count('not-sure'), notApplicable }
}

/** The sections in the order of their first questions. */
export function sectionsOf({ model, questions }: Catalogue): AskedSection[] {
  return [...Map.groupBy(questions, ({ section }) => section)].map(([id, own]) => {
    const section = model.sections.find((each) => each.id === id)
    const levels = own.flatMap((question) => (question.kind === 'stage' ? [question.stage] : question.options.map(({ level }) => level)))
    return {
      section: id,
      title: section?.title ?? id,
      ...(section?.dimension === undefined ? {} : { dimension: section.dimension }),
      levels: levels.toSorted((a, b) => a - b),
    }
  })
}

export function meanOf(values: readonly number[]): number | undefined {
  return values.length === 0 ? undefined : values.reduce((sum, value) => sum + value, 0) / values.length
}
