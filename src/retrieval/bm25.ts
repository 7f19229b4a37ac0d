/**
 * BM25+ (Lv and Zhai 2011) over documents of several fields. What a stem is worth in a document does not depend on the question:
 * it is worked out once, when the index is built, and a question only adds up.
 */

/** How soon further mentions stop to count, how much long fields lose, and what any mention is worth. */
const SATURATION = 1.2
const LENGTH_PENALTY = 0.7
const ANY_MENTION = 0.5

/** The stems of each field, in any order, as often as they stand there. */
export type FieldStems<Field extends string> = Readonly<Record<Field, readonly string[]>>

export interface Bm25 {
  /** By document, counted from 0; documents without any of the stems are absent. What is found of the question counts again for each document. */
  score(weights: ReadonlyMap<string, number>): Map<number, number>
  /** The documents that have the stem, in ascending order. */
  having(stem: string): readonly number[]
}

/** Where a stem stands, and what it is worth there. */
interface Postings {
  documents: number[]
  scores: number[]
}
const NOWHERE: Postings = { documents: [], scores: [] }

/** @param boosts what a field counts; 1 is neither more nor less than another */
export function createBm25<Field extends string>(documents: readonly FieldStems<Field>[], boosts: Readonly<Record<Field, number>>): Bm25 {
  const fields = (Object.keys(boosts) as Field[]).map((field) =>
    weighField(
      documents.map((document) => countOf(document[field])),
      boosts[field],
    ),
  )
  const index = new Map<string, Postings>()
  for (const document of documents.keys()) {
    const sums = new Map<string, number>()
    for (const weigh of fields) for (const [stem, score] of weigh(document)) sums.set(stem, (sums.get(stem) ?? 0) + score)
    for (const [stem, score] of sums) {
      const postings = index.get(stem)
      if (postings === undefined) index.set(stem, { documents: [document], scores: [score] })
      else {
        postings.documents.push(document)
        postings.scores.push(score)
      }
    }
  }
  return {
    score(weights) {
      const scores = new Map<number, number>()
      const found = new Map<number, number>()
      for (const [stem, weight] of weights) {
        const { documents: having, scores: worth } = index.get(stem) ?? NOWHERE
        for (const [i, document] of having.entries()) {
          scores.set(document, (scores.get(document) ?? 0) + weight * (worth[i] as number))
          found.set(document, (found.get(document) ?? 0) + weight)
        }
      }
      for (const [document, score] of scores) scores.set(document, score * (found.get(document) as number))
      return scores
    },
    having: (stem) => (index.get(stem) ?? NOWHERE).documents,
  }
}

/** @returns what each stem of a document is worth in this field */
function weighField(counts: readonly ReadonlyMap<string, number>[], boost: number): (document: number) => Iterable<[stem: string, score: number]> {
  const having = new Map<string, number>()
  for (const own of counts) for (const stem of own.keys()) having.set(stem, (having.get(stem) ?? 0) + 1)
  // An empty field counts as one word long: no field of nothing is infinitely short.
  const lengths = counts.map((own) => Math.max(1, own.size))
  const average = lengths.reduce((sum, length) => sum + length, 0) / lengths.length
  return function* (document) {
    const length = 1 - LENGTH_PENALTY + (LENGTH_PENALTY * (lengths[document] as number)) / average
    for (const [stem, count] of counts[document] ?? []) {
      const many = having.get(stem) as number
      const rarity = Math.log(1 + (counts.length - many + 0.5) / (many + 0.5))
      yield [stem, boost * rarity * (ANY_MENTION + (count * (SATURATION + 1)) / (count + SATURATION * length))]
    }
  }
}

function countOf(stems: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>()
  for (const stem of stems) counts.set(stem, (counts.get(stem) ?? 0) + 1)
  return counts
}
