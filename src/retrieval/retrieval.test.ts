import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createCorpus, type Passage } from '../corpus/passage.ts'
import { openBuiltInEngine, type TestEngine } from '../testing/built-in-engine.ts'
import { createLexicalIndex } from './lexical-index.ts'
import { stemOf, stemsOf, wordsOf } from './terms.ts'
import { loadVocabulary } from './vocabulary.ts'

const vocabulary = loadVocabulary()

describe('terms', () => {
  it('meet across case, accents, possessives and spelling', () => {
    expect(stemsOf(wordsOf('Organisations’ catalogue'))).toEqual(stemsOf(wordsOf("organization's catalogs")))
    expect(wordsOf('Café CI/CD 80%')).toEqual(['cafe', 'ci', 'cd', '80%'])
    expect(stemOf('optimising')).toBe(stemOf('optimized'))
  })
})

describe('vocabulary', () => {
  it('writes abbreviations out and knows them both ways', () => {
    expect(vocabulary.expand(wordsOf('release and ops'))).toEqual(['release', 'and', 'operations'])
    expect(vocabulary.related(wordsOf('sbom'))).toContain(stemOf('materials'))
    expect(vocabulary.related(wordsOf('a software bill of materials'))).toContain('sbom')
  })

  it('takes everyday words in one direction only', () => {
    expect(vocabulary.related(wordsOf('password'))).toContain(stemOf('secret'))
    expect(vocabulary.related(wordsOf('secret'))).not.toContain(stemOf('password'))
  })
})

describe('lexical index', () => {
  const passage = (id: string, title: string, text: string): Passage => ({
    id,
    model: 'm',
    section: id.slice(2),
    level: null,
    title,
    heading: title,
    url: 'https://example.org',
    indicator: null,
    text,
    seeAlso: [],
    file: 'm.md',
    line: 1,
  })
  const passages = [
    passage('m/a', 'M › Backups', 'Snapshots are taken nightly.'),
    passage('m/b', 'M › Alerts', 'Somebody is paged when snapshots or backups fail.'),
  ]
  const corpus = createCorpus([], passages)

  it('weighs the heading above the text', () => {
    const { byPassage } = createLexicalIndex(corpus.passages, vocabulary).score([{ stem: stemOf('backups'), weight: 1 }])
    expect(byPassage.get('m/a')).toBeGreaterThan(byPassage.get('m/b') as number)
  })

  it('finds a passage by what people say about it, but knows what the passage itself says', () => {
    const index = createLexicalIndex(corpus.passages, vocabulary, new Map([['m/a', { asks: ['what if the tape robot dies'], says: [] }]]))
    expect([...index.score([{ stem: 'tape', weight: 1 }]).byPassage.keys()]).toEqual(['m/a'])
    expect(index.has('tape')).toBe(true)
    expect(index.isInText('tape')).toBe(false)
    expect(index.covers('m/a', 'tape')).toBe(true)
    expect(index.covers('m/b', 'tape')).toBe(false)
    expect(index.isInTextOf('m/a', 'tape')).toBe(false)
    expect(index.isInTextOf('m/a', stemOf('snapshots'))).toBe(true)
    expect(index.isInTextOf('m/b', stemOf('nightly'))).toBe(false)
  })

  it('tells how much a question sounds like something outside the corpus', () => {
    const index = createLexicalIndex(corpus.passages, vocabulary, new Map(), new Map([['weather', ['will it rain tomorrow']]]))
    const { byPassage, outOfScope } = index.score([{ stem: 'rain', weight: 1 }])
    expect(byPassage.size).toBe(0)
    expect(outOfScope).toBeGreaterThan(0)
  })
})

describe('search over the built-in corpus', () => {
  let engine: TestEngine
  beforeAll(async () => {
    engine = await openBuiltInEngine()
  })
  afterAll(() => engine.close())
  const search = async (question: string, history?: string[]) => (await engine.retriever.search(engine.reader.read(question, history))).ranked

  it.each([
    ['KMM automation level 4', 'kmm/automation/4'],
    ['what is fairwinds phase 5 about', 'fairwinds/phases/5'],
    ['k8s network policies and rbac', 'kmm/security/2'],
    ['Does CKS need CKA first?', 'cncf/people/certifications'],
    ['blast radius of one terraform state for ten clusters', 'plural/stages/1'],
    ['what share of respondents need more support', 'cncf/prologue/survey'],
  ])('%s', async (question, expected) => {
    expect((await search(question))[0]?.passage.id).toBe(expected)
  })

  it('explains a score by its parts', async () => {
    const [best] = await search('KMM automation level 4')
    const sum = Object.values(best?.evidence ?? {}).reduce((total, part) => total + part, 0)
    expect(best?.score).toBeCloseTo(sum)
    expect(best?.evidence.model).toBeGreaterThan(0)
    expect(best?.evidence.level).toBeGreaterThan(0)
  })

  it('puts the level above first when the next one is asked for', async () => {
    expect((await search('we scan every image and follow best practices, KMM security level 3. What next?'))[0]?.passage.id).toBe('kmm/security/4')
  })

  it('gives each passage once', async () => {
    const ids = (await search('security')).map((each) => each.passage.id)
    expect(new Set(ids).size).toBe(ids.length)
  })
})

describe('vocabulary.yaml', () => {
  it('names no abbreviation twice', () => {
    const keys = [...readFileSync(new URL('../../corpus/vocabulary.yaml', import.meta.url), 'utf8').matchAll(/^ {2}([\w -]+):/gm)].map((match) => match[1])
    const abbreviations = keys.slice(0, keys.indexOf('password'))
    expect(new Set(abbreviations).size).toBe(abbreviations.length)
  })
})
