import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { UserError } from '../shared/errors.ts'
import { checkSignals } from './check-signals.ts'
import { parseModelFile } from './parse-model-file.ts'
import { loadSignals } from './signals.ts'

let directory: string
let path: string
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'cairn-test-'))
  path = join(directory, 'signals.json')
})
afterEach(() => rm(directory, { recursive: true, force: true }))

interface Written {
  name: string
  weight?: number
  phrases: string[]
  levels: Record<string, number | string>
}

const gitops = (levels: Written['levels']): Written => ({ name: 'gitops', phrases: ['gitops', 'argo cd'], levels })
const write = (content: unknown) => writeFile(path, typeof content === 'string' ? content : JSON.stringify(content, null, 2))

describe('loadSignals', () => {
  it('reads names, weights, phrases and levels', async () => {
    await write([gitops({ 'm/s': 2, 'm/t': '3-4' }), { ...gitops({ 'm/s': 1 }), weight: 1.5 }])
    const [first, second] = loadSignals(path)
    expect(first).toMatchObject({ name: 'gitops', weight: 1, phrases: ['gitops', 'argo cd'] })
    expect([...(first?.levels ?? [])]).toEqual([
      ['m/s', { from: 2, to: 2 }],
      ['m/t', { from: 3, to: 4 }],
    ])
    expect(second?.weight).toBe(1.5)
  })

  it.each([
    [[gitops({ 'm/s': '4-3' })], /the lower level comes first/],
    [[gitops({ 'm/s': 'high' })], /signals\.json is not in form/],
    [[{ ...gitops({}), phrases: ['one'] }], /phrases/],
    ['[{', /signals\.json is not in form/],
  ])('says what is wrong in %j', async (content, reason) => {
    await write(content)
    expect(() => loadSignals(path)).toThrow(UserError)
    expect(() => loadSignals(path)).toThrow(reason)
  })

  it('says which file it could not read', () => {
    expect(() => loadSignals(join(directory, 'none.json'))).toThrow(/none\.json is not in form: ENOENT/)
  })
})

describe('checkSignals', () => {
  const { passages } = parseModelFile(
    '---\nid: m\ntitle: M\npublisher: P\nversion: 1\nurl: https://example.org\nlicense: L\nlevels: [One, Two]\n---\n## S\n### Level 1: One\nBackups run.\n### Level 2: Two\nRestores run.\n',
    'm.md',
  )
  const many = (count: number): Written[] =>
    Array.from({ length: count }, (_, i) => ({ name: `name ${i}`, phrases: [`word${i} one`, `word${i} two`], levels: { 'm/s': (i % 2) + 1 } }))
  const problems = async (signals: readonly Written[], statements: string[] = []) => {
    await write(signals)
    return checkSignals(path, passages, statements)
  }
  const reasons = async (signals: readonly Written[], statements: string[] = []) => (await problems(signals, statements)).map(({ reason }) => reason)

  it('finds nothing wrong with enough signals of known levels', async () => {
    expect(await reasons(many(8))).toEqual([])
  })

  it('counts the signals of a section', async () => {
    expect(await reasons(many(7))).toEqual(['"m/s" is known to 7 signals: write at least 8'])
  })

  it('refuses unknown sections and levels and what is there twice', async () => {
    const signals = [...many(8), gitops({ 'm/s': '2-3', 'm/gone': 1 }), { name: 'gitops', phrases: ['gitops', 'flux'], levels: { 'm/s': 2 } }]
    expect(await reasons(signals)).toEqual([
      'gitops: "m/s" has no level 3',
      'gitops: there is no section "m/gone" with levels',
      'the name "gitops" is there twice',
      'the phrase "gitops" is there twice',
    ])
  })

  it('names file and row', async () => {
    const [problem] = await problems([gitops({ 'm/s': '2-3' }), ...many(8)])
    expect(problem).toMatchObject({ file: expect.stringMatching(/signals\.json$/), line: 9 })
  })

  it('refuses a phrase made of a measured statement', async () => {
    const taken: Written = { name: 'taken', phrases: ['robots|bots water tulips|roses every night', 'other'], levels: { 'm/s': 1 } }
    expect(await reasons([...many(8), taken], ['Our robots water the roses every night', 'robots'])).toEqual([
      'taken: "robots|bots water tulips|roses every night" is nearly the measured "Our robots water the roses every night"',
    ])
  })
})
