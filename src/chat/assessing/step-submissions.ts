/** What is handed in from the dialogs of a run. */
import type { Respondent } from '../../assessments/conversation.ts'
import { readReply } from '../../assessments/read-reply.ts'
import type { AnswerValue } from '../../assessments/records.ts'
import type { Turn } from '../../assessments/turn.ts'
import { UserError } from '../../shared/errors.ts'
import type { Exchange, Who } from '../exchange.ts'
import type { ChatDeps, FormHandler } from '../feature.ts'
import { filledIn, readArgs } from '../press-args.ts'
import type { Submission } from '../reply.ts'
import { LONGEST_CARRIED_NOTE, LONGEST_NOTE, LONGEST_REASON, LONGEST_TEXT, ofGiven, ofQuestion, RESUME_OR_ASSESS, type ShownQuestion } from './args.ts'
import { checkChange, readChange } from './change-form.ts'
import { questionIn } from './own-run.ts'
import { movedOn, type RunSteps } from './run-steps.ts'
import { checkPractices, checkReason, checkTyped, readPractices } from './step-forms.ts'

const INCOMPLETE = 'Something was left open in that form, so nothing was recorded. Open it again.'

export function stepForms(deps: ChatDeps, steps: RunSteps): Record<string, FormHandler> {
  const { conversation } = deps.assessments

  const answer = (exchange: Exchange, shown: ShownQuestion, value: AnswerValue, note?: string) =>
    steps.press(exchange, shown, { kind: 'answer', question: shown.question, value, ...(note === undefined ? {} : { note }) })

  /** Their words belong to the question that they were written for: what has moved on since doesn't get them. */
  const takeWords = async (
    who: Respondent,
    { run, version, question: id }: ShownQuestion,
    words: { text: string; note?: string; key: string },
  ): Promise<Turn> => {
    const turn = await conversation.show(who, run)
    if (turn.run.version !== version || !('question' in turn.view) || turn.view.question.id !== id) return movedOn(turn)
    const { text, note, key } = words
    const reply = readReply(text, turn.view.question, turn.run.pending)
    const noted = note === undefined ? {} : { note }
    if (reply.kind === 'answer') return conversation.take(who, run, { kind: 'answer', question: id, value: reply.value, ...noted, version, key })
    if (reply.kind === 'confirm') return conversation.take(who, run, { kind: 'confirm', ...noted, version, key })
    return conversation.take(who, run, { kind: 'text', text, version, key })
  }

  return {
    'assess.type': {
      check: async (_, { values }) => checkTyped(values),
      async submit(exchange, { with: args, values }) {
        const shown = readArgs(ofQuestion, args, RESUME_OR_ASSESS)
        const text = required(filledIn(values.text, LONGEST_TEXT))
        const note = filledIn(values.note, LONGEST_CARRIED_NOTE)
        const noted = note === undefined ? {} : { note }
        await steps.take(exchange, shown.run, 'update', async (who) => {
          const turn = await takeWords(who, shown, { text, ...noted, key: exchange.key })
          // What is recorded has its note; what is still to be confirmed takes it along.
          const isWaiting = turn.notice === undefined && turn.run.pending?.question === shown.question
          return { turn, ...(isWaiting ? noted : {}) }
        })
      },
    },
    'assess.reason': {
      check: async (_, { values }) => checkReason(values),
      async submit(exchange, { with: args, values }) {
        const reason = required(filledIn(values.reason, LONGEST_REASON))
        await answer(exchange, readArgs(ofQuestion, args, RESUME_OR_ASSESS), { kind: 'not-applicable', reason })
      },
    },
    'assess.practices': {
      check: async (who, submission) => {
        const question = await named(who, submission, deps)
        return question?.kind === 'stage' ? checkPractices(question, submission.values) : undefined
      },
      async submit(exchange, submission) {
        const question = await named(exchange.who, submission, deps)
        const value = question?.kind === 'stage' ? required(readPractices(question, submission.values)) : NO_PRACTICES
        await answer(exchange, readArgs(ofQuestion, submission.with, RESUME_OR_ASSESS), value, filledIn(submission.values.note, LONGEST_NOTE))
      },
    },
    'assess.change': {
      check: async (who, submission) => {
        const question = await named(who, submission, deps)
        return question && checkChange(question, submission.values)
      },
      async submit(exchange, submission) {
        const { run, question: id } = readArgs(ofGiven, submission.with, RESUME_OR_ASSESS)
        const question = await named(exchange.who, submission, deps)
        const value = question === undefined ? NO_PRACTICES : required(readChange(question, submission.values))
        const note = filledIn(submission.values.note, LONGEST_NOTE)
        const noted = note === undefined ? {} : { note }
        await steps.take(exchange, run, 'update', async (who) => ({
          turn: await conversation.amend(who, run, { key: exchange.key, question: id, value, ...noted }),
        }))
      },
    },
  }
}

/** Fits no question: the conversation says that this one is gone. */
const NO_PRACTICES: AnswerValue = { kind: 'practices', practices: {} }

/** Undefined for what is not the person's; handing it in says so. */
async function named(who: Who, { with: args }: Submission, deps: ChatDeps) {
  const read = ofGiven.safeParse(args)
  return read.success ? questionIn(who, read.data, deps) : undefined
}

function required<T>(value: T | undefined): T {
  if (value === undefined) throw new UserError(INCOMPLETE)
  return value
}
