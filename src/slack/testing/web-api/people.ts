/** Who somebody is: people, the bot, the workspace, the token. And reactions. */
import { z } from 'zod'
import { changed, findMessage, type SlackUser, type Wire, type Workspace } from '../world.ts'
import { ApiError, channelOf, flag, type Method, method, timestamp } from './method.ts'

export function wireUser({ id: team, bot }: Workspace, { id, name, realName, tz, isAdmin, isBot }: SlackUser): Wire {
  return {
    id,
    team_id: team,
    name,
    deleted: false,
    real_name: realName,
    tz,
    tz_label: tz,
    tz_offset: zoneOffset(tz),
    profile: { real_name: realName, display_name: name, real_name_normalized: realName, team, ...(isBot ? { bot_id: bot.id } : {}) },
    is_admin: isAdmin,
    is_owner: false,
    is_primary_owner: false,
    is_restricted: false,
    is_ultra_restricted: false,
    is_bot: isBot,
    is_app_user: false,
    updated: 1_700_000_000,
  }
}

/** Seconds east of Greenwich now. */
function zoneOffset(timeZone: string): number {
  const name =
    new Intl.DateTimeFormat('en', { timeZone, timeZoneName: 'longOffset' }).formatToParts().find(({ type }) => type === 'timeZoneName')?.value ?? 'GMT'
  const [, sign, hours = '0', minutes = '0'] = /GMT([+-])(\d+):(\d+)/.exec(name) ?? []
  return (sign === '-' ? -1 : 1) * (Number(hours) * 3600 + Number(minutes) * 60)
}

const authTest = method({
  tier: 'special',
  args: z.strictObject({}),
  run({ workspace: { id, name, domain, bot, users } }) {
    const user = users.get(bot.user)?.name
    return { url: `https://${domain}.slack.com/`, team: name, user, team_id: id, user_id: bot.user, bot_id: bot.id, is_enterprise_install: false }
  },
})

const userInfo = method({
  scopes: ['users:read'],
  tier: 4,
  args: z.strictObject({ user: z.string(), include_locale: flag.optional() }),
  run({ workspace }, { user: id, include_locale: locale }) {
    const user = workspace.users.get(id)
    if (user === undefined) throw new ApiError('user_not_found')
    return { user: { ...wireUser(workspace, user), ...(locale === true ? { locale: 'en-US' } : {}) } }
  },
})

const botInfo = method({
  scopes: ['users:read'],
  tier: 3,
  args: z.strictObject({ bot: z.string().optional() }),
  run({ world, workspace: { bot, users } }, { bot: id = bot.id }) {
    if (id !== bot.id) throw new ApiError('bot_not_found')
    return { bot: { id, deleted: false, name: users.get(bot.user)?.name, updated: 1_700_000_000, app_id: world.app.id, user_id: bot.user, icons: {} } }
  },
})

const teamInfo = method({
  scopes: ['team:read'],
  tier: 3,
  args: z.strictObject({ team: z.string().optional(), domain: z.string().optional() }),
  run({ workspace: { id, name, domain } }, { team = id }) {
    if (team !== id) throw new ApiError('team_not_found')
    return { team: { id, name, domain, url: `https://${domain}.slack.com/`, email_domain: '', icon: {} } }
  },
})

const addReaction = method({
  scopes: ['reactions:write'],
  tier: 3,
  args: z.strictObject({ channel: z.string(), timestamp, name: z.string().regex(/^[a-z0-9_+'-]+$/) }),
  run(call, { channel: id, timestamp: ts, name }) {
    const channel = channelOf(call, id)
    if (!channel.members.has(call.workspace.bot.user)) throw new ApiError('not_in_channel')
    const message = findMessage(channel, ts)
    if (message === undefined) throw new ApiError('message_not_found')
    message.reactions ??= []
    const reaction = message.reactions.find((each) => each.name === name)
    const by = call.workspace.bot.user
    if (reaction?.users.includes(by)) throw new ApiError('already_reacted')
    if (reaction === undefined) message.reactions.push({ name, users: [by], count: 1 })
    else reaction.count = reaction.users.push(by)
    changed(call.world)
    return {}
  },
})

export const peopleMethods: Record<string, Method> = {
  'auth.test': authTest,
  'users.info': userInfo,
  'bots.info': botInfo,
  'team.info': teamInfo,
  'reactions.add': addReaction,
}
