/** The one answer that a press gets while the person waits for it: a card in the place of what was pressed, or a line for them alone. */
import { attachmentOf } from './render/activities.ts'
import { type AdaptiveCard, cardOf } from './render/card.ts'
import { wordsElement } from './render/inline.ts'

export type InvokeAnswer = { kind: 'card'; card: AdaptiveCard } | { kind: 'notice'; text: string }

export interface AnswerSlot {
  /** @returns false when there was an answer already, or nobody waits for one any more */
  offer(answer: InvokeAnswer): boolean
  isOpen(): boolean
}

export interface WaitedFor extends AnswerSlot {
  /** As soon as there is one; at the latest when the work is done or time is up, then what is said instead. */
  within(work: Promise<void>, ms: number): Promise<InvokeAnswer>
}

/** Where nobody waits. */
export const NOBODY_WAITS: AnswerSlot = { offer: () => false, isOpen: () => false }

const DONE: InvokeAnswer = { kind: 'notice', text: 'Done.' }
const STILL: InvokeAnswer = { kind: 'notice', text: 'Still working on it. What comes of it follows.' }

export function createAnswerSlot(): WaitedFor {
  const { promise, resolve } = Promise.withResolvers<InvokeAnswer>()
  let isOpen = true
  const settle = (answer: InvokeAnswer): boolean => {
    const isTaken = isOpen
    isOpen = false
    resolve(answer)
    return isTaken
  }
  return {
    offer: settle,
    isOpen: () => isOpen,
    within(work, ms) {
      const timer = setTimeout(() => settle(STILL), ms)
      void work.finally(() => settle(DONE))
      return promise.finally(() => clearTimeout(timer))
    },
  }
}

/** https://learn.microsoft.com/microsoftteams/platform/task-modules-and-cards/cards/universal-actions-for-adaptive-cards/work-with-universal-actions-for-adaptive-cards */
export function bodyOf(answer: InvokeAnswer): { statusCode: 200; type: string; value: unknown } {
  return answer.kind === 'card'
    ? { statusCode: 200, type: 'application/vnd.microsoft.card.adaptive', value: answer.card }
    : { statusCode: 200, type: 'application/vnd.microsoft.activity.message', value: answer.text }
}

/**
 * A small window with it, as a card: a window of mere text, which the protocol has too, Microsoft's own local client doesn't open.
 * https://learn.microsoft.com/microsoftteams/platform/messaging-extensions/how-to/action-commands/create-task-module
 */
export function taskOf(answer: InvokeAnswer): { task: { type: 'continue'; value: Readonly<Record<string, unknown>> } } {
  const card = answer.kind === 'card' ? answer.card : cardOf([wordsElement(answer.text)], answer.text, [])
  return { task: { type: 'continue', value: { title: 'Cairn', width: 'small', height: 'small', card: attachmentOf(card) } } }
}
