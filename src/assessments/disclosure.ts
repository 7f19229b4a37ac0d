/** How much of what people answered may be shown, and how that is said to them before they answer. */
import type { Round } from './records.ts'

export type Disclosure = Pick<Round, 'confidential' | 'shownFrom'>

/** Somebody who assesses alone has nothing to hide behind. */
export const OPENLY: Disclosure = { confidential: false, shownFrom: 1 }

/** Whether figures that rest on so many answers must not be shown. */
export function hides({ confidential, shownFrom }: Disclosure, answers: number): boolean {
  return confidential && answers < shownFrom
}

/** Promises no more than is kept: whose answers they are is stored, so that people can be reminded and can change them. */
export function privacyNotice({ confidential, shownFrom }: Disclosure): string {
  return confidential
    ? `Confidential: nobody is shown who answered what, and a section's figures appear from ${shownFrom} answers on, after the round has closed. Cairn stores who has answered, for reminders, and whose answers they are, so that they can be changed.`
    : 'Named: nobody sees an answer until the round has closed; then everybody who sees its results sees who answered what.'
}
