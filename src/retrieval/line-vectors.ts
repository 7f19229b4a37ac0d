/**
 * Which single lines of what people say a question means much the same as: `line-index.ts` by vectors instead of words.
 * A direction (`directions.ts`) is the middle of all that is said about a passage; a question that nobody can answer often lies
 * near the middle of several, but near no single line. Fitted by `npm run eval:fit-directions`: the lines' vectors on the
 * few axes along which they differ most, eight bits a number, so that all of them are a megabyte and compared in one.
 */
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import * as z from 'zod'
import { codeOf } from '../shared/errors.ts'
import { isTheme } from './directions.ts'
import type { Likeness } from './line-index.ts'

export const LINE_VECTORS_FILE = fileURLToPath(new URL('../../corpus/line-vectors.jsonl', import.meta.url))
const head = z.strictObject({ embedder: z.string(), dimensions: z.int().positive(), axes: z.int().positive() })
/** `scale`: what 1 stands for in the vector, and in the same number of each line's. */
const axisRow = z.strictObject({ scale: z.number(), step: z.number(), vector: z.base64() })
const ownerRow = z.strictObject({ name: z.string(), vectors: z.base64() })

export interface LineVectorFile {
  embedder: string
  /** Orthogonal, of length 1, as many numbers as the embedder's vectors have. */
  axes: readonly (readonly number[])[]
  /** Lines on the axes, by passage id or `themeName`. */
  lines: ReadonlyMap<string, readonly (readonly number[])[]>
}

export interface LineVectors {
  compare(vector: readonly number[]): Likeness
}

/** @returns nothing when there is no such file, or it was fitted for another embedder */
export function readLineVectors(embedder: string, path: string = LINE_VECTORS_FILE): LineVectors | undefined {
  let rows: string[]
  try {
    rows = readFileSync(path, 'utf8').trimEnd().split('\n')
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined
    throw error
  }
  const { embedder: fittedFor, dimensions, axes: count } = head.parse(JSON.parse(rows[0] ?? ''))
  if (fittedFor !== embedder) return undefined
  const axes = rows.slice(1, 1 + count).map((row): Axis => {
    const { scale, step, vector } = axisRow.parse(JSON.parse(row))
    return { weight: scale * step, vector: bytes(vector) }
  })
  const owners = rows.slice(1 + count).map((row) => {
    const { name, vectors } = ownerRow.parse(JSON.parse(row))
    return { name, vectors: bytes(vectors) }
  })
  return {
    compare(vector) {
      const byPassage = new Map<string, number>()
      let outOfScope = 0
      if (vector.length !== dimensions) return { byPassage, outOfScope }
      const query = onAxes(axes, vector)
      for (const { name, vectors } of owners) {
        const likeness = Math.max(0, nearest(vectors, query))
        if (isTheme(name)) outOfScope = Math.max(outOfScope, likeness)
        else byPassage.set(name, likeness)
      }
      return { byPassage, outOfScope }
    },
  }
}

interface Axis {
  /** What 1 stands for in `vector`, times what it stands for in a line's number on this axis. */
  weight: number
  vector: Int8Array
}

/** The vector at length 1, weighed so that its product with a line's bytes is their cosine similarity. */
function onAxes(axes: readonly Axis[], vector: readonly number[]): Float64Array {
  const unit = Float64Array.from(vector)
  const length = Math.hypot(...unit) || 1
  return Float64Array.from(axes, ({ weight, vector: axis }) => {
    let product = 0
    for (let i = 0; i < unit.length; i++) product += (axis[i] as number) * (unit[i] as number)
    return (product * weight) / length
  })
}

/** Mean cosine similarity of the three nearest lines, or of as many as there are. In plain loops: every question goes by all lines. */
function nearest(vectors: Int8Array, query: Float64Array): number {
  const size = query.length
  let first = -1
  let second = -1
  let third = -1
  for (let start = 0; start < vectors.length; start += size) {
    let product = 0
    for (let i = 0; i < size; i++) product += (vectors[start + i] as number) * (query[i] as number)
    if (product <= third) continue
    if (product > first) {
      third = second
      second = first
      first = product
    } else if (product > second) {
      third = second
      second = product
    } else third = product
  }
  const best = [first, second, third].slice(0, vectors.length / size)
  return best.reduce((sum, value) => sum + value, 0) / best.length
}

export function formatLineVectors({ embedder, axes, lines }: LineVectorFile): string {
  const all = [...lines.values()].flat()
  const steps = axes.map((_, axis) => Math.max(...all.map((line) => Math.abs(line[axis] as number)), Number.MIN_VALUE) / 127)
  const axisRows = axes.map((axis, i) => {
    const scale = Math.max(...axis.map(Math.abs), Number.MIN_VALUE) / 127
    return { scale: rounded(scale), step: rounded(steps[i] as number), vector: base64(axis.map((value) => value / scale)) }
  })
  const ownerRows = [...lines].map(([name, own]) => ({ name, vectors: base64(own.flatMap((line) => line.map((value, i) => value / (steps[i] as number)))) }))
  const dimensions = axes[0]?.length ?? 0
  return `${[{ embedder, dimensions, axes: axes.length }, ...axisRows, ...ownerRows].map((row) => JSON.stringify(row)).join('\n')}\n`
}

const bytes = (text: string) => new Int8Array(Buffer.from(text, 'base64'))
const base64 = (values: readonly number[]) => Buffer.from(Int8Array.from(values, (value) => Math.round(value)).buffer).toString('base64')
const rounded = (value: number) => Number(value.toPrecision(6))
