/** What somebody could say next, as buttons beneath a message of a personal chat: they are gone once something is said. */
import type { Prompt } from '../../chat/reply.ts'
import { oneLine, unparsed } from './escape.ts'

export interface SuggestedActions {
  /** Whom they are shown to. */
  to: string[]
  actions: { type: 'imBack'; title: string; value: string }[]
}

/** Teams shows no more. */
const MOST = 3

/** @param account Teams' own id of the person */
export function suggestedActions(prompts: readonly Prompt[], account: string): SuggestedActions | undefined {
  const actions = prompts.slice(0, MOST).map(({ title, message }) => ({ type: 'imBack' as const, title: unparsed(oneLine(title)), value: oneLine(message) }))
  return actions.length === 0 ? undefined : { to: [account], actions }
}
