/** The corpus as the page sees it. */
import { type Corpus, levelHeading, type Model, type Passage, passageId, type Section, type Shape } from '../corpus/passage.ts'

export interface ModelView {
  /** An imported document has sections, but no levels. */
  kind: 'model' | 'document'
  id: string
  title: string
  shortTitle: string
  publisher: string | null
  author: string | null
  version: string
  license: string
  shape: Shape
  levelWord: string
  levels: { number: number; name: string | null; heading: string }[]
  sections: SectionView[]
}

export interface SectionView {
  id: string
  title: string
  dimension: string | null
  /** The levels that have a passage, ascending. */
  levels: readonly number[]
  /** Whether there is a passage without level: an introduction, or all there is. */
  introduction: boolean
  cells: CellView[]
}

/** What one level of a section asks for. */
export interface CellView {
  level: number
  passage: string
  heading: string
  indicator: string | null
}

export interface PassageView {
  id: string
  title: string
  model: string
  modelTitle: string
  section: string
  sectionTitle: string
  dimension: string | null
  level: number | null
  heading: string
  url: string
  indicator: string | null
  text: string
  seeAlso: { id: string; title: string }[]
}

export function viewModel(model: Model, corpus: Corpus): ModelView {
  return {
    kind: model.kind ?? 'model',
    id: model.id,
    title: model.title,
    shortTitle: model.shortTitle,
    publisher: model.publisher ?? null,
    author: model.author ?? null,
    version: model.version,
    license: model.license,
    shape: model.shape,
    levelWord: model.levelWord,
    levels: model.levels.map(({ number, name }) => ({ number, name: name ?? null, heading: levelHeading(model, number) })),
    sections: model.sections.map((section) => viewSection(model, section, corpus)),
  }
}

function viewSection(model: Model, section: Section, corpus: Corpus): SectionView {
  return {
    id: section.id,
    title: section.title,
    dimension: section.dimension ?? null,
    levels: section.levels,
    introduction: corpus.passage(passageId(model.id, section.id, null)) !== undefined,
    cells: corpus
      .section(model.id, section.id)
      .flatMap(({ level, id, heading, indicator }) => (level === null ? [] : [{ level, passage: id, heading, indicator }])),
  }
}

export function viewPassage(passage: Passage, corpus: Corpus): PassageView {
  const model = corpus.model(passage.model)
  const section = model?.sections.find(({ id }) => id === passage.section)
  return {
    id: passage.id,
    title: passage.title,
    model: passage.model,
    modelTitle: model?.title ?? passage.model,
    section: passage.section,
    sectionTitle: section?.title ?? passage.section,
    dimension: section?.dimension ?? null,
    level: passage.level,
    heading: passage.heading,
    url: passage.url,
    indicator: passage.indicator,
    text: passage.text,
    // A team's file may point at a model that is gone.
    seeAlso: passage.seeAlso.flatMap((id) => corpus.passage(id) ?? []).map(({ id, title }) => ({ id, title })),
  }
}
