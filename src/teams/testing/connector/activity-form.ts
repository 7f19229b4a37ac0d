/** What an activity of the app must look like, whatever it is for. */

import { isObject, objectsIn } from '../../../testing/http-bodies.ts'
import { messageFaults } from '../card-rules.ts'
import { sizesOf } from '../card-rules-shape.ts'
import { fault, userById, type Wire, type World } from '../world.ts'
import { type Operation, type Target, wrong } from './refusal.ts'

/** Teams' limit, in UTF-16 and without pictures; and that of the service behind it, with them. */
const MOST_BYTES = 100 * 1024
const MOST_BODY_BYTES = 256_000

/** @throws Refusal */
export function checkActivity(world: World, where: Operation, { conversation }: Target, activity: Wire): void {
  const { from, conversation: named, channelId, entities, recipient, type, text, attachments } = activity
  const size = sizesOf(activity).characters * 2
  const body = Buffer.byteLength(JSON.stringify(activity))
  if (size > MOST_BYTES || body > MOST_BODY_BYTES)
    throw wrong(413, 'MessageSizeTooBig', `Message size too large: ${size} bytes in UTF-16, ${body} with pictures`)
  const complain = (what: string) => fault(world, where, what)
  if (isObject(from) && from.id !== world.app.botId) complain(`from ${String(from.id)}, which is not the app`)
  if (isObject(named) && String(named.id).split(';')[0] !== conversation.id) complain(`names the conversation ${String(named.id)}, sent to ${conversation.id}`)
  if (isObject(named) && named.conversationType !== undefined && named.conversationType !== conversation.kind)
    complain(`calls a ${conversation.kind} a ${String(named.conversationType)}`)
  if (channelId !== undefined && channelId !== 'msteams') complain(`channelId is ${String(channelId)}`)
  if (isObject(recipient) && String(recipient.id).startsWith('29:') && userById(world, conversation.tenant, String(recipient.id)) === undefined)
    complain(`is to ${String(recipient.id)}, who is nobody`)
  if (type !== 'message') return
  if ((text === undefined || text === '') && objectsIn(attachments).length === 0) throw wrong(400, 'BadSyntax', 'a message without text and attachments')
  for (const each of messageFaults(activity)) complain(each)
  for (const { mentioned } of objectsIn(entities).filter((entity) => entity.type === 'mention')) {
    const person = isObject(mentioned) ? userById(world, conversation.tenant, String(mentioned.id)) : undefined
    if (person === undefined || !conversation.members.has(person)) throw wrong(400, 'BadArgument', 'mentions somebody who is not in the conversation')
  }
}
