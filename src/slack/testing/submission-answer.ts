/** What an app says to a submitted view: nothing, errors, another view. */
import { z } from 'zod'
import { ApiError } from './web-api/method.ts'
import { changeView, openView } from './web-api/views.ts'
import { changed, fault, type SlackView, type Wire, type Workspace, type World } from './world.ts'

const view = z.record(z.string(), z.unknown())
const answerSchema = z.discriminatedUnion('response_action', [
  z.strictObject({ response_action: z.literal('errors'), errors: z.record(z.string(), z.string()) }),
  z.strictObject({ response_action: z.literal('update'), view }),
  z.strictObject({ response_action: z.literal('push'), view }),
  z.strictObject({ response_action: z.literal('clear') }),
])

export function applySubmissionAnswer(call: { world: World; workspace: Workspace }, submitted: SlackView, response: Wire): { errors?: Record<string, string> } {
  const { world, workspace } = call
  const { user } = submitted
  const modals = workspace.modals.get(user) ?? []
  if (Object.keys(response).length === 0) {
    workspace.modals.set(
      user,
      modals.filter(({ id }) => id !== submitted.id),
    )
    changed(world)
    return {}
  }
  const read = answerSchema.safeParse(response)
  if (!read.success) {
    fault(world, 'view_submission', z.prettifyError(read.error))
    return {}
  }
  const answer = read.data
  try {
    if (answer.response_action === 'errors') return { errors: checkedErrors(world, submitted, answer.errors) }
    if (answer.response_action === 'update') changeView(call, submitted, answer.view)
    if (answer.response_action === 'push') openView(call, user, answer.view, true)
    if (answer.response_action === 'clear') workspace.modals.set(user, [])
  } catch (error) {
    if (!(error instanceof ApiError)) throw error
    fault(world, 'view_submission', error.fault ?? error.code)
  }
  changed(world)
  return {}
}

/** Errors can only stand at fields. */
function checkedErrors(world: World, { blocks }: SlackView, errors: Record<string, string>): Record<string, string> {
  const fields = new Set(blocks.filter(({ type }) => type === 'input').map(({ block_id }) => block_id))
  for (const id of Object.keys(errors)) if (!fields.has(id)) fault(world, 'view_submission', `errors at ${id}, which is no input block of the view`)
  return errors
}
