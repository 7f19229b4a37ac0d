/** Stage by stage what several respondents say of a staged model: how many have each practice in place, partly or not yet. */
import type { Catalogue, PracticeItem, StageQuestion } from './catalogue.ts'
import { type Disclosure, hides } from './disclosure.ts'
import type { SectionState, StageScore } from './profile.ts'
import type { Respondent } from './respondent.ts'

export interface PracticeCounts extends PracticeItem {
  inPlace: number
  partly: number
  notYet: number
}

/** Too few answers for a confidential round. */
export interface HiddenPractice extends PracticeItem {
  hidden: true
}

export type PracticeFigures = PracticeCounts | HiddenPractice

export interface StageFigures {
  stage: number
  /** "Phase 4: Build Confidence" */
  title: string
  /** Whether it was anybody's question; a bisection asks some of them. */
  asked: boolean
  state: SectionState | 'hidden'
  /** Absent where hidden. How many say so of the stage as a whole; `takenToHold` follows from a stage above. */
  counts?: { inPlace: number; partly: number; notYet: number; notSure: number; notApplicable: number; takenToHold: number }
  practices: readonly PracticeFigures[]
}

export function stageFigures(catalogue: Catalogue, respondents: readonly Respondent[], disclosure: Disclosure): StageFigures[] {
  const questions = catalogue.questions.filter((question) => question.kind === 'stage')
  return questions.map((question) => {
    const scores = respondents.flatMap(({ profile }) => profile.ladder?.stages.filter(({ stage }) => stage === question.stage) ?? [])
    const asked = catalogue.order === 'all' || scores.some(({ why }) => why !== undefined)
    return figuresOf(question, scores, asked, disclosure)
  })
}

function figuresOf({ stage, title, practices: items }: StageQuestion, scores: readonly StageScore[], asked: boolean, disclosure: Disclosure): StageFigures {
  const count = (state: StageScore['state']) => scores.filter((score) => score.state === state).length
  const counts = {
    inPlace: count('in-place'),
    partly: count('partly'),
    notYet: count('not-yet'),
    notSure: count('not-sure'),
    notApplicable: count('not-applicable'),
    takenToHold: count('taken-to-hold'),
  }
  const known = counts.inPlace + counts.partly + counts.notYet + counts.takenToHold
  const practices = items.map((item): PracticeFigures => {
    const said = countPractice(item, scores)
    return hides(disclosure, said.inPlace + said.partly + said.notYet) ? { ...item, hidden: true } : said
  })
  return { stage, title, asked, practices, ...(hides(disclosure, known) ? { state: 'hidden' } : { state: stateOf(known, counts), counts }) }
}

function countPractice(item: PracticeItem, scores: readonly StageScore[]): PracticeCounts {
  const states = scores.map(({ practices }) => practices.find(({ passage }) => passage === item.passage)?.state)
  const count = (state: (typeof states)[number]) => states.filter((each) => each === state).length
  return { ...item, inPlace: count('in-place'), partly: count('partly'), notYet: count('not-yet') }
}

function stateOf(known: number, { notSure, notApplicable }: { notSure: number; notApplicable: number }): SectionState {
  if (known > 0) return 'scored'
  if (notSure > 0) return 'not-sure'
  return notApplicable > 0 ? 'not-applicable' : 'unanswered'
}
