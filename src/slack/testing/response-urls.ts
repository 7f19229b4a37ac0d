/** Addresses that an app may answer an interaction at: five times in half an hour, also where it is no member. */
import { z } from 'zod'
import { change, post, remove } from './messages.ts'
import { contentArgs, contentOf, metadataArg, metadataOf } from './web-api/content.ts'
import { ApiError, flag, wrong } from './web-api/method.ts'
import { changed, type EphemeralMessage, fault, findMessage, type SlackChannel, type Wire, type Workspace, type World } from './world.ts'

const MOST_USES = 5

export interface ResponseTarget {
  workspace: Workspace
  channel: SlackChannel
  user: string
  /** What was pressed. */
  original?: { ts: string; ephemeral: boolean }
}

export interface ResponseUrls {
  create(target: ResponseTarget): string
  /** What the app posted to such an address. */
  receive(id: string, body: unknown): { status: number; body: unknown }
  /** The same, as an answer to a slash command that comes with its acknowledgement. */
  answer(target: ResponseTarget, body: Wire): void
}

const responseSchema = z.strictObject({
  ...contentArgs,
  ...metadataArg,
  response_type: z.enum(['ephemeral', 'in_channel']).optional(),
  replace_original: flag.optional(),
  delete_original: flag.optional(),
  thread_ts: z.string().optional(),
  unfurl_links: flag.optional(),
  unfurl_media: flag.optional(),
  mrkdwn: flag.optional(),
})

export function createResponseUrls(world: World, baseUrl: () => string): ResponseUrls {
  const targets = new Map<string, ResponseTarget & { uses: number; expiresAt: number }>()

  function apply(target: ResponseTarget, body: unknown): void {
    const read = responseSchema.safeParse(body)
    if (!read.success) throw wrong('invalid_arguments', z.prettifyError(read.error).replaceAll('\n', ' '))
    const { replace_original: replace, delete_original: deletes } = read.data
    if ((replace === true || deletes === true) && target.original === undefined) throw wrong('invalid_arguments', 'there is no original message')
    if (deletes === true) return void removeOriginal(target)
    const call = {
      world,
      workspace: target.workspace,
      method: 'response_url',
      token: { token: '', kind: 'bot', scopes: new Set<string>(), revoked: false },
    } as const
    const content = contentOf(call, read.data)
    if (replace === true && target.original !== undefined) return void replaceOriginal(target, target.original, content)
    publish(target, content, read.data)
  }

  function publish(
    { workspace, channel, user }: ResponseTarget,
    content: ReturnType<typeof contentOf>,
    { response_type: type = 'ephemeral', thread_ts: thread, metadata }: z.infer<typeof responseSchema>,
  ): void {
    const where = thread === undefined ? {} : { thread_ts: thread }
    const given = metadataOf(metadata)
    if (type === 'in_channel') {
      post(world, workspace, channel, {
        user: workspace.bot.user,
        bot_id: workspace.bot.id,
        ...content,
        ...where,
        ...(given === undefined ? {} : { metadata: given }),
      })
      return
    }
    workspace.ephemerals.push({ channel: channel.id, user, ts: world.ids.ts(), ...content, ...where })
    changed(world)
  }

  function replaceOriginal(
    { workspace, channel }: ResponseTarget,
    { ts, ephemeral }: { ts: string; ephemeral: boolean },
    content: Partial<EphemeralMessage>,
  ): void {
    const shown = ephemeral ? workspace.ephemerals.find((each) => each.ts === ts) : findMessage(channel, ts)
    if (shown === undefined) throw new ApiError('message_not_found')
    if (content.blocks === undefined) delete shown.blocks
    if (ephemeral) {
      Object.assign(shown, content)
      changed(world)
    } else change(world, workspace, channel, shown as Parameters<typeof change>[3], content)
  }

  function removeOriginal({ workspace, channel, original }: ResponseTarget): void {
    const index = workspace.ephemerals.findIndex(({ ts }) => ts === original?.ts)
    const message = original === undefined ? undefined : findMessage(channel, original.ts)
    if (index >= 0) workspace.ephemerals.splice(index, 1)
    else if (message !== undefined) remove(world, workspace, channel, message)
    changed(world)
  }

  return {
    create(target) {
      const id = world.ids.next('response-').toLowerCase()
      targets.set(id, { ...target, uses: 0, expiresAt: Date.now() + world.times.responseUrlMs })
      return `${baseUrl()}/actions/${target.workspace.id}/${id}`
    },
    receive(id, body) {
      const refuse = (error: string, why: string) => {
        fault(world, 'response_url', why)
        return { status: 404, body: { ok: false, error } }
      }
      const target = targets.get(id)
      if (target === undefined) return refuse('invalid_url', `there is no response_url ${id}`)
      if (Date.now() > target.expiresAt) return refuse('expired_url', 'the response_url has expired')
      if (target.uses >= MOST_USES) return refuse('used_url', `the response_url was used ${MOST_USES} times before`)
      target.uses++
      try {
        apply(target, body)
        return { status: 200, body: { ok: true } }
      } catch (error) {
        if (!(error instanceof ApiError)) throw error
        if (error.fault !== undefined) fault(world, 'response_url', `${error.code}: ${error.fault}`)
        return { status: error.code === 'message_not_found' ? 404 : 400, body: { ok: false, error: error.code, ...error.fields } }
      }
    },
    answer(target, body) {
      try {
        apply(target, body)
      } catch (error) {
        if (!(error instanceof ApiError)) throw error
        fault(world, 'acknowledgement', `${error.code}: ${error.fault ?? ''}`)
      }
    },
  }
}
