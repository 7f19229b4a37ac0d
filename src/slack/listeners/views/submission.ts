/** A dialog is handed in: it closes, or says what is wrong in it. https://docs.slack.dev/surfaces/modals#handling_submissions */
import type { App } from '@slack/bolt'
import { FORM, readTarget, readValues } from '../../render/form.ts'
import { exchangeIn, isHome, type ListenerDeps, whoIn } from '../listener-deps.ts'
import { publishHome } from '../publish-home.ts'

export function submission(app: App, deps: ListenerDeps): void {
  app.view({ callback_id: FORM, type: 'view_submission' }, async ({ ack, body, view, context }) => {
    const target = readTarget(view.private_metadata)
    // What can be read but not handed in, or comes from elsewhere.
    if (target === undefined) return ack()
    const { on, with: args, place, pressed } = target
    const submitted = { on, with: args, values: readValues(view.state.values) }
    const who = whoIn(context, body.user.id)
    // Where it can't be checked, handing it in says why.
    const errors = await deps.chat.checkForm(who, submitted).catch(() => undefined)
    if (errors !== undefined) return ack({ response_action: 'errors', errors: { ...errors } })
    // Also those that it was opened over.
    await ack({ response_action: 'clear' })
    const from = pressed === undefined ? {} : { pressed: { ...pressed, ephemeral: false } }
    await deps.chat.submit(exchangeIn(context, { person: who.person, place, ...from }, deps), submitted)
    if (isHome(place)) await publishHome(who, deps)
  })
}
