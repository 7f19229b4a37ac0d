/**
 * `npm run eval:fit-directions`: puts what people say about each passage, and about each theme outside the corpus, into the
 * embedder's space. One direction each (corpus/directions.jsonl): ridge regression from a line's vector to the passage it
 * belongs to, solved exactly. And each line by itself (corpus/line-vectors.jsonl), on the axes along which lines differ most.
 * The same lines give the same numbers. Takes some minutes, nearly all of them for embedding.
 * Run it after a change to the expansions, then `npm run eval:fit-weights` and `npm run eval:fit`.
 */
import { writeFile } from 'node:fs/promises'
import { EXPANSIONS, loadExpansions, loadOutOfScope, OUT_OF_SCOPE } from '../src/corpus/expansions.ts'
import { createEmbeddedEmbedder } from '../src/embeddings/embedded-embeddings.ts'
import { DIRECTIONS_FILE, formatDirections, themeName } from '../src/retrieval/directions.ts'
import { formatLineVectors, LINE_VECTORS_FILE } from '../src/retrieval/line-vectors.ts'
import { cholesky, gram, principalAxes, solve, sum } from './matrices.ts'

/** Chosen on eval/questions.jsonl; from 1 to 10 the figures hardly differ. */
const RIDGE = 3
/** Of 512: all of them tell hardly more; half as many would save a millisecond and lose a question in a hundred. */
const AXES = 64

const [expansions, outOfScope] = await Promise.all([loadExpansions(EXPANSIONS), loadOutOfScope(OUT_OF_SCOPE)])
const lines = [
  ...[...expansions].flatMap(([name, { asks, says }]) => [...asks, ...says].map((text) => ({ name, text }))),
  ...[...outOfScope].flatMap(([theme, questions]) => questions.map((text) => ({ name: themeName(theme), text }))),
]
const embedder = await createEmbeddedEmbedder()
try {
  const vectors = (await embedder.embeddings.embedDocuments(lines.map(({ text }) => text))).map(unit)
  const dimensions = vectors[0]?.length ?? 0
  const products = gram(vectors, dimensions)
  const factor = cholesky(products.map((value, i) => (i % (dimensions + 1) === 0 ? value + RIDGE : value)))
  const names = [...new Set(lines.map(({ name }) => name))]
  const total = sum(vectors, dimensions)
  const directions = names.map((name) => {
    const own = vectors.filter((_, i) => lines[i]?.name === name)
    const share = own.length / vectors.length
    const target = sum(own, dimensions).map((value, i) => value - share * (total[i] as number))
    return [name, solve(factor, target)] as const
  })
  await writeFile(DIRECTIONS_FILE, formatDirections({ embedder: embedder.name, dimensions, directions: new Map(directions) }))
  const axes = principalAxes(products, AXES)
  const onAxes = vectors.map((vector) => axes.map((axis) => axis.reduce((product, value, i) => product + value * (vector[i] as number), 0)))
  const linesOf = Map.groupBy(onAxes.keys(), (i) => lines[i]?.name as string)
  const placed = new Map([...linesOf].map(([name, own]) => [name, own.map((i) => onAxes[i] as number[])]))
  await writeFile(LINE_VECTORS_FILE, formatLineVectors({ embedder: embedder.name, axes, lines: placed }))
  process.stdout.write(`${directions.length} directions from ${lines.length} lines\n`)
} finally {
  await embedder.close()
}

function unit(vector: readonly number[]): number[] {
  const length = Math.hypot(...vector) || 1
  return vector.map((value) => value / length)
}
