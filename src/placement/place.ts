/** Maps a free-text statement to a level of a section, by what teams at each level say, the tools they name and the passages themselves. */
import type { Expansions } from '../corpus/expansions.ts'
import { type Corpus, levelHeading, type Passage, passageId } from '../corpus/passage.ts'
import { loadSignals, type Signal } from '../corpus/signals.ts'
import { readQuestion } from '../questions/typed-text.ts'
import type { Vocabulary } from '../retrieval/vocabulary.ts'
import { UserError } from '../shared/errors.ts'
import { decide, PLACEMENT } from './decide.ts'
import { type Evidence, gatherEvidence, type SectionKnowledge } from './evidence.ts'
import { explain } from './explain.ts'
import { createSignalFinder, type SignalFinder } from './find-signals.ts'
import { createLevelEvidence } from './level-evidence.ts'
import type { Candidate, Placement, PlaceRequest } from './placement.ts'

export interface Placer {
  /** @throws UserError when model or section don't exist or have no levels */
  place(request: PlaceRequest): Placement
  /** What `place` decides from, and the levels it decides between; see `decide`. */
  gather(request: PlaceRequest): { evidence: Evidence; levels: readonly number[] }
}

export interface PlacerParts {
  corpus: Corpus
  vocabulary: Vocabulary
  expansions: Expansions
  /** Called at the first placement. */
  readSignals?: () => readonly Signal[]
}

export function createPlacer({ corpus, vocabulary, expansions, readSignals = loadSignals }: PlacerParts): Placer {
  // Made when first needed: most starts only answer questions.
  let finder: SignalFinder | undefined
  const knowledge = new Map<string, SectionKnowledge>()
  const knowledgeOf = (model: string, section: string, levels: readonly number[]): SectionKnowledge => {
    const key = `${model}/${section}`
    const known = knowledge.get(key) ?? {
      section: key,
      levels,
      words: createLevelEvidence(levels, passagesAbout(corpus, model, section), expansions, vocabulary),
    }
    knowledge.set(key, known)
    return known
  }
  const gather = (levels: readonly number[], { model, section, statement }: PlaceRequest): Evidence => {
    finder ??= createSignalFinder(readSignals())
    return gatherEvidence(readQuestion(statement, 'statement'), knowledgeOf(model, section, levels), finder, vocabulary)
  }

  return {
    gather(request) {
      const levels = numbersOf(levelsOf(corpus, request.model, request.section))
      return { levels, evidence: gather(levels, request) }
    },
    place(request) {
      const { id, model, section } = request
      const passages = levelsOf(corpus, model, section)
      const levels = numbersOf(passages)
      const evidence = gather(levels, request)
      const { probabilities, placed, unclear } = decide(evidence, levels.length)
      const level = levels[placed] as number
      const candidates = levels
        .map((level, i): Candidate => ({ level, score: Math.round((probabilities[i] as number) * 1000) / 1000 }))
        .sort((a, b) => Number(b.level === level) - Number(a.level === level) || b.score - a.score)
      const because = explain(evidence, placed, PLACEMENT)
      return {
        ...(id === undefined ? {} : { id }),
        model,
        section,
        outcome: unclear ? 'unclear' : 'placed',
        level,
        candidates,
        passage: passageId(model, section, level),
        ...(because.length === 0 ? {} : { because }),
        ...(unclear ? { question: clarify(candidates, passages, corpus) } : {}),
      }
    },
  }
}

function numbersOf(passages: readonly Passage[]): number[] {
  return passages.map((passage) => passage.level as number)
}

function levelsOf(corpus: Corpus, modelId: string, sectionId: string): Passage[] {
  const model = corpus.model(modelId)
  if (model === undefined) throw new UserError(`there is no model "${modelId}": use one of ${corpus.models.map((each) => each.id).join(', ')}`)
  const passages = corpus.section(modelId, sectionId).filter((passage) => passage.level !== null)
  if (passages.length > 0) return [...passages].sort((a, b) => (a.level as number) - (b.level as number))
  const placeable = model.sections.filter((section) => section.levels.length > 0).map((section) => section.id)
  throw new UserError(`the model "${modelId}" has no section "${sectionId}" with levels: use one of ${placeable.join(', ')}`)
}

/** The section's levels, and the topics below it, each of which belongs to one of its levels. */
function passagesAbout(corpus: Corpus, model: string, section: string): Passage[] {
  return corpus.passages.filter((each) => each.model === model && each.level !== null && (each.section === section || each.section.startsWith(`${section}/`)))
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
