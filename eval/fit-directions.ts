/**
 * `npm run eval:fit-directions`: fits one direction a passage, and one a theme outside the corpus, on what people say
 * about it, and writes corpus/directions.jsonl. Ridge regression from a line's vector to the passage it belongs to, solved exactly:
 * the same lines give the same directions. Takes some minutes, nearly all of them for embedding.
 * Run it after a change to the expansions, then `npm run eval:fit-weights` and `npm run eval:fit`.
 */
import { writeFile } from 'node:fs/promises'
import { EXPANSIONS, loadExpansions, loadOutOfScope, OUT_OF_SCOPE } from '../src/corpus/expansions.ts'
import { createEmbeddedEmbedder } from '../src/embeddings/embedded-embeddings.ts'
import { DIRECTIONS_FILE, formatDirections, themeName } from '../src/retrieval/directions.ts'

/** Chosen on eval/questions.jsonl; from 1 to 10 the figures hardly differ. */
const RIDGE = 3

const [expansions, outOfScope] = await Promise.all([loadExpansions(EXPANSIONS), loadOutOfScope(OUT_OF_SCOPE)])
const lines = [
  ...[...expansions].flatMap(([name, { asks, says }]) => [...asks, ...says].map((text) => ({ name, text }))),
  ...[...outOfScope].flatMap(([theme, questions]) => questions.map((text) => ({ name: themeName(theme), text }))),
]
const embedder = await createEmbeddedEmbedder()
try {
  const vectors = (await embedder.embeddings.embedDocuments(lines.map(({ text }) => text))).map(unit)
  const dimensions = vectors[0]?.length ?? 0
  const factor = cholesky(gram(vectors, dimensions))
  const names = [...new Set(lines.map(({ name }) => name))]
  const total = sum(vectors, dimensions)
  const directions = names.map((name) => {
    const own = vectors.filter((_, i) => lines[i]?.name === name)
    const share = own.length / vectors.length
    const target = sum(own, dimensions).map((value, i) => value - share * (total[i] as number))
    return [name, solve(factor, target)] as const
  })
  await writeFile(DIRECTIONS_FILE, formatDirections({ embedder: embedder.name, dimensions, directions: new Map(directions) }))
  process.stdout.write(`${directions.length} directions from ${lines.length} lines\n`)
} finally {
  await embedder.close()
}

function unit(vector: readonly number[]): number[] {
  const length = Math.hypot(...vector) || 1
  return vector.map((value) => value / length)
}

function sum(vectors: readonly (readonly number[])[], dimensions: number): number[] {
  const total = new Array<number>(dimensions).fill(0)
  for (const vector of vectors) for (let i = 0; i < dimensions; i++) total[i] = (total[i] as number) + (vector[i] as number)
  return total
}

/** XᵀX + λI, row after row. */
function gram(vectors: readonly (readonly number[])[], size: number): Float64Array {
  const matrix = new Float64Array(size * size)
  for (const vector of vectors) {
    for (let i = 0; i < size; i++) {
      const value = vector[i] as number
      for (let j = 0; j <= i; j++) matrix[i * size + j] = (matrix[i * size + j] as number) + value * (vector[j] as number)
    }
  }
  for (let i = 0; i < size; i++) matrix[i * size + i] = (matrix[i * size + i] as number) + RIDGE
  return matrix
}

/** The lower triangle L with L·Lᵀ = the symmetric matrix whose lower triangle is given. */
function cholesky(matrix: Float64Array): Float64Array {
  const size = Math.sqrt(matrix.length)
  const at = (i: number, j: number) => factor[i * size + j] as number
  const factor = matrix.slice()
  for (let j = 0; j < size; j++) {
    for (let i = j; i < size; i++) {
      let rest = at(i, j)
      for (let k = 0; k < j; k++) rest -= at(i, k) * at(j, k)
      factor[i * size + j] = i === j ? Math.sqrt(rest) : rest / at(j, j)
    }
  }
  return factor
}

function solve(factor: Float64Array, target: readonly number[]): number[] {
  const size = target.length
  const at = (i: number, j: number) => factor[i * size + j] as number
  const result = [...target]
  for (let i = 0; i < size; i++) {
    for (let k = 0; k < i; k++) result[i] = (result[i] as number) - at(i, k) * (result[k] as number)
    result[i] = (result[i] as number) / at(i, i)
  }
  for (let i = size - 1; i >= 0; i--) {
    for (let k = i + 1; k < size; k++) result[i] = (result[i] as number) - at(k, i) * (result[k] as number)
    result[i] = (result[i] as number) / at(i, i)
  }
  return result
}
