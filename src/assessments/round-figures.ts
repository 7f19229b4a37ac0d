/** What several respondents say together: median, range and spread of each section, never who said what in a confidential round. */
import { passageId } from '../corpus/passage.ts'
import type { Catalogue } from './catalogue.ts'
import { type Disclosure, hides } from './disclosure.ts'
import { type LevelFigure, lowerOf, medianOf, middleOf } from './level-figure.ts'
import { type AskedSection, type Coverage, coverageOf, isEnough, meanOf, type Overall, type Reason, type SectionState, sectionsOf } from './profile.ts'
import type { Respondent } from './respondent.ts'
import { type StageFigures, stageFigures } from './stage-figures.ts'

/** One end of a spread. */
export interface SpreadEnd {
  level: number
  /** Of stage 0, which has none, the first stage's. */
  passage: string
}

export interface ShownFigures extends AskedSection {
  state: SectionState
  /** Absent where nobody named a level. */
  median?: LevelFigure
  range?: { lowest: number; highest: number }
  /** Every level that was named, ascending: their order tells nothing of who named which. */
  values: readonly number[]
  /** How many named a level. */
  answers: number
  notSure: number
  notApplicable: number
  unanswered: number
  /** How many work on the level above theirs. */
  workingOn: number
  /** "At least stage N" of those whose stage is not known, ascending; they are among the not sure and the unanswered. Empty in a confidential round. */
  atLeast: readonly number[]
  /** How many answered on older wording. */
  olderWording: number
  /** What the median says yes to. */
  passages: readonly string[]
  /** Two levels apart or more, with what either end says yes to. */
  worthTalkingAbout?: { lowest: SpreadEnd; highest: SpreadEnd }
  /** The answers themselves; empty in a confidential round. */
  why: readonly (Reason & { person: string })[]
}

export interface HiddenFigures extends AskedSection {
  /** Too few answers for a confidential round. */
  state: 'hidden'
}

export type SectionFigures = ShownFigures | HiddenFigures

export interface RoundFigures {
  /** How many answered at least one question. */
  respondents: number
  sections: readonly SectionFigures[]
  /** Of a staged model, from the first on. */
  stages?: readonly StageFigures[]
  /** Counts sections, of a staged model stages; a hidden one counts as not answered. */
  coverage: Coverage
  /** Absent under 60% coverage. */
  overall?: Overall
  /** Sections with a wide spread, which a re-vote is offered on. */
  worthTalkingAbout: readonly string[]
}

/** From so many levels apart on, a section is worth talking about. */
const WIDE_SPREAD = 2

export function roundFigures(catalogue: Catalogue, everybody: readonly Respondent[], disclosure: Disclosure): RoundFigures {
  const respondents = everybody.filter(({ profile }) => profile.sections.some(({ why }) => why.length > 0))
  const sections = sectionsOf(catalogue).map((section) => figuresOf(section, catalogue.model.id, respondents, disclosure))
  const staged = catalogue.questions.some(({ kind }) => kind === 'stage')
  const stages = staged ? stageFigures(catalogue, respondents, disclosure) : undefined
  const coverage = coverageOf((stages?.filter(isAsked) ?? sections).map(coverageState))
  return {
    respondents: respondents.length,
    sections,
    ...(stages === undefined ? {} : { stages }),
    coverage,
    ...overallOf(sections, coverage, staged),
    worthTalkingAbout: sections.flatMap((each) => (each.state === 'hidden' || each.worthTalkingAbout === undefined ? [] : [each.section])),
  }
}

function figuresOf(section: AskedSection, model: string, respondents: readonly Respondent[], disclosure: Disclosure): SectionFigures {
  const scores = respondents.flatMap(({ person, profile }) =>
    profile.sections.filter((score) => score.section === section.section).map((score) => ({ ...score, person, ladder: profile.ladder })),
  )
  const values = scores.flatMap(({ level }) => level ?? []).sort((a, b) => a - b)
  if (hides(disclosure, values.length)) return { ...section, state: 'hidden' }
  const count = (state: SectionState) => scores.filter((score) => score.state === state).length
  const median = medianOf(values)
  const [lowest, highest] = [values[0], values.at(-1)]
  const spread = lowest !== undefined && highest !== undefined ? { lowest, highest } : undefined
  const end = (level: number): SpreadEnd => ({ level, passage: passageId(model, section.section, Math.max(level, section.levels[0] ?? level)) })
  return {
    ...section,
    state: stateOf(values.length, count('not-sure'), count('not-applicable')),
    ...(median === undefined ? {} : { median }),
    ...(spread === undefined ? {} : { range: spread }),
    values,
    answers: values.length,
    notSure: count('not-sure'),
    notApplicable: count('not-applicable'),
    unanswered: count('unanswered'),
    workingOn: scores.filter(({ workingOn }) => workingOn !== undefined).length,
    atLeast: disclosure.confidential ? [] : scores.flatMap(({ ladder }) => (ladder?.atLeast === true ? [ladder.reached] : [])).sort((a, b) => a - b),
    olderWording: scores.filter(({ why }) => why.some((reason) => reason.olderWording)).length,
    passages:
      median === undefined ? [] : levelsIn(median).flatMap((level) => (section.levels.includes(level) ? [passageId(model, section.section, level)] : [])),
    ...(spread !== undefined && spread.highest - spread.lowest >= WIDE_SPREAD
      ? { worthTalkingAbout: { lowest: end(spread.lowest), highest: end(spread.highest) } }
      : {}),
    why: disclosure.confidential ? [] : scores.flatMap(({ person, why }) => why.map((reason) => ({ ...reason, person }))),
  }
}

function levelsIn(median: LevelFigure): number[] {
  return typeof median === 'number' ? [median] : [median.low, median.high]
}

/** A section applies as soon as one respondent names a level, or is not sure which. */
function stateOf(levels: number, notSure: number, notApplicable: number): SectionState {
  if (levels > 0) return 'scored'
  if (notSure > 0) return 'not-sure'
  return notApplicable > 0 ? 'not-applicable' : 'unanswered'
}

function coverageState({ state }: { state: SectionState | 'hidden' }): SectionState {
  return state === 'hidden' ? 'unanswered' : state
}

function isAsked({ asked }: StageFigures): boolean {
  return asked
}

function overallOf(sections: readonly SectionFigures[], coverage: Coverage, staged: boolean): Pick<RoundFigures, 'overall'> {
  const scored = sections.flatMap((each) => (each.state === 'hidden' || each.median === undefined ? [] : [{ section: each.section, median: each.median }]))
  if (scored.length === 0 || !isEnough(coverage)) return {}
  const level = Math.min(...scored.map(({ median }) => lowerOf(median)))
  const lowest = scored.filter(({ median }) => lowerOf(median) === level).map(({ section }) => section)
  const mean = staged ? undefined : meanOf(scored.map(({ median }) => middleOf(median)))
  return { overall: { lowest, level, ...(mean === undefined ? {} : { mean }) } }
}
