/** Somebody takes a file that they were offered, or doesn't. */
import { putFile, readConsent } from '../files.ts'
import { type ActivityDeps, type Dealing, exchangeIn, usedMessage } from './activity-deps.ts'

export const FILE_CONSENT = 'fileConsent/invoke'

export async function fileConsent(dealing: Dealing, deps: ActivityDeps): Promise<void> {
  const { activity } = dealing
  const { messenger } = deps.exchangeParts
  const { tenant, person } = activity.who
  const consent = readConsent(activity.value)
  if (consent === undefined) return
  const { accepted, file, upload } = consent
  if (accepted) {
    // Made anew: whoever may not have it any more is told so instead.
    const exchange = exchangeIn(dealing, {}, deps)
    const sendFile: typeof exchange.sendFile = async (made) => void (await messenger.send(tenant, { kind: 'person', person }, await putFile(made, upload)))
    await deps.chat.press({ ...exchange, sendFile }, file)
  }
  // What asked has been answered.
  const asked = usedMessage(activity)
  if (asked !== undefined) await messenger.remove(tenant, asked)
}
