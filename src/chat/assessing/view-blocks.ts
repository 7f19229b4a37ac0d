/** What is asked, every answer in full with its button, and what can be done besides. */
import type { Question } from '../../assessments/catalogue.ts'
import type { Run } from '../../assessments/records.ts'
import type { Turn, View } from '../../assessments/turn.ts'
import { ASK_REASON, askOf, placeOf, sayValue, soundsLike } from '../../assessments/wording.ts'
import { beginningOf } from '../beginning-of.ts'
import { chooseAssessment, openPassage } from '../presses.ts'
import { type Block, type Button, type Menu, type PressArgs, words } from '../reply.ts'
import { note, text } from '../simple-blocks.ts'
import { answerMenu, optionBlocks } from './answer-options.ts'
import type { ShownQuestion } from './args.ts'
import { finishedBlocks } from './finished-blocks.ts'
import type { TurnContext } from './turn-context.ts'

export function viewBlocks(turn: Turn, context: TurnContext): Block[] {
  const { view, run } = turn
  switch (view.kind) {
    case 'question':
      return questionBlocks(view, run, context)
    case 'proposal':
      return proposalBlocks(view, run, context)
    case 'clarification': {
      const at = shownAt(run, view.question.id)
      return [heading(view), text(view.ask), ...optionBlocks(view.question, at), ways(view, at, context), moves(view, at)]
    }
    case 'reason': {
      const at = shownAt(run, view.question.id)
      return [
        heading(view),
        text(ASK_REASON),
        { kind: 'buttons', items: [button('Say why', 'assess.reason', at, 'primary'), button('Back', 'assess.back', at)] },
        note('Or write it here.'),
      ]
    }
    case 'paused': {
      const at = { run: run.id, version: run.version }
      return [
        text(`Paused at question ${view.progress.at} of ${view.progress.of}. What you answered is kept.`),
        {
          kind: 'buttons',
          items: [
            button('Go on', 'assess.resume', at, 'primary'),
            {
              ...button('Give up', 'assess.abandon', at, 'danger'),
              confirm: 'Give up this assessment? What you answered in it will not count.',
            },
          ],
        },
        note('Or write “resume” here, whenever you like.'),
      ]
    }
    case 'finished':
      return finishedBlocks(run, context)
    case 'abandoned':
      return [
        text('This assessment was given up. It counts nowhere.'),
        { kind: 'buttons', items: [{ kind: 'button', label: 'Start another one', press: chooseAssessment(run.team) }] },
      ]
  }
}

function questionBlocks(view: Extract<View, { kind: 'question' }>, run: Run, context: TurnContext): Block[] {
  const { question, progress, before } = view
  const at = shownAt(run, question.id)
  const isFirst = progress.at === 1
  return [
    heading(view),
    text(`${askOf(question)}${before === undefined ? '' : ` You answered: ${sayValue(before)}.`}`),
    ...optionBlocks(question, at, before),
    ways(view, at, context),
    moves(view, at),
    // Said once: what is read again at each question makes a short assessment long.
    ...(isFirst ? [note(`You can also write here: ${waysToWrite(question)}, how it is in your own words, or a question.`)] : []),
    ...(isFirst && context.round !== undefined ? [note(context.round.privacy)] : []),
  ]
}

function proposalBlocks(view: Extract<View, { kind: 'proposal' }>, run: Run, { source, note: evidence }: TurnContext): Block[] {
  const { question, said, indicator, passage } = view
  const at = shownAt(run, question.id)
  const other = answerMenu('Another answer', question, at)
  return [
    heading(view),
    note(`You said: “${beginningOf(said)}”`),
    text(`${soundsLike(view)}.`),
    { kind: 'quote', parts: [words(indicator)] },
    ...(source === undefined ? [] : [{ kind: 'note', parts: [words('From '), { kind: 'link', label: source.title, url: source.url }] } as const]),
    text('Is that right?'),
    {
      kind: 'buttons',
      items: [
        button('Yes, that is us', 'assess.confirm', evidence === undefined ? at : { ...at, note: evidence }, 'primary'),
        button('No', 'assess.reject', at),
        ...(other === undefined ? [] : [other]),
        { kind: 'button', label: 'Read the passage', press: openPassage(passage) },
      ],
    },
    moves(view, at),
  ]
}

/** What answers any question. */
function ways(view: Extract<View, { kind: 'question' | 'clarification' }>, at: ShownQuestion, { note: evidence }: TurnContext): Block {
  const items: (Button | Menu)[] = [
    button('Type an answer', 'assess.type', evidence === undefined ? at : { ...at, note: evidence }),
    button('Not sure', 'assess.not-sure', at),
    button('Not applicable', 'assess.not-applicable', at),
  ]
  const { question } = view
  const between = question.kind === 'levels' ? answerMenu('Between two levels', question, at, 'between') : undefined
  return { kind: 'buttons', items: between === undefined ? items : [between, ...items] }
}

function moves(view: Extract<View, { question: unknown }>, at: ShownQuestion): Block {
  const { question, progress, kind } = view
  const passages = question.kind === 'levels' ? question.options : question.practices
  const back = kind === 'question' && progress.at === 1 ? [] : [button('Back', 'assess.back', at)]
  const read: Menu = { kind: 'menu', label: 'Read a passage', options: passages.map(({ label, passage }) => ({ label, press: openPassage(passage) })) }
  // A proposal has its own passage to read.
  return { kind: 'buttons', items: [...back, button('Pause', 'assess.pause', at), ...(kind === 'proposal' ? [] : [read])] }
}

/** What is understood besides own words. */
function waysToWrite(question: Question): string {
  if (question.kind === 'levels') return 'a number, “between 2 and 3”'
  return question.practices.length === 1 ? '“yes”, “partly” or “no”' : 'the numbers of those in place, as in “1, 3”'
}

/** What every press on a question carries: an older message changes nothing. */
function shownAt({ id, version }: Run, question: string): ShownQuestion {
  return { run: id, version, question }
}

function heading({ question }: Extract<View, { question: unknown }>): Block {
  return { kind: 'heading', text: placeOf(question) }
}

function button(label: string, on: string, args: PressArgs, style?: Button['style']): Button {
  return { kind: 'button', label, press: { on, with: args }, ...(style === undefined ? {} : { style }) }
}
