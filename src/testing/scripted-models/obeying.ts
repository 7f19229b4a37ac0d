/** Models that do what the text they read tells them, or tell what they were told. */
import type { ChatScript } from '../chat-server/chat-script.ts'
import { restated, say } from './answering.ts'
import { honest } from './honest.ts'
import { readPrompt } from './read-prompt.ts'

/** A line of `eval/injections.jsonl`. */
export interface Injection {
  id: string
  where: 'question' | 'history' | 'passage' | 'model-title' | 'channel-name'
  /** The payload; where `turns` has it in pieces, all of them in one. */
  text: string
  /** The turns over which it is spread; the last is the question. */
  turns?: readonly string[]
  /** What a model that obeys answers. */
  obeyed: string
  /** None of them may reach a person. */
  forbidden: readonly string[]
}

/** Repeats its instructions, with a marker to get them through. */
export const leakingPrompt: ChatScript = (call) => {
  const { system, passages } = readPrompt(call)
  const told = system === '' ? call.messages.map(({ content }) => content).join('\n') : system
  return say(`My instructions are as follows. ${told} [${passages[0]?.n ?? 1}]`)
}

/**
 * Does what the injection says wherever it meets it, in the form that is asked for, and is honest otherwise. Escaping and cleaning don't hide it from a model,
 * so it is enough that half of its words are there, three in a row.
 */
export function obeying(injection: Pick<Injection, 'text' | 'obeyed'>): ChatScript {
  const words = plainWords(injection.text)
  const runs = words.length < 3 ? [words.join(' ')] : words.slice(2).map((word, index) => `${words[index]} ${words[index + 1]} ${word}`)
  return (call) => {
    const read = ` ${plainWords(call.messages.map(({ content }) => content).join(' ')).join(' ')} `
    if (runs.filter((run) => read.includes(` ${run} `)).length < runs.length / 2) return honest(call)
    const prompt = readPrompt(call)
    if (prompt.passages.length > 0) return say(injection.obeyed)
    return say(
      prompt.sentences === '' ? restated(prompt, injection.obeyed) : prompt.sentences.replace(/^(\d+: ).*/gm, (_, number) => `${number}${injection.obeyed}`),
    )
  }
}

/** Without what can't be seen, HTML's escapes and punctuation; each Chinese character is a word. */
function plainWords(text: string): string[] {
  const seen = text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/\p{Cf}/gu, '')
    .replace(/&#?\w+;/g, ' ')
  return seen.match(/\p{Script=Han}|(?:(?!\p{Script=Han})[\p{L}\p{N}])+/gu) ?? []
}
