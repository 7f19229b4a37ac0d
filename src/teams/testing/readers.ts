/** What stands in Teams now. */
import { cardsFor, wordsIn } from './cards.ts'
import { conversationNamed, type TeamsMessage, type Wire, type World } from './world.ts'

export interface Readers {
  /** Oldest first: of a chat; of a channel outside threads, or of a thread with the message that it begins with. */
  messagesIn(conversation: string, options?: { thread?: string }): TeamsMessage[]
  /** All of a channel, whether in threads or not. */
  allMessagesIn(conversation: string): TeamsMessage[]
  /** The personal chat with the app, all of it. */
  dm(user: string, tenant?: string): TeamsMessage[]
  /** The first card of a message, as the person sees it, or as it was posted. */
  card(message: TeamsMessage, options?: { for?: string }): Wire | undefined
  /** Everything readable of a message: its text and its cards, as the person sees them. */
  words(message: TeamsMessage, options?: { for?: string }): string
  /** In order. */
  readonly typing: readonly { conversation: string; thread?: string; at: number }[]
  /** What pressing something showed to this person alone, oldest first. */
  noticesFor(user: string): { text: string; isError: boolean }[]
}

export function createReaders(world: World, personal: (user: string, tenant?: string) => string): Readers {
  const all = (name: string) => conversationNamed(world, name).messages
  return {
    messagesIn: (name, { thread } = {}) =>
      all(name).filter((message) => (thread === undefined ? message.thread === undefined : message.id === thread || message.thread === thread)),
    allMessagesIn: (name) => [...all(name)],
    dm: (user, tenant) => [...all(personal(user, tenant))],
    card: (message, options = {}) => cardsFor(message, options.for)[0],
    words: (message, options = {}) => [message.text, ...cardsFor(message, options.for).flatMap(wordsIn)].filter((each) => each !== '').join('\n'),
    typing: world.typing,
    noticesFor: (user) => world.notices.filter((notice) => notice.user === user).map(({ text, isError }) => ({ text, isError })),
  }
}
