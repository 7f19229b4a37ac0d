/** The sides of a comparison, each with the words, places and levels that are meant for it: "KMM level 4 vs CNCF culture". */
import type { WeightedTerm } from '../retrieval/lexical-index.ts'
import { stemsOf, wordsOf } from '../retrieval/terms.ts'
import type { Places } from './places.ts'

export interface Side {
  places: Places
  terms: readonly WeightedTerm[]
  targetLevels: readonly number[]
  /** What is compared is not where somebody stands. */
  standingLevels: readonly number[]
  /** Told from the others by what is asked alone, not by a model, level or section. */
  byTopic: boolean
}

/** What is read of a piece of the question. */
export interface Piece {
  places: Places
  levels: readonly number[]
  terms: readonly WeightedTerm[]
}

/** Words of the other side may be meant for both ("zero trust in KMM vs CNCF"), but one's own come first. */
const OTHER_SIDE_WEIGHT = 0.4
const MAX_SIDES = 3
/** Words around the name of a place or level: a side that has no others is asked about what the other side is. */
const FRAME = new Set(stemsOf(wordsOf('level levels lvl stage stages phase phases tier step part side section view model guide dimension pillar area')))
/** From this strength on, a section counts as named. */
const CLEAR_SECTION = 1

const BETWEEN_SIDES = /\s*(?:\b(?:vs\.?|versus|compared? (?:to|with)|against|rather than|other than|else than|than|and|or|with|to)\b|[,;:–—()]|[.?!]\s)\s*/i
const BETWEEN_TOPICS =
  /\bvs\.?\s|\bversus\b|,?\s+(?:and|or|but)\s+(?=(?:at |on |in |from )?(?:which|when|where|what|who|whom|how)\b)|\?\s+(?=and\b|which\b|when\b)/i

/**
 * By the models that are named, else by the levels, else by the sections, else by what is asked twice ("when … and when …").
 * Nothing when the question has one side.
 */
export function findSides(question: string, whole: Piece, targetLevels: readonly number[], comparison: boolean, read: (text: string) => Piece): Side[] {
  const { models, sections } = whole.places
  if (models.length > 1) return sidesByModel(question, whole, read)
  const same = { places: whole.places, terms: whole.terms, standingLevels: [], byTopic: false }
  if (!comparison && targetLevels.length < 2) return sidesByTopic(question, whole, targetLevels, read)
  if (targetLevels.length > 1)
    return targetLevels
      .toSorted((a, b) => a - b)
      .slice(0, MAX_SIDES)
      .map((level): Side => ({ ...same, targetLevels: [level] }))
  const named = sections.filter(({ model, strength }) => strength >= CLEAR_SECTION && (models.length === 0 || models.includes(model)))
  if (models.length === 1 && named.length > 1 && named.length <= MAX_SIDES)
    return named.map((section): Side => ({ ...same, places: { ...whole.places, sections: [section] }, targetLevels }))
  return sidesByTopic(question, whole, targetLevels, read)
}

function sidesByModel(question: string, whole: Piece, read: (text: string) => Piece): Side[] {
  const pieces = question.split(BETWEEN_SIDES).map(read)
  return whole.places.models.slice(0, MAX_SIDES).map((model): Side => {
    const own = pieces.filter(({ places }) => places.models.includes(model))
    const shared = pieces.filter(({ places }) => places.models.length === 0)
    const says = own.some((piece) => piece.terms.some(({ stem, weight }) => weight === 1 && !FRAME.has(stem)) || piece.levels.length > 0)
    const meant = says ? [...own, ...shared] : pieces
    const sections = meant.flatMap(({ places }) => places.sections).filter((section) => section.model === model)
    const ownTerms = new Map(meant.flatMap(({ terms }) => terms.map(({ stem, weight }) => [stem, weight] as const)))
    const levels = own.flatMap((piece) => piece.levels)
    return {
      places: {
        models: [model],
        sections: sections.length > 0 ? sections : whole.places.sections.filter((section) => section.model === model),
        dimensions: new Map(meant.flatMap(({ places }) => [...places.dimensions])),
      },
      terms: whole.terms.map(({ stem, weight }) => ({ stem, weight: ownTerms.get(stem) ?? weight * OTHER_SIDE_WEIGHT })),
      targetLevels: levels.length > 0 ? levels : meant.flatMap((piece) => piece.levels),
      standingLevels: [],
      byTopic: false,
    }
  })
}

function sidesByTopic(question: string, { places, terms }: Piece, targetLevels: readonly number[], read: (text: string) => Piece): Side[] {
  const pieces = question.split(BETWEEN_TOPICS).map(read)
  if (pieces.length < 2 || pieces.length > MAX_SIDES || pieces.some((piece) => piece.terms.length === 0)) return []
  const isNamed = pieces.some((piece) => piece.places.sections.length > 0)
  return pieces.map((piece): Side => {
    const own = new Set(piece.terms.map(({ stem }) => stem))
    const weighed = terms.map(({ stem, weight }) => ({ stem, weight: own.has(stem) ? weight : weight * OTHER_SIDE_WEIGHT }))
    // What one of them names is not meant for the other.
    const sections = isNamed ? piece.places.sections : places.sections
    return { places: { ...places, sections }, terms: weighed, targetLevels, standingLevels: [], byTopic: true }
  })
}
