/** What stands in Slack now. */
import {
  type AgentPrompts,
  type AgentStatus,
  directMessage,
  type EphemeralMessage,
  type SlackFile,
  type SlackMessage,
  type SlackView,
  type Workspace,
  type World,
} from './world.ts'

export interface Readers {
  /** Oldest first: of the channel outside threads, or of a thread with the message that it begins with. */
  messagesIn(channel: string, options?: { thread?: string }): SlackMessage[]
  /** All of a channel, whether in threads or not. */
  allMessagesIn(channel: string): SlackMessage[]
  /** Shown to this person alone, oldest first. */
  ephemeralFor(user: string): EphemeralMessage[]
  /** The direct message with the app, all of it. */
  dm(user: string): SlackMessage[]
  /** The modal that the person sees. */
  view(user: string): SlackView | undefined
  home(user: string): SlackView | undefined
  /** What the app offered to ask, in order. */
  readonly prompts: readonly AgentPrompts[]
  /** In order; an empty one is the end of the one before. */
  readonly statuses: readonly AgentStatus[]
  readonly files: readonly SlackFile[]
}

export function createReaders(world: World): Readers {
  const workspaces = () => [...world.workspaces.values()]
  const of = (user: string): Workspace => {
    const found = workspaces().find(({ users }) => users.has(user))
    if (found === undefined) throw new Error(`there is no user ${user}`)
    return found
  }
  const all = (channel: string): SlackMessage[] => {
    const found = workspaces().flatMap(({ channels }) => channels.get(channel) ?? [])
    if (found.length === 0) throw new Error(`there is no channel ${channel}`)
    return found.flatMap(({ messages }) => messages)
  }
  return {
    messagesIn: (channel, { thread } = {}) =>
      all(channel).filter((message) => (thread === undefined ? isTopLevel(message) : message.ts === thread || message.thread_ts === thread)),
    allMessagesIn: (channel) => [...all(channel)],
    ephemeralFor: (user) => of(user).ephemerals.filter((each) => each.user === user),
    dm: (user) => [...directMessage(world, of(user), user).messages],
    view: (user) => of(user).modals.get(user)?.at(-1),
    home: (user) => of(user).homes.get(user),
    get prompts() {
      return workspaces().flatMap(({ prompts }) => prompts)
    },
    get statuses() {
      return workspaces().flatMap(({ statuses }) => statuses)
    },
    get files() {
      return workspaces().flatMap(({ files }) => [...files.values()])
    },
  }
}

function isTopLevel({ ts, thread_ts: thread, reply_broadcast: broadcast }: SlackMessage): boolean {
  return thread === undefined || thread === ts || broadcast === true
}
