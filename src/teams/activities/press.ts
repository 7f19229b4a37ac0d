/** Whatever is pressed or handed in, wherever it stands. */

import { plainReply } from '../../chat/reply.ts'
import { UserError } from '../../shared/errors.ts'
import { type FilledForm, readSubmission } from '../render/form-values.ts'
import { readPress } from '../render/read-press.ts'
import { type ActivityDeps, type Dealing, exchangeIn, usedMessage } from './activity-deps.ts'

const OLD_FORM = 'This form is from an older message. Open it once more.'
const HANDED_IN = 'Done.'

export async function press(dealing: Dealing, deps: ActivityDeps): Promise<void> {
  const { activity } = dealing
  const filled = readSubmission(activity.value)
  if (filled !== undefined) return submit(dealing, filled, deps)
  const pressed = usedMessage(activity)
  await deps.chat.press(exchangeIn(dealing, pressed === undefined ? {} : { pressed }, deps), readPress(activity.value))
}

async function submit(dealing: Dealing, { place, pressed, ...submission }: FilledForm, deps: ActivityDeps): Promise<void> {
  const { activity } = dealing
  const { who } = activity
  const form = activity.place.kind === 'personal' ? usedMessage(activity) : undefined
  const opened = await isTheirs(activity, place, deps)
  if (!opened || (pressed !== undefined && pressed.place !== place.id)) {
    const exchange = exchangeIn(dealing, {}, deps)
    return exchange.whisper(plainReply(OLD_FORM))
  }
  const errors = await errorsOf()
  if (errors !== undefined) {
    // The card stays as it is filled in.
    const exchange = exchangeIn(dealing, {}, deps)
    return exchange.whisper(plainReply(...errors))
  }
  const exchange = exchangeIn(dealing, { place, ...(pressed === undefined ? {} : { pressed }), ...(form === undefined ? {} : { form }) }, deps)
  await deps.chat.submit(exchange, submission)
  await exchange.closeForm(plainReply(HANDED_IN))

  async function errorsOf(): Promise<readonly string[] | undefined> {
    try {
      const wrong = await deps.chat.checkForm(who, submission)
      return wrong === undefined ? undefined : Object.values(wrong)
    } catch (error) {
      if (error instanceof UserError) return [error.message]
      throw error
    }
  }
}

/** Where a form was opened comes back from the person's client: it is believed for conversations that they are in. */
async function isTheirs(
  { who: { tenant, person }, place: at }: Dealing['activity'],
  place: FilledForm['place'],
  { exchangeParts: { directory } }: ActivityDeps,
): Promise<boolean> {
  if (place.id === at.id) return place.kind === at.kind
  if (place.kind === 'personal') return false
  return (await directory.members(tenant, place.id)).includes(person)
}
