/**
 * The words of the domain: a model has sections and levels; a passage is what is retrieved, cited and shown.
 * An imported document has sections too, but no levels: it is searched and cited, and is no maturity model.
 */

/** `continuous`: each section has its own level. `staged`: one ladder for the whole team. */
export type Shape = 'continuous' | 'staged'

export interface Level {
  /** Counted from 1. */
  number: number
  /** Absent where every section names its levels itself. */
  name?: string
}

export interface Section {
  /** Unique within the model, for example `people/culture`. */
  id: string
  title: string
  /** The CNCF model groups its sections by dimension. */
  dimension?: string
  /** Other names by which people call it. */
  aliases: readonly string[]
  /** The levels that have a passage, ascending; empty for a section without levels. */
  levels: readonly number[]
}

export interface Model {
  /** Absent for a maturity model. */
  kind?: 'document'
  id: string
  title: string
  /** What people call it in a sentence: "KMM", "the CNCF model". */
  shortTitle: string
  aliases: readonly string[]
  publisher?: string
  author?: string
  version: string
  license: string
  shape: Shape
  /** "Level", "Stage" or "Phase". */
  levelWord: string
  levels: readonly Level[]
  sections: readonly Section[]
}

export interface Passage {
  /** `<model>/<section>` or `<model>/<section>/<level>`. */
  id: string
  model: string
  section: string
  /** `null` for introductions and sections without levels. */
  level: number | null
  /** The heading path, model first, joined by `›`. */
  title: string
  /** The level's own heading, for example "Level 2: Network policies"; the section's for a passage without level. */
  heading: string
  url: string
  /** First sentence of a level passage, by which a team says yes or no; `null` without level. */
  indicator: string | null
  /** Plain text: paragraphs parted by blank lines, list items on lines that begin with "- ". */
  text: string
  /** Ids of related passages. */
  seeAlso: readonly string[]
  file: string
  /** Line of the heading in the file, counted from 1. */
  line: number
}

export interface Corpus {
  /** The maturity models: whatever speaks of "the models" means these. */
  models: readonly Model[]
  /** Imported documents. */
  documents: readonly Model[]
  /** Of models and documents. */
  passages: readonly Passage[]
  /** A model or a document. */
  model(id: string): Model | undefined
  passage(id: string): Passage | undefined
  /** The passages of a section, introduction first, then by level. */
  section(model: string, section: string): readonly Passage[]
}

export function passageId(model: string, section: string, level: number | null): string {
  return level === null ? `${model}/${section}` : `${model}/${section}/${level}`
}

/** "Level 3: Scale", or "Stage 2" where the level has no name. */
export function levelHeading(model: Model, level: number): string {
  const name = model.levels.find((each) => each.number === level)?.name
  return name === undefined ? `${model.levelWord} ${level}` : `${model.levelWord} ${level}: ${name}`
}

export function createCorpus(models: readonly Model[], passages: readonly Passage[], documents: readonly Model[] = []): Corpus {
  const modelById = new Map([...documents, ...models].map((model) => [model.id, model]))
  const passageById = new Map(passages.map((passage) => [passage.id, passage]))
  const bySection = Map.groupBy(passages, (passage) => `${passage.model}/${passage.section}`)
  return {
    models,
    documents,
    passages,
    model: (id) => modelById.get(id),
    passage: (id) => passageById.get(id),
    section: (model, section) => bySection.get(`${model}/${section}`) ?? [],
  }
}
