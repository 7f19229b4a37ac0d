/** An action that the app has put into the menu of messages, whoever wrote them. */
import { z } from 'zod'
import { cardFaults } from './card-rules-card.ts'
import { ADAPTIVE, wordsIn } from './cards.ts'
import { type Executing, takenOrFault } from './executing.ts'
import { type Acting, escapeHtml, invokeActivity } from './incoming.ts'
import { fault, type TeamsMessage } from './world.ts'

const WHERE = 'composeExtension/fetchTask'
const size = z.union([z.enum(['small', 'medium', 'large']), z.number()])
const window = z.strictObject({
  title: z.string().min(1),
  width: size,
  height: size,
  card: z.strictObject({ contentType: z.literal(ADAPTIVE), content: z.record(z.string(), z.unknown()) }),
})
const answerSchema = z.strictObject({ task: z.strictObject({ type: z.literal('continue'), value: window }) })

/** @returns what the window says that opens @throws NotTaken */
export async function runMessageAction({ world, deliveries }: Executing, acting: Acting, message: TeamsMessage, commandId: string): Promise<string> {
  const messagePayload = {
    id: message.id,
    replyToId: message.thread ?? null,
    createdDateTime: new Date(message.at).toISOString(),
    importance: 'normal',
    locale: acting.user.locale,
    body: { contentType: 'html', content: `<div><div>${escapeHtml(message.text)}</div></div>` },
    from: {
      device: null,
      conversation: null,
      user: { userIdentityType: 'aadUser', id: acting.user.aadObjectId, displayName: acting.user.name },
      application: null,
    },
    reactions: [],
    mentions: [],
    attachments: [],
  }
  const value = { commandId, commandContext: 'message', requestId: message.id, messagePayload, context: { theme: 'default' } }
  const { replyToId: _, ...activity } = invokeActivity(acting, WHERE, message.id, value)
  const { status, body, text } = await takenOrFault(world, WHERE, deliveries.invoke(activity))
  const read = answerSchema.safeParse(body)
  if (status !== 200 || !read.success) {
    fault(world, WHERE, `answered ${status} ${text.slice(0, 200)}`)
    return ''
  }
  const { content } = read.data.task.value.card
  for (const each of cardFaults(content)) fault(world, WHERE, each)
  return wordsIn(content).join('\n')
}
