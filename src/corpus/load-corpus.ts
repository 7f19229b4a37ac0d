/** Reads model files from disk and puts them together as one corpus. */
import { readdir, readFile } from 'node:fs/promises'
import { join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { codeOf, messageOf, UserError } from '../shared/errors.ts'
import type { FrontMatter } from './front-matter.ts'
import { type ModelFile, parseModelFile, sectionPath } from './parse-model-file.ts'
import { type Corpus, createCorpus, type Level, type Model, type Passage, type Section } from './passage.ts'
import { formatProblem, type Problem } from './problem.ts'

/** The five models that ship with Cairn. */
export const BUILT_IN_CORPUS = fileURLToPath(new URL('../../corpus/', import.meta.url))

export interface LoadedCorpus {
  corpus: Corpus
  files: readonly ModelFile[]
  /** What kept a file, or a part of one, out of the corpus. */
  problems: readonly Problem[]
}

/**
 * Loads the built-in models and, beside them, a team's own. A team's file with an error is left out and reported;
 * the rest is served. A team's file can't change a built-in model.
 * @throws UserError when a directory can't be read or the built-in corpus itself is broken
 */
export async function loadCorpus(teamDirectory?: string, builtInDirectory: string = BUILT_IN_CORPUS): Promise<LoadedCorpus> {
  const builtIn = await readModelFiles(builtInDirectory)
  const broken = builtIn.flatMap((file) => file.problems)
  if (broken[0] !== undefined) throw new UserError(`the built-in corpus is broken: ${formatProblem(broken[0])} (cairn corpus check tells all)`)
  const reserved = new Set(builtIn.map((file) => file.head?.id))

  const team = teamDirectory === undefined ? [] : await readModelFiles(teamDirectory)
  const problems: Problem[] = team.flatMap((file) => file.problems)
  const accepted = team.filter((file) => {
    if (file.head === undefined || file.problems.length > 0) return false
    if (!reserved.has(file.head.id)) return true
    problems.push({ file: file.file, line: 1, reason: `the id "${file.head.id}" belongs to a built-in model: choose another` })
    return false
  })

  const files = [...builtIn, ...accepted]
  const { passages, duplicates } = withoutDuplicates(files.flatMap((file) => file.passages))
  problems.push(...duplicates)
  return { corpus: createCorpus(assembleModels(files, passages), passages), files: [...builtIn, ...team], problems }
}

/** Every `.md` file under the directory, in a stable order; README files are for people. */
export async function readModelFiles(directory: string): Promise<ModelFile[]> {
  const names = await listMarkdown(directory)
  return Promise.all(
    names.map(async (name) => {
      const path = join(directory, name)
      const relativePath = relative(process.cwd(), path)
      const file = relativePath.startsWith('..') ? path : relativePath
      try {
        return parseModelFile(await readFile(path, 'utf8'), file)
      } catch (error) {
        return { file, passages: [], problems: [{ file, line: 1, reason: `can't be read: ${messageOf(error)}` }] }
      }
    }),
  )
}

/** Editors hide their lock files, and Kubernetes the directory behind a mounted ConfigMap, with a leading dot. */
const HIDDEN_OR_README = /(^|\/)(\.|README\.md$)/i

async function listMarkdown(directory: string): Promise<string[]> {
  try {
    const entries = await readdir(directory, { recursive: true })
    return entries.filter((name) => name.endsWith('.md') && !HIDDEN_OR_README.test(name)).sort()
  } catch (error) {
    const why = codeOf(error) === 'ENOENT' ? 'does not exist' : `can't be read (${messageOf(error)})`
    throw new UserError(`the directory of model files ${directory} ${why}: create it or set CAIRN_MODELS_DIR to one that exists`, { cause: error })
  }
}

function withoutDuplicates(all: readonly Passage[]): { passages: Passage[]; duplicates: Problem[] } {
  const seen = new Map<string, Passage>()
  const duplicates: Problem[] = []
  for (const passage of all) {
    const first = seen.get(passage.id)
    if (first === undefined) seen.set(passage.id, passage)
    else duplicates.push({ file: passage.file, line: passage.line, reason: `duplicate id ${passage.id}, first at ${first.file}:${first.line}` })
  }
  return { passages: [...seen.values()], duplicates }
}

function assembleModels(files: readonly ModelFile[], passages: readonly Passage[]): Model[] {
  const heads = files.flatMap((file) => (file.head === undefined ? [] : [file.head]))
  return [...Map.groupBy(heads, (head) => head.id).values()].map((group) => assembleModel(group, passages))
}

/** The first file speaks for the model; further files of the same id (the CNCF model's dimensions) add sections. */
function assembleModel(heads: readonly FrontMatter[], all: readonly Passage[]): Model {
  const head = heads[0] as FrontMatter
  const passages = all.filter((passage) => passage.model === head.id)
  const sectionAliases = Object.assign({}, ...heads.map((each) => prefixed(each))) as Record<string, string[]>
  const model: Model = {
    id: head.id,
    title: head.title,
    shortTitle: head.shortTitle ?? head.title,
    aliases: head.aliases,
    version: head.version ?? (head.date as string),
    license: head.license,
    shape: head.shape,
    levelWord: head.levelWord,
    levels: head.levels.map((name, i): Level => (name === undefined ? { number: i + 1 } : { number: i + 1, name })),
    sections: [...Map.groupBy(passages, (passage) => passage.section)].map(([id, own]) => toSection(id, own, sectionAliases[id] ?? [])),
  }
  if (head.publisher !== undefined) model.publisher = head.publisher
  if (head.author !== undefined) model.author = head.author
  return model
}

function toSection(id: string, passages: readonly Passage[], aliases: readonly string[]): Section {
  const path = (passages[0] as Passage).title.split(' › ')
  const withLevel = passages[0]?.level !== null
  const title = path.at(withLevel ? -2 : -1) as string
  const dimension = path.length === (withLevel ? 4 : 3) ? path[1] : undefined
  const section: Section = {
    id,
    title,
    aliases,
    levels: passages.flatMap((passage) => passage.level ?? []).sort((a, b) => a - b),
  }
  if (dimension !== undefined) section.dimension = dimension
  return section
}

function prefixed(head: FrontMatter): Record<string, string[]> {
  return Object.fromEntries(Object.entries(head.sectionAliases).map(([id, names]) => [sectionPath(head, id), names]))
}
