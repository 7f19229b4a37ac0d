/** Teams' own thumbs beneath an answer: https://learn.microsoft.com/microsoftteams/platform/bots/how-to/bot-messages-ai-generated-content#feedback-buttons */
import * as z from 'zod'
import { voteOn } from '../../chat/presses.ts'
import { answerIn } from '../answers-shown.ts'
import { type ActivityDeps, type Dealing, exchangeIn, usedMessage } from './activity-deps.ts'

export const FEEDBACK = 'message/submitAction'

const LONGEST_COMMENT = 2_000
const feedbackValue = z.object({
  actionName: z.literal('feedback'),
  actionValue: z.object({ reaction: z.enum(['like', 'dislike']), feedback: z.string().optional().catch(undefined) }),
})
const written = z.object({ feedbackText: z.string().trim().min(1) })

export async function feedback(dealing: Dealing, deps: ActivityDeps): Promise<void> {
  const { activity } = dealing
  const read = feedbackValue.safeParse(activity.value).data?.actionValue
  const message = usedMessage(activity)
  if (read === undefined || message === undefined) return
  const answer = await answerIn(activity.who.tenant, message, deps.exchangeParts.outbox)
  if (answer === undefined) return
  // Teams itself has thanked by now, and asked for words.
  const exchange = { ...exchangeIn(dealing, {}, deps), whisper: async () => {} }
  const comment = commentIn(read.feedback)
  await deps.chat.press(exchange, voteOn(answer, read.reaction === 'like' ? 'up' : 'down', comment))
}

function commentIn(feedback: string | undefined): string | undefined {
  try {
    return written.safeParse(JSON.parse(feedback ?? '')).data?.feedbackText.slice(0, LONGEST_COMMENT)
  } catch {
    return undefined
  }
}
