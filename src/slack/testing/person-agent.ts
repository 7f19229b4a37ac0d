/** What somebody does where the app is an agent: opens it, talks with it, stops it; and the older assistant panel. */
import type { Acting } from './interactions.ts'
import { post } from './messages.ts'
import { stopByUser } from './web-api/chat-stream.ts'
import { wireView } from './web-api/views.ts'
import { changed, directMessage, type SlackMessage, type Wire } from './world.ts'

export interface Agent {
  /** In the direct message; in the assistant panel within its thread, which is started when there is none. */
  dm(text: string, options?: { thread?: string }): SlackMessage
  openHome(): void
  /** @returns the thread that the assistant panel has started */
  openMessagesTab(options?: { viewing?: string }): string | undefined
  /** Looks at another channel while the agent is open. */
  viewChannel(channel: string): void
  /** The Stop of a message that is being streamed. */
  stop(message: SlackMessage): void
}

export function createAgent(acting: Acting, say: (channel: string, text: string, options?: { thread?: string }) => SlackMessage): Agent {
  const { world, workspace, user } = acting
  const team = workspace.id
  const channel = directMessage(world, workspace, user.id)
  const isAssistant = world.app.agent === 'assistant_view'
  let thread: string | undefined

  function context(viewing: string | undefined): Wire {
    return { entities: viewing === undefined ? [] : [{ type: 'slack#/types/channel_id', value: viewing, team_id: team }] }
  }

  function assistantEvent(type: string, viewing: string | undefined): void {
    const looking = viewing === undefined ? {} : { channel_id: viewing, team_id: team, enterprise_id: null }
    const assistant = { user_id: user.id, context: looking, channel_id: channel.id, thread_ts: thread }
    world.emit(team, { type, assistant_thread: assistant, event_ts: world.ids.ts() })
  }

  function startThread(viewing?: string): string {
    const { bot } = workspace
    thread = world.ids.ts()
    post(world, workspace, channel, {
      subtype: 'assistant_app_thread',
      ts: thread,
      thread_ts: thread,
      user: bot.user,
      bot_id: bot.id,
      text: 'New Assistant Thread',
    })
    assistantEvent('assistant_thread_started', viewing)
    return thread
  }

  return {
    dm(text, { thread: named } = {}) {
      const within = named ?? (isAssistant ? (thread ?? startThread()) : undefined)
      return say(channel.id, text, within === undefined ? {} : { thread: within })
    },
    openHome() {
      const home = workspace.homes.get(user.id)
      const view = home === undefined ? {} : { view: wireView(world, workspace, home) }
      world.emit(team, { type: 'app_home_opened', user: user.id, channel: channel.id, tab: 'home', event_ts: world.ids.ts(), ...view })
    },
    openMessagesTab({ viewing } = {}) {
      if (isAssistant) return startThread(viewing)
      const looking = world.app.agent === 'agent_view' ? { context: context(viewing) } : {}
      world.emit(team, { type: 'app_home_opened', user: user.id, channel: channel.id, tab: 'messages', event_ts: world.ids.ts(), ...looking })
      return undefined
    },
    viewChannel(viewing) {
      if (isAssistant) {
        thread ??= startThread()
        return assistantEvent('assistant_thread_context_changed', viewing)
      }
      world.emit(team, { type: 'app_context_changed', channel: channel.id, user: user.id, context: context(viewing), event_ts: world.ids.ts() })
    },
    stop(message) {
      if (message.streaming_state !== 'in_progress') throw new Error('the message is not being streamed')
      stopByUser(world, { workspace }, message)
      changed(world)
      world.emit(team, {
        type: 'agent_session_stopped',
        channel: message.channel,
        user: user.id,
        thread_ts: message.thread_ts,
        streaming_message_ts: [message.ts],
        event_ts: world.ids.ts(),
      })
    },
  }
}
