/** Questions about the models themselves: how many levels, which dimensions, how two of them differ, or just "KMM?". */
import type { Corpus, Model, Passage } from '../corpus/passage.ts'
import type { Understanding } from '../questions/understand.ts'
import { stemsOf, wordsOf } from '../retrieval/terms.ts'

/** A question of these words alone is about the shape of a model, not about what it says. */
const SHAPE_WORDS = new Set(
  stemsOf(
    wordsOf(
      `level levels stage stages phase phases dimension dimensions pillar pillars section sections area areas row rows column columns step steps
       difference differences differ different compare comparison compared contrast versus vs between overview summary summarize introduction introduce
       explain describe description list name names named called structure structured shape organized divided number count each every all both
       available exist there short brief quick kubernetes cloud native guide guides framework frameworks differently author publisher wrote made`,
    ),
  ),
)

const MAX_MODELS = 5

/** The passages that introduce the models in question, or nothing when the question is about something else. */
export function introductionsAskedFor({ ownStems, places, targetLevels, followUp, question }: Understanding, corpus: Corpus): Passage[] {
  if (question === '' || followUp || targetLevels.length > 0) return []
  const names = new Set(corpus.models.flatMap((model) => [model.id, ...model.aliases]).flatMap((name) => stemsOf(wordsOf(name))))
  const others = ownStems.filter((stem) => !names.has(stem) && !SHAPE_WORDS.has(stem))
  if (others.length > 0) return []
  const named = places.models.flatMap((id) => corpus.model(id) ?? [])
  if (named.length === 0 && !/\bmodels?\b|\bguides?\b/i.test(question)) return []
  return (named.length > 0 ? named : corpus.models).slice(0, MAX_MODELS).flatMap((model) => introductionOf(model, corpus) ?? [])
}

/** The section that a model calls its introduction or its structure, else the first one without levels. */
function introductionOf(model: Model, corpus: Corpus): Passage | undefined {
  const own = corpus.passages.filter((passage) => passage.model === model.id && passage.level === null)
  return own.find((passage) => /(?:^|\/)(?:introduction|structure)$/.test(passage.section)) ?? own[0]
}
