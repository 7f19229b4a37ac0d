/**
 * One section answered once more, by pressing a level. It is a short run of its own: what it does not ask about stays as it
 * was answered before, and the former answer keeps its date.
 */
import { catalogueOfAnswers } from '../../assessments/answered-catalogue.ts'
import { type AssessmentStore, StaleRecordError } from '../../assessments/assessment-store.ts'
import { type Catalogue, catalogueOf, type Question } from '../../assessments/catalogue.ts'
import { nextQuestion } from '../../assessments/course.ts'
import type { LevelFigure } from '../../assessments/level-figure.ts'
import { checkValue, seenIn, valueAt } from '../../assessments/question-answers.ts'
import { reassessmentId } from '../../assessments/reassessment-id.ts'
import type { AnswerValue, Run, Scope, Surface, TenantId } from '../../assessments/records.ts'
import type { ModelResults } from '../../assessments/team-model-results.ts'
import type { Corpus, Model } from '../../corpus/passage.ts'
import { UserError } from '../../shared/errors.ts'
import type { LevelChoice } from './digest-content.ts'
import { labelOf } from './named-sections.ts'
import { readHistory } from './team-history.ts'

export interface ReassessRequest {
  tenant: TenantId
  /** Stored, and somebody who may answer for the team: that is for the caller to know. */
  person: string
  team: string
  model: string
  section: string
  level: number
  /** The message in which it was asked: the same for all its buttons. */
  askedIn: string
  /** Of the press: the same again changes nothing. */
  key: string
  surface: Surface
}

export interface Reassessed {
  run: Run
  label: string
  levelWord: string
  /** The team's, before this answer and with it. Absent where none is known. */
  before?: LevelFigure
  now?: LevelFigure
  /** Pressed before: nothing was changed. */
  repeated: boolean
}

export interface ReassessDeps {
  store: AssessmentStore
  corpus(): Corpus
  now(): Date
}

/** How often it is tried anew when the same person answers elsewhere at that moment. */
const ATTEMPTS = 5

/** What can be pressed; nothing where one answer would not place the team: on a ladder whose stages are checklists. */
export function levelChoices(model: Model, section: string, corpus: Corpus): LevelChoice[] {
  const catalogue = catalogueOf({ model: model.id, extent: model.shape === 'staged' ? 'quick' : 'full' }, corpus)
  const question = catalogue.questions.find((each) => each.kind === 'levels' && each.section === section)
  if (question?.kind === 'levels') return question.options.map(({ level, label, indicator, passage }) => ({ level, label, indicator, passage }))
  const stages = catalogue.questions.flatMap((each) => (each.kind === 'stage' && each.section === section ? [each] : []))
  if (catalogue.order !== 'bisect' || stages.length === 0) return []
  return [
    { level: 0, label: `No ${model.levelWord.toLowerCase()} yet`, indicator: '' },
    ...stages.map(({ stage, title, whole }) => ({ level: stage, label: title, indicator: whole.indicator, passage: whole.passage })),
  ]
}

/** @throws UserError when the team, the model or the section is gone, or has no such level */
export async function reassess(request: ReassessRequest, deps: ReassessDeps): Promise<Reassessed> {
  const { tenant, team, section, level } = request
  const corpus = deps.corpus()
  const model = corpus.models.find(({ id }) => id === request.model)
  if ((await deps.store.team(tenant, team)) === undefined) throw new UserError('The team is no longer there, so nothing was recorded.')
  if (model === undefined || !levelChoices(model, section, corpus).some((choice) => choice.level === level))
    throw new UserError('The model has changed since this was asked, so nothing was recorded: start an assessment instead.')

  const before = await resultsNow(request, deps)
  const catalogue = catalogueOf(scopeFor(section, model, before, corpus), corpus)
  const { run, repeated } = await record(request, catalogue, deps)
  const after = await resultsNow(request, deps)
  const [was, is] = [before, after].map((results) => results?.sections.find((each) => each.section === section)?.level)
  return {
    run,
    label: labelOf(section, after?.sections ?? before?.sections ?? []),
    levelWord: model.levelWord,
    ...(was === undefined ? {} : { before: was }),
    ...(is === undefined ? {} : { now: is }),
    repeated,
  }
}

/** As much as was asked when the section was answered last, if that still asks about it: a mean is taken over the same sections each time. */
function scopeFor(section: string, model: Model, results: ModelResults | undefined, corpus: Corpus): Scope {
  if (model.shape === 'staged') return { model: model.id, extent: 'quick' }
  const latest = results?.sections.find((each) => each.section === section)?.latest
  const scope = results?.snapshots.find(({ id }) => id === latest?.from)?.scope
  const asked = scope === undefined ? [] : (catalogueOfAnswers(scope, new Set(), corpus)?.questions ?? [])
  return scope !== undefined && asked.some((question) => question.section === section) ? scope : { model: model.id, extent: 'full' }
}

async function resultsNow({ tenant, team, model }: ReassessRequest, { store, corpus, now }: ReassessDeps): Promise<ModelResults | undefined> {
  const history = await readHistory(tenant, team, model, { store, corpus: corpus(), targets: [], actions: [], now: now() })
  return history.at(now().toISOString())
}

async function record(request: ReassessRequest, catalogue: Catalogue, deps: ReassessDeps, attempt = 1): Promise<{ run: Run; repeated: boolean }> {
  const { store, now } = deps
  try {
    const run = await openRun(request, catalogue, deps)
    const given = answersTo(request, catalogue)
    let last = { run, repeated: false }
    for (const [i, { question, value }] of given.entries()) {
      const at = now().toISOString()
      const answer = {
        run: run.id,
        question: question.id,
        value,
        seen: seenIn(question, deps.corpus()),
        modelVersion: catalogue.model.version,
        answeredAt: at,
        surface: request.surface,
      }
      const change = i < given.length - 1 ? ({ state: 'open' } as const) : ({ state: 'finished', finishedAt: at } as const)
      last = await store.recordAnswer(request.tenant, answer, { key: `${request.key}:${i}`, version: last.run.version, change })
    }
    return last
  } catch (error) {
    if (!(error instanceof StaleRecordError) || attempt === ATTEMPTS) throw error
    return record(request, catalogue, deps, attempt + 1)
  }
}

/** The run of this press, made where it is the first. */
async function openRun(request: ReassessRequest, { scope, model }: Catalogue, { store, now }: ReassessDeps): Promise<Run> {
  const at = now().toISOString()
  const id = reassessmentId({ ...request, day: at.slice(0, 10) })
  const found = await store.run(request.tenant, id)
  if (found !== undefined) return found
  const { person, team } = request
  const run: Run = { id, person, team, scope, state: 'open', modelVersion: model.version, startedAt: at, updatedAt: at, version: 1 }
  await store.createRun(request.tenant, run)
  return run
}

/** On a ladder those that halving asks for: its stages build upon each other, so a stage says what holds below and above. */
function answersTo({ section, level }: ReassessRequest, catalogue: Catalogue): { question: Question; value: AnswerValue }[] {
  if (catalogue.order === 'bisect') return path(catalogue, level)
  return catalogue.questions
    .filter((question) => question.section === section)
    .map((question) => {
      const value = valueAt(level, question)
      checkValue(value, question)
      return { question, value }
    })
}

function path(catalogue: Catalogue, level: number): { question: Question; value: AnswerValue }[] {
  const given = new Map<string, { question: Question; value: AnswerValue }>()
  for (let next = nextQuestion(catalogue, given); next !== undefined; next = nextQuestion(catalogue, given)) {
    given.set(next.id, { question: next, value: valueAt(level, next) })
  }
  return [...given.values()]
}
