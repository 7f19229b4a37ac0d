/** Each activity to what it is for. */
import { bodyOf, type InvokeAnswer, taskOf } from '../invoke-answer.ts'
import type { ActivityDeps, Dealing } from './activity-deps.ts'
import { askAboutThis, FETCH_TASK } from './ask-about-this.ts'
import { FEEDBACK, feedback } from './feedback.ts'
import { FILE_CONSENT, fileConsent } from './file-consent.ts'
import { conversationUpdate, installationUpdate, isGoodbye } from './membership.ts'
import { message } from './message.ts'
import { press } from './press.ts'

type Handler = (dealing: Dealing, deps: ActivityDeps) => Promise<void>

const EXECUTE = 'adaptiveCard/action'
const EVENTS: Readonly<Record<string, Handler>> = { message, conversationUpdate, installationUpdate }
const INVOKES: Readonly<Record<string, Handler>> = { [EXECUTE]: press, [FEEDBACK]: feedback, [FILE_CONSENT]: fileConsent, [FETCH_TASK]: askAboutThis }
/** Somebody waits for these, and sees the answer; of the others Teams only wants to know that they arrived. */
const AWAITED: Readonly<Record<string, (answer: InvokeAnswer) => unknown>> = { [EXECUTE]: bodyOf, [FETCH_TASK]: taskOf }

/** Whether anything follows from it: the rest is not written down. */
export function isDealtWith({ type, name = '', isFromBot }: Dealing['activity']): boolean {
  return type === 'invoke' ? Object.hasOwn(INVOKES, name) : Object.hasOwn(EVENTS, type) && !(isFromBot && type === 'message')
}

/** How an answer is put into words that Teams shows; undefined where nobody waits for one. */
export function awaitedAs({ type, name = '' }: Dealing['activity']): ((answer: InvokeAnswer) => unknown) | undefined {
  return type === 'invoke' && Object.hasOwn(AWAITED, name) ? AWAITED[name] : undefined
}

/** Messages have that menu also where the bot is not, and may not speak. */
function isFromWhereItIs(activity: Dealing['activity']): boolean {
  return !isGoodbye(activity) && activity.name !== FETCH_TASK
}

/** @throws DeliveryError when it is to be tried again */
export async function dealWithActivity(dealing: Dealing, deps: ActivityDeps): Promise<void> {
  const { activity } = dealing
  const handlers = activity.type === 'invoke' ? INVOKES : EVENTS
  const handler = handlers[activity.type === 'invoke' ? (activity.name ?? '') : activity.type]
  if (handler === undefined) return
  if (isFromWhereItIs(activity)) await deps.conversations.heard(activity)
  await handler(dealing, deps)
}
