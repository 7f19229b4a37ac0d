/** What can be said to the bot, and where to begin. */
import type { PlatformWays } from '../exchange.ts'
import type { Command } from '../feature.ts'
import { askThis, chooseAssessment } from '../presses.ts'
import { type Reply, strong, words } from '../reply.ts'

/** Answered on every install: it is what people see first. */
export const EXAMPLE = 'What should a team have in place before it scales Kubernetes?'

export function helpReply(commands: readonly Command[], { command, alone }: PlatformWays, before?: string): Reply {
  return {
    summary: before ?? 'What Cairn can do',
    blocks: [
      ...(before === undefined ? [] : [{ kind: 'text', parts: [words(before)] } as const]),
      {
        kind: 'text',
        parts: [
          words(
            'I say what published maturity models hold on Kubernetes and cloud native work, and where your team stands by them. Every sentence names its source.',
          ),
        ],
      },
      {
        kind: 'list',
        items: commands.map(({ name, usage, description }) => [strong(`${command}${name}${usage === '' ? '' : ` ${usage}`}`), words(`: ${description}`)]),
      },
      { kind: 'note', parts: [words(`In a channel, mention me; in ${alone}, just write. A thread remembers what it is about.`)] },
      {
        kind: 'buttons',
        items: [
          { kind: 'button', label: 'Assess my team', press: chooseAssessment(), style: 'primary' },
          { kind: 'button', label: 'Try a question', press: askThis(EXAMPLE) },
        ],
      },
    ],
  }
}

export function helpCommand(all: () => readonly Command[]): Command {
  return {
    name: 'help',
    usage: '',
    description: 'what can be said here',
    run: async (exchange) => exchange.whisper(helpReply(all(), exchange.ways)),
  }
}
