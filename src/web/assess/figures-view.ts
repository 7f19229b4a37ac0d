/** What is known of one section, with what it rests on: of a team's latest answers or of a round. */
import { figureText } from '../../assessments/level-figure.ts'
import type { Reason } from '../../assessments/profile.ts'
import { labelsOf } from '../../assessments/results-wording.ts'
import type { RoundFigures, SectionFigures, ShownFigures, SpreadEnd } from '../../assessments/round-figures.ts'
import { nameOf, sayValue } from '../../assessments/wording.ts'
import type { Corpus } from '../../corpus/passage.ts'

/** What somebody is called; ids stay on the server. */
export type NameOf = (person: string) => string

export interface FiguresView {
  section: string
  /** With its dimension where titles repeat. */
  label: string
  levels: readonly number[]
  state: SectionFigures['state']
  /** "3", or "2-3" */
  level: string | null
  /** Of the level that is reached, the lower one of a tie; 0 for no stage yet. */
  reached: number | null
  name: string | null
  workingOn: number
  atLeast: readonly number[]
  answers: number
  notSure: number
  notApplicable: number
  unanswered: number
  range: { lowest: number; highest: number } | null
  apart: { lowest: EndView; highest: EndView } | null
  /** What the level says yes to. */
  passages: readonly string[]
  indicator: string | null
  why: WhyView[]
}

/** One end of a spread, with what it says yes to. */
export interface EndView extends SpreadEnd {
  heading: string
  indicator: string
}

export interface WhyView {
  who: string
  /** Of a stage: which. */
  about: string | null
  answer: string
  passages: readonly string[]
  said: string | null
  note: string | null
  olderWording: boolean
  at: string
}

/** The sections of a round, labelled. */
export function viewRoundFigures({ sections }: RoundFigures, model: string, corpus: Corpus, name: NameOf): FiguresView[] {
  const labels = labelsOf(sections)
  return sections.map((figures, i) => viewFigures(figures, labels[i] as string, model, corpus, name))
}

const NOTHING: Omit<FiguresView, 'section' | 'label' | 'levels' | 'state'> = {
  level: null,
  reached: null,
  name: null,
  workingOn: 0,
  atLeast: [],
  answers: 0,
  notSure: 0,
  notApplicable: 0,
  unanswered: 0,
  range: null,
  apart: null,
  passages: [],
  indicator: null,
  why: [],
}

export function viewFigures(figures: SectionFigures, label: string, model: string, corpus: Corpus, name: NameOf): FiguresView {
  const base = { section: figures.section, label, levels: figures.levels, state: figures.state }
  if (figures.state === 'hidden') return { ...NOTHING, ...base }
  const { median } = figures
  return {
    ...base,
    level: median === undefined ? null : figureText(median),
    reached: median === undefined ? null : typeof median === 'number' ? median : median.low,
    name: levelName(figures, model, corpus),
    workingOn: figures.workingOn,
    atLeast: figures.atLeast,
    answers: figures.answers,
    notSure: figures.notSure,
    notApplicable: figures.notApplicable,
    unanswered: figures.unanswered,
    range: figures.range ?? null,
    apart:
      figures.worthTalkingAbout === undefined
        ? null
        : { lowest: viewEnd(figures.worthTalkingAbout.lowest, corpus), highest: viewEnd(figures.worthTalkingAbout.highest, corpus) },
    passages: figures.passages,
    indicator: corpus.passage(figures.passages[0] ?? '')?.indicator ?? null,
    why: figures.why.map((reason) => viewReason(reason, model, corpus, name)),
  }
}

function viewEnd({ level, passage }: SpreadEnd, corpus: Corpus): EndView {
  const found = corpus.passage(passage)
  return { level, passage, heading: level === 0 ? 'None yet' : (found?.heading ?? passage), indicator: (level === 0 ? null : found?.indicator) ?? '' }
}

/** As the section itself calls the level. */
function levelName({ passages }: ShownFigures, model: string, corpus: Corpus): string | null {
  const names = passages.map((id) => corpus.passage(id)?.heading).filter((heading) => heading !== undefined)
  const own = names.map((heading) => nameOf(heading)).filter((each, i) => each !== names[i])
  return own.length === 0 || corpus.model(model) === undefined ? null : own.join(' – ')
}

function viewReason(reason: Reason & { person: string }, model: string, corpus: Corpus, name: NameOf): WhyView {
  const stage =
    reason.answer.kind === 'practices' || corpus.model(model)?.shape === 'staged' ? corpus.passage(`${model}/${reason.question}`)?.heading : undefined
  return {
    who: name(reason.person),
    about: stage ?? null,
    answer: sayValue(reason.answer),
    passages: reason.passages,
    said: reason.said ?? null,
    note: reason.note ?? null,
    olderWording: reason.olderWording,
    at: reason.answeredAt,
  }
}
