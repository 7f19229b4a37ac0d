/** A chat model as what answers ask for: it restates, writes and translates, and none of it is taken on trust. */
import type { Asker } from '../answers/answer.ts'
import { type AnswerWriter, WriterError } from '../answers/answer-writer.ts'
import { stemOf, wordsOf } from '../retrieval/terms.ts'
import type { AskOptions, ChatCalls } from './chat-calls.ts'
import type { Prompt } from './chat-model.ts'
import type { CheckParts } from './check-sentence.ts'
import { asData, loadPrompt } from './prompt-files.ts'
import { readRestated, readsAsEnglish } from './restate-question.ts'
import { readTranslated, toLines } from './translate-sentences.ts'
import { asTurns, writeAnswer } from './write-answer.ts'

export interface AnswerWriterParts extends CheckParts {
  calls: ChatCalls
  /** Told in one sentence what went wrong on the way to an answer that is given all the same. */
  onNotice(notice: string): void
}

/** The rules read the question too: nobody waits long for a better reading. */
const RESTATE_LIMIT_MS = 8_000

/** @throws UserError when a prompt file is missing or out of form */
export function createAnswerWriter(parts: AnswerWriterParts): AnswerWriter {
  const { calls, lexical, vocabulary, onNotice } = parts
  const [answer, restate, translate] = [loadPrompt('answer'), loadPrompt('restate'), loadPrompt('translate')]
  const isEnglishWord = (word: string) => vocabulary.isStopWord(word) || lexical.has(stemOf(word)) || vocabulary.related([word]).length > 0

  /** The reply to a request without which the answer is only less well read, or in English; undefined where there is none. */
  const tryToAsk = async (what: string, prompt: Prompt, asker: Asker, options?: AskOptions): Promise<string | undefined> => {
    try {
      const { text, isWhole } = await calls.ask(prompt, asker, options)
      return isWhole ? text : undefined
    } catch (error) {
      if (!(error instanceof WriterError)) throw error
      onNotice(`${what} without the chat model (${error.trouble}): ${error.message}`)
      return undefined
    }
  }

  return {
    name: calls.name,
    async restate(question, history, asker) {
      if (history.length === 0 && readsAsEnglish(wordsOf(question), isEnglishWord)) return undefined
      const prompt = await restate({ history: asTurns(history), question: asData(question) })
      const reply = await tryToAsk('the question was read', prompt, asker, { timeLimitMs: RESTATE_LIMIT_MS })
      return reply === undefined ? undefined : readRestated(reply, [...history, question].join(' '), (word) => lexical.has(stemOf(word)))
    },
    write: (request, asker, onSentence) => writeAnswer(request, asker, onSentence, { ...parts, prompt: answer }),
    async translate(sentences, language, asker) {
      const prompt = await translate({ language, sentences: asData(toLines(sentences)) })
      const reply = await tryToAsk('the answer stays in English', prompt, asker)
      return reply === undefined ? [...sentences] : readTranslated(reply, sentences)
    },
  }
}
