/** What somebody did in Teams, and Teams' ways to answer it. */
import type { OutboxStore } from '../chat/chat-store.ts'
import { type Address, DeliveryError, type Exchange, type MessageRef, type Place, type Who } from '../chat/exchange.ts'
import { type Form, plainReply, type Reply } from '../chat/reply.ts'
import { messageOf } from '../shared/errors.ts'
import { noteAnswer } from './answers-shown.ts'
import type { TeamsDirectory } from './directory.ts'
import { isDoubtful } from './failures.ts'
import { consentMessage } from './files.ts'
import type { AnswerSlot } from './invoke-answer.ts'
import { cardMessage, type Outgoing, type TeamsMessenger } from './messenger.ts'
import { withNames } from './names.ts'
import { shortPlainText } from './plain-text.ts'
import { renderForm } from './render/form.ts'
import { openStream, withoutStream } from './stream.ts'
import type { Streams } from './streams.ts'
import { WAYS } from './ways.ts'

export interface Happening {
  who: Who
  place: Place
  key: string
  attempts: number
  /** Of a press: answers while the person waits. */
  slot: AnswerSlot
  /** The message that was pressed, or whose button opened the form that is handed in. */
  pressed?: MessageRef
  /** The form that is handed in: what is said to the person takes its place. */
  form?: MessageRef
}

export interface ExchangeParts {
  messenger: TeamsMessenger
  directory: TeamsDirectory
  outbox: OutboxStore
  streams: Streams
  now(): Date
  log: { info(facts: object, message: string): void; warn(facts: object, message: string): void }
}

export interface TeamsExchange extends Exchange {
  /** Whether something was said to the person alone and nothing where they spoke. */
  wasSilent(): boolean
  /** Puts that in the place of the form that was handed in, unless something else stands there by now. */
  closeForm(reply: Reply): Promise<void>
}

const IN_OUR_CHAT = 'I wrote to you in our chat.'
const FORM_IN_OUR_CHAT = 'There is a form for you in our chat.'
export const UNREACHABLE = `I can’t write to you alone yet. ${WAYS.toBeWrittenTo}, and try again.`
const BROKEN = 'The connection broke while I answered. If you don’t see the answer, write the same once more.'
/** What a message is called that is there, or not, without anybody having said so. */
const UNKNOWN = 'unknown'
const SMALL = 100

export function createExchange(happening: Happening, parts: ExchangeParts): TeamsExchange {
  const { who, place, key, attempts, slot, pressed, form } = happening
  const { messenger, directory, outbox, streams, now, log } = parts
  const { tenant, person } = who
  const isPersonal = place.kind === 'personal'
  const here: Address = { kind: 'place', place: place.id, ...(place.thread === undefined ? {} : { thread: place.thread }) }
  let said = 0
  let isAloud = false
  let isPrivate = false
  let formIsOpen = form !== undefined

  const nextKey = () => `${key}:${++said}`
  const note = (messageKey: string, message: MessageRef) => outbox.noteSent(tenant, messageKey, message, now().toISOString())

  /** Once, also where an earlier attempt at the same event came that far. */
  const once = async (to: Address, send: (to: Address) => Promise<MessageRef>, messageKey = nextKey()): Promise<MessageRef> => {
    const before = attempts === 0 ? undefined : await outbox.delivery(tenant, messageKey)
    if (before?.message !== undefined) return before.message
    try {
      const message = await send(to)
      await note(messageKey, message)
      return message
    } catch (error) {
      if (!isDoubtful(error) || to.kind === 'person') throw error
      // Sent again, it might stand there twice.
      const message = { place: to.place, id: UNKNOWN }
      await note(messageKey, message)
      await messenger.send(tenant, to, { type: 'message', text: BROKEN } as Outgoing).catch((again: unknown) => warn(again, 'a broken answer was not told'))
      return message
    }
  }
  const warn = (error: unknown, message: string) => log.warn({ tenant, error: messageOf(error) }, message)
  const post = (to: Address, reply: Reply, messageKey?: string) => once(to, async () => messenger.post(tenant, to, reply, messageKey ?? key), messageKey)

  const say = async (reply: Reply, messageKey?: string): Promise<MessageRef> => {
    isAloud = true
    return post(here, reply, messageKey)
  }

  /** In the conversation with the person; where that can't be, it is said that it can't. */
  const toPerson = async (send: (to: Address) => Promise<unknown>, notice: string): Promise<void> => {
    isPrivate = true
    try {
      const own = await messenger.personalPlace(tenant, person)
      await send({ kind: 'place', place: own.id })
    } catch (error) {
      if (!(error instanceof DeliveryError) || error.kind !== 'gone') throw error
      if (!slot.offer({ kind: 'notice', text: UNREACHABLE })) await say(plainReply(UNREACHABLE))
      return
    }
    slot.offer({ kind: 'notice', text: notice })
  }

  const whisper = async (reply: Reply): Promise<void> => {
    if (formIsOpen) return closeForm(reply)
    const text = slot.isOpen() ? shortPlainText(reply) : undefined
    if (text !== undefined && slot.offer({ kind: 'notice', text })) return
    if (isPersonal) return void (await say(reply))
    await toPerson((to) => post(to, reply), IN_OUR_CHAT)
  }

  /** In the place of a form, which so can't be handed in twice. */
  const closeForm = async (reply: Reply): Promise<void> => {
    if (form === undefined || !formIsOpen) return
    formIsOpen = false
    const { card, summary } = await messenger.render(tenant, { id: form.place, kind: 'personal' }, reply, { citations: false })
    if (card !== undefined) slot.offer({ kind: 'card', card })
    try {
      await messenger.change(tenant, form, cardMessage(card, summary))
    } catch (error) {
      if (!(error instanceof DeliveryError)) throw error
      warn(error, 'a form could not be closed')
    }
  }

  const replace = async (reply: Reply): Promise<void> => {
    if (pressed === undefined) return whisper(reply)
    const { card, summary } = await messenger.render(tenant, place, reply, { citations: false })
    if (form === undefined && card !== undefined) slot.offer({ kind: 'card', card })
    try {
      await messenger.change(tenant, pressed, cardMessage(card, summary))
      isAloud = true
    } catch (error) {
      if (!(error instanceof DeliveryError) || error.kind !== 'gone') throw error
      await whisper(reply)
    }
  }

  const open = async (opened: Form): Promise<void> => {
    const { blocks, names } = await withNames(tenant, { id: place.id, kind: 'personal' }, opened.blocks ?? [], directory)
    const from = { place, ...(pressed === undefined || pressed.id === UNKNOWN ? {} : { pressed }) }
    const { card, summary } = renderForm({ ...opened, blocks }, from, { names, people: await peopleToChoose(opened) })
    const send = (to: Address) => once(to, () => messenger.send(tenant, to, cardMessage(card, summary)))
    if (isPersonal) await send(here)
    else await toPerson(send, FORM_IN_OUR_CHAT)
  }
  /** Where a form asks for people: those who are there. */
  const peopleToChoose = async ({ fields }: Form): Promise<{ id: string; name: string }[]> => {
    if (isPersonal || !fields.some(({ kind }) => kind === 'people')) return []
    const present = (await directory.members(tenant, place.id)).slice(0, SMALL)
    const known = await Promise.all(present.map((id) => directory.person(tenant, id)))
    return known.flatMap((each) => (each === undefined ? [] : [{ id: each.id, name: each.name }]))
  }

  return {
    platform: 'teams',
    ways: WAYS,
    who,
    place,
    key,
    ...(pressed === undefined ? {} : { pressed }),
    whisper,
    say: (reply) => say(reply),
    replace,
    open,
    closeForm,
    wasSilent: () => isPrivate && !isAloud,

    async working() {
      try {
        await messenger.send(tenant, here, { type: 'typing' } as Outgoing, { once: true })
      } catch (error) {
        // Only a courtesy.
        log.info({ tenant, error: messageOf(error) }, 'the status was not shown')
      }
    },

    stream() {
      const messageKey = nextKey()
      const postWhole = (reply: Reply) => say(reply, messageKey)
      const ended = isPersonal ? streams.begin(place.id) : undefined
      if (ended === undefined) return withoutStream(postWhole)
      return openStream({
        informative: 'Looking it up …',
        place: place.id,
        send: async (activity, { isLast }) => (await messenger.send(tenant, here, activity, { once: !isLast, repeatable: isLast })).id,
        change: (message, activity) => messenger.change(tenant, message, activity),
        render: (reply) => messenger.render(tenant, place, reply),
        post: postWhole,
        started: (message) => note(messageKey, message),
        finished: async (message, { feedback }) => {
          await noteAnswer(tenant, message, feedback, { outbox, now })
          await note(messageKey, message)
        },
        // The process that began to stream may be gone: its message gets the whole answer.
        begun: attempts === 0 ? undefined : async () => (await outbox.delivery(tenant, messageKey))?.message,
        ended,
      })
    },

    async sendFile(file) {
      const send = (to: Address) => once(to, () => messenger.send(tenant, to, consentMessage(file)))
      if (isPersonal) await send(here)
      else await toPerson(send, IN_OUR_CHAT)
    },
  }
}
