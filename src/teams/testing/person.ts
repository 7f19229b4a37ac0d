/** Somebody who uses Teams: writes, presses, fills in, as their client lets them. */
import type { Executing } from './executing.ts'
import { type Acting, messageActivity } from './incoming.ts'
import { install, join, leave, renameChannel, uninstall } from './installing.ts'
import { runMessageAction } from './message-action.ts'
import { type CardUse, createCardUse } from './person-cards.ts'
import { addMessage, type Conversation, changed, conversationNamed, findMessage, type TeamsMessage, type TeamsUser, type Wire } from './world.ts'

export interface SayOptions {
  /** In a channel: the message that the thread begins with. */
  thread?: string
  pictures?: readonly Buffer[]
}

export interface Person extends CardUse {
  readonly key: string
  /** `29:…` */
  readonly id: string
  readonly aadObjectId: string
  /** The organisation's id. */
  readonly tenant: string
  /** The id of the personal chat with the app. */
  readonly personal: string
  /** `<at>Name</at>` mentions; only a mention of the app reaches it, but in personal chats everything does. */
  say(conversation: string, text: string, options?: SayOptions): TeamsMessage
  /** In the personal chat. */
  dm(text: string, options?: Pick<SayOptions, 'pictures'>): TeamsMessage
  /** `nbsp`: with the space that Teams' own editor sometimes leaves after a mention. */
  mention(conversation: string, text: string, options?: SayOptions & { nbsp?: boolean }): TeamsMessage
  /** What the app has put into the menus of messages. @returns what the window says that opens */
  messageAction(on: TeamsMessage, command: string): Promise<string>
  /** The Stop of a message that is being streamed. */
  stop(on: TeamsMessage): void
  /** In their personal chat, unless a team or group chat is named. */
  install(where?: string): void
  uninstall(where?: string, options?: { silent?: boolean }): void
  /** Installs the app when it isn't. @returns the conversation's id */
  openPersonal(): string
  /** The app may not write to them any more, and is not told. */
  block(): void
  unblock(): void
  /** A team or a group chat. */
  join(where: string): void
  leave(where: string): void
  renameChannel(channel: string, name: string): void
}

export function createPerson(user: TeamsUser, deps: Executing): Person {
  const { world } = deps
  const { key } = user
  const bot = `<at>${world.app.botName}</at>`
  const personal = [...world.conversations.values()].find(({ kind, members }) => kind === 'personal' && members.has(user))
  if (personal === undefined) throw new Error(`${key} has no personal chat`)
  const personalChat = personal

  function place(name: string): Conversation {
    const conversation = conversationNamed(world, name)
    if (conversation.gone) throw new Error(`${conversation.key} is no more`)
    if (!conversation.members.has(user)) throw new Error(`${key} is not in ${conversation.key}`)
    return conversation
  }

  /** Where the person sees the message. */
  function actingOn(message: TeamsMessage): Acting {
    const conversation = place(message.conversation)
    if (findMessage(conversation, message.id) === undefined) throw new Error('the message is no more')
    return { world, user, conversation, ...(conversation.kind === 'channel' ? { thread: message.thread ?? message.id } : {}) }
  }

  function say(name: string, text: string, { thread, pictures = [] }: SayOptions = {}): TeamsMessage {
    const conversation = place(name)
    if (thread !== undefined && conversation.kind !== 'channel') throw new Error(`${conversation.key} has no threads`)
    if (thread !== undefined && findMessage(conversation, thread) === undefined) throw new Error(`there is no message ${thread} in ${conversation.key}`)
    const id = world.ids.message()
    const acting: Acting = { world, user, conversation, ...(conversation.kind === 'channel' ? { thread: thread ?? id } : {}) }
    const mentions = mentionsIn(text, conversation)
    const activity = messageActivity(acting, { id, text, mentions, pictures: pictures.map((content) => keptPicture(conversation, content)) })
    deliver(
      acting,
      activity,
      mentions.some(({ mentioned }) => (mentioned as Wire).id === world.app.botId),
    )
    const message = addMessage(conversation, { id, from: key, text, activity, ...(thread === undefined ? {} : { thread }) })
    changed(world)
    return message
  }

  function deliver({ conversation }: Acting, activity: Wire, isMentioned: boolean): void {
    if (conversation.app === 'installed' && (conversation.kind === 'personal' || isMentioned)) {
      conversation.sent.add(String(activity.id))
      world.emit(activity)
    } else if (conversation.kind === 'personal' || isMentioned) {
      throw new Error(`the app is not installed in ${conversation.key}`)
    }
  }

  function mentionsIn(text: string, { members }: Conversation): Wire[] {
    return [...text.matchAll(/<at>(.*?)<\/at>/g)].map(([whole, name]) => {
      const person = [...members].find((each) => each.name === name)
      if (person === undefined && name !== world.app.botName) throw new Error(`there is no ${name} to mention`)
      return { type: 'mention', text: whole, mentioned: { id: person?.id ?? world.app.botId, name } }
    })
  }

  function keptPicture({ tenant }: Conversation, content: Buffer): Wire {
    const id = world.ids.next('picture-')
    world.attachments.set(id, { id, name: `${id}.png`, type: 'image/png', content })
    return { contentType: 'image/png', contentUrl: `${world.tenants.get(tenant)?.serviceUrl}v3/attachments/${id}/views/original`, name: `${id}.png` }
  }

  return {
    key,
    id: user.id,
    aadObjectId: user.aadObjectId,
    tenant: user.tenant,
    personal: personalChat.id,
    say,
    dm: (text, options) => say(personalChat.id, text, options),
    mention: (conversation, text, { nbsp = false, ...options } = {}) => say(conversation, `${bot}${nbsp ? '&nbsp;' : ' '}${text}`, options),
    ...createCardUse(user, deps, {
      actingOn,
      deliver,
      // What is not said in private must name the app to reach it.
      sayBack: ({ conversation, thread }, text) =>
        void say(conversation.id, conversation.kind === 'personal' ? text : `${bot} ${text}`, thread === undefined ? {} : { thread }),
    }),
    messageAction: (message, command) => runMessageAction(deps, actingOn(message), message, command),
    stop({ stream }) {
      if (stream?.state !== 'streaming') throw new Error('the message is not being streamed')
      stream.state = 'stopped'
      changed(world)
    },
    install: (where = personalChat.id) => install(world, user, where),
    uninstall: (where = personalChat.id, options = {}) => uninstall(world, user, where, options),
    openPersonal() {
      if (personalChat.app !== 'installed') install(world, user, personalChat.id)
      return personalChat.id
    },
    block: () => void Object.assign(personalChat, { app: 'blocked' }),
    unblock: () => void Object.assign(personalChat, { app: 'installed' }),
    join: (where) => join(world, user, where),
    leave: (where) => leave(world, user, where),
    renameChannel: (channel, name) => renameChannel(world, user, channel, name),
  }
}
