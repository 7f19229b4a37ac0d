/** One person who answers by chance, in any of the processes, and picks up where they were when one of them died. */
import { randomUUID } from 'node:crypto'
import type { Question } from '../catalogue.ts'
import type { AnswerValue, PracticeState, Scope } from '../records.ts'
import type { Turn } from '../turn.ts'
import { type CrashProcess, UnacknowledgedError } from './crash-client.ts'
import type { Journal, Press } from './crash-journal.ts'
import type { Chance } from './crash-random.ts'

export interface CrashRespondent {
  /** Goes on until told to stop, or until the process that was asked has died. */
  answerUntil(stopped: () => boolean, processes: readonly CrashProcess[]): Promise<void>
  /** What they were shown that must not be. */
  complaints: readonly string[]
  /** Presses that nobody had acknowledged and that were made again. */
  repeats(): number
}

const SCOPES: readonly Scope[] = ['cncf', 'kmm', 'fairwinds', 'indellient', 'plural'].map((model) => ({ model, extent: 'quick' }))
const STATEMENTS = [
  'We run kubectl apply by hand from a laptop and whoever has time does it.',
  'Everything is in git and Argo CD rolls it out to all clusters.',
  'we do it like everybody else',
]
const STATES: readonly PracticeState[] = ['in-place', 'partly', 'not-yet']

export function createRespondent(person: string, journal: Journal, chance: Chance): CrashRespondent {
  const complaints: string[] = []
  let repeats = 0
  /** What is on their screen; undefined when they don't know where the run stands. */
  let shown: Turn | undefined
  let pressed: { press: Press; as: 'answer' | 'confirm' } | undefined

  const see = (turn: Turn): Turn => {
    journal.write({ kind: 'seen', run: turn.run.id, version: turn.run.version, state: turn.run.state })
    shown = turn
    return turn
  }

  const send = ({ press, as }: NonNullable<typeof pressed>, process: CrashProcess): Promise<Turn> => {
    const { run, key, question, version, value } = press
    const step = as === 'confirm' ? ({ kind: 'confirm', key, version } as const) : ({ kind: 'answer', key, version, question, value } as const)
    return process.turn({ do: 'take', person, run, step })
  }

  const acknowledge = (turn: Turn, { press, as }: NonNullable<typeof pressed>, again: boolean) => {
    if (turn.notice === 'moved-on') {
      // That a proposal was confirmed is seen by what is shown; an answer's key is known.
      if (as === 'answer' || !again) complaints.push(`${person} pressed ${JSON.stringify(press)} and was told that the run had moved on`)
    } else {
      journal.write({ kind: 'recorded', run: press.run, key: press.key, version: turn.run.version, repeated: turn.notice === 'already-recorded' })
    }
    see(turn)
  }

  /** Now and then twice, like somebody who is impatient: maybe in two processes at once. */
  const press = async (value: AnswerValue, question: Question, as: 'answer' | 'confirm', processes: readonly CrashProcess[]): Promise<void> => {
    const { run } = shown as Turn
    const made = { press: { run: run.id, key: randomUUID(), question: question.id, version: run.version, value }, as }
    journal.write({ kind: 'pressed', ...made.press })
    pressed = made
    const times = as === 'answer' && chance.happens(0.1) ? 2 : 1
    const replies = await Promise.allSettled(Array.from({ length: times }, () => send(made, chance.pick(processes))))
    for (const reply of replies) if (reply.status === 'fulfilled') acknowledge(reply.value, made, false)
    const failed = replies.find((reply) => reply.status === 'rejected')
    if (replies.some((reply) => reply.status === 'fulfilled')) pressed = undefined
    if (failed !== undefined) throw failed.reason
  }

  const begin = async (process: CrashProcess) => {
    // The start itself may have been all that was not acknowledged.
    const [open] = await process.openRuns(person)
    see(await process.turn(open === undefined ? { do: 'start', person, scope: chance.pick(SCOPES) } : { do: 'show', person, run: open }))
  }

  const step = async (processes: readonly CrashProcess[]): Promise<void> => {
    const process = chance.pick(processes)
    if (pressed !== undefined) {
      repeats++
      acknowledge(await send(pressed, process), pressed, true)
      pressed = undefined
      return
    }
    if (shown === undefined) return begin(process)
    const { run, view } = shown
    // Until it comes back, nobody knows whether this was done.
    const take = async (kind: 'back' | 'pause' | 'resume' | 'not-applicable' | 'reject') => {
      shown = undefined
      see(await process.turn({ do: 'take', person, run: run.id, step: { kind, version: run.version } }))
    }
    switch (view.kind) {
      case 'question':
        if (chance.happens(0.06)) return take('back')
        if (chance.happens(0.06)) return take('pause')
        if (chance.happens(0.04)) return take('not-applicable')
        if (chance.happens(0.1)) {
          shown = undefined
          see(await process.turn({ do: 'take', person, run: run.id, step: { kind: 'text', text: chance.pick(STATEMENTS) } }))
          return
        }
        return press(anyValue(view.question, chance), view.question, 'answer', processes)
      case 'proposal':
        if (chance.happens(0.2)) return take('reject')
        return view.question.kind === 'levels' && chance.happens(0.7)
          ? press({ kind: 'level', level: view.level }, view.question, 'confirm', processes)
          : press(anyValue(view.question, chance), view.question, 'answer', processes)
      case 'clarification':
        return press(anyValue(view.question, chance), view.question, 'answer', processes)
      case 'reason':
        return press({ kind: 'not-applicable', reason: 'we have no such thing' }, view.question, 'answer', processes)
      case 'paused':
        return take('resume')
      default:
        shown = undefined
    }
  }

  return {
    complaints,
    repeats: () => repeats,
    async answerUntil(stopped, processes) {
      try {
        while (!stopped()) await step(processes)
      } catch (error) {
        if (!(error instanceof UnacknowledgedError)) throw error
        // The page is loaded anew, but for a press that is still on its way.
        if (pressed === undefined) shown = undefined
      }
    },
  }
}

export function anyValue(question: Question, chance: Chance): AnswerValue {
  if (chance.happens(0.1)) return { kind: 'not-sure' }
  if (question.kind === 'stage')
    return { kind: 'practices', practices: Object.fromEntries(question.practices.map(({ passage }) => [passage, chance.pick(STATES)])) }
  const level = chance.pick(question.options).level
  return level < question.options.length && chance.happens(0.2) ? { kind: 'between', lower: level } : { kind: 'level', level }
}
