/** What the check of a chat model's sentences works with: the real corpus and the embedded model. */
import { EXPANSIONS, loadExpansions } from '../corpus/expansions.ts'
import { loadCorpus } from '../corpus/load-corpus.ts'
import { createEmbeddedEmbedder } from '../embeddings/embedded-embeddings.ts'
import type { CheckParts } from '../generation/check-sentence.ts'
import { type GivenPassage, givePassages } from '../generation/given-passages.ts'
import { findKnownNames } from '../generation/known-names.ts'
import { createSimilarities } from '../generation/sentence-similarity.ts'
import { createLexicalIndex } from '../retrieval/lexical-index.ts'
import { loadVocabulary } from '../retrieval/vocabulary.ts'

export interface TestCheckParts extends CheckParts {
  /** The passages of these ids, numbered from 1. */
  give(...ids: string[]): GivenPassage[]
  close(): Promise<void>
}

export async function openCheckParts(): Promise<TestCheckParts> {
  const [{ corpus }, expansions, embedder] = await Promise.all([loadCorpus(), loadExpansions(EXPANSIONS), createEmbeddedEmbedder()])
  const vocabulary = loadVocabulary()
  const said = [...expansions.values()].flatMap(({ asks, says }) => [...asks, ...says])
  return {
    corpus,
    vocabulary,
    lexical: createLexicalIndex(corpus.passages, vocabulary, expansions),
    similarities: createSimilarities(embedder.embeddings),
    isKnownName: findKnownNames(
      corpus.passages.map((passage) => passage.text),
      said,
    ),
    give: (...ids) => {
      const passages = ids.map((id) => corpus.passage(id) ?? missing(id))
      return givePassages(passages, corpus, vocabulary)
    },
    close: () => embedder.close(),
  }
}

function missing(id: string): never {
  throw new Error(`there is no passage ${id}`)
}
