/** Somebody takes a file that they were offered, or doesn't. */
import { plainReply } from '../../chat/reply.ts'
import { UserError } from '../../shared/errors.ts'
import { readConsent } from '../files.ts'
import { type ActivityDeps, type Dealing, exchangeIn, usedMessage } from './activity-deps.ts'

export const FILE_CONSENT = 'fileConsent/invoke'

export async function fileConsent(dealing: Dealing, deps: ActivityDeps): Promise<void> {
  const { activity } = dealing
  const { messenger, files } = deps.exchangeParts
  const { tenant, person } = activity.who
  const consent = readConsent(activity.value)
  const asked = usedMessage(activity)
  if (consent === undefined) return
  const exchange = exchangeIn(dealing, {}, deps)
  if (consent.accepted) {
    try {
      await messenger.send(tenant, { kind: 'person', person }, await files.give(tenant, person, consent))
    } catch (error) {
      if (!(error instanceof UserError)) throw error
      await exchange.say(plainReply(error.message))
    }
  } else files.withdraw(consent.file)
  // What asked has been answered.
  if (asked !== undefined) await messenger.remove(tenant, asked)
}
