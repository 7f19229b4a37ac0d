/**
 * What people say about a passage, put into one direction in the embedder's space: the closer a question's vector lies
 * to it, the more it sounds like them. Fitted on `corpus/expansions` by `npm run eval:fit-directions`; themes outside the
 * corpus have directions too. Thousands of lines become as many numbers as a window has, and search stays as fast.
 */
import { fileURLToPath } from 'node:url'
import * as z from 'zod'
import type { Likeness } from './likeness.ts'
import { readRows } from './read-rows.ts'

const DIRECTIONS = fileURLToPath(new URL('../../corpus/directions.jsonl', import.meta.url))
const THEME = 'out-of-scope:'
/** A question that sounds like its passage reaches about this much; what goes beyond tells no more. */
const CLEAR = 0.06

const head = z.strictObject({ embedder: z.string(), dimensions: z.int().positive() })
const line = z.strictObject({ name: z.string(), scale: z.number(), vector: z.base64() })

export interface DirectionFile {
  embedder: string
  dimensions: number
  /** By passage id, or `out-of-scope:` and the theme. */
  directions: ReadonlyMap<string, readonly number[]>
}

/** From 0 to 1; passages that nothing is said about are absent. */
export interface Heard extends Likeness {
  /** How much it sounds like anything outside the corpus: what all themes together get. About 0 inside, 1 outside. */
  outside: number
}

export interface Directions {
  hear(vector: readonly number[]): Heard
}

/** @returns nothing when there is no such file, or it was fitted for another embedder */
export function readDirections(embedder: string, path: string = DIRECTIONS): Directions | undefined {
  const rows = readRows(path)
  if (rows === undefined) return undefined
  const { embedder: fittedFor, dimensions } = head.parse(JSON.parse(rows[0] ?? ''))
  if (fittedFor !== embedder) return undefined
  const directions = rows.slice(1).map((row) => {
    const { name, scale, vector } = line.parse(JSON.parse(row))
    return { name, scale, vector: new Int8Array(Buffer.from(vector, 'base64')) }
  })
  return {
    hear(vector) {
      if (vector.length !== dimensions) return { byPassage: new Map(), outOfScope: 0, outside: 0 }
      const length = Math.sqrt(vector.reduce((sum, value) => sum + value * value, 0)) || 1
      const byPassage = new Map<string, number>()
      let outOfScope = 0
      let outside = 0
      for (const { name, scale, vector: direction } of directions) {
        let product = 0
        for (let i = 0; i < dimensions; i++) product += (vector[i] as number) * (direction[i] as number)
        const share = (product * scale) / length
        const heard = Math.min(1, Math.max(0, share / CLEAR))
        if (isTheme(name)) {
          outOfScope = Math.max(outOfScope, heard)
          outside += share
        } else byPassage.set(name, heard)
      }
      return { byPassage, outOfScope, outside }
    },
  }
}

/** 8 bits a number: a change to what is said about one passage changes all lines a little, and the file stays small. */
export function formatDirections({ embedder, dimensions, directions }: DirectionFile): string {
  const rows = [...directions].map(([name, vector]) => {
    const scale = Math.max(...vector.map(Math.abs), Number.MIN_VALUE) / 127
    return {
      name,
      scale: Number(scale.toPrecision(6)),
      vector: Buffer.from(Int8Array.from(vector, (value) => Math.round(value / scale)).buffer).toString('base64'),
    }
  })
  return `${[{ embedder, dimensions }, ...rows].map((row) => JSON.stringify(row)).join('\n')}\n`
}

export const DIRECTIONS_FILE = DIRECTIONS
export const themeName = (theme: string) => `${THEME}${theme}`
export const isTheme = (name: string) => name.startsWith(THEME)
