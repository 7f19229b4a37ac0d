/** Checks what a round is started with: whoever starts one learns at once what would keep it from giving results. */
import { UserError } from '../shared/errors.ts'
import type { Disclosure } from './disclosure.ts'
import type { Person } from './records.ts'

/** Two could tell each other's answer from their own. */
export const LEAST_SHOWN_FROM = 2
export const DEFAULT_SHOWN_FROM = 3
const LONGEST_NAME = 200
const LONGEST_DAYS = 366
const DAY_MS = 24 * 60 * 60 * 1000

/** @throws UserError */
export function checkName(name: string): string {
  const trimmed = name.trim()
  if (trimmed === '') throw new UserError('a round needs a name, for example "Autumn check": give one')
  if (trimmed.length > LONGEST_NAME) throw new UserError(`the name of a round has at most ${LONGEST_NAME} characters: shorten it`)
  return trimmed
}

/** @returns the time in UTC @throws UserError */
export function checkDeadline(deadline: string, now: Date): string {
  const time = new Date(deadline)
  if (Number.isNaN(time.getTime())) throw new UserError(`"${deadline.slice(0, 40)}" is not a time: write the deadline as 2026-12-24T17:00:00Z`)
  if (time <= now) throw new UserError(`the deadline ${time.toISOString()} has passed: choose one in the future`)
  if (time.getTime() > now.getTime() + LONGEST_DAYS * DAY_MS) throw new UserError('the deadline is more than a year away: choose an earlier one')
  return time.toISOString()
}

/** @throws UserError */
export function checkShownFrom(shownFrom: number = DEFAULT_SHOWN_FROM): number {
  if (Number.isInteger(shownFrom) && shownFrom >= LEAST_SHOWN_FROM) return shownFrom
  throw new UserError(`figures of a confidential round can be shown from ${LEAST_SHOWN_FROM} answers on at the earliest: choose that or more`)
}

/** @param wanted all members where nobody is named @throws UserError */
export function checkInvited(wanted: readonly string[] | undefined, members: readonly Person[]): string[] {
  const ids = members.map(({ id }) => id)
  const invited = [...new Set(wanted ?? ids)]
  const strangers = invited.filter((person) => !ids.includes(person))
  if (strangers.length > 0) throw new UserError(`only members of the team can be invited: add ${strangers.join(', ')} to the team first`)
  if (invited.length === 0) throw new UserError('nobody is invited: add members to the team first')
  return invited
}

/** @throws UserError when so few are asked that nothing could be shown in the end */
export function checkEnough(invited: readonly string[], { confidential, shownFrom }: Disclosure): void {
  if (!confidential || invited.length >= shownFrom) return
  throw new UserError(
    `a confidential round shows figures from ${shownFrom} answers on, and only ${invited.length} ${invited.length === 1 ? 'is' : 'are'} invited: invite more people, or make the round a named one`,
  )
}
