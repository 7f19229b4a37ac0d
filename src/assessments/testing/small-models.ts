/** Two invented models and the answers to them: small enough to work every figure out by hand. */
import { type Corpus, createCorpus, type Model, type Passage } from '../../corpus/passage.ts'
import { hashOfText } from '../passage-hash.ts'
import type { Answer, AnswerValue, PracticeState } from '../records.ts'

const LEVELS = [1, 2, 3, 4, 5]
export const SECTIONS = ['water', 'soil', 'light', 'tools', 'people'] as const
export const LADDER_STAGES = [1, 2, 3, 4, 5, 6, 7]

const base = { aliases: [], version: '1', license: 'Own words', levels: LEVELS.map((number) => ({ number })) }

/** Five sections with five levels each. */
export const GARDEN: Model = {
  ...base,
  id: 'garden',
  title: 'Garden Maturity Model',
  shortTitle: 'Garden model',
  shape: 'continuous',
  levelWord: 'Level',
  sections: SECTIONS.map((id) => ({ id, title: id.toUpperCase(), aliases: [], levels: LEVELS })),
}

/** Seven stages without topics: its quick assessment is bisected. */
export const POND: Model = {
  ...base,
  id: 'pond',
  title: 'Pond Ladder',
  shortTitle: 'Pond ladder',
  shape: 'staged',
  levelWord: 'Stage',
  levels: LADDER_STAGES.map((number) => ({ number })),
  sections: [{ id: 'stages', title: 'Stages', aliases: [], levels: LADDER_STAGES }],
}

/** Three stages; the second has two topics besides the stage itself. */
export const BARN: Model = {
  ...base,
  id: 'barn',
  title: 'Barn Ladder',
  shortTitle: 'Barn ladder',
  shape: 'staged',
  levelWord: 'Stage',
  levels: [1, 2, 3].map((number) => ({ number })),
  sections: [
    { id: 'stages', title: 'Stages', aliases: [], levels: [1, 2, 3] },
    { id: 'stages/hay', title: 'Hay', aliases: [], levels: [2] },
    { id: 'stages/doors', title: 'Doors', aliases: [], levels: [2] },
  ],
}

export const PASSAGES: readonly Passage[] = [GARDEN, POND, BARN].flatMap((model) =>
  model.sections.flatMap((section) => section.levels.map((level) => passage(model, section.id, level))),
)

export const CORPUS = createCorpus([GARDEN, POND, BARN], PASSAGES)

/** The corpus after somebody has edited a model file. */
export function edited(change: { text?: Readonly<Record<string, string>>; models?: readonly Model[] }): Corpus {
  const models = change.models ?? [GARDEN, POND, BARN]
  const there = PASSAGES.filter(({ model, section }) => models.some(({ id, sections }) => id === model && sections.some((each) => each.id === section)))
  return createCorpus(
    models,
    there.map((each) => (change.text?.[each.id] === undefined ? each : { ...each, text: change.text[each.id] as string })),
  )
}

function passage(model: Model, section: string, level: number): Passage {
  const id = `${model.id}/${section}/${level}`
  const text = `${section} is done as ${level} wants it. Everybody does ${section} well at ${level}. Which ${section} is meant, it leaves open.`
  const indicator = `${section} is done as ${level} wants it.`
  const heading = `${model.levelWord} ${level}`
  return { id, model: model.id, section, level, title: `${model.title} › ${heading}`, heading, url: '', indicator, text, seeAlso: [], file: 'test.md', line: 1 }
}

export const AT = '2026-03-02T09:00:00.000Z'

/** An answer on the wording that the corpus has unless another is given. */
export function given(question: string, value: AnswerValue, more: Partial<Answer> = {}): Answer {
  return { run: 'run', question, value, seen: [], modelVersion: '1', revision: 1, answeredAt: AT, surface: 'web', ...more }
}

export const level = (number: number): AnswerValue => ({ kind: 'level', level: number })
export const between = (lower: number): AnswerValue => ({ kind: 'between', lower })
export const NOT_SURE: AnswerValue = { kind: 'not-sure' }
export const NOT_APPLICABLE: AnswerValue = { kind: 'not-applicable', reason: 'we have none' }

export function practices(states: Readonly<Record<string, PracticeState>>): AnswerValue {
  return { kind: 'practices', practices: states }
}

/** A stage of the pond: a yes or no to the whole. */
export const stage = (number: number, state: PracticeState) => practices({ [`pond/stages/${number}`]: state })

export function seen(id: string, text = PASSAGES.find((each) => each.id === id)?.text ?? ''): Answer['seen'] {
  return [{ passage: id, hash: hashOfText(text) }]
}
