/** Messages in Slack that nobody asked for just now, and the changing of those that are there. */
import { WebAPIRateLimitedError } from '@slack/web-api'
import { type Address, DeliveryError, type MessageRef, type Messenger } from '../chat/exchange.ts'
import type { ShownPicture } from '../chat/reply.ts'
import { messageOf } from '../shared/errors.ts'
import { remember } from '../shared/remember.ts'
import { asDeliveryError, platformCode } from './failures.ts'
import type { Pace } from './pace.ts'
import { findPosted, postOnce } from './post.ts'
import { renderReply } from './render/blocks.ts'
import type { Workspaces } from './workspace.ts'

export interface SlackMessenger extends Messenger {
  /** The conversation between the bot and the person. */
  personalPlace(tenant: string, person: string): Promise<string>
  /** To somebody who has just asked for it: its pictures go before those of all others. */
  answer: Messenger['post']
  /** A file in a conversation, within the thread, that somebody has just asked for. */
  sendFile(tenant: string, to: FileAddress, file: UploadedFile): Promise<void>
}

interface FileAddress {
  channel: string
  thread?: string
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
/** Of a file that Slack refuses since there are too many. */
const ATTEMPTS = 6

export function createMessenger(deps: MessengerDeps): SlackMessenger {
  const { workspaces, pace, log } = deps
  const personalPlace = remember(OPENED_MS, async (tenant, person) => {
    const { channel } = await workspaces.call(tenant, 'conversations.open', (client) => client.conversations.open({ users: person }))
    if (channel?.id === undefined) throw new DeliveryError('gone', `conversations.open: no conversation with ${person}`)
    return channel.id
  })
  const where = async (tenant: string, to: Address): Promise<{ channel: string; thread?: string }> =>
    to.kind === 'person'
      ? { channel: await personalPlace(tenant, to.person) }
      : { channel: to.place, ...(to.thread === undefined ? {} : { thread: to.thread }) }

  const upload = async (tenant: string, to: FileAddress, file: () => UploadedFile, isWaitedFor: boolean): Promise<void> => {
    for (let attempt = 1; ; attempt++) {
      await pace.upload(tenant, isWaitedFor)
      try {
        const client = await workspaces.uploadClient(tenant)
        await client.filesUploadV2(argumentsOf(to, file()) as Parameters<typeof client.filesUploadV2>[0])
        return
      } catch (error) {
        if (!(error instanceof WebAPIRateLimitedError) || attempt === ATTEMPTS) throw asDeliveryError(error, 'files.completeUploadExternal')
        pace.holdUploads(tenant, error.retryAfter * 1000)
      }
    }
  }
  /** A picture that can't be sent leaves the words, which say the same. */
  const sendPictures = async (tenant: string, message: MessageRef, pictures: readonly ShownPicture[], isWaitedFor: boolean): Promise<void> => {
    for (const picture of pictures) {
      try {
        const to = { channel: message.place, thread: message.thread ?? message.id }
        // Drawn when its turn has come.
        await upload(tenant, to, () => ({ name: picture.file, title: picture.title, content: picture.png(), alt: picture.alt }), isWaitedFor)
      } catch (error) {
        log.warn({ tenant, error: messageOf(error) }, 'a picture could not be sent')
      }
    }
  }

  const send =
    (isWaitedFor: boolean): Messenger['post'] =>
    async (tenant, to, reply, key) => {
      const { text, blocks, pictures } = renderReply(reply)
      const message = await postOnce(tenant, { ...(await where(tenant, to)), text, blocks, key }, deps)
      await sendPictures(tenant, message, pictures, isWaitedFor)
      return message
    }

  return {
    personalPlace,
    sendFile: (tenant, to, file) => upload(tenant, to, () => file, true),
    post: send(false),
    answer: send(true),

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
      await pace.look(tenant)
      return findPosted(tenant, { ...(await where(tenant, to)), key }, since, workspaces)
    },

    async linkTo(tenant, { place, id }) {
      const { permalink } = await workspaces.call(tenant, 'chat.getPermalink', (client) => client.chat.getPermalink({ channel: place, message_ts: id }))
      return permalink
    },
  }
}

function argumentsOf({ channel, thread }: FileAddress, { name, title, content, alt }: UploadedFile) {
  return {
    channel_id: channel,
    ...(thread === undefined ? {} : { thread_ts: thread }),
    file: content,
    filename: name,
    title,
    ...(alt === undefined ? {} : { alt_text: shortAlt(alt) }),
  }
}

/** Cut where a sentence ends. */
export function shortAlt(alt: string): string {
  if (alt.length <= LONGEST_ALT) return alt
  const cut = alt.slice(0, LONGEST_ALT - 1)
  const end = Math.max(cut.lastIndexOf('. '), cut.lastIndexOf('; '))
  return end > LONGEST_ALT / 2 ? cut.slice(0, end + 1) : `${cut}…`
}
