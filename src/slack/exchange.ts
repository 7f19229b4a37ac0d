/** What somebody did in Slack, and Slack's ways to answer it. */
import type { RespondArguments, RespondFn } from '@slack/bolt'
import type { WebClient } from '@slack/web-api'
import type { OutboxStore } from '../chat/chat-store.ts'
import { type Address, DeliveryError, type Exchange, type MessageRef, type Place, type PlatformWays, type Who } from '../chat/exchange.ts'
import type { Form, Reply } from '../chat/reply.ts'
import { plainReply } from '../chat/reply.ts'
import { messageOf } from '../shared/errors.ts'
import { platformCode } from './failures.ts'
import type { SlackMessenger } from './messenger.ts'
import { findStream } from './post.ts'
import { renderReply } from './render/blocks.ts'
import { renderForm } from './render/form.ts'
import { openStream } from './stream.ts'
import type { Streams } from './streams.ts'
import type { Workspaces } from './workspace.ts'

export interface Happening {
  who: Who
  place: Place
  key: string
  attempts: number
  /** When Slack sent it. */
  receivedAt: string
  /** Opens a dialog within three seconds. */
  trigger?: string
  /** Of a command or a press: answers without being in the channel, five times within half an hour. */
  respond?: RespondFn
  /** The message that was pressed; one that only the person sees can be changed by `respond` alone. */
  pressed?: MessageRef & { ephemeral: boolean }
  /** It was pressed inside a dialog, or on the App Home. */
  inView?: { id: string; type: 'modal' | 'home' }
  /** Outside direct messages a stream has to say for whom it is. */
  recipientTeam: string
}

export interface ExchangeParts {
  workspaces: Workspaces
  messenger: SlackMessenger
  outbox: OutboxStore
  streams: Streams
  now(): Date
  log: { info(facts: object, message: string): void; warn(facts: object, message: string): void }
}

/** https://docs.slack.dev/interactivity/handling-user-interaction#message_responses */
const RESPONSES = 5
const RESPOND_MS = 29 * 60_000
const WAYS: PlatformWays = {
  command: '/maturity ',
  alone: 'your direct messages',
  toBeWrittenTo: 'Allow direct messages from this app',
  everybody: 'this workspace',
  hasDialogs: true,
}
const LATE = 'That took too long for Slack to open a dialog: press once more.'

export function createExchange(happening: Happening, parts: ExchangeParts): Exchange {
  const { who, place, key, attempts, pressed, respond } = happening
  const { workspaces, messenger, outbox, streams, now, log } = parts
  const { tenant, person } = who
  const message =
    pressed === undefined ? undefined : { place: pressed.place, id: pressed.id, ...(pressed.thread === undefined ? {} : { thread: pressed.thread }) }
  let responses = 0
  let said = 0
  let ownPlace: Promise<string> | undefined

  const nextKey = () => `${key}:${++said}`
  const canRespond = () => respond !== undefined && responses < RESPONSES && now().getTime() - Date.parse(happening.receivedAt) < RESPOND_MS
  const answerBy = async (message: RespondArguments): Promise<boolean> => {
    if (respond === undefined || !canRespond()) return false
    responses++
    try {
      await respond(message)
      return true
    } catch (error) {
      // An address that is used up, or that Slack no longer knows.
      log.info({ tenant, error: messageOf(error) }, 'a response address was refused')
      return false
    }
  }
  const personal = () => {
    ownPlace ??= messenger.personalPlace(tenant, person)
    return ownPlace
  }
  /** On the App Home there is no place to speak in but the person's own. */
  const here: Address =
    place.id === '' ? { kind: 'person', person } : { kind: 'place', place: place.id, ...(place.thread === undefined ? {} : { thread: place.thread }) }

  /** Once, also where an earlier attempt at the same event came that far. */
  const sayOnce = async (reply: Reply, messageKey = nextKey()): Promise<MessageRef> => {
    const before = attempts === 0 ? undefined : await outbox.delivery(tenant, messageKey)
    if (before?.message !== undefined) return before.message
    const there = attempts === 0 ? undefined : await messenger.find(tenant, here, messageKey, happening.receivedAt)
    const message = there ?? (await messenger.answer(tenant, here, reply, messageKey))
    await outbox.noteSent(tenant, messageKey, message, now().toISOString())
    return message
  }
  const say = (reply: Reply) => sayOnce(reply)

  const whisper = async (reply: Reply): Promise<void> => {
    if (place.kind === 'personal') return void (await say(reply))
    const { text, blocks, pictures } = renderReply(reply)
    const thread = place.thread === undefined ? {} : { thread_ts: place.thread }
    const answered = await answerBy({ response_type: 'ephemeral', replace_original: false, text, blocks, ...thread })
    if (!answered) await postEphemeral(reply)
    // A message for one person alone can't hold a file.
    if (pictures.length > 0) {
      const channel = await personal()
      for (const picture of pictures)
        await messenger.sendFile(tenant, { channel }, { name: picture.file, title: picture.title, content: picture.png(), alt: picture.alt })
    }
  }
  const postEphemeral = async (reply: Reply): Promise<void> => {
    const { text, blocks } = renderReply(reply)
    const thread = place.thread === undefined ? {} : { thread_ts: place.thread }
    try {
      await workspaces.call(tenant, 'chat.postEphemeral', (client) => client.chat.postEphemeral({ channel: place.id, user: person, text, blocks, ...thread }))
    } catch (error) {
      if (!(error instanceof DeliveryError) || error.kind !== 'gone') throw error
      // The bot is not in the channel; the person can be reached all the same.
      await messenger.answer(tenant, { kind: 'person', person }, reply, nextKey())
    }
  }

  const replace = async (reply: Reply): Promise<void> => {
    if (pressed === undefined) return whisper(reply)
    if (!pressed.ephemeral) {
      try {
        return await messenger.update(tenant, pressed, reply)
      } catch (error) {
        if (!(error instanceof DeliveryError) || error.kind !== 'gone') throw error
        return whisper(reply)
      }
    }
    const { text, blocks } = renderReply(reply)
    if (!(await answerBy({ replace_original: true, text, blocks }))) await whisper(reply)
  }

  const open = async (form: Form): Promise<void> => {
    const view = renderForm(form, { place, ...(message === undefined || pressed?.ephemeral === true ? {} : { pressed: message }) })
    try {
      await workspaces.call(tenant, 'views.open', (client: WebClient) => {
        const trigger_id = happening.trigger ?? ''
        return happening.inView?.type === 'modal' ? client.views.push({ trigger_id, view }) : client.views.open({ trigger_id, view })
      })
    } catch (error) {
      if (!isLate(error)) throw error
      await whisper(plainReply(LATE))
    }
  }

  return {
    platform: 'slack',
    ways: WAYS,
    who,
    place,
    key,
    ...(pressed === undefined
      ? {}
      : { pressed: { place: pressed.place, id: pressed.id, ...(pressed.thread === undefined ? {} : { thread: pressed.thread }) } }),
    whisper,
    say,
    replace,
    open,

    async working(status) {
      if (place.thread === undefined) return
      const { id, thread } = place
      try {
        const client = await workspaces.onceClient(tenant)
        await client.assistant.threads.setStatus({ channel_id: id, thread_ts: thread, status })
      } catch (error) {
        // Only a courtesy: nobody waits longer for an answer because of it, and a workspace without the agent feature has no place for it.
        log.info({ tenant, error: messageOf(error) }, 'the status was not shown')
      }
    },

    stream() {
      const messageKey = nextKey()
      const { id: channel, thread } = place
      const orphan = async () =>
        thread === undefined ? undefined : findStream(tenant, { channel, thread }, { since: happening.receivedAt, others: streams.messages() }, workspaces)
      const stream = openStream(
        {
          tenant,
          channel,
          thread,
          recipient: { team: happening.recipientTeam, user: person },
          key: messageKey,
          always: place.kind === 'personal',
          post: (reply) => sayOnce(reply, messageKey),
          update: (message, reply) => messenger.update(tenant, message, reply),
          started: (message) => outbox.noteSent(tenant, messageKey, message, now().toISOString()),
          // The process that began to stream may be gone: its message gets the whole answer.
          before: attempts === 0 ? undefined : async () => (await outbox.delivery(tenant, messageKey))?.message,
          orphan,
        },
        workspaces,
      )
      return streams.watch({ tenant, channel, thread: thread ?? '' }, stream)
    },

    async sendFile({ name, title, content }) {
      const bytes = content()
      await messenger.sendFile(tenant, { channel: await personal() }, { name, title, content: typeof bytes === 'string' ? Buffer.from(bytes) : bytes })
    },
  }
}

function isLate(error: unknown): boolean {
  const code = platformCode(error instanceof DeliveryError ? error.cause : error)
  return code === 'expired_trigger_id' || code === 'exchanged_trigger_id' || code === 'invalid_trigger_id'
}
