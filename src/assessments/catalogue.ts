/** The questions of an assessment, read off the corpus: there is no second copy of any model's text. */
import { type Corpus, levelHeading, type Model, type Passage, passageId, type Section } from '../corpus/passage.ts'
import { UserError } from '../shared/errors.ts'
import type { Scope } from './records.ts'

/** A level as an answer: what a team says yes to. */
export interface LevelOption {
  kind: 'level'
  level: number
  /** "Level 2: Operate" */
  label: string
  indicator: string
  passage: string
}

/** A practice of a stage: in place, partly or not yet. */
export interface PracticeItem {
  /** The passage's own heading or topic. */
  label: string
  indicator: string
  passage: string
}

export interface LevelQuestion {
  kind: 'levels'
  /** The section's id. */
  id: string
  model: string
  section: string
  /** "Security and compliance", below its dimension if it has one. */
  title: string
  dimension?: string
  options: readonly LevelOption[]
}

/** A stage of a ladder as a checklist; with a single practice it is a yes or no to the whole stage. */
export interface StageQuestion {
  kind: 'stage'
  /** The stage's own passage, for example `fairwinds/phases/4`, without the model. */
  id: string
  model: string
  section: string
  /** "Phase 4: Build Confidence" */
  title: string
  stage: number
  /** The stage itself in one sentence: what a proposal quotes. */
  whole: PracticeItem
  /** Its topics; where it has less than two, the stage itself speaks for it. */
  practices: readonly PracticeItem[]
}

export type Question = LevelQuestion | StageQuestion

export interface Catalogue {
  scope: Scope
  model: Model
  /** All questions there are; a bisection asks only some of them. */
  questions: readonly Question[]
  /**
   * `all`: one after the other. `bisect`: the next stage to ask about follows from the answers so far; it is cumulative.
   */
  order: 'all' | 'bisect'
  /** At most so many are asked. */
  length: number
}

const MOST_QUICK = 5
/** From so many stages on, a ladder without topics of its own is bisected. */
const FEW_STAGES = 4

/** @throws UserError when there is no such model or dimension, or nothing in it has levels */
export function catalogueOf(scope: Scope, corpus: Corpus): Catalogue {
  const model = corpus.models.find((each) => each.id === scope.model)
  if (model === undefined) throw new UserError(`there is no model "${scope.model}" to assess by: use one of ${corpus.models.map(({ id }) => id).join(', ')}`)
  if (scope.extent === 'dimension') return dimensionCatalogue(scope, model, corpus)
  return model.shape === 'staged' ? stagedCatalogue(scope, model, corpus) : sectionCatalogue(scope, model, corpus)
}

/** The dimensions that can be assessed one at a time. */
export function dimensionsOf(model: Model): string[] {
  const counts = Map.groupBy(
    assessable(model).filter((section) => section.dimension !== undefined),
    (section) => section.dimension as string,
  )
  return model.shape === 'staged' ? [] : [...counts.keys()]
}

function dimensionCatalogue(scope: Scope & { extent: 'dimension' }, model: Model, corpus: Corpus): Catalogue {
  const wanted = scope.dimension.trim().toLowerCase()
  const sections = assessable(model).filter((section) => section.dimension?.toLowerCase() === wanted)
  if (sections.length === 0) {
    const dimensions = dimensionsOf(model)
    const instead = dimensions.length === 0 ? 'it has none: use quick or full' : `use one of ${dimensions.join(', ')}`
    throw new UserError(`the ${model.shortTitle} has no dimension "${scope.dimension}": ${instead}`)
  }
  return inOrder(
    scope,
    model,
    sections.map((section) => levelQuestion(model, section, corpus)),
  )
}

function sectionCatalogue(scope: Scope, model: Model, corpus: Corpus): Catalogue {
  const sections = assessable(model)
  if (sections.length === 0) throw new UserError(`the ${model.shortTitle} has no section with levels, so there is nothing to assess`)
  const asked = scope.extent === 'quick' ? quickSections(sections) : sections
  return inOrder(
    scope,
    model,
    asked.map((section) => levelQuestion(model, section, corpus)),
  )
}

/** What speaks for a whole dimension; where there are none, the first sections. */
function quickSections(sections: readonly Section[]): Section[] {
  const groups = [...Map.groupBy(sections, (section) => section.dimension ?? section.id).values()]
  const speakers = groups.map((group) => group.find((section) => section.id.endsWith('/overview')) ?? (group[0] as Section))
  return speakers.slice(0, MOST_QUICK)
}

function stagedCatalogue(scope: Scope, model: Model, corpus: Corpus): Catalogue {
  const ladder = model.sections.find((section) => section.levels.length > 1) ?? model.sections.find((section) => section.levels.length > 0)
  if (ladder === undefined) throw new UserError(`the ${model.shortTitle} has no stages, so there is nothing to assess`)
  const topics = corpus.passages.filter((passage) => passage.model === model.id && passage.level !== null && passage.section !== ladder.id)
  const questions = ladder.levels.map((stage): StageQuestion => {
    const own = corpus.passage(passageId(model.id, ladder.id, stage)) as Passage
    const whole = practiceItem(own, 'The stage as a whole')
    const itsTopics = topics.filter((passage) => passage.level === stage).map((passage) => practiceItem(passage, topicOf(passage, model)))
    return {
      kind: 'stage',
      id: `${ladder.id}/${stage}`,
      model: model.id,
      section: ladder.id,
      title: levelHeading(model, stage),
      stage,
      whole,
      practices: itsTopics.length < 2 ? [whole, ...itsTopics] : itsTopics,
    }
  })
  const bisects = scope.extent === 'quick' && topics.length === 0 && questions.length >= FEW_STAGES
  if (!bisects) return inOrder(scope, model, questions)
  return { scope, model, questions, order: 'bisect', length: Math.ceil(Math.log2(questions.length + 1)) }
}

function practiceItem({ id, indicator }: Passage, label: string): PracticeItem {
  return { label, indicator: indicator ?? '', passage: id }
}

function topicOf(passage: Passage, model: Model): string {
  return model.sections.find((section) => section.id === passage.section)?.title ?? passage.heading
}

/** A section with a single level leaves nothing to choose. */
function assessable(model: Model): Section[] {
  return model.sections.filter((section) => section.levels.length > 1)
}

function levelQuestion(model: Model, section: Section, corpus: Corpus): LevelQuestion {
  const passages = corpus.section(model.id, section.id).filter((passage) => passage.level !== null)
  const question: LevelQuestion = {
    kind: 'levels',
    id: section.id,
    model: model.id,
    section: section.id,
    title: section.title,
    options: passages
      .toSorted((a, b) => (a.level as number) - (b.level as number))
      .map((passage) => ({
        kind: 'level',
        level: passage.level as number,
        label: passage.heading,
        indicator: passage.indicator ?? '',
        passage: passage.id,
      })),
  }
  if (section.dimension !== undefined) question.dimension = section.dimension
  return question
}

function inOrder(scope: Scope, model: Model, questions: readonly Question[]): Catalogue {
  return { scope, model, questions, order: 'all', length: questions.length }
}
