/** Puts the chat model of an OpenAI-compatible server, its limits and the checks together. */
import type { Embeddings } from '@langchain/core/embeddings'
import type { AnswerWriter } from '../answers/answer-writer.ts'
import type { Expansions } from '../corpus/expansions.ts'
import type { Corpus } from '../corpus/passage.ts'
import type { LexicalIndex } from '../retrieval/lexical-index.ts'
import type { Vocabulary } from '../retrieval/vocabulary.ts'
import { type ChatBudget, type ChatCalls, createChatCalls } from './chat-calls.ts'
import { createAnswerWriter } from './create-answer-writer.ts'
import type { NameContext } from './figures-and-names.ts'
import { findKnownNames } from './known-names.ts'
import { createOpenAIChatModel } from './openai-chat-model.ts'
import { createSimilarities } from './sentence-similarity.ts'
import type { UsageLedger } from './usage-ledger.ts'

/** What a chat model does for Cairn, and what its words are checked with. */
export interface Generation {
  writer: AnswerWriter
  /** Within the limits of all its calls together. */
  calls: ChatCalls
  names: NameContext
}

export interface OpenAIGenerationOptions {
  chat: { model: string; apiKey: string | undefined; baseUrl: string | undefined; budget: ChatBudget }
  embeddings: Embeddings
  corpus: Corpus
  lexical: LexicalIndex
  vocabulary: Vocabulary
  expansions: Expansions
  ledger: UsageLedger
  onNotice(notice: string): void
}

export function createOpenAIGeneration({ chat, embeddings, expansions, ledger, ...parts }: OpenAIGenerationOptions): Generation {
  const { model, apiKey, baseUrl, budget } = chat
  const { corpus, lexical, vocabulary } = parts
  const said = [...expansions.values()].flatMap(({ asks, says }) => [...asks, ...says])
  const isKnownName = findKnownNames(
    corpus.passages.map((passage) => passage.text),
    said,
  )
  const calls = createChatCalls({
    model: createOpenAIChatModel({ model, ...(apiKey === undefined ? {} : { apiKey }), ...(baseUrl === undefined ? {} : { baseUrl }) }),
    ledger,
    budget,
  })
  return {
    writer: createAnswerWriter({ ...parts, calls, similarities: createSimilarities(embeddings), isKnownName }),
    calls,
    names: { vocabulary, isEverydayWord: (stem) => lexical.has(stem), isKnownName },
  }
}
