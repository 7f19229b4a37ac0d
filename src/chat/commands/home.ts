/** The person's own page as a message, where the platform has no page for it. */
import type { Who } from '../exchange.ts'
import type { Command } from '../feature.ts'
import type { Reply } from '../reply.ts'

export function homeCommand(home: (who: Who) => Promise<Reply>): Command {
  return {
    name: 'home',
    usage: '',
    description: 'your teams, rounds, open assessments and actions',
    run: async (exchange) => exchange.whisper(await home(exchange.who)),
  }
}
