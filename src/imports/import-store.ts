/** The imported documents on disk, one file each; what is written is there completely or not at all. */
import { randomUUID } from 'node:crypto'
import { readdir, readFile, rename, rm, unlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Problem } from '../corpus/problem.ts'
import { codeOf, messageOf, UserError } from '../shared/errors.ts'
import { makeDirectory } from '../shared/make-directory.ts'
import { type ImportedDocument, importedDocument } from './imported-document.ts'

export interface StoredImports {
  /** By id, in a stable order. */
  documents: readonly ImportedDocument[]
  /** Files that are none: left out, and told. */
  problems: readonly Problem[]
}

/** Where they lie in the data directory. */
export function importsDirectory(dataDirectory: string): string {
  return join(dataDirectory, 'imports')
}

/** A directory that does not exist holds no documents. */
export async function readImports(directory: string): Promise<StoredImports> {
  const names = await listFiles(directory)
  const read = await Promise.all(names.map((name) => readOne(directory, name)))
  return {
    documents: read.flatMap((each) => ('id' in each ? [each] : [])).sort((a, b) => (a.id < b.id ? -1 : 1)),
    problems: read.flatMap((each) => ('reason' in each ? [each] : [])),
  }
}

/**
 * All are written before the first is put in its place, so that a full disk leaves everything as it was.
 * @throws UserError when they can't be written
 */
export async function writeImports(directory: string, documents: readonly ImportedDocument[]): Promise<void> {
  // A leading dot keeps them from being read before they are complete.
  const drafts = documents.map((document) => ({ document, path: join(directory, `.${document.id}.${randomUUID()}.tmp`) }))
  try {
    await makeDirectory(directory)
    for (const { document, path } of drafts) await writeFile(path, `${JSON.stringify(document, null, 2)}\n`, { flush: true })
    for (const { document, path } of drafts) await rename(path, fileOf(directory, document.id))
  } catch (error) {
    for (const { path } of drafts) await rm(path, { force: true })
    throw new UserError(`can't be kept in ${directory} (${codeOf(error) ?? messageOf(error)}): check its rights and room, or set CAIRN_DATA_DIR to another`, {
      cause: error,
    })
  }
}

/** @throws UserError when it can't be removed */
export async function deleteImport(directory: string, id: string): Promise<void> {
  try {
    await unlink(fileOf(directory, id))
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return
    throw new UserError(`can't be removed from ${directory} (${codeOf(error) ?? messageOf(error)}): check its rights`, { cause: error })
  }
}

/** The file, as a passage or a problem names it. */
const fileOf = (directory: string, id: string): string => join(directory, `${id}.json`)

async function listFiles(directory: string): Promise<string[]> {
  try {
    return (await readdir(directory)).filter((name) => name.endsWith('.json') && !name.startsWith('.')).sort()
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return []
    throw new UserError(`the imported documents in ${directory} can't be read (${codeOf(error) ?? messageOf(error)}): check its rights`, { cause: error })
  }
}

async function readOne(directory: string, name: string): Promise<ImportedDocument | Problem> {
  const file = join(directory, name)
  const problem = (reason: string): Problem => ({ file, line: 1, reason })
  try {
    const parsed = importedDocument.safeParse(JSON.parse(await readFile(file, 'utf8')))
    if (!parsed.success) return problem('is no imported document: remove the file and import the document again')
    return parsed.data.id === name.slice(0, -'.json'.length) ? parsed.data : problem(`holds the document ${parsed.data.id}: the file's name must be its id`)
  } catch (error) {
    return problem(`can't be read (${messageOf(error)}): remove the file and import the document again`)
  }
}
