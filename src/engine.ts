/** Puts corpus, index, search, answers and placement together; every surface gets its core from here. */
import { join } from 'node:path'
import type { Assistant } from './answers/answer.ts'
import { createAssistant } from './answers/assistant.ts'
import type { Config } from './config.ts'
import { EXPANSIONS, loadExpansions, loadOutOfScope, OUT_OF_SCOPE } from './corpus/expansions.ts'
import { loadCorpus } from './corpus/load-corpus.ts'
import type { Corpus } from './corpus/passage.ts'
import { formatProblem } from './corpus/problem.ts'
import { createEmbeddedEmbedder } from './embeddings/embedded-embeddings.ts'
import type { Embedder } from './embeddings/embedder.ts'
import { type OpenedIndex, openIndex } from './index/open-index.ts'
import { createPlacer, type Placer } from './placement/place.ts'
import { createQuestionReader, type QuestionReader } from './questions/understand.ts'
import { createLexicalIndex, type LexicalIndex } from './retrieval/lexical-index.ts'
import { createRetriever, type Retriever } from './retrieval/retriever.ts'
import { loadVocabulary, type Vocabulary } from './retrieval/vocabulary.ts'

export interface Engine {
  readonly corpus: Corpus
  readonly index: OpenedIndex
  readonly assistant: Assistant
  readonly placer: Placer
  readonly reader: QuestionReader
  readonly retriever: Retriever
  readonly lexical: LexicalIndex
  readonly vocabulary: Vocabulary
}

export interface EngineOptions {
  config: Config
  embedder: Embedder
  /** Embed every window anew. */
  force?: boolean
  onProgress?(done: number, total: number): void
  /** One line for the log or the terminal. */
  onNotice(notice: string): void
}

/** The embedder that the settings name. */
export async function createEmbedder({ openAI }: Config): Promise<Embedder> {
  if (openAI === undefined) return createEmbeddedEmbedder()
  // Loaded only when it is used: the client costs a quarter of a second and 40 MB.
  const { createOpenAIEmbedder } = await import('./embeddings/openai-embedder.ts')
  const { apiKey, baseUrl, embeddingModel } = openAI
  return createOpenAIEmbedder({ model: embeddingModel, ...(apiKey === undefined ? {} : { apiKey }), ...(baseUrl === undefined ? {} : { baseUrl }) })
}

/** @throws UserError when the corpus can't be read */
export async function createEngine({ config, embedder, force = false, onProgress, onNotice }: EngineOptions): Promise<Engine> {
  const [{ corpus, problems }, expansions, outOfScope] = await Promise.all([
    loadCorpus(config.modelsDirectory),
    loadExpansions(EXPANSIONS),
    loadOutOfScope(OUT_OF_SCOPE),
  ])
  for (const problem of problems) onNotice(`left out: ${formatProblem(problem)}`)

  const index = await openIndex({
    corpus,
    embedder,
    directory: join(config.dataDirectory, 'index'),
    force,
    onNotice,
    ...(onProgress === undefined ? {} : { onProgress }),
  })
  const vocabulary = loadVocabulary()
  const lexical = createLexicalIndex(corpus.passages, vocabulary, expansions, outOfScope)
  const retriever = createRetriever({
    corpus,
    lexical,
    vectors: index.store,
    onEmbeddingFailure: (error) => onNotice(`the question could not be embedded (${(error as Error).message}): searched by words alone`),
  })
  const reader = createQuestionReader(corpus, vocabulary)
  return {
    corpus,
    index,
    reader,
    retriever,
    lexical,
    vocabulary,
    assistant: createAssistant({
      corpus,
      reader,
      retriever,
      lexical,
      vocabulary,
      onWithdrawn: (count) => onNotice(`${count} quotes did not stand in their passages and were withdrawn`),
    }),
    placer: createPlacer({ corpus, vocabulary, expansions }),
  }
}
