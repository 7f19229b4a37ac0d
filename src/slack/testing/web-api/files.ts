/** The upload of files in three steps: an address, the bytes, the sharing. */
import { z } from 'zod'
import { post } from '../messages.ts'
import { changed, type SlackFile, type Wire, type World } from '../world.ts'
import { botMessage } from './chat.ts'
import { authorArgs, authorOf } from './content.ts'
import { ApiError, type Call, json, type Method, method, parentOf, timestamp, whole, wireArray, writableChannel, wrong } from './method.ts'

/** https://docs.slack.dev/reference/methods/files.getUploadURLExternal */
const LONGEST_ALT = 1_000
const scopes = ['files:write']

function wireFile(call: Call, { id, filename, title, length, altText }: SlackFile): Wire {
  const url = `https://files.slack.com/files-pri/${call.workspace.id}-${id}/${filename}`
  const permalink = `https://${call.workspace.domain}.slack.com/files/${call.workspace.bot.user}/${id}/${filename}`
  const alt = altText === undefined ? {} : { alt_txt: altText }
  return { id, name: filename, title: title ?? filename, size: length, mode: 'hosted', user: call.workspace.bot.user, url_private: url, permalink, ...alt }
}

/** @param uploadUrl where the bytes of a file go */
export function fileMethods(uploadUrl: (id: string) => string): Record<string, Method> {
  const getUploadUrl = method({
    scopes,
    tier: 4,
    args: z.strictObject({
      filename: z.string().min(1),
      length: whole.pipe(z.int().min(1)),
      // The documentation says alt_txt, Slack's own client sends alt_text.
      alt_txt: z.string().optional(),
      alt_text: z.string().optional(),
      snippet_type: z.string().optional(),
    }),
    run({ world, workspace }, { filename, length, alt_txt, alt_text }) {
      const altText = alt_txt ?? alt_text
      if ((altText?.length ?? 0) > LONGEST_ALT) throw wrong('alt_txt_too_large', `the description has ${altText?.length} characters, at most ${LONGEST_ALT}`)
      const id = world.ids.next('F')
      workspace.files.set(id, { id, team: workspace.id, filename, length, completed: false, ...(altText === undefined ? {} : { altText }) })
      return { upload_url: uploadUrl(id), file_id: id }
    },
  })
  const complete = method({
    scopes,
    tier: 4,
    args: z.strictObject({
      files: json(z.array(z.strictObject({ id: z.string(), title: z.string().optional(), highlight_type: z.string().optional() })).min(1)),
      channel_id: z.string().optional(),
      thread_ts: timestamp.optional(),
      initial_comment: z.string().optional(),
      blocks: wireArray.optional(),
      ...authorArgs,
    }),
    run(call, { files: named, channel_id: id, thread_ts: thread, initial_comment: comment, ...author }) {
      const { world, workspace } = call
      const channel = id === undefined ? undefined : writableChannel(call, id)
      if (channel !== undefined && thread !== undefined) parentOf(channel, thread)
      const files = named.map(({ id, title }) => {
        const file = workspace.files.get(id)
        if (file?.content === undefined) throw new ApiError('file_not_found', { fault: `file ${id} has no content yet` })
        return Object.assign(file, { completed: true, ...(title === undefined ? {} : { title }), ...(channel === undefined ? {} : { channel: channel.id }) })
      })
      const wired = files.map((file) => wireFile(call, file))
      if (channel !== undefined) {
        const where = thread === undefined ? {} : { thread_ts: thread }
        post(world, workspace, channel, { ...botMessage(call), ...authorOf(call, author), subtype: 'file_share', text: comment ?? '', files: wired, ...where })
      }
      changed(world)
      return { files: wired }
    },
  })
  return { 'files.getUploadURLExternal': getUploadUrl, 'files.completeUploadExternal': complete }
}

/** What was posted to an upload address. @returns what is wrong with it */
export function receiveUpload(world: World, id: string, content: Buffer): string | undefined {
  const file = [...world.workspaces.values()].map(({ files }) => files.get(id)).find((each) => each !== undefined)
  if (file === undefined) return `no upload ${id} was asked for`
  if (content.length !== file.length) return `${id} was announced with ${file.length} bytes and has ${content.length}`
  file.content = content
  return undefined
}
