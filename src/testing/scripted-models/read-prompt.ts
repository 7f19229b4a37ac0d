/** What stands in our prompt, read as a model would. */
import type { ChatCall } from '../chat-server/chat-script.ts'

export interface PromptPassage {
  n: number
  title: string
  text: string
}

export interface ReadPrompt {
  passages: readonly PromptPassage[]
  question: string
  history: string
  /** Numbered lines to translate. */
  sentences: string
  /** What the system says. */
  system: string
}

/**
 * Reads the passages, `[n] title` lines with their text, between `<passages>` and `</passages>`, and the rest between tags of its own. The last message that has them counts: instructions that only mention a tag stand before it.
 */
export function readPrompt({ messages }: Pick<ChatCall, 'messages'>): ReadPrompt {
  const latestFirst = messages.map(({ content }) => content).reverse()
  const passages = latestFirst.map((content) => passagesOf(between(content, 'passages'))).find((found) => found.length > 0) ?? []
  const block = (tag: string) => latestFirst.map((content) => between(content, tag)).find((text) => text !== '') ?? ''
  const system = messages.filter(({ role }) => role === 'system' || role === 'developer').map(({ content }) => content)
  return { passages, question: block('question'), history: block('history'), sentences: block('sentences'), system: system.join('\n\n') }
}

/** Up to the last closing tag at the beginning of a line, or the last one at all: one that a text brings along does not end it. */
function between(content: string, tag: string): string {
  const [, inside] = new RegExp(`^<${tag}>([\\s\\S]*)^</${tag}>`, 'm').exec(content) ?? new RegExp(`^<${tag}>([\\s\\S]*)</${tag}>`, 'm').exec(content) ?? []
  return inside?.trim() ?? ''
}

function passagesOf(block: string): PromptPassage[] {
  return [...block.matchAll(/^\[(\d+)\] (.*)\n([\s\S]*?)(?=^\[\d+\] |$(?![\s\S]))/gm)].map(([, n, title, text]) => ({
    n: Number(n),
    title: (title ?? '').trim(),
    text: (text ?? '').trim(),
  }))
}
