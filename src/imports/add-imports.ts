/** Makes imported documents part of a corpus: found and cited like models, but without levels, and never in a model's place. */
import type { LoadedCorpus } from '../corpus/load-corpus.ts'
import { createCorpus, type Model, type Passage, passageId } from '../corpus/passage.ts'
import { readImports } from './import-store.ts'
import type { ImportedDocument, ImportedSection } from './imported-document.ts'
import { isWebAddress } from './read-source.ts'

const MAX_SHORT_TITLE = 60

/** @throws UserError when the directory exists but can't be read */
export async function addImports(loaded: LoadedCorpus, directory: string): Promise<LoadedCorpus> {
  const { documents, problems } = await readImports(directory)
  const { corpus } = loaded
  const accepted = documents.filter(({ id }) => corpus.model(id) === undefined)
  const taken = documents.filter(({ id }) => corpus.model(id) !== undefined)
  return {
    ...loaded,
    corpus: createCorpus(corpus.models, [...corpus.passages, ...accepted.flatMap(passagesOf)], accepted.map(toModel)),
    problems: [
      ...loaded.problems,
      ...problems,
      ...taken.map(({ id, address }) => ({ file: `${id}.json`, line: 1, reason: `the id "${id}" belongs to a model now: import ${address} again` })),
    ],
  }
}

function toModel({ id, title, address, importedAt, sections }: ImportedDocument): Model {
  const date = importedAt.slice(0, 10)
  return {
    kind: 'document',
    id,
    title,
    shortTitle: title.length <= MAX_SHORT_TITLE ? title : `${title.slice(0, MAX_SHORT_TITLE).replace(/\s+\S*$/, '')}…`,
    aliases: [],
    version: `imported ${date}`,
    license: `Imported from ${address} on ${date}.`,
    shape: 'continuous',
    levelWord: 'Level',
    levels: [],
    sections: sections.map(({ id: section, path }) => {
      const above = path.slice(0, -1).join(' › ')
      return { id: section, title: path.at(-1) as string, ...(above === '' ? {} : { dimension: above }), aliases: [], levels: [] }
    }),
  }
}

function passagesOf(document: ImportedDocument): Passage[] {
  return document.sections.map((section) => ({
    id: passageId(document.id, section.id, null),
    model: document.id,
    section: section.id,
    level: null,
    title: [document.title, ...section.path].join(' › '),
    heading: section.path.at(-1) as string,
    url: urlOf(document, section),
    indicator: null,
    text: section.text,
    seeAlso: [],
    file: `${document.id}.json`,
    line: 1,
  }))
}

/** A file has no address that others could open; the form tells at least its name and place. */
function urlOf({ address }: ImportedDocument, { fragment }: ImportedSection): string {
  const base = isWebAddress(address) ? address : `file:${address.split('/').map(encodeURIComponent).join('/')}`
  return fragment === undefined || base.includes('#') ? base : `${base}#${encodeURIComponent(decoded(fragment)).replaceAll('%3D', '=')}`
}

function decoded(fragment: string): string {
  try {
    return decodeURIComponent(fragment)
  } catch {
    // A stray "%" encodes nothing.
    return fragment
  }
}
