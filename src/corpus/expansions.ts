/**
 * What people say about a passage, in words that the passage itself does not use. Indexed with it, never shown,
 * never cited: `corpus/expansions/*.yaml`, keyed by passage id.
 */
import { readdir, readFile } from 'node:fs/promises'
import { join, relative } from 'node:path'
import { parse } from 'yaml'
import * as z from 'zod'
import { codeOf, UserError } from '../shared/errors.ts'

export interface Expansion {
  /** Questions that the passage answers. */
  asks: readonly string[]
  /** How a team at that level describes itself; empty for a passage without level. */
  says: readonly string[]
}

/** By passage id. */
export type Expansions = ReadonlyMap<string, Expansion>

const lines = z.array(z.string().trim().min(1)).default([])
const schema = z.record(z.string(), z.strictObject({ asks: lines, says: lines }))

/** @throws UserError naming the file when one is not in form; a missing directory holds no expansions */
export async function loadExpansions(directory: string): Promise<Expansions> {
  const names = await readdir(directory).catch((error: unknown) => {
    if (codeOf(error) === 'ENOENT') return []
    throw error
  })
  const files = names.filter((name) => name.endsWith('.yaml')).sort()
  const contents = await Promise.all(files.map((name) => loadFile(join(directory, name))))
  const merged = Map.groupBy(contents.flatMap((content) => Object.entries(content)), ([id]) => id)
  return new Map([...merged].map(([id, entries]) => [id, { asks: entries.flatMap(([, { asks }]) => asks), says: entries.flatMap(([, { says }]) => says) }]))
}

async function loadFile(path: string): Promise<Record<string, Expansion>> {
  try {
    return schema.parse(parse(await readFile(path, 'utf8')))
  } catch (error) {
    const reason = error instanceof z.ZodError ? z.prettifyError(error).split('\n')[0] : String((error as Error).message).split('\n')[0]
    throw new UserError(`${relative(process.cwd(), path)} is not in form: ${reason}`, { cause: error })
  }
}
