/** Puts the chat model of an OpenAI-compatible server, its limits and the checks together. */
import type { Embeddings } from '@langchain/core/embeddings'
import type { AnswerWriter } from '../answers/answer-writer.ts'
import type { Expansions } from '../corpus/expansions.ts'
import type { Corpus } from '../corpus/passage.ts'
import type { LexicalIndex } from '../retrieval/lexical-index.ts'
import type { Vocabulary } from '../retrieval/vocabulary.ts'
import { type ChatBudget, createChatCalls } from './chat-calls.ts'
import { createAnswerWriter } from './create-answer-writer.ts'
import { findKnownNames } from './known-names.ts'
import { createOpenAIChatModel } from './openai-chat-model.ts'
import { createSimilarities } from './sentence-similarity.ts'
import type { UsageLedger } from './usage-ledger.ts'

export interface OpenAIAnswerWriterOptions {
  chat: { model: string; apiKey: string | undefined; baseUrl: string | undefined; budget: ChatBudget }
  embeddings: Embeddings
  corpus: Corpus
  lexical: LexicalIndex
  vocabulary: Vocabulary
  expansions: Expansions
  ledger: UsageLedger
  onNotice(notice: string): void
}

export function createOpenAIAnswerWriter({ chat, embeddings, expansions, ledger, ...parts }: OpenAIAnswerWriterOptions): AnswerWriter {
  const { model, apiKey, baseUrl, budget } = chat
  const said = [...expansions.values()].flatMap(({ asks, says }) => [...asks, ...says])
  return createAnswerWriter({
    ...parts,
    calls: createChatCalls({
      model: createOpenAIChatModel({ model, ...(apiKey === undefined ? {} : { apiKey }), ...(baseUrl === undefined ? {} : { baseUrl }) }),
      ledger,
      budget,
    }),
    similarities: createSimilarities(embeddings),
    isKnownName: findKnownNames(
      parts.corpus.passages.map((passage) => passage.text),
      said,
    ),
  })
}
