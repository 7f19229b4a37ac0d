/** Reads `corpus/crosswalk/*.json`, one file for each pair of models. */
import { readdir, readFile } from 'node:fs/promises'
import { join, relative } from 'node:path'
import * as z from 'zod'
import { BUILT_IN_CORPUS } from '../corpus/load-corpus.ts'
import { messageOf, UserError } from '../shared/errors.ts'
import { type CrosswalkData, STRENGTHS } from './crosswalk.ts'
import { LEVEL_PASSAGE } from './passage-ids.ts'

export const CROSSWALK = join(BUILT_IN_CORPUS, 'crosswalk')

const passage = z.string().regex(LEVEL_PASSAGE, 'is not the id of a level passage')
const reason = z.string().trim().min(1)
const schema = z.strictObject({
  correspondences: z.array(z.strictObject({ a: passage, b: passage, strength: z.enum(STRENGTHS), reason })),
  none: z.array(z.strictObject({ of: z.array(z.string().trim().min(1)).min(1), in: z.string().trim().min(1), reason })),
})

/** @throws UserError when the directory can't be read or a file is not in form */
export async function loadCrosswalk(directory: string = CROSSWALK): Promise<CrosswalkData> {
  const files = await Promise.all((await listFiles(directory)).map((name) => loadFile(join(directory, name))))
  return { correspondences: files.flatMap((file) => file.correspondences), none: files.flatMap((file) => file.none) }
}

async function listFiles(directory: string): Promise<string[]> {
  try {
    return (await readdir(directory)).filter((name) => name.endsWith('.json')).sort()
  } catch (error) {
    throw new UserError(`the crosswalk's directory ${directory} can't be read: ${messageOf(error)}`, { cause: error })
  }
}

async function loadFile(path: string): Promise<CrosswalkData> {
  const file = relative(process.cwd(), path)
  try {
    const text = await readFile(path, 'utf8')
    const { correspondences, none } = schema.parse(JSON.parse(text))
    const rows = text.split('\n')
    const placed = <Entry extends { reason: string }>(entry: Entry) => ({
      ...entry,
      file,
      line: rows.findIndex((row) => row.includes(JSON.stringify(entry.reason))) + 1 || 1,
    })
    return { correspondences: correspondences.map(placed), none: none.map(placed) }
  } catch (error) {
    const why = error instanceof z.ZodError ? z.prettifyError(error).split('\n').join(' ') : messageOf(error)
    throw new UserError(`${file} is not in form: ${why}`, { cause: error })
  }
}
