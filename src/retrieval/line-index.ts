/**
 * Which single lines of what people say a question is most like. The fields of BM25 hold all lines of a passage at once:
 * there, words that never stand together add up; here they don't.
 */

export interface LineIndex {
  /**
   * @param terms each stem once
   * @returns 0 to 1 by owner, counted from 0; owners without a line that shares a word are absent
   */
  compare(terms: ReadonlyMap<string, number>): Map<number, number>
}

/** One line alike may be chance: the second likest counts as much. */
const NEAREST = 2

/** @param owners each one's lines, as stems */
export function createLineIndex(owners: readonly (readonly (readonly string[])[])[]): LineIndex {
  const ownerOf: number[] = []
  const lines = new Map<string, number[]>()
  for (const [owner, own] of owners.entries()) {
    for (const stems of own) {
      const line = ownerOf.push(owner) - 1
      for (const stem of new Set(stems)) {
        const having = lines.get(stem)
        if (having === undefined) lines.set(stem, [line])
        else having.push(line)
      }
    }
  }

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
      const byOwner = new Map<number, number>()
      for (const owner of owners.keys()) {
        const likeness = ((first[owner] as number) + (second[owner] as number)) / NEAREST
        if (likeness > 0) byOwner.set(owner, likeness)
      }
      return byOwner
    },
  }
}
