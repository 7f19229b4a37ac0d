/** The app comes to a place and leaves it, and people join and leave teams. */
import { type Acting, changeActivity, installationActivity, membershipActivity, teamOf } from './incoming.ts'
import { type Conversation, changed, conversationNamed, personOf, type TeamsUser, type Wire, type World } from './world.ts'

/** A personal chat, a group chat, or all channels of a team. */
function placesOf(world: World, name: string): [Conversation, ...Conversation[]] {
  const named = conversationNamed(world, name)
  const team = teamOf(world, named)
  if (team === undefined) return [named]
  return [conversationNamed(world, team.id), ...team.channels.slice(1).map((id) => conversationNamed(world, id))]
}

export function install(world: World, user: TeamsUser, name: string): void {
  const places = placesOf(world, name)
  const acting: Acting = { world, user, conversation: places[0] }
  for (const place of places) place.app = 'installed'
  changed(world)
  const bot = { id: world.app.botId, name: world.app.botName }
  const isPersonal = personOf(places[0]) !== undefined
  const added = isPersonal ? [account(user), bot] : [bot]
  emit(acting, membershipActivity(acting, 'teamMemberAdded', { membersAdded: added }))
  emit(acting, installationActivity(acting, 'add'))
}

/** @param silent the app is not told, as when it could not be reached */
export function uninstall(world: World, user: TeamsUser, name: string, { silent = false } = {}): void {
  const places = placesOf(world, name)
  const acting: Acting = { world, user, conversation: places[0] }
  if (places[0].app !== 'installed') throw new Error(`the app is not installed in ${places[0].key}`)
  for (const place of places) place.app = 'removed'
  changed(world)
  if (silent) return
  emit(acting, membershipActivity(acting, 'teamMemberRemoved', { membersRemoved: [{ id: world.app.botId, name: world.app.botName }] }))
  emit(acting, installationActivity(acting, 'remove'))
}

/** A team or a group chat. */
export function join(world: World, user: TeamsUser, name: string): void {
  const [first, ...others] = placesOf(world, name)
  const before = first.members
  for (const { members } of [first, ...others]) if (members === before) members.add(user)
  changed(world)
  const acting: Acting = { world, user, conversation: first }
  if (first.app === 'installed') emit(acting, membershipActivity(acting, 'teamMemberAdded', { membersAdded: [account(user)] }))
}

export function leave(world: World, user: TeamsUser, name: string): void {
  const places = placesOf(world, name)
  for (const { members } of places) members.delete(user)
  changed(world)
  const acting: Acting = { world, user, conversation: places[0] }
  if (places[0].app === 'installed') emit(acting, membershipActivity(acting, 'teamMemberRemoved', { membersRemoved: [account(user)] }))
}

export function renameChannel(world: World, user: TeamsUser, name: string, called: string): void {
  const conversation = conversationNamed(world, name)
  conversation.name = called
  changed(world)
  const acting: Acting = { world, user, conversation }
  emit(acting, changeActivity(acting, 'channelRenamed'))
}

function account({ id, aadObjectId, name }: TeamsUser): Wire {
  return { id, aadObjectId, name }
}

function emit({ world, conversation }: Acting, activity: Wire): void {
  conversation.sent.add(String(activity.id))
  world.emit(activity)
}
