/** Sending, updating and deleting what the app says. */
import { isObject } from '../../../testing/http-bodies.ts'
import { addMessage, changed, fault, findMessage, type TeamsMessage, type Wire, type World } from '../world.ts'
import { checkActivity } from './activity-form.ts'
import { openConversation } from './open-conversation.ts'
import { type Call, type Done, type Target, wrong } from './refusal.ts'
import { streamInfo, streamPart } from './streams.ts'

/** botbuilder answers to an id of its own making where it has none to answer to. */
const CONTINUATION = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

export function sendActivity(call: Call): Done {
  const { world, body } = call
  const [name = '', replyTo] = call.ids
  const target = openConversation(call, name)
  if (replyTo !== undefined) checkReply(world, target, name, replyTo)
  checkActivity(world, 'send', target, body)
  const info = streamInfo(body)
  if (info !== undefined) return streamPart(world, target.conversation, body, info, () => add(world, target, body))
  if (body.type === 'typing') {
    if (body.text !== undefined) fault(world, 'send', 'typing with text and without streaminfo: nobody sees it')
    world.typing.push({ conversation: target.conversation.id, at: Date.now(), ...(target.thread === undefined ? {} : { thread: target.thread }) })
    changed(world)
    return { status: 202, body: {} }
  }
  if (body.type !== 'message') throw wrong(400, 'BadArgument', `Teams takes no activities of type ${String(body.type)}`)
  return { status: 201, body: { id: postMessage(world, target, body).id } }
}

/** On people's screens at once. */
export function postMessage(world: World, target: Target, activity: Wire): TeamsMessage {
  const message = add(world, target, activity)
  world.shown(message)
  changed(world)
  return message
}

export function updateActivity(call: Call): Done {
  const { world, body, ids } = call
  const message = ownMessage(call)
  const target = openConversation(call, ids[0] ?? '')
  checkActivity(world, 'update', target, body)
  if (body.type !== 'message') throw wrong(400, 'BadArgument', `a message is updated to a ${String(body.type)}`)
  if (streamInfo(body) !== undefined || (message.stream?.state === 'streaming' && !isOver(world, message)))
    throw wrong(400, 'BadArgument', 'a stream is updated')
  message.earlier.push(message.activity)
  message.activity = body
  message.text = String(body.text ?? '')
  message.views.clear()
  message.typed.clear()
  message.toggled.clear()
  world.shown(message)
  changed(world)
  return { status: 200, body: { id: message.id } }
}

export function deleteActivity(call: Call): Done {
  const message = ownMessage(call)
  const { conversation } = openConversation(call, call.ids[0] ?? '')
  conversation.messages = conversation.messages.filter((each) => each !== message)
  changed(call.world)
  return { status: 200 }
}

function isOver({ times }: World, { stream }: TeamsMessage): boolean {
  return stream !== undefined && Date.now() - stream.startedAt >= times.streamMs
}

function ownMessage(call: Call): TeamsMessage {
  const [name = '', id = ''] = call.ids
  const { conversation } = openConversation(call, name)
  const message = findMessage(conversation, id)
  if (message === undefined) throw wrong(404, 'ActivityNotFoundInConversation', `there is no activity ${id} in ${conversation.key}`)
  if (message.from !== 'bot') throw wrong(403, 'Forbidden', `${id} is a message of ${message.from}, not the app’s`)
  return message
}

function add(world: World, { conversation, thread }: Target, activity: Wire): TeamsMessage {
  const said = { id: world.ids.message(), from: 'bot', text: String(activity.text ?? ''), activity }
  return addMessage(conversation, { ...said, ...(thread === undefined ? {} : { thread }) })
}

function checkReply(world: World, { conversation }: Target, name: string, replyTo: string): void {
  const known = CONTINUATION.test(replyTo) || replyTo === name || conversation.sent.has(replyTo) || findMessage(conversation, replyTo) !== undefined
  if (!known) fault(world, 'send', `answers ${replyTo}, which is nothing in ${conversation.key}`)
}

/** A personal chat, or a thread of a channel. */
export function createConversation(call: Call): Done {
  const { world, tenant, body } = call
  const { members, isGroup, channelData, activity } = body
  const data = isObject(channelData) ? channelData : {}
  if (isObject(data.channel)) {
    if (!isObject(activity)) throw wrong(400, 'BadSyntax', 'a thread without the activity that it begins with')
    const target = openConversation(call, String(data.channel.id))
    checkActivity(world, 'create', target, activity)
    const { id } = postMessage(world, target, activity)
    return { status: 201, body: { id: `${target.conversation.id};messageid=${id}`, activityId: id } }
  }
  const [member, ...others] = Array.isArray(members) ? members.filter(isObject) : []
  if (isGroup === true || member === undefined || others.length > 0) throw wrong(400, 'BadArgument', 'apps create no chats but with one person')
  const named = body.tenantId ?? (isObject(data.tenant) ? data.tenant.id : undefined)
  if (named !== tenant.id) throw wrong(400, 'BadArgument', `tenantId is ${String(named)}, the connector’s is ${tenant.id}`)
  const chat = [...world.conversations.values()].find(({ kind, members: people }) => kind === 'personal' && [...people].some(({ id }) => id === member.id))
  if (chat === undefined || chat.tenant !== tenant.id) throw wrong(404, 'ConversationNotFound', `there is no person ${String(member.id)} in ${tenant.key}`)
  openConversation(call, chat.id)
  if (!isObject(activity)) return { status: 201, body: { id: chat.id } }
  checkActivity(world, 'create', { conversation: chat }, activity)
  return { status: 201, body: { id: chat.id, activityId: postMessage(world, { conversation: chat }, activity).id } }
}
