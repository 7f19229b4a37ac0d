/** Each activity to what it is for. */
import type { ActivityDeps, Dealing } from './activity-deps.ts'
import { FEEDBACK, feedback } from './feedback.ts'
import { FILE_CONSENT, fileConsent } from './file-consent.ts'
import { conversationUpdate, installationUpdate, isGoodbye } from './membership.ts'
import { message } from './message.ts'
import { press } from './press.ts'

type Handler = (dealing: Dealing, deps: ActivityDeps) => Promise<void>

const EXECUTE = 'adaptiveCard/action'
const EVENTS: Readonly<Record<string, Handler>> = { message, conversationUpdate, installationUpdate }
const INVOKES: Readonly<Record<string, Handler>> = { [EXECUTE]: press, [FEEDBACK]: feedback, [FILE_CONSENT]: fileConsent }

/** Whether anything follows from it: the rest is not written down. */
export function isDealtWith({ type, name = '', isFromBot }: Dealing['activity']): boolean {
  return type === 'invoke' ? Object.hasOwn(INVOKES, name) : Object.hasOwn(EVENTS, type) && !(isFromBot && type === 'message')
}

/** A press waits for an answer that the person sees; of the other invokes Teams only wants to know that they arrived. */
export function isPress({ type, name }: Dealing['activity']): boolean {
  return type === 'invoke' && name === EXECUTE
}

/** @throws DeliveryError when it is to be tried again */
export async function dealWithActivity(dealing: Dealing, deps: ActivityDeps): Promise<void> {
  const { activity } = dealing
  const handlers = activity.type === 'invoke' ? INVOKES : EVENTS
  const handler = handlers[activity.type === 'invoke' ? (activity.name ?? '') : activity.type]
  if (handler === undefined) return
  if (!isGoodbye(activity)) await deps.conversations.heard(activity)
  await handler(dealing, deps)
}
