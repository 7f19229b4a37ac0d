/** An answer as a reply: with what one can say of it, and what can be done next. */
import { type Answer, type AnswerPart, renderPlainText } from '../../answers/answer.ts'
import { answerBlocks, partBlocks } from '../answer-blocks.ts'
import { beginningOf } from '../beginning-of.ts'
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
