/**
 * Which single lines of what people say a question means much the same as: `line-index.ts` by vectors instead of words.
 * A direction (`directions.ts`) is the middle of all that is said about a passage; a question that nobody can answer often lies
 * near the middle of several, but near no single line. Fitted by `npm run eval:fit-directions`: the lines' vectors on the
 * few axes along which they differ most, eight bits a number, so that all of them are two megabytes, and compared in two milliseconds.
 */
import { fileURLToPath } from 'node:url'
import * as z from 'zod'
import { isTheme } from './directions.ts'
import type { Likeness } from './likeness.ts'
import { readRows } from './read-rows.ts'

export const LINE_VECTORS_FILE = fileURLToPath(new URL('../../corpus/line-vectors.jsonl', import.meta.url))
/** So many lines, of whatever owner, are asked whether they are about the corpus. */
const NEIGHBOURS = 5
/** Lines that are compared together. */
const AT_ONCE = 4

const head = z.strictObject({ embedder: z.string(), dimensions: z.int().positive(), axes: z.int().positive() })
/** `scale`: what 1 stands for in the axis's vector; `step`: in each line's number on this axis. */
const axisRow = z.strictObject({ scale: z.number(), step: z.number(), vector: z.base64() })
const ownerRow = z.strictObject({ name: z.string(), vectors: z.base64() })

export interface LineVectorFile {
  embedder: string
  /** Orthogonal, of length 1, as many numbers as the embedder's vectors have. */
  axes: readonly (readonly number[])[]
  /** Lines on the axes, by passage id or `themeName`. */
  lines: ReadonlyMap<string, readonly (readonly number[])[]>
}

export interface Meant extends Likeness {
  /** The share of lines from outside the corpus among the nearest of all. */
  outsiders: number
}

export interface LineVectors {
  compare(vector: readonly number[]): Meant
}

/** @returns nothing when there is no such file, or it was fitted for another embedder */
export function readLineVectors(embedder: string, path: string = LINE_VECTORS_FILE): LineVectors | undefined {
  const rows = readRows(path)
  if (rows === undefined) return undefined
  const { embedder: fittedFor, dimensions, axes: count } = head.parse(JSON.parse(rows[0] ?? ''))
  if (fittedFor !== embedder) return undefined
  const axes = rows.slice(1, 1 + count).map((row): Axis => {
    const { scale, step, vector } = axisRow.parse(JSON.parse(row))
    return { weight: scale * step, vector: bytes(vector) }
  })
  const owners = rows.slice(1 + count).map((row) => ownerRow.parse(JSON.parse(row)))
  const { lines, ends } = allLines(
    owners.map(({ vectors }) => bytes(vectors)),
    count,
  )
  return {
    compare(vector) {
      const byPassage = new Map<string, number>()
      let outOfScope = 0
      if (vector.length !== dimensions) return { byPassage, outOfScope, outsiders: 0 }
      const similarities = compareAll(lines, onAxes(axes, vector))
      for (const [i, { name }] of owners.entries()) {
        const likeness = Math.max(0, meanOfNearest(similarities.subarray(ends[i - 1] ?? 0, ends[i])))
        if (isTheme(name)) outOfScope = Math.max(outOfScope, likeness)
        else byPassage.set(name, likeness)
      }
      const nearest = positionsOfGreatest(similarities.subarray(0, ends.at(-1)), NEIGHBOURS)
      const outsiders = nearest.filter((line) => isTheme(owners[ends.findIndex((end) => line < end)]?.name ?? '')).length / NEIGHBOURS
      return { byPassage, outOfScope, outsiders }
    },
  }
}

/** One after the other, filled up with zeros to a multiple of `AT_ONCE`; and after how many lines each owner's end. */
function allLines(owners: readonly Int8Array[], axes: number): { lines: Float32Array; ends: number[] } {
  const ends: number[] = []
  for (const { length } of owners) ends.push((ends.at(-1) ?? 0) + length / axes)
  const lines = new Float32Array(Math.ceil((ends.at(-1) ?? 0) / AT_ONCE) * AT_ONCE * axes)
  for (const [i, own] of owners.entries()) lines.set(own, (ends[i - 1] ?? 0) * axes)
  return { lines, ends }
}

interface Axis {
  /** What 1 stands for in `vector`, times what it stands for in a line's number on this axis. */
  weight: number
  vector: Int8Array
}

/** The vector at length 1, weighed so that its product with a line's bytes is their cosine similarity. */
function onAxes(axes: readonly Axis[], vector: readonly number[]): Float32Array {
  const unit = Float64Array.from(vector)
  const length = Math.hypot(...unit) || 1
  return Float32Array.from(axes, ({ weight, vector: axis }) => {
    let product = 0
    for (let i = 0; i < unit.length; i++) product += (axis[i] as number) * (unit[i] as number)
    return (product * weight) / length
  })
}

/** Every question goes by all lines: several at once, in plain loops, take half the time. */
function compareAll(lines: Float32Array, query: Float32Array): Float32Array {
  const size = query.length
  const similarities = new Float32Array(lines.length / size)
  for (let line = 0; line < similarities.length; line += AT_ONCE) {
    const a = line * size
    const b = a + size
    const c = b + size
    const d = c + size
    let ofA = 0
    let ofB = 0
    let ofC = 0
    let ofD = 0
    for (let i = 0; i < size; i++) {
      const value = query[i] as number
      ofA += (lines[a + i] as number) * value
      ofB += (lines[b + i] as number) * value
      ofC += (lines[c + i] as number) * value
      ofD += (lines[d + i] as number) * value
    }
    similarities[line] = ofA
    similarities[line + 1] = ofB
    similarities[line + 2] = ofC
    similarities[line + 3] = ofD
  }
  return similarities
}

/** Of the three greatest, or of as many as there are. */
function meanOfNearest(similarities: Float32Array): number {
  let first = -1
  let second = -1
  let third = -1
  for (let i = 0; i < similarities.length; i++) {
    const value = similarities[i] as number
    if (value <= third) continue
    if (value > first) {
      third = second
      second = first
      first = value
    } else if (value > second) {
      third = second
      second = value
    } else third = value
  }
  const nearest = [first, second, third].slice(0, similarities.length)
  return nearest.reduce((sum, value) => sum + value, 0) / nearest.length
}

/** In no order. */
function positionsOfGreatest(values: Float32Array, count: number): number[] {
  const greatest: number[] = []
  let least = Number.NEGATIVE_INFINITY
  for (let i = 0; i < values.length; i++) {
    if (greatest.length === count && (values[i] as number) <= least) continue
    greatest.push(i)
    if (greatest.length > count)
      greatest.splice(
        greatest.findIndex((at) => values[at] === least),
        1,
      )
    least = Math.min(...greatest.map((at) => values[at] as number))
  }
  return greatest
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
