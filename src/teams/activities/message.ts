/** Somebody writes to the bot, alone or by a mention; or presses a button that sends a message. */
import { plainReply } from '../../chat/reply.ts'
import { typedText } from '../typed-text.ts'
import { type ActivityDeps, type Dealing, exchangeIn } from './activity-deps.ts'
import { press } from './press.ts'

const ANSWERED_ALONE = 'I answered in our chat.'

export async function message(dealing: Dealing, deps: ActivityDeps): Promise<void> {
  const { text, mentions, bot, value, place } = dealing.activity
  const typed = typedText(text, mentions, bot)
  if (typed === '' && value !== undefined && value !== null) return press(dealing, deps)
  const exchange = exchangeIn(dealing, {}, deps)
  await deps.chat.message(exchange, typed)
  // Whoever reads along would think that the bot is gone.
  if (place.kind !== 'personal' && exchange.wasSilent()) await exchange.say(plainReply(ANSWERED_ALONE))
}
