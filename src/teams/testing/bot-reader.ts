/** What tests read of what the bot has said and kept. */
import { openStore, type Store } from '../../store/open-store.ts'
import type { TeamsBot } from './teams-bot.ts'
import type { TeamsMessage } from './world.ts'

export const QUESTION = 'What should a team have in place before it scales Kubernetes?'

export interface BotReader {
  /** Of the bot's. */
  said(messages: readonly TeamsMessage[]): TeamsMessage[]
  words(message: TeamsMessage): string
  dmOf(user: string): TeamsMessage[]
  saidIn(place: string): TeamsMessage[]
  /** The first message that says it, of those that come after. */
  awaited(read: () => readonly TeamsMessage[], text: string, after?: number): Promise<TeamsMessage>
  stored<T>(read: (store: Store) => Promise<T>): Promise<T>
  tenant(): string
  /** A question's answer in a thread, and the card with its sources. */
  answered(): Promise<{ thread: string; sources: TeamsMessage }>
}

/** @param bot which is started later */
export function readerOf(bot: () => TeamsBot): BotReader {
  const said: BotReader['said'] = (messages) => messages.filter(({ from }) => from === 'bot')
  const words: BotReader['words'] = (message) => bot().server.words(message)
  return {
    said,
    words,
    dmOf: (user) => said(bot().server.dm(user)),
    saidIn: (place) => said(bot().server.allMessagesIn(place)),
    awaited: (read, text, after = 0) =>
      bot().server.until(
        () =>
          read()
            .slice(after)
            .find((message) => words(message).includes(text)),
        10_000,
      ),
    async stored(read) {
      const store = await openStore(`sqlite:${bot().directory}/cairn.db`)
      try {
        return await read(store)
      } finally {
        await store.close()
      }
    },
    tenant: () => `teams:${bot().server.tenantId()}`,
    async answered() {
      const { server } = bot()
      const asked = server.user('ada').mention('payments', QUESTION, { nbsp: true })
      const inThread = () => said(server.messagesIn('payments', { thread: asked.id }))
      await server.until(() => inThread().length >= 2, 10_000)
      return { thread: asked.id, sources: inThread()[1] as TeamsMessage }
    },
  }
}
