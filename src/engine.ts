/** Puts corpus, index, search, answers and placement together; every surface gets its core from here. */
import { join } from 'node:path'
import type { Assistant } from './answers/answer.ts'
import { createAssistant } from './answers/assistant.ts'
import type { Config } from './config.ts'
import { EXPANSIONS, type Expansions, loadExpansions, loadOutOfScope, OUT_OF_SCOPE } from './corpus/expansions.ts'
import { loadCorpus } from './corpus/load-corpus.ts'
import type { Corpus } from './corpus/passage.ts'
import { formatProblem } from './corpus/problem.ts'
import { createEmbeddedEmbedder } from './embeddings/embedded-embeddings.ts'
import type { Embedder } from './embeddings/embedder.ts'
import { createMemoryLedger } from './generation/memory-ledger.ts'
import type { Generation } from './generation/openai-generation.ts'
import type { UsageLedger } from './generation/usage-ledger.ts'
import { addImports } from './imports/add-imports.ts'
import { importsDirectory } from './imports/import-store.ts'
import { type OpenedIndex, openIndex } from './index/open-index.ts'
import { createPlacer, type Placer } from './placement/place.ts'
import { createQuestionReader, type QuestionReader } from './questions/understand.ts'
import { readDirections } from './retrieval/directions.ts'
import { createLexicalIndex, type LexicalIndex } from './retrieval/lexical-index.ts'
import { readLineVectors } from './retrieval/line-vectors.ts'
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
  /** The chat model that the settings name. */
  readonly generation?: Generation
}

export interface EngineOptions {
  config: Config
  embedder: Embedder
  /** What chat models have cost; without it they are counted from zero. */
  usage?: UsageLedger
  /** Embed every window anew. */
  force?: boolean
  onProgress?(done: number, total: number): void
  /** One line for the log or the terminal. */
  onNotice(notice: string): void
}

/** The embedder that the settings name. */
export async function createEmbedder({ embeddings }: Config): Promise<Embedder> {
  if (embeddings === undefined) return createEmbeddedEmbedder()
  // Loaded only when it is used: the client costs a quarter of a second and 40 MB.
  const { createOpenAIEmbedder } = await import('./embeddings/openai-embedder.ts')
  const { model, apiKey, baseUrl } = embeddings
  return createOpenAIEmbedder({ model, ...(apiKey === undefined ? {} : { apiKey }), ...(baseUrl === undefined ? {} : { baseUrl }) })
}

/** @throws UserError when the corpus can't be read */
export async function createEngine({ config, embedder, usage = createMemoryLedger(), force = false, onProgress, onNotice }: EngineOptions): Promise<Engine> {
  const [{ corpus, problems }, expansions, outOfScope] = await Promise.all([
    loadCorpus(config.modelsDirectory).then((loaded) => addImports(loaded, importsDirectory(config.dataDirectory))),
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
    directions: readDirections(embedder.name),
    lineVectors: readLineVectors(embedder.name),
    onEmbeddingFailure: (error) => onNotice(`the question could not be embedded (${(error as Error).message}): searched by words alone`),
  })
  const reader = createQuestionReader(corpus, vocabulary)
  const generation = await openGeneration({ config, embedder, corpus, lexical, vocabulary, expansions, usage, onNotice })
  return {
    corpus,
    index,
    reader,
    retriever,
    lexical,
    vocabulary,
    ...(generation === undefined ? {} : { generation }),
    assistant: createAssistant({
      corpus,
      reader,
      retriever,
      lexical,
      vocabulary,
      onNotice,
      ...(generation === undefined ? {} : { writer: generation.writer }),
    }),
    placer: createPlacer({ corpus, vocabulary, expansions }),
  }
}

interface GenerationParts {
  config: Config
  embedder: Embedder
  corpus: Corpus
  lexical: LexicalIndex
  vocabulary: Vocabulary
  expansions: Expansions
  usage: UsageLedger
  onNotice(notice: string): void
}

/** The chat model that the settings name; without one, answers are quoted. */
async function openGeneration({ config, embedder, expansions, usage, ...parts }: GenerationParts): Promise<Generation | undefined> {
  if (config.chat === undefined) return undefined
  // Loaded only when it is used, like the client for embeddings.
  const { createOpenAIGeneration } = await import('./generation/openai-generation.ts')
  return createOpenAIGeneration({ chat: config.chat, embeddings: embedder.embeddings, expansions, ledger: usage, ...parts })
}
