/** Imports point one way; each rule says what a folder may know of the others. */
import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { describe, expect, it } from 'vitest'

const SOURCE = import.meta.dirname

/** A folder, or a file at the top, and what it may import besides itself. */
const ALLOWED: Record<string, readonly string[]> = {
  shared: [],
  corpus: ['shared'],
  embeddings: ['shared'],
  index: ['corpus', 'embeddings', 'shared'],
  retrieval: ['corpus', 'index', 'questions', 'shared'],
  questions: ['corpus', 'retrieval', 'shared'],
  answers: ['corpus', 'questions', 'retrieval', 'shared'],
  assessments: ['answers', 'corpus', 'crosswalk', 'pictures', 'placement', 'shared'],
  store: ['answers', 'assessments', 'chat', 'digests', 'generation', 'shared'],
  chat: ['answers', 'assessments', 'corpus', 'digests', 'shared'],
  digests: ['answers', 'assessments', 'corpus', 'generation', 'pictures', 'retrieval', 'shared'],
  slack: ['chat', 'config.ts', 'shared'],
  teams: ['chat', 'config.ts', 'pictures', 'shared'],
  imports: ['corpus', 'shared'],
  generation: ['answers', 'corpus', 'questions', 'retrieval', 'shared'],
  crosswalk: ['corpus', 'shared'],
  pictures: [],
  placement: ['corpus', 'index', 'questions', 'retrieval', 'shared'],
  web: ['answers', 'assessments', 'corpus', 'digests', 'pictures', 'shared'],
  cli: [
    'answers',
    'app.ts',
    'assessments',
    'config.ts',
    'corpus',
    'crosswalk',
    'data-directory.ts',
    'digests',
    'embeddings',
    'engine.ts',
    'imports',
    'index',
    'placement',
    'questions',
    'retrieval',
    'shared',
    'store',
    'teams',
  ],
  'config.ts': ['shared'],
  'data-directory.ts': ['shared'],
  'engine.ts': ['answers', 'config.ts', 'corpus', 'embeddings', 'generation', 'imports', 'index', 'placement', 'questions', 'retrieval', 'shared'],
  'app.ts': [
    'assessments',
    'chat',
    'config.ts',
    'crosswalk',
    'data-directory.ts',
    'digests',
    'engine.ts',
    'generation',
    'imports',
    'shared',
    'slack',
    'store',
    'teams',
    'web',
  ],
  'main.ts': ['cli'],
}

/** Where two folders know each other, one of them knows these files and otherwise only types. */
const VALUES_FROM: Record<string, readonly string[]> = {
  'retrieval → questions': [],
  'questions → retrieval': ['retrieval/terms.ts', 'retrieval/vocabulary.ts'],
}

/** The parts of the bot know each other only through what lies beside them; one file puts them together. */
const BOT_PARTS: readonly string[] = ['asking', 'assessing', 'digests', 'results', 'rounds'].map((part) => `chat/${part}`)
const BOT = 'chat/create-chat.ts'

/** Only main.ts touches the process, but for these. */
const PROCESS_EXCEPTIONS: Record<string, readonly string[]> = {
  // A script of its own, run by `npm run vectors`.
  'index/ship-vectors.ts': ['stdout'],
  // A progress bar draws on a terminal, not through a function that takes text.
  'cli/index-command.ts': ['stderr'],
}

interface Import {
  from: string
  to: string
  typeOnly: boolean
}

/** Tests and what they share may import whatever they test. */
const isProduction = (file: string) => file.endsWith('.ts') && !file.endsWith('.test.ts') && !file.split('/').includes('testing')
const files = readdirSync(SOURCE, { recursive: true, encoding: 'utf8' }).filter(isProduction).sort()
const sources = new Map(files.map((file) => [file, readFileSync(join(SOURCE, file), 'utf8')]))
const imports = [...sources].flatMap(([from, source]) => importsOf(from, source))

function importsOf(from: string, source: string): Import[] {
  const statements = source.matchAll(
    /^(?:import|export)\s+(type\s)?[^'"`;]*?from\s*['"]([^'"]+)['"]|^import\s*()['"]([^'"]+)['"]|\bimport\(\s*()['"`]([^'"`]+)['"`]/gm,
  )
  return [...statements].map((match) => ({ from, to: match[2] ?? match[4] ?? match[6] ?? '', typeOnly: match[1] !== undefined }))
}

/** The path in src/ of an import of ours. */
const targetOf = ({ from, to }: Import) => (to.startsWith('.') ? relative(SOURCE, join(SOURCE, dirname(from), to)) : undefined)
const partOf = (file: string) => file.split('/')[0] as string
const ours = imports.flatMap((each) => {
  const target = targetOf(each)
  return target === undefined ? [] : [{ ...each, target }]
})

describe('imports', () => {
  it('are found at all', () => {
    expect(
      importsOf('a.ts', `import a from './a.ts'\nimport type {\n  B,\n} from "./b.ts"\nimport './c.ts'\nexport * from './d.ts'\nawait import('./e.ts')`),
    ).toEqual([
      { from: 'a.ts', to: './a.ts', typeOnly: false },
      { from: 'a.ts', to: './b.ts', typeOnly: true },
      { from: 'a.ts', to: './c.ts', typeOnly: false },
      { from: 'a.ts', to: './d.ts', typeOnly: false },
      { from: 'a.ts', to: './e.ts', typeOnly: false },
    ])
    expect(ours.length).toBeGreaterThan(100)
    expect(new Set(ours.map(({ from }) => partOf(from)))).toContain('cli')
  })

  it('have a rule for every folder and every file at the top', () => {
    expect(Object.keys(ALLOWED).sort()).toEqual([...new Set(files.map(partOf))].sort())
  })

  it.each(Object.entries(ALLOWED))('of %s reach only %j', (part, allowed) => {
    const forbidden = ours.filter(({ from, target }) => partOf(from) === part && partOf(target) !== part && !allowed.includes(partOf(target)))
    expect(forbidden.map(({ from, target }) => `${from} → ${target}`)).toEqual([])
  })

  it.each(Object.entries(VALUES_FROM))('%s are of types, or of %j', (direction, allowed) => {
    const values = ours.filter(({ from, target, typeOnly }) => `${partOf(from)} → ${partOf(target)}` === direction && !typeOnly && !allowed.includes(target))
    expect(values.map(({ from, target }) => `${from} → ${target}`)).toEqual([])
  })

  it.each(BOT_PARTS)('into %s come from itself, and from what puts the bot together', (part) => {
    const into = ours.filter(({ target }) => dirname(target) === part)
    expect(into.filter(({ from }) => dirname(from) !== part && from !== BOT).map(({ from, target }) => `${from} → ${target}`)).toEqual([])
    expect(into.map(({ from }) => from)).toContain(BOT)
  })

  it('never go to what is there for tests', () => {
    expect(ours.filter(({ target }) => target.split('/').includes('testing') || target.endsWith('.test.ts'))).toEqual([])
  })

  it('name files that exist, and stay in src/ but for data', () => {
    const known = new Set(files)
    const unknown = ours.filter(({ target }) => !known.has(target) && !target.endsWith('.json'))
    expect(unknown.map(({ from, target }) => `${from} → ${target}`)).toEqual([])
  })
})

describe('the process', () => {
  const TOUCH = /\bprocess\.(argv|exit|exitCode|env|stdin|stdout|stderr|on|once|kill|abort|loadEnvFile)\b/g

  it('is touched by main.ts alone', () => {
    const touched = [...sources].flatMap(([file, source]) => [...source.matchAll(TOUCH)].map((match) => ({ file, what: match[1] as string })))
    expect(touched.filter(({ file }) => file === 'main.ts').length).toBeGreaterThan(0)
    const others = touched.filter(({ file, what }) => file !== 'main.ts' && !PROCESS_EXCEPTIONS[file]?.includes(what))
    expect(others.map(({ file, what }) => `${file}: process.${what}`)).toEqual([])
    for (const [file, parts] of Object.entries(PROCESS_EXCEPTIONS)) {
      for (const what of parts) expect(touched, 'an exception that nobody needs').toContainEqual({ file, what })
    }
  })

  it('is not imported by another name', () => {
    expect(imports.filter(({ to }) => /^(?:node:)?process$/.test(to))).toEqual([])
  })
})
