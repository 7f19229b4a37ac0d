/** An answer as a reply: its text with numbers, what the numbers stand for, and who wrote it. */
import { type Answer, type AnswerPart, type Checks, renderPlainText } from '../../answers/answer.ts'
import { openPassage } from '../presses.ts'
import { type Block, type Button, plainReply, type Reply, words } from '../reply.ts'

export interface AnswerReplyOptions {
  /** Of the `Asked`: what votes are about. */
  id: string
  /** Above the answer. */
  before?: Block
  /** Below everything: what can be done next. */
  buttons?: readonly Button[]
  /** The last line. */
  note?: string
}

const SUMMARY_CHARACTERS = 500

export function answerReply(answer: Answer, { id, before, buttons = [], note }: AnswerReplyOptions): Reply {
  return {
    summary: beginningOf(answer.text, SUMMARY_CHARACTERS),
    blocks: [
      ...(before === undefined ? [] : [before]),
      ...answerBlocks(answer),
      ...(note === undefined ? [] : [{ kind: 'note', parts: [words(note)] } as const]),
      // There is nothing right or wrong in being asked back.
      ...(answer.outcome === 'clarify' ? [] : [{ kind: 'feedback', answer: id } as const]),
      ...(buttons.length === 0 ? [] : [{ kind: 'buttons', items: buttons } as const]),
    ],
  }
}

/** Text, sources and who wrote it: what an answer is wherever it is shown. */
export function answerBlocks(answer: Answer): Block[] {
  const { parts, citations } = answer
  const writer = sayWriter(answer)
  return [
    ...partBlocks(parts),
    ...(citations.length === 0
      ? []
      : [
          {
            kind: 'sources',
            items: citations.map(({ n, title, quote, url, passage }) => ({ n, title, quote, url, open: openPassage(passage) })),
          } as const,
        ]),
    ...(writer === undefined ? [] : [{ kind: 'note', parts: [words(writer)] } as const]),
  ]
}

/** What had been said when the person said stop. Its sources would have come with the end, so the numbers go. */
export function stoppedReply(said: readonly AnswerPart[]): Reply {
  const parts = said.map((part) => ({ ...part, sentences: part.sentences.map(({ text }) => ({ text, citations: [] })) }))
  const blocks = partBlocks(parts)
  if (blocks.length === 0) return plainReply('Stopped.')
  const stopped = 'Stopped. What is said here has no sources yet: ask again for the whole answer.'
  return {
    summary: beginningOf(`${stopped} ${renderPlainText(parts)}`, SUMMARY_CHARACTERS),
    blocks: [...blocks, { kind: 'note', parts: [words(stopped)] }],
  }
}

/** At most so many characters, ending with a whole word. */
export function beginningOf(text: string, most: number): string {
  const line = text.replace(/\s+/g, ' ').trim()
  if (line.length <= most) return line
  const cut = line.slice(0, most - 1)
  const words = cut.replace(/\s+\S*$/, '')
  return `${(words === '' ? cut : words).toWellFormed()}…`
}

function partBlocks(parts: readonly AnswerPart[]): Block[] {
  return parts.flatMap(({ heading, sentences }): Block[] => {
    const text = renderPlainText([{ sentences }])
    return [
      ...(heading === undefined ? [] : [{ kind: 'heading', text: heading } as const]),
      ...(text === '' ? [] : [{ kind: 'text', parts: [words(text)] } as const]),
    ]
  })
}

/** Quotes speak for themselves; what a chat model wrote is told, with what the check took out. */
function sayWriter({ answerer, citations, checks }: Answer): string | undefined {
  if (answerer === 'extractive' || citations.length === 0) return undefined
  return [`Written by ${answerer}; every sentence was checked against its sources.`, ...(checks === undefined ? [] : sayChecks(checks))].join(' ')
}

function sayChecks({ sentencesDropped, markersRemoved }: Checks): string[] {
  return [
    ...(sentencesDropped === 0 ? [] : [`${plural(sentencesDropped, 'sentence')} that the sources don’t bear out ${were(sentencesDropped)} left out.`]),
    ...(markersRemoved === 0 ? [] : [`${plural(markersRemoved, 'wrong source number')} ${were(markersRemoved)} removed.`]),
  ]
}

function plural(count: number, word: string): string {
  return `${count} ${word}${count === 1 ? '' : 's'}`
}

function were(count: number): string {
  return count === 1 ? 'was' : 'were'
}
