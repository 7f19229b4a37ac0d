/** What a quick assessment takes of a person's time, and a step of it of the program's. */
import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import type { Question } from '../src/assessments/catalogue.ts'
import { type Conversation, createConversation, type Respondent, type Step } from '../src/assessments/conversation.ts'
import type { Turn } from '../src/assessments/turn.ts'
import { turnText } from '../src/cli/turn-text.ts'
import type { Engine } from '../src/engine.ts'
import { openStore } from '../src/store/open-store.ts'

const WHO: Respondent = { tenant: 'local', person: 'bench', surface: 'terminal' }
const TEAM = 'team'
const WORDS_PER_MINUTE = 200
const WARM_UP = 20

export interface Reading {
  model: string
  questions: number
  /** For the words of all questions that are shown, to the last of them. */
  minutes: number
  /** The same when each is answered in the person's own words, and the proposal or the question back is read as well. */
  minutesInOwnWords: number
}

export interface StepTimes {
  button: readonly number[]
  freeText: readonly number[]
}

/** A person who reads every word that the terminal shows; of the ways through a bisection the longest. */
export async function readQuickAssessments(engine: Engine): Promise<Reading[]> {
  return withConversation(engine, 'sqlite::memory:', async (conversation) => {
    const readings = []
    for (const { id: model } of engine.corpus.models) {
      const pressing = [await goThrough(conversation, model, pressHigh), await goThrough(conversation, model, pressLow)]
      const saying = [await goThrough(conversation, model, sayClearly), await goThrough(conversation, model, () => VAGUE)]
      readings.push({
        model,
        questions: Math.max(...pressing.map(({ questions }) => questions)),
        minutes: Math.max(...pressing.map(({ words }) => words)) / WORDS_PER_MINUTE,
        minutesInOwnWords: Math.max(...saying.map(({ words }) => words)) / WORDS_PER_MINUTE,
      })
    }
    return readings
  })
}

/** One step after the other on a database file, as milliseconds. */
export async function timeSteps(engine: Engine, directory: string, statements: readonly string[]): Promise<StepTimes> {
  return withConversation(engine, `sqlite:${join(directory, 'bench-steps.db')}`, async (conversation) => {
    const take = async (turn: Turn, step: Step): Promise<[Turn, number]> => {
      const started = performance.now()
      const next = await conversation.take(WHO, turn.run.id, step)
      return [next, performance.now() - started]
    }
    const start = () => conversation.start(WHO, { team: TEAM, scope: { model: 'kmm', extent: 'quick' } })
    const button: number[] = []
    const freeText: number[] = []
    let turn = await start()
    for (const text of statements) {
      // A statement that leads nowhere is no reason to stay at its question.
      const [proposed, statementMs] = await take(turn, { kind: 'text', text })
      freeText.push(statementMs)
      const { current, version } = proposed.run
      if (current === undefined) throw new Error(`"${text}" ended the assessment`)
      const [next, buttonMs] = await take(proposed, { kind: 'answer', question: current, value: { kind: 'level', level: 3 }, version, key: randomUUID() })
      button.push(buttonMs)
      turn = next.run.state === 'open' ? next : await start()
    }
    return { button: button.slice(WARM_UP), freeText: freeText.slice(WARM_UP) }
  })
}

/** @param reply what is typed at a question */
async function goThrough(conversation: Conversation, model: string, reply: (question: Question) => string): Promise<{ questions: number; words: number }> {
  let turn = await conversation.start(WHO, { team: TEAM, scope: { model, extent: 'quick' } })
  let [questions, words] = [0, 0]
  while (turn.run.state === 'open') {
    words += wordsIn(turnText(turn))
    if (turn.view.kind === 'question') questions++
    const text = turn.view.kind === 'question' ? reply(turn.view.question) : turn.view.kind === 'clarification' ? VAGUE : 'yes'
    turn = await conversation.take(WHO, turn.run.id, { kind: 'text', text })
  }
  return { questions, words: words + wordsIn(turnText(turn)) }
}

const VAGUE = 'we do it like everybody else'
const pressHigh = (question: Question) => (question.kind === 'levels' ? '3' : 'yes')
const pressLow = (question: Question) => (question.kind === 'levels' ? '1' : 'no')
const sayClearly = (question: Question) => (question.kind === 'levels' ? question.options : question.practices)[0]?.indicator ?? VAGUE

/** Marks and signs are not read. */
function wordsIn(text: string): number {
  return text.split(/\s+/).filter((word) => /[\p{L}\p{N}]/u.test(word)).length
}

async function withConversation<T>({ corpus, placer, assistant }: Engine, databaseUrl: string, work: (conversation: Conversation) => Promise<T>): Promise<T> {
  const store = await openStore(databaseUrl)
  try {
    await store.assessments.savePerson(WHO.tenant, { id: WHO.person, name: 'Bench' })
    await store.assessments.saveTeam(WHO.tenant, { id: TEAM, name: 'Bench', createdAt: new Date().toISOString() })
    const conversation = createConversation({
      store: store.assessments,
      corpus: () => corpus,
      placer: () => placer,
      assistant: () => assistant,
      now: () => new Date(),
      newId: randomUUID,
    })
    return await work(conversation)
  } finally {
    await store.close()
  }
}
