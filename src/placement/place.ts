/** Maps a free-text statement to a level of a section, by what teams at each level say and by the passages themselves. */
import MiniSearch from 'minisearch'
import type { Expansions } from '../corpus/expansions.ts'
import { type Corpus, levelHeading, type Passage } from '../corpus/passage.ts'
import type { HnswVectorStore } from '../index/vector-store.ts'
import { readQuestion } from '../questions/typed-text.ts'
import type { LexicalIndex, WeightedTerm } from '../retrieval/lexical-index.ts'
import { stemOf, wordsOf } from '../retrieval/terms.ts'
import type { Vocabulary } from '../retrieval/vocabulary.ts'
import { UserError } from '../shared/errors.ts'
import fitted from './placement.json' with { type: 'json' }
import type { Candidate, Placement, PlaceRequest } from './placement.ts'

export interface PlacementWeights {
  passage: number
  says: number
  vector: number
  /** Turns scores into probabilities: the larger, the surer. */
  sharpness: number
  /** A best BM25 score under this says that nothing of the section was mentioned. */
  minEvidence: number
  /** Below this probability of the likeliest level it is asked back. */
  minProbability: number
}

export const PLACEMENT_WEIGHTS: PlacementWeights = fitted

/** A level is described by a few lines that are alike, not by one that happens to share a word. */
const POOLED_LINES = 3

export interface Placer {
  /** @throws UserError when model or section don't exist or have no levels */
  place(request: PlaceRequest): Promise<Placement>
}

export interface PlacerParts {
  corpus: Corpus
  lexical: LexicalIndex
  vocabulary: Vocabulary
  expansions: Expansions
  vectors?: HnswVectorStore
  weights?: PlacementWeights
}

export function createPlacer({ corpus, lexical, vocabulary, expansions, vectors, weights = PLACEMENT_WEIGHTS }: PlacerParts): Placer {
  // Made when first needed: most starts only answer questions.
  let says: SaysIndex | undefined

  return {
    async place(request) {
      const levels = levelsOf(corpus, request)
      const statement = readQuestion(request.statement)
      const terms = termsOf(statement, vocabulary)
      const byWords = lexical.score(terms).byPassage
      says ??= createSaysIndex(corpus, vocabulary, expansions)
      const bySays = says.score(terms)
      const byVector = await similarities(statement, vectors)

      const evidence = levels.map((passage) => ({
        passage: byWords.get(passage.id) ?? 0,
        says: bySays.get(passage.id) ?? 0,
        vector: byVector.get(passage.id) ?? 0,
      }))
      const scores = levels.map(
        (_, i) => weights.passage * share(evidence, 'passage', i) + weights.says * share(evidence, 'says', i) + weights.vector * share(evidence, 'vector', i),
      )
      const exponentials = scores.map((score) => Math.exp(weights.sharpness * score))
      const total = exponentials.reduce((sum, value) => sum + value, 0)
      const candidates = levels
        .map((passage, i): Candidate => ({ level: passage.level as number, score: Math.round(((exponentials[i] as number) / total) * 1000) / 1000 }))
        .sort((a, b) => b.score - a.score)

      const strongest = Math.max(...evidence.map((each) => Math.max(each.passage, each.says)))
      const best = levels.find((passage) => passage.level === candidates[0]?.level) as Passage
      const base = { ...(request.id === undefined ? {} : { id: request.id }), model: request.model, section: request.section }
      if (strongest < weights.minEvidence || (candidates[0]?.score ?? 0) < weights.minProbability) {
        return { ...base, outcome: 'unclear', level: null, candidates, passage: null, question: clarify(candidates, levels, corpus) }
      }
      return { ...base, outcome: 'placed', level: best.level, candidates, passage: best.id }
    },
  }
}

/** A level's part of what all levels of the section gather: 1 for the best. */
function share(evidence: readonly { passage: number; says: number; vector: number }[], key: 'passage' | 'says' | 'vector', i: number): number {
  const values = evidence.map((each) => each[key])
  const best = Math.max(...values)
  const low = key === 'vector' ? Math.min(...values) : 0
  return best <= low ? 0 : ((values[i] as number) - low) / (best - low)
}

function levelsOf(corpus: Corpus, { model: modelId, section: sectionId }: PlaceRequest): Passage[] {
  const model = corpus.model(modelId)
  if (model === undefined) throw new UserError(`there is no model "${modelId}": use one of ${corpus.models.map((each) => each.id).join(', ')}`)
  const passages = corpus.section(modelId, sectionId).filter((passage) => passage.level !== null)
  if (passages.length > 0) return [...passages].sort((a, b) => (a.level as number) - (b.level as number))
  const placeable = model.sections.filter((section) => section.levels.length > 0).map((section) => section.id)
  throw new UserError(`the model "${modelId}" has no section "${sectionId}" with levels: use one of ${placeable.join(', ')}`)
}

function clarify(candidates: readonly Candidate[], levels: readonly Passage[], corpus: Corpus): string {
  const [one, other] = candidates
    .slice(0, 2)
    .map((candidate) => levels.find((passage) => passage.level === candidate.level) as Passage)
    .sort((a, b) => (a.level as number) - (b.level as number))
  const model = corpus.model((levels[0] as Passage).model)
  if (one === undefined || model === undefined) return 'Tell me a little more about how you work.'
  if (other === undefined) return `Does this describe you: “${one.indicator}” (${levelHeading(model, one.level as number)})?`
  return `Which is closer to you: “${one.indicator}” (${model.levelWord.toLowerCase()} ${one.level}) or “${other.indicator}” (${model.levelWord.toLowerCase()} ${other.level})?`
}

function termsOf(statement: string, vocabulary: Vocabulary): WeightedTerm[] {
  const words = wordsOf(statement)
  const own = words.filter((word) => !vocabulary.isStopWord(word)).map((word) => ({ stem: stemOf(word), weight: 1 }))
  return [...own, ...vocabulary.related(words).map((stem) => ({ stem, weight: 0.4 }))]
}

async function similarities(statement: string, vectors: HnswVectorStore | undefined): Promise<Map<string, number>> {
  const best = new Map<string, number>()
  const query = /[\p{L}\p{N}]/u.test(statement) ? await vectors?.embeddings.embedQuery(statement).catch(() => undefined) : undefined
  if (vectors === undefined || query === undefined) return best
  for (const [document, similarity] of await vectors.similaritySearchVectorWithScore(query, vectors.documents.length)) {
    if (!best.has(document.metadata.passage)) best.set(document.metadata.passage, similarity)
  }
  return best
}

interface SaysIndex {
  /** By passage, the mean BM25 score of its best lines. */
  score(terms: readonly WeightedTerm[]): Map<string, number>
}

function createSaysIndex(corpus: Corpus, vocabulary: Vocabulary, expansions: Expansions): SaysIndex {
  const search = new MiniSearch<{ id: number; passage: string; line: string }>({
    fields: ['line'],
    storeFields: ['passage'],
    tokenize: (text) =>
      wordsOf(text)
        .filter((word) => !vocabulary.isStopWord(word))
        .map(stemOf),
    processTerm: (stem) => stem,
    searchOptions: { tokenize: (query) => query.split(' '), combineWith: 'OR' },
  })
  const lines = corpus.passages.flatMap(({ id, level }) => (level === null ? [] : (expansions.get(id)?.says ?? [])).map((line) => ({ passage: id, line })))
  search.addAll(lines.map((line, id) => ({ id, ...line })))
  return {
    score(terms) {
      const weights = new Map(terms.map(({ stem, weight }) => [stem, weight]))
      const hits = weights.size === 0 ? [] : search.search([...weights.keys()].join(' '), { boostTerm: (stem) => weights.get(stem) ?? 1 })
      const best = Map.groupBy(hits, (hit) => hit.passage as string)
      return new Map([...best].map(([passage, group]) => [passage, group.slice(0, POOLED_LINES).reduce((sum, hit) => sum + hit.score, 0) / POOLED_LINES]))
    },
  }
}
