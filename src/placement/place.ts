/** Maps a free-text statement to a level of a section, by what teams at each level say and by the passages themselves. */
import type { Expansions } from '../corpus/expansions.ts'
import { type Corpus, levelHeading, type Passage, passageId } from '../corpus/passage.ts'
import { readQuestion } from '../questions/typed-text.ts'
import type { WeightedTerm } from '../retrieval/lexical-index.ts'
import { stemOf, wordsOf } from '../retrieval/terms.ts'
import type { Vocabulary } from '../retrieval/vocabulary.ts'
import { UserError } from '../shared/errors.ts'
import { createLevelEvidence, type LevelEvidence } from './level-evidence.ts'
import type { Candidate, Placement, PlaceRequest } from './placement.ts'

/** Turns evidence into probabilities; set so that they are about as often right as they say. */
const SHARPNESS = 0.6
const RELATED_WEIGHT = 0.4
/** A statement of so few words that the section knows is placed only if they are telling. */
const FEW_WORDS = 3
const TELLING = 1.5
const MIN_PROBABILITY = 0.3

export interface Placer {
  /** @throws UserError when model or section don't exist or have no levels */
  place(request: PlaceRequest): Placement
}

export interface PlacerParts {
  corpus: Corpus
  vocabulary: Vocabulary
  expansions: Expansions
}

export function createPlacer({ corpus, vocabulary, expansions }: PlacerParts): Placer {
  // Made when first needed: most starts only answer questions.
  const evidenceOf = new Map<string, LevelEvidence>()
  const evidenceFor = (levels: readonly Passage[]): LevelEvidence => {
    const key = `${levels[0]?.model}/${levels[0]?.section}`
    const evidence = evidenceOf.get(key) ?? createLevelEvidence(levels, expansions, vocabulary)
    evidenceOf.set(key, evidence)
    return evidence
  }

  return {
    place({ id, model, section, statement: typed }) {
      const levels = levelsOf(corpus, model, section)
      const statement = readQuestion(typed, 'statement')
      const { own, all } = termsOf(statement, vocabulary)
      const evidence = evidenceFor(levels)
      const byWords = evidence.weigh(all)
      const candidates = toProbabilities(byWords)
        .map((score, i): Candidate => ({ level: (levels[i] as Passage).level as number, score }))
        .sort((a, b) => b.score - a.score)
      const best = candidates[0] as Candidate

      const known = own.filter((stem) => evidence.knows(stem)).length
      const unclear = known === 0 || (known <= FEW_WORDS && Math.max(...byWords) < TELLING) || best.score < MIN_PROBABILITY
      return {
        ...(id === undefined ? {} : { id }),
        model,
        section,
        outcome: unclear ? 'unclear' : 'placed',
        level: best.level,
        candidates,
        passage: passageId(model, section, best.level),
        ...(unclear ? { question: clarify(candidates, levels, corpus) } : {}),
      }
    },
  }
}

function toProbabilities(scores: readonly number[]): number[] {
  const highest = Math.max(...scores)
  const exponentials = scores.map((score) => Math.exp(SHARPNESS * (score - highest)))
  const total = exponentials.reduce((sum, value) => sum + value, 0)
  return exponentials.map((value) => Math.round((value / total) * 1000) / 1000)
}

function levelsOf(corpus: Corpus, modelId: string, sectionId: string): Passage[] {
  const model = corpus.model(modelId)
  if (model === undefined) throw new UserError(`there is no model "${modelId}": use one of ${corpus.models.map((each) => each.id).join(', ')}`)
  const passages = corpus.section(modelId, sectionId).filter((passage) => passage.level !== null)
  if (passages.length > 0) return [...passages].sort((a, b) => (a.level as number) - (b.level as number))
  const placeable = model.sections.filter((section) => section.levels.length > 0).map((section) => section.id)
  throw new UserError(`the model "${modelId}" has no section "${sectionId}" with levels: use one of ${placeable.join(', ')}`)
}

/** One question that tells the two likeliest levels apart. */
function clarify(candidates: readonly Candidate[], levels: readonly Passage[], corpus: Corpus): string {
  const [one, other] = candidates
    .slice(0, 2)
    .map((candidate) => levels.find((passage) => passage.level === candidate.level) as Passage)
    .sort((a, b) => (a.level as number) - (b.level as number))
  const model = corpus.model((levels[0] as Passage).model)
  if (one === undefined || model === undefined) return 'Tell me a little more about how you work.'
  if (other === undefined) return `Does this describe you: “${one.indicator}” (${levelHeading(model, one.level as number)})?`
  const word = model.levelWord.toLowerCase()
  return `Which is closer to you: “${one.indicator}” (${word} ${one.level}) or “${other.indicator}” (${word} ${other.level})?`
}

function termsOf(statement: string, vocabulary: Vocabulary): { own: string[]; all: WeightedTerm[] } {
  const words = wordsOf(statement)
  const own = [...new Set(words.filter((word) => !vocabulary.isStopWord(word)).map(stemOf))]
  return {
    own,
    all: [...own.map((stem) => ({ stem, weight: 1 })), ...vocabulary.related(words).map((stem) => ({ stem, weight: RELATED_WEIGHT }))],
  }
}
