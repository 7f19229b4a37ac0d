/**
 * "Ask Cairn about this" in a message's menu: the message is the question. Whoever wrote it did not ask the bot, so the answer goes to whoever did:
 * https://learn.microsoft.com/microsoftteams/platform/messaging-extensions/how-to/action-commands/define-action-command
 */
import * as z from 'zod'
import { DeliveryError, type Place } from '../../chat/exchange.ts'
import { askThis } from '../../chat/presses.ts'
import { UNREACHABLE } from '../exchange.ts'
import { NOBODY_WAITS } from '../invoke-answer.ts'
import { typedText } from '../typed-text.ts'
import { type ActivityDeps, type Dealing, exchangeIn } from './activity-deps.ts'

export const FETCH_TASK = 'composeExtension/fetchTask'

const ANSWERED_ALONE = 'I answer in our chat.'
const NO_WORDS = 'There are no words in this message that I could look up.'
const messageValue = z.object({
  commandId: z.literal('askAboutThis'),
  messagePayload: z.object({ body: z.object({ contentType: z.string().catch(''), content: z.string().catch('') }) }),
})

export async function askAboutThis(dealing: Dealing, deps: ActivityDeps): Promise<void> {
  const { activity, slot } = dealing
  const { tenant, person } = activity.who
  const notice = (text: string) => void slot.offer({ kind: 'notice', text })
  const question = wordsIn(activity)
  if (question === '') return notice(NO_WORDS)
  const place = await personalPlace()
  if (place === undefined) return notice(UNREACHABLE)
  notice(ANSWERED_ALONE)
  await deps.chat.press(exchangeIn({ ...dealing, slot: NOBODY_WAITS }, { place }, deps), askThis(question))

  async function personalPlace(): Promise<Place | undefined> {
    try {
      return await deps.exchangeParts.messenger.personalPlace(tenant, person)
    } catch (error) {
      if (error instanceof DeliveryError && error.kind === 'gone') return undefined
      throw error
    }
  }
}

function wordsIn({ value, bot }: Dealing['activity']): string {
  const body = messageValue.safeParse(value).data?.messagePayload.body
  if (body === undefined) return ''
  return body.contentType === 'text' ? body.content.trim() : typedText(body.content, [], bot)
}
