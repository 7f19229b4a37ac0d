/** The payloads of what people do, with all that Slack sends. */
import { randomBytes, randomInt } from 'node:crypto'
import type { ResponseUrls } from './response-urls.ts'
import { wireView } from './web-api/views.ts'
import {
  type EphemeralMessage,
  findMessage,
  type SlackChannel,
  type SlackMessage,
  type SlackUser,
  type SlackView,
  type Wire,
  type Workspace,
  type World,
  wireMessage,
} from './world.ts'

export interface Acting {
  world: World
  workspace: Workspace
  user: SlackUser
  responseUrls: ResponseUrls
}

/** Three seconds, once. */
export function newTrigger({ world, workspace, user }: Acting, view?: string): string {
  const id = `${Date.now()}.${randomInt(1e9, 1e10)}.${randomBytes(16).toString('hex')}`
  const expiresAt = Date.now() + world.times.triggerMs
  world.triggers.set(id, { team: workspace.id, user: user.id, expiresAt, exchanged: false, ...(view === undefined ? {} : { view }) })
  return id
}

function common({ world, workspace, user }: Acting): Wire {
  return {
    team: { id: workspace.id, domain: workspace.domain },
    user: { id: user.id, username: user.name, name: user.name, team_id: workspace.id },
    enterprise: null,
    is_enterprise_install: false,
    api_app_id: world.app.id,
    token: world.app.verificationToken,
  }
}

export function channelName({ kind, name }: SlackChannel): string {
  return kind === 'im' ? 'directmessage' : kind === 'private' ? 'privategroup' : name
}

export function commandPayload(acting: Acting, channel: SlackChannel, command: string, text: string): Wire {
  const { world, workspace, user, responseUrls } = acting
  return {
    token: world.app.verificationToken,
    team_id: workspace.id,
    team_domain: workspace.domain,
    channel_id: channel.id,
    channel_name: channelName(channel),
    user_id: user.id,
    user_name: user.name,
    command,
    text,
    api_app_id: world.app.id,
    is_enterprise_install: 'false',
    response_url: responseUrls.create({ workspace, channel, user: user.id }),
    trigger_id: newTrigger(acting),
  }
}

/** @param message as the person sees it, which may be older than what it is now */
export function messageActionPayload(acting: Acting, channel: SlackChannel, message: SlackMessage | EphemeralMessage, action: Wire): Wire {
  const { workspace, user, responseUrls } = acting
  const { ts, thread_ts: thread } = message
  const ephemeral = !('type' in message)
  const where = { message_ts: ts, channel_id: channel.id, is_ephemeral: ephemeral, ...(thread === undefined || thread === ts ? {} : { thread_ts: thread }) }
  const current = findMessage(channel, ts) ?? message
  return {
    type: 'block_actions',
    ...common(acting),
    container: { type: 'message', ...where },
    trigger_id: newTrigger(acting),
    channel: { id: channel.id, name: channelName(channel) },
    // Ephemeral messages are not sent along.
    ...(ephemeral ? {} : { message: withApp(acting, wireMessage(current as SlackMessage, { withMetadata: true })) }),
    state: { values: {} },
    response_url: responseUrls.create({ workspace, channel, user: user.id, original: { ts, ephemeral } }),
    actions: [action],
  }
}

function withApp({ world, workspace }: Acting, message: Wire): Wire {
  return { ...message, team: workspace.id, ...(message.bot_id === undefined ? {} : { app_id: world.app.id }) }
}

export function viewActionPayload(acting: Acting, view: SlackView, values: Wire, action: Wire): Wire {
  const { world, workspace } = acting
  return {
    type: 'block_actions',
    ...common(acting),
    container: { type: 'view', view_id: view.id },
    trigger_id: newTrigger(acting, view.id),
    view: wireView(world, workspace, view, values),
    actions: [action],
  }
}

export function submissionPayload(acting: Acting, view: SlackView, values: Wire): Wire {
  const { world, workspace } = acting
  return {
    type: 'view_submission',
    ...common(acting),
    trigger_id: newTrigger(acting, view.id),
    view: wireView(world, workspace, view, values),
    response_urls: [],
  }
}

export function closedPayload(acting: Acting, view: SlackView, cleared: boolean): Wire {
  return { type: 'view_closed', ...common(acting), view: wireView(acting.world, acting.workspace, view), is_cleared: cleared }
}

export function shortcutPayload(acting: Acting, channel: SlackChannel, message: SlackMessage, callbackId: string): Wire {
  const { world, workspace, user, responseUrls } = acting
  return {
    type: 'message_action',
    ...common(acting),
    action_ts: world.ids.ts(),
    channel: { id: channel.id, name: channelName(channel) },
    callback_id: callbackId,
    trigger_id: newTrigger(acting),
    message_ts: message.ts,
    message: withApp(acting, wireMessage(message)),
    response_url: responseUrls.create({ workspace, channel, user: user.id }),
  }
}

export function globalShortcutPayload(acting: Acting, callbackId: string): Wire {
  return { type: 'shortcut', ...common(acting), action_ts: acting.world.ids.ts(), callback_id: callbackId, trigger_id: newTrigger(acting) }
}
