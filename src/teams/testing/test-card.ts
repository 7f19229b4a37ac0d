/** A card as the smallest apps send it: something to fill in, to send and to skip. */
import { CardFactory, MessageFactory } from 'botbuilder'

export const card = (text: string, more: Record<string, unknown> = {}) => ({
  type: 'AdaptiveCard',
  version: '1.5',
  body: [
    { type: 'TextBlock', text },
    { type: 'Input.Text', id: 'why', label: 'Why', isRequired: true, errorMessage: 'Say why', maxLength: 20 },
  ],
  actions: [
    { type: 'Action.Execute', title: 'Send', verb: 'send', data: { kept: 1 } },
    { type: 'Action.Execute', title: 'Skip', verb: 'skip', data: {}, associatedInputs: 'none' },
  ],
  ...more,
})

export const withCard = (text: string, more?: Record<string, unknown>) => MessageFactory.attachment(CardFactory.adaptiveCard(card(text, more)))
