/** The buttons of a run's card. Each names the run, its version and the question, so that an older card changes nothing. */
import type { Question } from '../../assessments/catalogue.ts'
import type { AnswerValue, PracticeState } from '../../assessments/records.ts'
import { UserError } from '../../shared/errors.ts'
import type { Exchange } from '../exchange.ts'
import type { ChatDeps, PressHandler } from '../feature.ts'
import { readArgs } from '../press-args.ts'
import type { Form, PressArgs } from '../reply.ts'
import { ofAnswer, ofBetween, ofGiven, ofNoted, ofQuestion, ofShownRun, RESUME_OR_ASSESS, type ShownQuestion } from './args.ts'
import { changeForm } from './change-form.ts'
import { answeredIn, questionOf } from './own-run.ts'
import { movedOn, type RunSteps, respondentOf } from './run-steps.ts'
import { practicesForm, reasonForm, typeForm } from './step-forms.ts'

/** The question that is shown, to be answered in a form. */
interface Asked {
  question: Question
  at: PressArgs
  before?: AnswerValue
}

type AnyQuestion = Pick<ShownQuestion, 'run' | 'version'> & { question?: string | undefined }

export function stepPresses(deps: ChatDeps, steps: RunSteps): Record<string, PressHandler> {
  const { conversation } = deps.assessments

  /** An option of a menu names no question: it is the one that was shown with this version. */
  const answer = async (exchange: Exchange, { run, version, question: named }: AnyQuestion, valueFor: (question: Question | undefined) => AnswerValue) => {
    const who = respondentOf(exchange)
    const turn = await conversation.show(who, run)
    const id = named ?? (turn.run.version === version ? turn.run.current : undefined)
    if (id === undefined) await steps.take(exchange, run, 'update', async () => ({ turn: movedOn(turn) }))
    else {
      const question = await questionOf(exchange.who, turn.run, id, deps)
      await steps.press(exchange, { run, version }, { kind: 'answer', question: id, value: valueFor(question) })
    }
  }
  const move = (kind: 'not-applicable' | 'reject' | 'back' | 'pause'): PressHandler => {
    return async (exchange, args) => void (await steps.press(exchange, readArgs(ofShownRun, args, RESUME_OR_ASSESS), { kind }))
  }
  /** What the conversation does whatever the version is. */
  const takeUnlessMoved = (kind: 'resume' | 'abandon'): PressHandler => {
    return async (exchange, args) => {
      const { run, version } = readArgs(ofShownRun, args, RESUME_OR_ASSESS)
      await steps.take(exchange, run, 'update', async (who) => {
        const turn = await conversation.show(who, run)
        return { turn: turn.run.version === version ? await conversation.take(who, run, { kind, version, key: exchange.key }) : movedOn(turn) }
      })
    }
  }
  /** A form for the question that is shown; for an older one the card as it stands. */
  const ask = async (exchange: Exchange, { run, version, question: id }: ShownQuestion, make: (shown: Asked) => Form | undefined) => {
    const who = respondentOf(exchange)
    const turn = await conversation.show(who, run)
    const question = 'question' in turn.view && turn.run.version === version && turn.view.question.id === id ? turn.view.question : undefined
    const before = turn.view.kind === 'question' ? turn.view.before : undefined
    const form = question && make({ question, at: { run, version, question: id }, ...(before === undefined ? {} : { before }) })
    if (form === undefined) await steps.take(exchange, run, 'update', async () => ({ turn: movedOn(turn) }))
    else await exchange.open(form)
  }

  return {
    'assess.answer': async (exchange, args) => {
      const { level, state, ...shown } = readArgs(ofAnswer, args, RESUME_OR_ASSESS)
      await answer(exchange, shown, (question) => (level === undefined ? allPractices(question, state) : { kind: 'level', level }))
    },
    'assess.between': async (exchange, args) => {
      const { lower, ...shown } = readArgs(ofBetween, args, RESUME_OR_ASSESS)
      await answer(exchange, shown, () => ({ kind: 'between', lower }))
    },
    'assess.not-sure': async (exchange, args) => answer(exchange, readArgs(ofQuestion, args, RESUME_OR_ASSESS), () => ({ kind: 'not-sure' })),
    'assess.confirm': async (exchange, args) => {
      const { note, ...shown } = readArgs(ofNoted, args, RESUME_OR_ASSESS)
      await steps.press(exchange, shown, { kind: 'confirm', ...(note === undefined ? {} : { note }) })
    },
    'assess.not-applicable': move('not-applicable'),
    'assess.reject': move('reject'),
    'assess.back': move('back'),
    'assess.pause': move('pause'),
    'assess.resume': takeUnlessMoved('resume'),
    'assess.abandon': takeUnlessMoved('abandon'),
    'assess.type': async (exchange, args) => {
      const { note, ...shown } = readArgs(ofNoted, args, RESUME_OR_ASSESS)
      await ask(exchange, shown, ({ question, at }) => typeForm(question, at, note))
    },
    'assess.reason': async (exchange, args) => ask(exchange, readArgs(ofQuestion, args, RESUME_OR_ASSESS), ({ question, at }) => reasonForm(question, at)),
    'assess.practices': async (exchange, args) =>
      ask(exchange, readArgs(ofQuestion, args, RESUME_OR_ASSESS), ({ question, at, before }) =>
        question.kind === 'stage' ? practicesForm(question, at, before) : undefined,
      ),
    'assess.change': async (exchange, args) => {
      const given = await answeredIn(exchange.who, readArgs(ofGiven, args, RESUME_OR_ASSESS), deps)
      if (given === undefined) throw new UserError('There is no such answer of yours any more. Write “resume” to go on with an assessment.')
      await exchange.open(changeForm(given))
    },
  }
}

/** Of one that is gone none: the conversation says so. */
function allPractices(question: Question | undefined, state: PracticeState | undefined): AnswerValue {
  const practices = question?.kind === 'stage' && state !== undefined ? question.practices.map(({ passage }) => [passage, state]) : []
  return { kind: 'practices', practices: Object.fromEntries(practices) }
}
