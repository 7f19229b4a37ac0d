/** Somebody who uses Slack: writes, presses, fills in, as their client lets them, whichever way the app is reached. */
import { actionOf, type Control, controlsIn, findControl, type Wanted } from './controls.ts'
import { type Ack, type Deliveries, NotTaken } from './deliveries.ts'
import { type FieldValues, formState } from './form-state.ts'
import {
  type Acting,
  closedPayload,
  commandPayload,
  globalShortcutPayload,
  messageActionPayload,
  shortcutPayload,
  submissionPayload,
  viewActionPayload,
} from './interactions.ts'
import { post } from './messages.ts'
import { type Agent, createAgent } from './person-agent.ts'
import type { ResponseUrls } from './response-urls.ts'
import { applySubmissionAnswer } from './submission-answer.ts'
import { encodeTyped, escapeTyped, typedBlocks } from './typed.ts'
import {
  changed,
  directMessage,
  type EphemeralMessage,
  findMessage,
  type SlackChannel,
  type SlackMessage,
  type SlackView,
  type Wire,
  type World,
  workspaceOf,
} from './world.ts'

export type Pressable = SlackMessage | EphemeralMessage | SlackView

export interface Person extends Agent {
  readonly id: string
  readonly team: string
  /** The id of the direct message with the app. */
  readonly dmChannel: string
  /** In a channel, to nobody in particular. */
  say(channel: string, text: string, options?: { thread?: string }): SlackMessage
  mention(channel: string, text: string, options?: { thread?: string }): SlackMessage
  /** @throws NotTaken when the app doesn't acknowledge it */
  command(channel: string, command: string, text?: string): Promise<void>
  /** A button. In a view `values` is what stands in its fields. */
  press(on: Pressable, control: Wanted, values?: FieldValues): Promise<void>
  /** Something that the screen does not offer: an action of one's own making. */
  pressRaw(on: Pressable, action: Wire): Promise<void>
  /** An option of a menu or of radio buttons, by its label. */
  select(on: Pressable, option: Wanted, values?: FieldValues): Promise<void>
  /** Values by label, block_id or action_id; options by label or value. @returns what the form says is wrong, by block_id */
  submit(view: SlackView, values?: FieldValues): Promise<{ errors?: Record<string, string> }>
  /** `all`: with the modals beneath. */
  close(view: SlackView, options?: { all?: boolean }): Promise<void>
  /** A message shortcut. */
  shortcut(message: SlackMessage, callbackId: string): Promise<void>
  globalShortcut(callbackId: string): Promise<void>
  joinChannel(channel: string): void
  leaveChannel(channel: string): void
  /** Labels of all that can be pressed. */
  buttons(on: Pressable): string[]
}

export interface PersonDeps {
  world: World
  deliveries: Deliveries
  responseUrls: ResponseUrls
  /** How often somebody tries again what Slack says has failed. */
  patience: number
}

export function createPerson(id: string, team: string, { world, deliveries, responseUrls, patience }: PersonDeps): Person {
  const workspace = workspaceOf(world, team)
  const user = workspace.users.get(id)
  if (user === undefined) throw new Error(`there is no ${id} in ${team}`)
  const acting: Acting = { world, workspace, user, responseUrls }
  const channelNamed = (name: string): SlackChannel => {
    const channel = workspace.channels.get(name)
    if (channel === undefined) throw new Error(`there is no channel ${name} in ${team}`)
    return channel
  }
  const place = (name: string): SlackChannel => {
    const channel = channelNamed(name)
    if (!channel.members.has(id)) throw new Error(`${id} is not in ${name}`)
    return channel
  }

  /** People try again what their client says has failed. */
  async function deliver(kind: 'slash_commands' | 'interactive', payload: () => Wire): Promise<Ack> {
    if (kind === 'interactive' && !world.app.interactive) throw new Error('the app has no interactivity')
    for (let tries = 0; ; tries++) {
      try {
        return await deliveries.interaction(kind, payload())
      } catch (error) {
        if (!(error instanceof NotTaken) || tries >= patience) throw error
      }
    }
  }

  function say(name: string, text: string, { thread }: { thread?: string } = {}): SlackMessage {
    const channel = place(name)
    if (thread !== undefined && findMessage(channel, thread) === undefined) throw new Error(`there is no message ${thread} in ${name}`)
    const within = thread === undefined ? {} : { thread_ts: thread }
    const typed = { text: encodeTyped(text, workspace), blocks: typedBlocks(text, world.ids.next('b')), client_msg_id: world.ids.next('client-') }
    return post(world, workspace, channel, { user: id, ...typed, ...within })
  }

  async function act(on: Pressable, action: Wire, given: FieldValues = {}): Promise<void> {
    if (!('hash' in on)) {
      const channel = place(on.channel)
      await deliver('interactive', () => messageActionPayload(acting, channel, on, action))
      return
    }
    const { values } = formState(on.blocks, given)
    await deliver('interactive', () => viewActionPayload(acting, on, values, action))
  }

  function commandAllowed(command: string): void {
    if (!world.app.hasCommand(command)) throw new Error(`${command} is no command of the app`)
    useScope('commands')
  }

  function useScope(scope: string): void {
    const has = [...world.tokens.values()].some((token) => token.team === team && !token.revoked && token.scopes.has(scope))
    if (!has) throw new Error(`the app lacks the scope ${scope} in ${team}`)
    world.usedScopes.add(scope)
  }

  const isButton = ({ option }: Control) => option === undefined
  const pressed = (control: Control) => actionOf(control, world.ids.ts())
  return {
    ...createAgent(acting, say),
    id,
    team,
    dmChannel: directMessage(world, workspace, id).id,
    say,
    mention: (channel, text, options) => say(channel, `<@${workspace.bot.user}> ${text}`, options),
    async command(name, command, text = '') {
      commandAllowed(command)
      const channel = place(name)
      const { response } = await deliver('slash_commands', () => commandPayload(acting, channel, command, escapeTyped(text)))
      if (response.text !== undefined || response.blocks !== undefined) responseUrls.answer({ workspace, channel, user: id }, response)
    },
    press: async (on, control, values) => act(on, pressed(findControl(on.blocks ?? [], control, isButton)), values),
    pressRaw: act,
    select: async (on, option, values) => act(on, pressed(findControl(on.blocks ?? [], option, (each) => !isButton(each))), values),
    async submit(view, given) {
      if (view.submit === null) throw new Error('the view has nothing to submit')
      const state = formState(view.blocks, given)
      if (Object.keys(state.errors).length > 0) return { errors: state.errors }
      const { response } = await deliver('interactive', () => submissionPayload(acting, view, state.values))
      return applySubmissionAnswer({ world, workspace }, view, response)
    },
    async close(view, { all = false } = {}) {
      const modals = workspace.modals.get(id) ?? []
      workspace.modals.set(id, all ? [] : modals.filter((each) => each.id !== view.id))
      changed(world)
      if (view.notify_on_close) await deliver('interactive', () => closedPayload(acting, view, all))
    },
    async shortcut(message, callbackId) {
      if (!world.app.hasShortcut(callbackId)) throw new Error(`${callbackId} is no shortcut of the app`)
      useScope('commands')
      const channel = place(message.channel)
      await deliver('interactive', () => shortcutPayload(acting, channel, message, callbackId))
    },
    async globalShortcut(callbackId) {
      if (!world.app.hasShortcut(callbackId)) throw new Error(`${callbackId} is no shortcut of the app`)
      useScope('commands')
      await deliver('interactive', () => globalShortcutPayload(acting, callbackId))
    },
    joinChannel(name) {
      const channel = channelNamed(name)
      channel.members.add(id)
      const ts = world.ids.ts()
      const event = { user: id, channel: channel.id, channel_type: channel.kind === 'private' ? 'G' : 'C', team, event_ts: ts }
      if (channel.members.has(workspace.bot.user)) world.emit(team, { type: 'member_joined_channel', ...event })
      post(world, workspace, channel, { subtype: 'channel_join', user: id, text: `<@${id}> has joined the channel` })
    },
    leaveChannel(name) {
      const channel = channelNamed(name)
      channel.members.delete(id)
      const event = { user: id, channel: channel.id, channel_type: channel.kind === 'private' ? 'G' : 'C', team, event_ts: world.ids.ts() }
      if (channel.members.has(workspace.bot.user)) world.emit(team, { type: 'member_left_channel', ...event })
      changed(world)
    },
    buttons: (on) => controlsIn(on.blocks ?? []).map(({ label }) => label),
  }
}
