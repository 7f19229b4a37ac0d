/** Pictures that people put into their messages; the app fetches them with its token. Teams takes no uploads this way. */
import type { Attachment } from '../world.ts'
import { type Call, type Done, wrong } from './refusal.ts'

export function attachmentInfo(call: Call): Done {
  const { name, type, content } = named(call)
  return { status: 200, body: { name, type, views: [{ viewId: 'original', size: content.length }] } }
}

export function attachmentView(call: Call): Done {
  const { type, content } = named(call)
  if (call.ids[1] !== 'original') throw wrong(404, 'BadArgument', `attachments have no view ${call.ids[1]}`)
  return { status: 200, body: content, type }
}

function named({ world, ids }: Call): Attachment {
  const found = world.attachments.get(ids[0] ?? '')
  if (found === undefined) throw wrong(404, 'BadArgument', `there is no attachment ${ids[0]}`)
  return found
}
