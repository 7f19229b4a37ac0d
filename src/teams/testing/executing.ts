/** What an app answers to Action.Execute, and what somebody then sees. */
import { z } from 'zod'
import { isObject } from '../../testing/http-bodies.ts'
import { cardFaults } from './card-rules.ts'
import { ADAPTIVE, cardsFor, viewKey } from './cards.ts'
import { type Deliveries, NotTaken, type Taken } from './deliveries.ts'
import { type Acting, invokeActivity } from './incoming.ts'
import { changed, conversationNamed, fault, type TeamsMessage, type TeamsUser, type Wire, type World } from './world.ts'

/** What pressing something led to. */
export interface Pressed {
  /** By input id: what the card itself says is wrong; nothing was sent. */
  errors?: Record<string, string>
  /** The card that the person now sees in its place. */
  card?: Wire
  /** Shown to the person alone. */
  notice?: string
  error?: { code: string; message: string }
}

const MESSAGE = 'application/vnd.microsoft.activity.message'
const ERROR = 'application/vnd.microsoft.error'
const WHERE = 'adaptiveCard/action'
/** So often, and it is an app that refreshes its own refreshes. */
const MOST_REFRESHES = 50
const MOST_REFRESHED = 60

const answerSchema = z.union([
  z.strictObject({ statusCode: z.literal(200), type: z.literal(ADAPTIVE), value: z.looseObject({ type: z.literal('AdaptiveCard') }) }),
  z.strictObject({ statusCode: z.literal(200), type: z.literal(MESSAGE), value: z.string().min(1) }),
  z.strictObject({
    statusCode: z.int().min(400).max(599),
    type: z.literal(ERROR),
    value: z.strictObject({ code: z.string().min(1), message: z.string().min(1) }),
  }),
])

export interface Executing {
  world: World
  deliveries: Deliveries
}

/** @throws NotTaken */
export async function execute(
  { world, deliveries }: Executing,
  acting: Acting,
  message: TeamsMessage,
  card: number,
  action: Wire,
  trigger: string,
): Promise<Pressed> {
  const activity = invokeActivity(acting, WHERE, message.id, { action, trigger })
  acting.conversation.sent.add(String(activity.id))
  const taken = await takenOrFault(world, WHERE, deliveries.invoke(activity))
  const read = answerSchema.safeParse(taken.body)
  if (taken.status !== 200 || !read.success) {
    fault(
      world,
      WHERE,
      `answered ${taken.status} ${taken.text.slice(0, 200)}: ${read.error === undefined ? 'the status must be 200' : z.prettifyError(read.error)}`,
    )
    return { error: { code: 'Unreadable', message: 'Something went wrong' } }
  }
  const answer = read.data
  const { key } = acting.user
  if (answer.type === ADAPTIVE) {
    for (const each of cardFaults(answer.value)) fault(world, WHERE, each)
    message.views.set(viewKey(key, card), answer.value)
    message.typed.delete(key)
    message.toggled.delete(key)
    changed(world)
    return { card: answer.value }
  }
  const text = answer.type === MESSAGE ? answer.value : answer.value.message
  world.notices.push({ user: key, text, isError: answer.type === ERROR })
  changed(world)
  return answer.type === MESSAGE ? { notice: text } : { error: answer.value }
}

/** An invoke must be answered. */
export async function takenOrFault(world: World, where: string, taking: Promise<Taken>): Promise<Taken> {
  try {
    return await taking
  } catch (error) {
    if (error instanceof NotTaken && error.reason === 'http_error') fault(world, where, `answered HTTP ${error.status}, not 200`)
    throw error
  }
}

/** Teams asks for the cards of those for whom a card is refreshed, as soon as it is on their screens. */
export function createRefreshing(executing: Executing): (message: TeamsMessage) => void {
  const { world, deliveries } = executing
  const refreshed = new Map<string, number>()

  return (message) => {
    for (const [card, { refresh }] of cardsFor(message, undefined).entries()) {
      if (!isObject(refresh) || !isObject(refresh.action)) continue
      for (const user of refreshedFor(world, message, refresh)) {
        const key = `${message.id} ${user.key}`
        const times = (refreshed.get(key) ?? 0) + 1
        refreshed.set(key, times)
        if (times > MOST_REFRESHES) fault(world, 'refresh', `${message.id} is refreshed again and again`)
        else void deliveries.track(refreshCard(executing, user, message, card, 'automatic').catch((error) => fault(world, 'refresh', String(error))))
      }
    }
  }
}

/** @throws NotTaken */
export async function refreshCard(
  executing: Executing,
  user: TeamsUser,
  message: TeamsMessage,
  card: number,
  trigger: 'automatic' | 'manual',
): Promise<Pressed> {
  const refresh = cardsFor(message, undefined)[card]?.refresh
  if (!isObject(refresh) || !isObject(refresh.action)) throw new Error('the card has no refresh')
  const conversation = conversationNamed(executing.world, message.conversation)
  const thread = conversation.kind === 'channel' ? { thread: message.thread ?? message.id } : {}
  return execute(executing, { world: executing.world, user, conversation, ...thread }, message, card, executeAction(refresh.action), trigger)
}

function refreshedFor(world: World, message: TeamsMessage, refresh: Wire): TeamsUser[] {
  const members = [...conversationNamed(world, message.conversation).members]
  const { userIds } = refresh
  if (userIds === undefined) return members.length <= MOST_REFRESHED ? members : []
  if (!Array.isArray(userIds)) return []
  const strangers = userIds.filter((id) => !members.some((user) => user.id === id))
  if (strangers.length > 0) fault(world, 'refresh', `userIds holds ${strangers.join(', ')}: no ids of people in the conversation`)
  return members.filter(({ id }) => userIds.includes(id)).slice(0, MOST_REFRESHED)
}

/** As it stands in an invoke. @param inputs by input id */
export function executeAction({ type, title, id, verb, data }: Wire, inputs: Record<string, string> = {}): Wire {
  const merged = data === undefined || isObject(data) ? { data: { ...data, ...inputs } } : { data }
  const given = Object.entries({ type, title, id, verb }).filter(([, each]) => each !== undefined)
  return { ...Object.fromEntries(given), ...merged }
}
