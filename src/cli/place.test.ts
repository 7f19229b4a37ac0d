import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import * as z from 'zod'
import { jsonLines, runCairn } from '../testing/run-cairn.ts'
import { createTemporaryDirectory, type TemporaryDirectory } from '../testing/temporary-directory.ts'

/** The contract's placement object. */
const placement = z.strictObject({
  id: z.string().optional(),
  model: z.string(),
  section: z.string(),
  outcome: z.enum(['placed', 'unclear']),
  level: z.int().positive(),
  candidates: z.array(z.strictObject({ level: z.int().positive(), score: z.number().min(0).max(1) })),
  passage: z.string(),
  because: z
    .array(z.strictObject({ claim: z.string(), signals: z.array(z.string()), words: z.array(z.string()) }))
    .min(1)
    .optional(),
  question: z.string().optional(),
})

const SCANNING = 'We scan every container image in CI'
const ENGINE_LIMIT_MS = 30_000

let data: TemporaryDirectory
beforeAll(async () => {
  data = await createTemporaryDirectory()
})
afterAll(() => data.remove())

const place = (args: readonly string[], lines: readonly unknown[] = []) => runCairn(['place', ...args], { env: { CAIRN_DATA_DIR: data.path }, lines })

describe('cairn place', { timeout: ENGINE_LIMIT_MS }, () => {
  it("prints with --json exactly the contract's fields", async () => {
    const { code, out, err } = await place(['--model', 'kmm', '--section', 'security', '--json', SCANNING])
    expect([code, err]).toEqual([0, ''])
    const printed = placement.parse(JSON.parse(out))
    expect(printed).toMatchObject({ model: 'kmm', section: 'security', outcome: 'placed', level: 3, passage: 'kmm/security/3' })
    expect(printed).not.toHaveProperty('id')
    expect(printed).not.toHaveProperty('question')
  })

  it('tells people the passage and the odds', async () => {
    const { code, out } = await place(['--model', 'kmm', '--section', 'security', SCANNING])
    expect(code).toBe(0)
    expect(out).toMatch(/^kmm\/security\/3\nlevel 3: \d+%, level /)
    expect(out).toContain(`because “${SCANNING}” (images scanned; `)
    expect(out).toMatch(/words: [\w, ]*\bimage\b/)
  })

  it.each([
    [
      ['--model', 'nope', '--section', 'security'],
      ['"nope"', 'cncf', 'fairwinds', 'indellient', 'kmm', 'plural'],
    ],
    [
      ['--model', 'kmm', '--section', 'nope'],
      ['"nope"', 'culture', 'architecture', 'automation', 'security', 'scalability'],
    ],
  ])('names what to use instead of %j', async (args, names) => {
    const { code, out, err } = await place([...args, '--json', SCANNING])
    expect([code, out]).toEqual([1, ''])
    expect(err).toMatch(/^cairn: .+\n$/)
    for (const name of names) expect(err).toContain(name)
  })

  it.each([
    [[SCANNING]],
    [['--model', 'kmm', SCANNING]],
    [['--section', 'security', SCANNING]],
    [['--model', 'kmm', '--section', 'security']],
  ])('wants model, section and statement, not only %j', async (args) => {
    const { code, out, err } = await place(args)
    expect([code, out]).toEqual([2, ''])
    expect(err).toContain('model, section and statement are needed')
  })
})

describe('cairn place --jsonl', { timeout: ENGINE_LIMIT_MS }, () => {
  const security = { model: 'kmm', section: 'security' }

  it('places line by line, in order, and asks back when a statement tells too little', async () => {
    const { code, out, err } = await place(
      ['--jsonl'],
      [
        { id: 's-1', ...security, statement: SCANNING },
        { id: 's-2', ...security, statement: 'qwertz' },
        { id: 's-3', ...security, statement: '' },
        { id: 's-4', model: 'cncf', section: 'people/culture', statement: 'Cloud native is the normal way of working here, and a VM needs an approval.' },
      ],
    )
    expect([code, err]).toEqual([0, ''])
    const printed = jsonLines(out).map((line) => placement.parse(line))
    expect(printed.map(({ id, outcome }) => [id, outcome])).toEqual([
      ['s-1', 'placed'],
      ['s-2', 'unclear'],
      ['s-3', 'unclear'],
      ['s-4', 'placed'],
    ])
    for (const { model, section, outcome, level, candidates, passage, question } of printed) {
      expect(candidates.map((candidate) => candidate.level).sort()).toEqual([1, 2, 3, 4, 5])
      expect(candidates[0]?.level).toBe(level)
      const others = candidates.slice(1).map(({ score }) => score)
      expect(others).toEqual(others.toSorted((a, b) => b - a))
      expect(candidates.reduce((sum, { score }) => sum + score, 0)).toBeCloseTo(1, 1)
      if (outcome === 'placed') {
        expect([level, passage, question]).toEqual([candidates[0]?.level, `${model}/${section}/${level}`, undefined])
      } else {
        expect(question).toMatch(/\?$/)
      }
    }
  })

  it('puts an error in the place of a line that it cannot place, and places the others', async () => {
    const { code, out } = await place(
      ['--jsonl'],
      [
        '{',
        { id: 'a', model: 'nope', section: 'security', statement: 'x' },
        { id: 'b', ...security },
        { id: 'long', ...security, statement: 'x'.repeat(4001) },
        { id: 'levelless', model: 'kmm', section: 'introduction', statement: SCANNING },
        { id: 'c', ...security, statement: SCANNING },
      ],
    )
    expect(code).toBe(1)
    expect(jsonLines(out)).toEqual([
      { error: expect.stringMatching(/^line 1: this is not JSON/) },
      { id: 'a', error: expect.stringContaining('use one of cncf') },
      { id: 'b', error: expect.stringMatching(/^line 3: statement /) },
      { id: 'long', error: expect.stringContaining('4001 characters; at most 4,000') },
      { id: 'levelless', error: expect.stringContaining('use one of culture, architecture, automation, security, scalability') },
      expect.objectContaining({ id: 'c', outcome: 'placed', level: 3 }),
    ])
  })
})
