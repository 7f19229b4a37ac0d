/** A model that has to be stopped. */
import type { ChatScript } from '../chat-server/chat-script.ts'
import { bestSentences, cited, standAlone } from './answering.ts'
import { readPrompt } from './read-prompt.ts'

/** Never comes to an end. */
export const endless: ChatScript = (call) => {
  const prompt = readPrompt(call)
  const [sentence] = bestSentences(prompt)
  return { kind: 'endless', text: `${sentence === undefined ? standAlone(prompt) : cited(sentence)} `, chunkDelayMs: 2 }
}
