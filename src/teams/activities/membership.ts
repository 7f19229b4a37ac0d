/** The bot comes to a place and leaves it: what is needed to speak there is kept, and goes. */
import { type Prompt, type Reply, words } from '../../chat/reply.ts'
import type { ActivityDeps, Dealing } from './activity-deps.ts'
import { exchangeIn } from './activity-deps.ts'

export async function installationUpdate(dealing: Dealing, deps: ActivityDeps): Promise<void> {
  const { activity } = dealing
  if (activity.action?.startsWith('remove')) return left(dealing, deps)
  // After an update people know what it is.
  if (activity.action === 'add') await welcome(dealing, deps)
}

export async function conversationUpdate(dealing: Dealing, deps: ActivityDeps): Promise<void> {
  const { membersAdded, membersRemoved, bot, eventType, who, place, team } = dealing.activity
  if (membersAdded.length + membersRemoved.length > 0) deps.exchangeParts.directory.membersChanged(who.tenant)
  if (membersRemoved.includes(bot)) return left(dealing, deps)
  if (eventType === 'channelDeleted') return deps.conversations.retire(who.tenant, place.id)
  if (eventType === 'teamDeleted' && team !== undefined) return deps.conversations.retireTeam(who.tenant, team)
}

/** Whether there is anything left to remember of where it came from. */
export function isGoodbye({ type, action, membersRemoved, bot, eventType }: Dealing['activity']): boolean {
  if (type === 'installationUpdate') return action?.startsWith('remove') ?? false
  return type === 'conversationUpdate' && (membersRemoved.includes(bot) || eventType === 'channelDeleted' || eventType === 'teamDeleted')
}

/** A team is left with all its channels. */
async function left({ activity: { who, place, team } }: Dealing, { conversations }: ActivityDeps): Promise<void> {
  if (place.kind === 'channel' && team !== undefined) await conversations.retireTeam(who.tenant, team)
  await conversations.retire(who.tenant, place.id)
}

/** The person's own page, with what they could ask; to a team or a group what can be done. */
async function welcome(dealing: Dealing, deps: ActivityDeps): Promise<void> {
  const { who, place } = dealing.activity
  const inPlace = { id: place.id, kind: place.kind }
  const exchange = exchangeIn(dealing, { place: inPlace }, deps)
  if (place.kind === 'personal') {
    const [page, prompts] = await Promise.all([deps.chat.home(who), deps.chat.prompts(who)])
    await exchange.say(withPrompts(page, prompts))
    return
  }
  const aloud = { ...exchange, whisper: async (reply: Parameters<typeof exchange.say>[0]) => void (await exchange.say(reply)) }
  await deps.chat.message(aloud, 'help')
}

/** As buttons of the card: Teams has suggested actions only beneath messages of text, and only in personal chats. */
function withPrompts(page: Reply, prompts: readonly Prompt[]): Reply {
  const labels = page.blocks.flatMap((block) => (block.kind === 'buttons' ? block.items.map(({ label }) => label) : []))
  const items = prompts.filter(({ title }) => !labels.includes(title)).map(({ title, press }) => ({ kind: 'button', label: title, press }) as const)
  if (items.length === 0) return page
  return { ...page, blocks: [...page.blocks, { kind: 'text', parts: [words('You could also ask:')] }, { kind: 'buttons', items }] }
}
