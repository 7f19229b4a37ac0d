/**
 * What people say about a passage, in words that the passage itself does not use. Indexed with it, never shown,
 * never cited: `corpus/expansions/*.json`, keyed by passage id. (JSON, since there are thousands of lines to read at every start.)
 */
import { readdir, readFile } from 'node:fs/promises'
import { join, relative } from 'node:path'
import * as z from 'zod'
import { codeOf, UserError } from '../shared/errors.ts'
import { BUILT_IN_CORPUS } from './load-corpus.ts'

export const EXPANSIONS = join(BUILT_IN_CORPUS, 'expansions')
export const OUT_OF_SCOPE = join(BUILT_IN_CORPUS, 'out-of-scope.json')

export interface Expansion {
  /** Questions that the passage answers. */
  asks: readonly string[]
  /** How a team at that level describes itself; empty for a passage without level. */
  says: readonly string[]
}

/** By passage id. */
export type Expansions = ReadonlyMap<string, Expansion>

/** Questions that the corpus does not answer, by theme: what sounds like them is declined. */
export type OutOfScope = ReadonlyMap<string, readonly string[]>

const lines = z.array(z.string().trim().min(1)).default([])
const schema = z.record(z.string(), z.strictObject({ asks: lines, says: lines }))

/** @throws UserError naming the file when one is not in form; a missing directory holds no expansions */
export async function loadExpansions(directory: string): Promise<Expansions> {
  const names = await readdir(directory).catch((error: unknown) => {
    if (codeOf(error) === 'ENOENT') return []
    throw error
  })
  const files = names.filter((name) => name.endsWith('.json')).sort()
  const contents = await Promise.all(files.map((name) => loadFile(join(directory, name), schema)))
  const merged = Map.groupBy(
    contents.flatMap((content) => Object.entries(content)),
    ([id]) => id,
  )
  return new Map([...merged].map(([id, entries]) => [id, { asks: entries.flatMap(([, { asks }]) => asks), says: entries.flatMap(([, { says }]) => says) }]))
}

/** @throws UserError when the file is not in form */
export async function loadOutOfScope(path: string): Promise<OutOfScope> {
  return new Map(Object.entries(await loadFile(path, z.record(z.string(), z.array(z.string().trim().min(1))))))
}

async function loadFile<Content>(path: string, schema: z.ZodType<Content>): Promise<Content> {
  try {
    return schema.parse(JSON.parse(await readFile(path, 'utf8')))
  } catch (error) {
    const reason = error instanceof z.ZodError ? z.prettifyError(error).split('\n')[0] : String((error as Error).message).split('\n')[0]
    throw new UserError(`${relative(process.cwd(), path)} is not in form: ${reason}`, { cause: error })
  }
}
