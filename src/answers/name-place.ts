/** A level of a section in words that the assistant reads back as just that. */
import type { Corpus, Model, Passage, Section } from '../corpus/passage.ts'

/** "What comes after level 2 in Security and compliance of the KMM?" */
export function questionAfter(level: number, section: Section, model: Model): string {
  return `What comes after ${levelWord(model)} ${level} in ${nameSection(section, model)}?`
}

/** "What does level 3 ask for in People › Culture of the CNCF model?" */
export function questionAbout(level: number, section: Section, model: Model): string {
  return `What does ${levelWord(model)} ${level} ask for in ${nameSection(section, model)}?`
}

/** "level 3 in People › Culture of the CNCF model", "the Fairwinds model" */
export function namePlace(level: number | null, section: Section, model: Model): string {
  const name = nameSection(section, model)
  return level === null ? name : `${levelWord(model)} ${level} in ${name}`
}

/** Undefined for what is no longer there. */
export function findPlace(
  { model: modelId, section: sectionId }: Pick<Passage, 'model' | 'section'>,
  corpus: Corpus,
): { model: Model; section: Section } | undefined {
  const model = corpus.model(modelId)
  const section = model?.sections.find(({ id }) => id === sectionId)
  return model === undefined || section === undefined ? undefined : { model, section }
}

/** A one-ladder model has one section that is the ladder. */
export function isLadder(section: Section, { shape }: Model): boolean {
  return shape === 'staged' && !section.id.includes('/')
}

export function levelWord(model: Model): string {
  return model.levelWord.toLowerCase()
}

function nameSection(section: Section, model: Model): string {
  const { title, dimension } = section
  return isLadder(section, model) ? `the ${model.shortTitle}` : `${dimension === undefined ? '' : `${dimension} › `}${title} of the ${model.shortTitle}`
}
