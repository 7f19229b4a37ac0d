/** A team's results as the page sees them: every figure with what it rests on, and names in the place of ids. */
import type { ListedAction } from '../../assessments/actions.ts'
import { figureText } from '../../assessments/level-figure.ts'
import { nextSteps, type SectionSteps } from '../../assessments/next-steps.ts'
import { hashOfText } from '../../assessments/passage-hash.ts'
import type { Coverage } from '../../assessments/profile.ts'
import { drawPicture, KINDS, type Kind } from '../../assessments/result-pictures.ts'
import { labelsOf } from '../../assessments/results-wording.ts'
import type { StageFigures } from '../../assessments/stage-figures.ts'
import type { ModelResults } from '../../assessments/team-model-results.ts'
import type { TeamResult } from '../../assessments/team-results.ts'
import type { TeamSection } from '../../assessments/team-sections.ts'
import { nameOf } from '../../assessments/wording.ts'
import type { Corpus } from '../../corpus/passage.ts'
import { type FiguresView, type NameOf, viewFigures } from './figures-view.ts'

export interface ResultsView {
  models: { id: string; shortTitle: string }[]
  /** What is shown now; absent before the first result. */
  shown?: ModelResultsView
  actions: ActionView[]
}

/** What the results alone don't say. */
export interface Around {
  actions: ActionView[]
  /** Ids of the person's own runs. */
  own: ReadonlySet<string>
  /** What the crosswalk covers. */
  readable: readonly string[]
  name: NameOf
}

export interface ModelResultsView {
  model: string
  title: string
  shortTitle: string
  shape: ModelResults['shape']
  levelWord: string
  levels: { number: number; name: string | null }[]
  /** The newest first. */
  assessed: { at: string; kind: 'round' | 'run'; name: string | null; invited: number; respondents: number; confidential: boolean }[]
  coverage: Coverage
  /** Absent under 60% coverage. */
  overall?: { level: number; lowest: string[] }
  sections: SectionView[]
  /** The latest, if it is the person's own assessment: its answers can be changed. */
  ownRun: string | null
  /** Of a staged model: the one after the stage that is reached, practice by practice. */
  nextStage: StageFigures | null
  pictures: PictureView[]
  /** What can be read in its terms: models that the crosswalk covers. */
  others: { id: string; shortTitle: string }[]
  steps: SectionSteps[]
}

export interface PictureView {
  kind: Kind
  /** Says the same as the picture. */
  alt: string
  width: number
  height: number
  /** Another one for another picture: browsers keep what they have seen under an address. */
  version: string
}

export interface SectionView extends FiguresView {
  target: number | null
  gap: number | null
  before: { level: string; at: string } | null
  change: 'up' | 'down' | 'same' | null
  stale: boolean
  ageDays: number | null
  olderWording: boolean
}

export interface ActionView {
  id: string
  model: string
  section: string
  passage: string
  text: string
  owner: string | null
  mine: boolean
  due: string | null
  standing: ListedAction['standing']
}

export function viewResults(result: TeamResult, model: string | undefined, around: Around, corpus: Corpus): ResultsView {
  const shown = result.models.find((each) => each.model === model) ?? result.models[0]
  return {
    models: result.models.map(({ model: id, shortTitle }) => ({ id, shortTitle })),
    ...(shown === undefined ? {} : { shown: viewModelResults(result.team.name, shown, around, corpus) }),
    actions: around.actions,
  }
}

export function viewAction(action: ListedAction, person: string, name: NameOf): ActionView {
  const { id, model, section, passage, text, owner, due, standing } = action
  return { id, model, section, passage, text, owner: owner === undefined ? null : name(owner), mine: owner === person, due: due ?? null, standing }
}

function viewModelResults(team: string, results: ModelResults, { own, readable, name }: Around, corpus: Corpus): ModelResultsView {
  const labels = labelsOf(results.sections)
  const { overall } = results
  const [latest] = results.snapshots
  return {
    model: results.model,
    title: results.title,
    shortTitle: results.shortTitle,
    shape: results.shape,
    levelWord: results.levelWord,
    levels: results.levels.map(({ number, heading }) => ({ number, name: nameOf(heading) === heading ? null : nameOf(heading) })),
    assessed: results.snapshots.map(({ at, kind, name: called, invited, figures, confidential }) => ({
      at,
      kind,
      name: called ?? null,
      invited,
      respondents: figures.respondents,
      confidential,
    })),
    coverage: results.coverage,
    ...(overall === undefined
      ? {}
      : { overall: { level: overall.level, lowest: overall.lowest.map((id) => labels[results.sections.findIndex(({ section }) => section === id)] ?? id) } }),
    sections: results.sections.map((section, i) => viewSection(section, labels[i] as string, results, corpus, name)),
    ownRun: latest !== undefined && own.has(latest.id) ? latest.id : null,
    nextStage: results.nextStage ?? null,
    pictures: KINDS.flatMap((kind) => {
      const picture = drawPicture(kind, team, results)
      return picture === undefined ? [] : [{ kind, alt: picture.alt, width: picture.width, height: picture.height, version: hashOfText(picture.alt) }]
    }),
    others: corpus.models
      .filter(({ id }) => readable.includes(id) && readable.includes(results.model) && id !== results.model)
      .map(({ id, shortTitle }) => ({ id, shortTitle })),
    steps: nextSteps(results, corpus),
  }
}

function viewSection(section: TeamSection, label: string, results: ModelResults, corpus: Corpus, name: NameOf): SectionView {
  const figures = section.latest?.figures ?? { section: section.section, title: section.title, levels: section.levels, state: 'hidden' as const }
  const { target, gap, before, change, ageDays } = section
  return {
    ...viewFigures(figures, label, results.model, corpus, name),
    state: section.state,
    target: target ?? null,
    gap: gap ?? null,
    before: before === undefined ? null : { level: figureText(before.level), at: before.at },
    change: change ?? null,
    stale: section.stale,
    ageDays: ageDays ?? null,
    olderWording: section.olderWording,
  }
}
