/** Imports files and addresses: each is read and parsed before anything is written, and none holds up the others. */
import { createHash } from 'node:crypto'
import { slug } from '../corpus/parse-model-file.ts'
import { messageOf, UserError } from '../shared/errors.ts'
import type { FetchOptions } from './fetch-address.ts'
import { deleteImport, readImports, writeImports } from './import-store.ts'
import type { ImportedDocument } from './imported-document.ts'
import type { ParsedDocument } from './parse-document.ts'
import { type ParseLimits, parseInWorker } from './parse-in-worker.ts'
import { isWebAddress, readSource, type Source } from './read-source.ts'
import { shorten } from './to-sections.ts'

export interface ImportDeps {
  directory: string
  /** Ids of models: a document never takes one. */
  reserved: ReadonlySet<string>
  now(): Date
  fetch?: FetchOptions
  parse?: ParseLimits
}

export interface ImportedSummary {
  id: string
  title: string
  address: string
  passages: number
  status: 'imported' | 'updated' | 'unchanged'
}

export type ImportResult = { source: string; documents: ImportedSummary[] } | { source: string; error: string }

const MAX_ID_CHARACTERS = 50
/** The page lists all documents under this name. */
const OWN_ID = 'documents'

/** @throws UserError when the directory can't be read: then no document could be kept */
export async function importDocuments(sources: readonly string[], deps: ImportDeps): Promise<ImportResult[]> {
  await readImports(deps.directory)
  const results: ImportResult[] = []
  // One after the other: the next one must know the ids that the one before has taken.
  for (const source of sources) results.push(await importOne(source, deps))
  return results
}

async function importOne(given: string, deps: ImportDeps): Promise<ImportResult> {
  try {
    const source = await readSource(given, deps.fetch)
    const parsed = await parseInWorker(source.raw, deps.parse)
    const { documents: existing } = await readImports(deps.directory)
    const planned = plan(parsed, source, existing, deps)
    const changed = planned.filter(({ status }) => status !== 'unchanged')
    if (changed.length > 0)
      await writeImports(
        deps.directory,
        changed.map(({ document }) => document),
      )
    for (const { document, replaced } of changed) if (replaced !== undefined && replaced !== document.id) await deleteImport(deps.directory, replaced)
    return {
      source: given,
      documents: planned.map(({ document: { id, title, address, sections }, status }) => ({ id, title, address, passages: sections.length, status })),
    }
  } catch (error) {
    if (!(error instanceof UserError)) throw error
    return { source: given, error: `${given} ${messageOf(error)}` }
  }
}

interface Planned {
  document: ImportedDocument
  status: ImportedSummary['status']
  /** The id under which it stood so far. */
  replaced?: string
}

function plan(parsed: readonly ParsedDocument[], source: Source, existing: readonly ImportedDocument[], { reserved, now }: ImportDeps): Planned[] {
  const taken = new Set([...reserved, OWN_ID, ...existing.map(({ id }) => id)])
  const addresses = new Set<string>()
  return parsed.map((each, i): Planned => {
    const address = unusedAddress(addressOf(each, i, parsed.length, source.address), addresses)
    const hash = createHash('sha256')
      .update(JSON.stringify([each.title, address, each.sections]))
      .digest('hex')
    const before = existing.find((known) => isSame(known, { address, hash }, source))
    // A model may have come to the id since: the model keeps it.
    const keeps = before !== undefined && !reserved.has(before.id)
    if (keeps && before.hash === hash) return { document: before, status: 'unchanged' }
    const id = keeps ? before.id : freeId(each.title, taken)
    taken.add(id)
    const document: ImportedDocument = {
      id,
      title: each.title,
      address,
      source: source.address,
      ...(source.key === undefined ? {} : { sourceKey: source.key }),
      importedAt: now().toISOString(),
      hash,
      sections: each.sections,
    }
    return before === undefined ? { document, status: 'imported' } : { document, status: 'updated', replaced: before.id }
  })
}

/** Items of a feed without an address of their own are told apart by their titles. */
function addressOf({ address, title }: ParsedDocument, i: number, count: number, source: string): string {
  return address ?? (count === 1 ? source : `${source}#${slug(title) || `item-${i + 1}`}`)
}

function unusedAddress(address: string, used: Set<string>): string {
  let free = address
  for (let n = 2; used.has(free); n++) free = `${address}${address.includes('#') ? '-' : '#'}${n}`
  used.add(free)
  return free
}

/** A web address names one document. A file's name may stand for several: the same path or the same content makes it the same one. */
function isSame(known: ImportedDocument, { address, hash }: { address: string; hash: string }, source: Source): boolean {
  if (known.address !== address) return false
  return isWebAddress(address) || known.sourceKey === source.key || known.hash === hash
}

function freeId(title: string, taken: ReadonlySet<string>): string {
  const base = shorten(slug(title), MAX_ID_CHARACTERS) || 'document'
  let id = base
  for (let n = 2; taken.has(id); n++) id = `${base}-${n}`
  return id
}
