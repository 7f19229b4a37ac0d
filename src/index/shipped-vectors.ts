/**
 * The built-in corpus comes with its vectors, so that a fresh start answers at once.
 * One line a window, 8 bits a number: a change to one passage changes its own lines only.
 */
import { readFile, writeFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import * as z from 'zod'
import { codeOf } from '../shared/errors.ts'

export const SHIPPED_VECTORS = fileURLToPath(new URL('../../corpus/vectors.jsonl', import.meta.url))

const head = z.strictObject({ embedder: z.string(), dimensions: z.int().positive() })
const line = z.strictObject({ key: z.string(), vector: z.base64() })

export interface VectorFile {
  embedder: string
  dimensions: number
  /** By window key. */
  vectors: ReadonlyMap<string, number[]>
}

/** `undefined` when there is no such file. */
export async function readVectorFile(path: string = SHIPPED_VECTORS): Promise<VectorFile | undefined> {
  try {
    const [first, ...rest] = (await readFile(path, 'utf8')).trimEnd().split('\n')
    const { embedder, dimensions } = head.parse(JSON.parse(first ?? ''))
    const vectors = new Map(
      rest.map((row) => {
        const { key, vector } = line.parse(JSON.parse(row))
        return [key, Array.from(new Int8Array(Buffer.from(vector, 'base64')))] as const
      }),
    )
    return { embedder, dimensions, vectors }
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined
    throw error
  }
}

export async function writeVectorFile(path: string, { embedder, dimensions, vectors }: VectorFile): Promise<void> {
  const rows = [...vectors]
    .map(([key, vector]) => ({ key, vector: Buffer.from(toInt8(vector).buffer).toString('base64') }))
    .sort((a, b) => (a.key < b.key ? -1 : 1))
  await writeFile(path, `${[{ embedder, dimensions }, ...rows].map((row) => JSON.stringify(row)).join('\n')}\n`)
}

/** Only the direction matters, so the largest number of each vector becomes 127. */
export function toInt8(vector: readonly number[]): Int8Array {
  const largest = Math.max(...vector.map(Math.abs), Number.MIN_VALUE)
  return Int8Array.from(vector, (value) => Math.round((value / largest) * 127))
}
