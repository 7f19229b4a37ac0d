/** Messages in Slack that nobody asked for just now, and the changing of those that are there. */
import { type Address, DeliveryError, type MessageRef, type Messenger } from '../chat/exchange.ts'
import type { ShownPicture } from '../chat/reply.ts'
import { messageOf } from '../shared/errors.ts'
import { remember } from '../shared/remember.ts'
import { platformCode } from './failures.ts'
import type { Pace } from './pace.ts'
import { findPosted, postOnce } from './post.ts'
import { renderReply } from './render/blocks.ts'
import type { Workspaces } from './workspace.ts'

export interface SlackMessenger extends Messenger {
  /** The conversation between the bot and the person. */
  personalPlace(tenant: string, person: string): Promise<string>
  /** A file in a conversation, within the thread. */
  sendFile(tenant: string, to: { channel: string; thread?: string }, file: UploadedFile): Promise<void>
}

export interface UploadedFile {
  name: string
  title: string
  content: Buffer
  /** Of a picture: what it shows. */
  alt?: string
}

export interface MessengerDeps {
  workspaces: Workspaces
  pace: Pace
  log: { warn(facts: object, message: string): void }
}

/** A conversation that was opened stays the same. */
const OPENED_MS = 24 * 60 * 60_000
/** https://docs.slack.dev/reference/methods/files.getUploadURLExternal */
const LONGEST_ALT = 1_000

export function createMessenger(deps: MessengerDeps): SlackMessenger {
  const { workspaces, log } = deps
  const personalPlace = remember(OPENED_MS, async (tenant, person) => {
    const { channel } = await workspaces.call(tenant, 'conversations.open', (client) => client.conversations.open({ users: person }))
    if (channel?.id === undefined) throw new DeliveryError('gone', `conversations.open: no conversation with ${person}`)
    return channel.id
  })
  const where = async (tenant: string, to: Address): Promise<{ channel: string; thread?: string }> =>
    to.kind === 'person'
      ? { channel: await personalPlace(tenant, to.person) }
      : { channel: to.place, ...(to.thread === undefined ? {} : { thread: to.thread }) }

  const sendFile: SlackMessenger['sendFile'] = async (tenant, { channel, thread }, { name, title, content, alt }) => {
    await workspaces.call(tenant, 'files.completeUploadExternal', (client) =>
      client.filesUploadV2({
        channel_id: channel,
        ...(thread === undefined ? {} : { thread_ts: thread }),
        file: content,
        filename: name,
        title,
        ...(alt === undefined ? {} : { alt_text: shortAlt(alt) }),
      } as Parameters<typeof client.filesUploadV2>[0]),
    )
  }
  /** A picture that can't be sent leaves the words, which say the same. */
  const sendPictures = async (tenant: string, message: MessageRef, pictures: readonly ShownPicture[]): Promise<void> => {
    for (const picture of pictures) {
      try {
        const to = { channel: message.place, thread: message.thread ?? message.id }
        await sendFile(tenant, to, { name: picture.file, title: picture.title, content: picture.png(), alt: picture.alt })
      } catch (error) {
        log.warn({ tenant, error: messageOf(error) }, 'a picture could not be sent')
      }
    }
  }

  return {
    personalPlace,
    sendFile,

    async post(tenant, to, reply, key) {
      const { text, blocks, pictures } = renderReply(reply)
      const message = await postOnce(tenant, { ...(await where(tenant, to)), text, blocks, key }, deps)
      await sendPictures(tenant, message, pictures)
      return message
    },

    async update(tenant, { place, id }, reply) {
      const { text, blocks } = renderReply(reply)
      await workspaces.call(tenant, 'chat.update', (client) => client.chat.update({ channel: place, ts: id, text, blocks }))
    },

    async remove(tenant, { place, id }) {
      try {
        await workspaces.call(tenant, 'chat.delete', (client) => client.chat.delete({ channel: place, ts: id }))
      } catch (error) {
        if (!(error instanceof DeliveryError) || platformCode(error.cause) !== 'message_not_found') throw error
      }
    },

    async find(tenant, to, key, since) {
      await deps.pace.look(tenant)
      return findPosted(tenant, { ...(await where(tenant, to)), key }, since, workspaces)
    },

    async linkTo(tenant, { place, id }) {
      const { permalink } = await workspaces.call(tenant, 'chat.getPermalink', (client) => client.chat.getPermalink({ channel: place, message_ts: id }))
      return permalink
    },
  }
}

/** Cut where a sentence ends. */
export function shortAlt(alt: string): string {
  if (alt.length <= LONGEST_ALT) return alt
  const cut = alt.slice(0, LONGEST_ALT - 1)
  const end = Math.max(cut.lastIndexOf('. '), cut.lastIndexOf('; '))
  return end > LONGEST_ALT / 2 ? cut.slice(0, end + 1) : `${cut}…`
}
