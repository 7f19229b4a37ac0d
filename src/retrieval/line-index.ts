/**
 * Which single lines of what people say a question is most like. The fields of BM25 hold all lines of a passage at once:
 * there, words that never stand together add up; here they don't.
 */
import type { Expansions, OutOfScope } from '../corpus/expansions.ts'
import type { Passage } from '../corpus/passage.ts'
import { splitSentences } from '../corpus/sentences.ts'

export interface Likeness {
  /** 0 to 1 by passage; passages without a line that shares a word are absent. */
  byPassage: ReadonlyMap<string, number>
  /** The same for the theme outside the corpus that it is like most. */
  outOfScope: number
}

export interface LineIndex {
  /** @param terms each stem once */
  compare(terms: ReadonlyMap<string, number>): Likeness
}

/** One line alike may be chance: the second likest counts as much. */
const NEAREST = 2

export function createLineIndex(
  passages: readonly Passage[],
  expansions: Expansions,
  outOfScope: OutOfScope,
  stemsOfText: (text: string) => readonly string[],
): LineIndex {
  const owners: string[] = []
  const ownerOf: number[] = []
  const lines = new Map<string, number[]>()
  const add = (owner: string, texts: readonly string[]) => {
    owners.push(owner)
    for (const text of texts) {
      const line = ownerOf.push(owners.length - 1) - 1
      for (const stem of new Set(stemsOfText(text))) {
        const having = lines.get(stem)
        if (having === undefined) lines.set(stem, [line])
        else having.push(line)
      }
    }
  }
  for (const { id, title, text } of passages) {
    const said = expansions.get(id)
    // Where nobody has written down what people say, the passage's own sentences stand for it.
    add(id, said === undefined ? [title, ...splitSentences(text)] : [...said.asks, ...said.says])
  }
  const inCorpus = owners.length
  for (const [theme, questions] of outOfScope) add(theme, questions)

  const rarity = (having: readonly number[]) => Math.log(ownerOf.length / having.length)
  const lengths = new Float32Array(ownerOf.length)
  for (const having of lines.values()) for (const line of having) lengths[line] = (lengths[line] as number) + rarity(having) ** 2
  for (const [line, square] of lengths.entries()) lengths[line] = Math.sqrt(square)

  return {
    compare(terms) {
      const products = new Float32Array(ownerOf.length)
      const shared: number[] = []
      let square = 0
      for (const [stem, weight] of terms) {
        const having = lines.get(stem)
        if (having === undefined) continue
        const rare = rarity(having)
        square += (weight * rare) ** 2
        for (const line of having) {
          if (products[line] === 0) shared.push(line)
          products[line] = (products[line] as number) + weight * rare * rare
        }
      }
      const length = Math.sqrt(square) || 1
      const first = new Float32Array(owners.length)
      const second = new Float32Array(owners.length)
      for (const line of shared) {
        const owner = ownerOf[line] as number
        const likeness = (products[line] as number) / (length * (lengths[line] as number) || 1)
        if (likeness > (first[owner] as number)) {
          second[owner] = first[owner] as number
          first[owner] = likeness
        } else if (likeness > (second[owner] as number)) second[owner] = likeness
      }
      const byPassage = new Map<string, number>()
      let beyond = 0
      for (const [owner, id] of owners.entries()) {
        const likeness = ((first[owner] as number) + (second[owner] as number)) / NEAREST
        if (owner >= inCorpus) beyond = Math.max(beyond, likeness)
        else if (likeness > 0) byPassage.set(id, likeness)
      }
      return { byPassage, outOfScope: beyond }
    },
  }
}
