/** Puts what is known of each passage into one score that a reader can follow. */
import { type Corpus, type Passage, passageId } from '../corpus/passage.ts'
import type { Understanding } from '../questions/understand.ts'

/** How much each piece of evidence counts; 1 is the best lexical match of the question. */
export interface Weights {
  vector: number
  /** How much the question sounds like what people say about a passage. */
  asked: number
  /** How much it is like the likest lines of what people say about a passage, word by word. */
  said: number
  model: number
  dimension: number
  section: number
  level: number
  /** The level above, below, or at the end, where another one is named to say where one stands. */
  shiftedLevel: number
  /** A "stage" for models with stages. */
  levelWord: number
  /** Introductions against levels, where a level is asked for. */
  anyLevel: number
  /** Introductions and overviews where none is: no team says of itself that it stands there, so fewer words speak for them. */
  general: number
}

export interface Evidence {
  lexical: number
  vector: number
  asked: number
  said: number
  model: number
  dimension: number
  section: number
  level: number
  levelWord: number
  anyLevel: number
  general: number
}

export interface Ranked {
  passage: Passage
  score: number
  /** The weighted parts of the score. */
  evidence: Evidence
  /** BM25 as it came, not scaled to the best. */
  bm25: number
  /** Cosine similarity of the passage's best window; 0 without vectors. */
  similarity: number
  /** Likeness to the nearest lines of what people say about it; 0 without vectors. It adds nothing to the order, but tells what is worth citing. */
  meant: number
  /** Of which side of a comparison it is the best, counted from 0. */
  leads?: number
  /** How far it lies behind the best of a side, where it is the second best of that side. */
  behindLeader?: number
}

export interface Signals {
  lexical: ReadonlyMap<string, number>
  /** Best window's cosine similarity by passage. */
  similarity: ReadonlyMap<string, number>
  /** From `Directions`; empty without them. */
  heard?: ReadonlyMap<string, number>
  /** From `LexicalIndex.liken`. */
  said?: ReadonlyMap<string, number>
  /** From `LineVectors`; empty without them. */
  meant?: ReadonlyMap<string, number>
}

/** All passages (of `model`, if given) that have any evidence, best first; ties keep the corpus's order. */
export function rankPassages(corpus: Corpus, understanding: Understanding, signals: Signals, weights: Weights, model?: string): Ranked[] {
  const bestLexical = Math.max(...signals.lexical.values(), Number.EPSILON)
  const similarities = [...signals.similarity.values()]
  const [low, high] = [Math.min(...similarities), Math.max(...similarities)]
  const scaled = (id: string) => {
    const similarity = signals.similarity.get(id)
    return similarity === undefined || high === low ? 0 : (similarity - low) / (high - low)
  }
  return corpus.passages
    .filter((passage) => model === undefined || passage.model === model)
    .filter((passage) => !understanding.onlyNamedModels || understanding.places.models.includes(passage.model))
    .map((passage): Ranked => {
      const described = describedBy(passage, understanding)
      const evidence: Evidence = {
        lexical: bestOf(described, signals.lexical) / bestLexical,
        vector: weights.vector * Math.max(...described.map(scaled)),
        asked: weights.asked * bestOf(described, signals.heard),
        said: weights.said * bestOf(described, signals.said),
        ...placeEvidence(corpus, passage, understanding, weights),
      }
      const score = Object.values(evidence).reduce((sum, part) => sum + part, 0)
      return {
        passage,
        score,
        evidence,
        bm25: signals.lexical.get(passage.id) ?? 0,
        similarity: signals.similarity.get(passage.id) ?? 0,
        meant: bestOf(described, signals.meant),
      }
    })
    .sort((a, b) => b.score - a.score)
}

/** The greatest of theirs; 0 for those that have none. */
function bestOf(ids: readonly string[], values: ReadonlyMap<string, number> | undefined): number {
  let best = 0
  for (const id of ids) best = Math.max(best, values?.get(id) ?? 0)
  return best
}

/**
 * Whose words speak for a passage. Who asks what comes next, or what lies below, describes where they stand, in the
 * words of that level: so these speak for the level that is asked for as well.
 */
function describedBy(passage: Passage, { intent, levels, targetLevels, standingLevels }: Understanding): string[] {
  if (passage.level === null) return [passage.id]
  const sibling = (level: number) => passageId(passage.model, passage.section, level)
  if (standingLevels.length > 0) return targetLevels.includes(passage.level) ? [passage.id, ...standingLevels.map(sibling)] : [passage.id]
  return intent.nextStep && levels.length === 0 && passage.level > 1 ? [passage.id, sibling(passage.level - 1)] : [passage.id]
}

function placeEvidence(
  corpus: Corpus,
  passage: Passage,
  { places, targetLevels, standingLevels, levels, intent }: Understanding,
  weights: Weights,
): Omit<Evidence, 'lexical' | 'vector' | 'asked' | 'said'> {
  const model = corpus.model(passage.model)
  const dimension = passage.section.split('/')[0] ?? ''
  const section = places.sections.find((each) => each.model === passage.model && each.section === passage.section)
  const otherModel = places.models.length > 0 && !places.models.includes(passage.model)
  const rightLevel = passage.level !== null && targetLevels.includes(passage.level)
  const asksLevel = intent.whichLevel || intent.nextStep || targetLevels.length > 0
  const word = levels.find((level) => level.word !== undefined && level.word !== 'level')?.word
  return {
    model: places.models.includes(passage.model) ? weights.model : 0,
    dimension: weights.dimension * (places.dimensions.get(dimension) ?? 0),
    section: otherModel ? 0 : weights.section * (section?.strength ?? 0),
    level: rightLevel ? (standingLevels.length > 0 ? weights.shiftedLevel : weights.level) : 0,
    levelWord: word !== undefined && model?.levelWord.toLowerCase() === word ? weights.levelWord : 0,
    anyLevel: passage.level !== null && asksLevel ? weights.anyLevel : 0,
    general: passage.level === null && !asksLevel ? weights.general : 0,
  }
}
