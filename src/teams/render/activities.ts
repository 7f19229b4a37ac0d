/**
 * A rendered reply as the messages that are sent, in this order. Teams splits what has both a text and a card into two messages of its own and then
 * does not say the id of either, so they are two from the start. (The last message of a stream may have both.)
 */
import type { AdaptiveCard } from './card.ts'
import type { RenderedReply } from './reply.ts'

export interface CardAttachment {
  contentType: 'application/vnd.microsoft.card.adaptive'
  content: AdaptiveCard
}

export interface MessageActivity {
  type: 'message'
  text?: string
  textFormat?: 'markdown'
  /** For notifications, where there is no text. */
  summary?: string
  entities?: RenderedReply['entities']
  channelData?: NonNullable<RenderedReply['channelData']>
  attachments?: CardAttachment[]
}

/** Of the card under an answer, which has said everything itself. */
const SOURCES = 'Sources'

export function activitiesOf({ text, summary, card, entities, channelData }: RenderedReply): MessageActivity[] {
  const said: MessageActivity[] =
    text === '' ? [] : [{ type: 'message', text, textFormat: 'markdown', entities, ...(channelData === undefined ? {} : { channelData }) }]
  const shown: MessageActivity[] = card === undefined ? [] : [{ type: 'message', summary: text === '' ? summary : SOURCES, attachments: [attachmentOf(card)] }]
  return [...said, ...shown]
}

export function attachmentOf(card: AdaptiveCard): CardAttachment {
  return { contentType: 'application/vnd.microsoft.card.adaptive', content: card }
}
