/** Takes imported documents out again, by id, by address, or by the file or feed they came from. */
import { resolve } from 'node:path'
import { messageOf, UserError } from '../shared/errors.ts'
import { deleteImport, readImports } from './import-store.ts'
import type { ImportedDocument } from './imported-document.ts'
import { isWebAddress, keyOf, nameOf } from './read-source.ts'

export type RemoveResult = { given: string; removed: { id: string; title: string; address: string }[] } | { given: string; error: string }

export async function removeDocuments(names: readonly string[], directory: string): Promise<RemoveResult[]> {
  const results: RemoveResult[] = []
  for (const given of names) {
    try {
      const { documents } = await readImports(directory)
      const found = find(given, documents)
      for (const { id } of found) await deleteImport(directory, id)
      results.push({ given, removed: found.map(({ id, title, address }) => ({ id, title, address })) })
    } catch (error) {
      if (!(error instanceof UserError)) throw error
      results.push({ given, error: `${given} ${messageOf(error)}` })
    }
  }
  return results
}

function find(given: string, documents: readonly ImportedDocument[]): ImportedDocument[] {
  const byId = documents.filter(({ id }) => id === given)
  if (byId.length > 0) return byId
  const found = isWebAddress(given) ? atAddress(given, documents) : fromFile(given, documents)
  if (found.length === 0) throw new UserError('is no imported document: cairn corpus imports lists them')
  return found
}

function atAddress(given: string, documents: readonly ImportedDocument[]): ImportedDocument[] {
  const url = URL.parse(given)?.href ?? given
  const exact = documents.filter(({ address }) => address === url)
  if (exact.length > 0) return exact
  const page = url.replace(/#.*$/, '')
  return documents.filter(({ address, source }) => address === page || source === page)
}

/** The very file first; else one of that name, if there is no other. */
function fromFile(given: string, documents: readonly ImportedDocument[]): ImportedDocument[] {
  const exact = documents.filter(({ sourceKey }) => sourceKey === keyOf(resolve(given)))
  if (exact.length > 0) return exact
  const named = documents.filter(({ address, source }) => address === given || source === nameOf(given))
  const files = new Set(named.map(({ sourceKey }) => sourceKey))
  if (files.size > 1) throw new UserError(`is the name of ${files.size} imported files: give the id, one of ${named.map(({ id }) => id).join(', ')}`)
  return named
}
