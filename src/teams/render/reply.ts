/** A reply as Teams shows it: an answer as text with citations and a card that opens its sources, everything else as one card. */
import type { Place } from '../../chat/exchange.ts'
import { cleaned, cut } from '../../chat/render/clean-text.ts'
import type { Block, Reply } from '../../chat/reply.ts'
import type { AdaptiveCard, MentionEntity } from './card.ts'
import { type AnswerEntity, answerEntity } from './citations.ts'
import { unparsed } from './escape.ts'
import { fitCard } from './fit-card.ts'
import { type Mentions, mentionsFor, type Names, NOBODY_KNOWN } from './mentions.ts'
import { isText, messageText, orSummary } from './message-text.ts'

export interface RenderOptions {
  conversation: Place['kind']
  /** Of those whom `peopleIn` finds; others are "somebody". */
  names?: Names
  /** False where only a card can stand: in the place of another card. */
  citations?: boolean
}

export interface RenderedReply {
  /** Of an answer, in Teams' Markdown; empty where the card says everything. */
  text: string
  /** Plain text: what stands in notifications. */
  summary: string
  card?: AdaptiveCard
  /** Of the message with the text. */
  entities: (AnswerEntity | MentionEntity)[]
  channelData?: { feedbackLoopEnabled: true }
  /** Of the answer that Teams' thumbs are about: they come back with nothing but the id of the message. */
  feedback?: string
}

const LONGEST_SUMMARY = 500
const NOTHING = '…'

export function renderReply(reply: Reply, { conversation, names = NOBODY_KNOWN, citations = true }: RenderOptions): RenderedReply {
  const summary = summaryOf(reply.summary)
  const mentions = mentionsFor(reply.blocks, names, conversation !== 'personal')
  return (
    (citations ? renderAnswer(reply.blocks, summary, mentions) : undefined) ?? { text: '', summary, entities: [], card: wholeCard(reply, summary, mentions) }
  )
}

/** Undefined for what is no answer, or says nothing. Results and digests have sources too; only answers can be right or wrong. */
function renderAnswer(blocks: readonly Block[], summary: string, mentions: Mentions): RenderedReply | undefined {
  const feedback = blocks.find((block) => block.kind === 'feedback')
  if (feedback === undefined) return undefined
  const sources = blocks.flatMap((block) => (block.kind === 'sources' ? block.items : []))
  const text = sources.length === 0 ? '' : messageText(blocks.filter(isText), mentions)
  if (text === '') return undefined
  const inCard = blocks.filter((block) => !isText(block) && block !== feedback)
  return {
    text,
    summary,
    entities: [answerEntity(sources, text), ...mentions.in(text)],
    card: fitCard(inCard, { mentions, fallbackText: summary }),
    channelData: { feedbackLoopEnabled: true },
    feedback: feedback.answer,
  }
}

function wholeCard({ summary, blocks }: Reply, fallbackText: string, mentions: Mentions): AdaptiveCard {
  const card = fitCard(blocks, { mentions, fallbackText })
  return card.body.length > 0 ? card : fitCard(orSummary(summary, []), { mentions, fallbackText })
}

export function summaryOf(text: string): string {
  return unparsed(cut(cleaned(text).trim(), LONGEST_SUMMARY)) || NOTHING
}
