/** Messages that appear while they are being written: in personal chats, one at a time, each part beginning with the one before. */
import { isObject, objectsIn } from '../../../testing/http-bodies.ts'
import { type Conversation, changed, fault, findMessage, type Stream, type TeamsMessage, type Wire, type World } from '../world.ts'
import { type Done, Refusal, wrong } from './refusal.ts'

/** Parts that may follow each other at once. */
const BURST = 2
const MOST_INFORMATIVE = 1000
const WHERE = 'stream'

export function streamInfo({ entities }: Wire): Wire | undefined {
  return objectsIn(entities).find(({ type }) => type === 'streaminfo')
}

/** @param create makes the message of a stream that begins @throws Refusal */
export function streamPart(world: World, conversation: Conversation, activity: Wire, info: Wire, create: () => TeamsMessage): Done {
  const isLast = activity.type === 'message'
  if (conversation.kind !== 'personal') throw wrong(400, 'BadArgument', 'Streaming api is not enabled: the conversation is not a personal chat')
  // Teams' own local client goes by what the activity says of itself.
  const named = isObject(activity.conversation) ? activity.conversation.conversationType : undefined
  if (named !== 'personal') throw wrong(405, 'BadArgument', `Streaming API is not enabled: conversationType is ${String(named)}`)
  if (!isLast && info.streamType !== 'informative' && info.streamType !== 'streaming')
    throw wrong(400, 'BadRequest', 'Only start streaming and continue streaming types are allowed as a typing activity')
  if (isLast && info.streamType !== 'final') throw wrong(400, 'BadRequest', 'Only end streaming type is allowed as a message activity')
  if (isLast && info.streamId === undefined) throw wrong(400, 'BadRequest', 'the end of a stream without streamId')
  if (!isLast && (typeof activity.text !== 'string' || activity.text === '')) throw wrong(400, 'BadRequest', 'Start streaming activities should include text')
  if (!isLast && objectsIn(activity.attachments).length > 0) fault(world, WHERE, 'attachments before the end of the stream')
  if (info.streamType === 'informative' && String(activity.text).length > MOST_INFORMATIVE)
    throw wrong(400, 'BadArgument', `an informative message longer than ${MOST_INFORMATIVE} characters`)
  return info.streamId === undefined ? begin(world, conversation, activity, info, create) : proceed(world, conversation, activity, info)
}

function begin(world: World, conversation: Conversation, activity: Wire, info: Wire, create: () => TeamsMessage): Done {
  if (info.streamSequence !== 1) throw wrong(400, 'BadArgument', `a stream begins with streamSequence ${String(info.streamSequence)}, not 1`)
  const open = conversation.messages.find(({ stream }) => stream?.state === 'streaming' && Date.now() - stream.startedAt < world.times.streamMs)
  if (open !== undefined) throw wrong(403, 'ContentStreamNotAllowed', `Content stream is not allowed: ${open.id} is still being streamed in this chat`)
  const message = create()
  const now = Date.now()
  message.stream = { startedAt: now, sequence: 1, text: '', informative: '', state: 'streaming', left: BURST - 1, refilledAt: now }
  write(message, message.stream, activity, info)
  changed(world)
  return { status: 201, body: { id: message.id } }
}

function proceed(world: World, conversation: Conversation, activity: Wire, info: Wire): Done {
  const message = findMessage(conversation, String(info.streamId))
  const stream = message?.stream
  if (message === undefined || stream === undefined) throw wrong(400, 'BadArgument', `there is no stream ${String(info.streamId)}`)
  refuseEnded(world, stream)
  const isLast = activity.type === 'message'
  if (!isLast && Number(info.streamSequence) <= stream.sequence) return outOfOrder(world, stream, activity, info)
  if (isLast && info.streamSequence !== undefined) fault(world, WHERE, 'the end of a stream with streamSequence')
  if (!isLast && !Number.isInteger(info.streamSequence)) throw wrong(400, 'BadArgument', 'a part of a stream without streamSequence')
  if (!isLast) pace(world, stream)
  const extends_ = info.streamType === 'informative' || String(activity.text ?? '').startsWith(stream.text)
  if (!extends_) throw wrong(400, 'BadArgument', `the stream goes on with “${clip(activity.text)}” after “${clip(stream.text)}”`)
  write(message, stream, activity, info)
  changed(world)
  if (isLast) world.shown(message)
  return { status: 202, body: {} }
}

/** @throws Refusal */
function refuseEnded(world: World, stream: Stream): void {
  const refuse = (why: string, by: { fault?: string } = {}) => new Refusal(403, 'ContentStreamNotAllowed', why, by)
  if (stream.state === 'final') {
    const why = 'Content stream is not allowed on an already completed streamed message.'
    throw refuse(why, { fault: why })
  }
  if (stream.state === 'stopped') throw refuse('Content stream was canceled by user.')
  if (Date.now() - stream.startedAt >= world.times.streamMs) throw refuse('Content stream finished due to exceeded streaming time.')
}

/** A part that was sent again because its answer got lost is no mistake. */
function outOfOrder(world: World, stream: Stream, activity: Wire, info: Wire): Done {
  if (activity.text !== stream.text && activity.text !== stream.informative)
    fault(world, WHERE, `streamSequence ${String(info.streamSequence)} after ${stream.sequence}`)
  return {
    status: 202,
    body: { error: { code: 'ContentStreamSequenceOrderPreConditionFailed', message: 'PreCondition failed exception when processing streaming activity.' } },
  }
}

/** @throws Refusal */
function pace({ times }: World, stream: Stream): void {
  const now = Date.now()
  stream.left = Math.min(BURST, stream.left + (now - stream.refilledAt) / times.streamPaceMs)
  stream.refilledAt = now
  if (stream.left < 1) throw wrong(429, 'Throttled', `API calls quota exceeded: parts of a stream come faster than one in ${times.streamPaceMs} ms`)
  stream.left--
}

function write(message: TeamsMessage, stream: Stream, activity: Wire, info: Wire): void {
  const text = String(activity.text ?? '')
  if (info.streamType === 'informative') stream.informative = text
  else stream.text = text
  if (typeof info.streamSequence === 'number') stream.sequence = info.streamSequence
  if (activity.type === 'message') stream.state = 'final'
  message.text = stream.text
  message.activity = activity
}

function clip(text: unknown): string {
  return String(text ?? '').slice(0, 60)
}
