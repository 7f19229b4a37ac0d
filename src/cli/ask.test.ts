import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import * as z from 'zod'
import { loadCorpus } from '../corpus/load-corpus.ts'
import type { Corpus } from '../corpus/passage.ts'
import { jsonLines, runCairn } from '../testing/run-cairn.ts'
import { BROKEN_LINE, brokenTeamModel, TEAM_QUESTION, teamModel } from '../testing/team-model.ts'
import { createTemporaryDirectory, type TemporaryDirectory } from '../testing/temporary-directory.ts'

/** The contract's answer object: no field more, none less. */
const citation = z.strictObject({
  n: z.int().positive(),
  passage: z.string(),
  model: z.string(),
  section: z.string(),
  level: z.int().positive().nullable(),
  title: z.string(),
  url: z.url({ protocol: /^https$/ }),
  quote: z.string().min(1),
})
const milliseconds = z.number().nonnegative()
const answer = z.strictObject({
  id: z.string().optional(),
  question: z.string(),
  outcome: z.enum(['answered', 'declined', 'clarify']),
  text: z.string().min(1),
  citations: z.array(citation),
  retrieved: z.array(z.string()),
  answerer: z.literal('extractive'),
  ms: z.strictObject({ search: milliseconds, answer: milliseconds, total: milliseconds }),
})
type PrintedAnswer = z.infer<typeof answer>

const SECURITY_2 = 'What does level 2 of security ask for in the KMM?'
const ENGINE_LIMIT_MS = 30_000

let data: TemporaryDirectory
let env: Record<string, string>
let corpus: Corpus
beforeAll(async () => {
  data = await createTemporaryDirectory()
  env = { CAIRN_DATA_DIR: data.path }
  corpus = (await loadCorpus()).corpus
})
afterAll(() => data.remove())

const ask = (args: readonly string[], lines: readonly unknown[] = []) => runCairn(['ask', ...args], { env, lines })
const askAll = async (lines: readonly unknown[], args: readonly string[] = []) => {
  const run = await ask(['--jsonl', ...args], lines)
  return { ...run, answers: jsonLines(run.out) }
}

describe('cairn ask', { timeout: ENGINE_LIMIT_MS }, () => {
  it('prints the answer and, below, where each sentence comes from', async () => {
    const { code, out, err } = await ask([SECURITY_2])
    expect([code, err]).toEqual([0, ''])
    expect(out).toMatch(/^KMM, Security and compliance, Level 2: Network policies: .+ \[1\]/)
    const [, sources] = out.split('\nSources\n')
    expect(sources).toContain('[1]')
    expect(sources).toContain('Kubernetes Maturity Model › Security and compliance › Level 2: Network policies')
    expect(sources).toContain('\n    https://rtsab.github.io/docs/kubernetes/kubernetes-maturity-model\n')
  })

  it("prints with --json exactly the contract's fields, and nothing else", async () => {
    const { code, out, err } = await ask(['--json', SECURITY_2])
    expect([code, err]).toEqual([0, ''])
    const printed = answer.parse(JSON.parse(out))
    expect(printed).toMatchObject({ question: SECURITY_2, outcome: 'answered' })
    expect(printed).not.toHaveProperty('id')
    expect(printed.citations[0]).toMatchObject({ n: 1, passage: 'kmm/security/2', model: 'kmm', section: 'security', level: 2 })
    expect(printed.retrieved[0]).toBe('kmm/security/2')
    expect(printed.ms.total).toBeGreaterThanOrEqual(printed.ms.search)
  })

  it('refuses a question of 4,001 characters in one clear line', async () => {
    const { code, out, err } = await ask(['--json', '😀'.repeat(4001)])
    expect([code, out]).toEqual([1, ''])
    expect(err).toBe('cairn: The question has 4001 characters; at most 4,000 can be read. Keep the part that matters most.\n')
  })

  it('reports wrong settings instead of starting', async () => {
    const { code, out, err } = await runCairn(['ask', 'What is a pod?'], { env: { ...env, PORT: 'x', LOG_LEVEL: 'y' } })
    expect([code, out]).toEqual([1, ''])
    expect(err).toMatch(/^cairn: settings: .*PORT.*LOG_LEVEL.*\n$/)
  })
})

describe('an answer', { timeout: ENGINE_LIMIT_MS }, () => {
  const questions = [
    SECURITY_2,
    'Which stage introduces GitOps?',
    'Compare culture at level 4 in the CNCF model and the KMM.',
    'What comes after phase 2 in the Fairwinds model?',
    'Do I need the CKA before the CKS?',
    'How is cost handled at level 3 of the CNCF model?',
    'What is the capital of France?',
    'What does level 9 of the KMM say?',
    'hello',
    'level 3',
  ]
  let answers: PrintedAnswer[]
  beforeAll(async () => {
    answers = (await askAll(questions.map((question) => ({ question })))).answers.map((each) => answer.parse(each))
  }, ENGINE_LIMIT_MS)

  it('comes in each of the three outcomes', () => {
    expect(new Set(answers.map(({ outcome }) => outcome))).toEqual(new Set(['answered', 'declined', 'clarify']))
  })

  it('quotes its passages letter for letter, under their own names', () => {
    for (const { n: _, quote, ...cited } of answers.flatMap(({ citations }) => citations)) {
      const passage = corpus.passage(cited.passage)
      expect(passage?.text).toContain(quote)
      const { id, model, section, level, title, url } = passage ?? {}
      expect(cited).toEqual({ passage: id, model, section, level, title, url })
    }
  })

  it('lists the citations that its text makes, all of them and no other, counted from 1', () => {
    for (const { text, citations } of answers) {
      const made = [...text.matchAll(/\[(\d+)\]/g)].map((match) => Number(match[1]))
      expect(citations.map(({ n }) => n)).toEqual(citations.map((_, i) => i + 1))
      expect([...new Set(made)].sort((a, b) => a - b)).toEqual(citations.map(({ n }) => n))
      for (const { n, quote } of citations) expect(text).toContain(`${quote} [${n}]`)
    }
  })

  it('has sources when it answers', () => {
    for (const { outcome, citations } of answers) if (outcome === 'answered') expect(citations.length).toBeGreaterThan(0)
  })

  it('tells the ten best passages, each once', () => {
    for (const { retrieved } of answers) {
      expect(new Set(retrieved).size).toBe(10)
      expect(retrieved).toHaveLength(10)
      for (const id of retrieved) expect(corpus.passage(id), id).toBeDefined()
    }
  })
})

describe('cairn ask --jsonl', { timeout: ENGINE_LIMIT_MS }, () => {
  it('answers line by line, in order, with what was said before', async () => {
    const { code, err, answers } = await askAll([
      { id: 'q-1', question: SECURITY_2 },
      { id: 'q-2', question: 'And the level after that?', history: [SECURITY_2, 'Network policies and RBAC are enforced to control access.'] },
      '',
      { id: 'q-3', question: 'And the level after that?' },
      { question: 'What is the capital of France?' },
    ])
    expect([code, err]).toEqual([0, ''])
    const printed = answers.map((each) => answer.parse(each))
    expect(printed.map(({ id }) => id)).toEqual(['q-1', 'q-2', 'q-3', undefined])
    expect(printed[0]?.citations[0]?.passage).toBe('kmm/security/2')
    expect(printed[1]?.citations[0]?.passage).toBe('kmm/security/3')
    expect(printed[2]?.citations[0]?.passage).not.toBe('kmm/security/3')
    expect(printed[3]?.outcome).toBe('declined')
  })

  it('puts an error in the place of a line that it cannot answer, and answers the others', async () => {
    const { code, err, answers } = await askAll([
      '{"id": "cut", "question": "What',
      { id: 'missing' },
      { id: 'long', question: 'x'.repeat(4001) },
      { id: 'wrong', question: SECURITY_2, history: 'not a list' },
      { id: 7, question: SECURITY_2 },
      'null',
      '[]',
      { id: 'control', question: 'a\u0000b' },
      { id: 'fine', question: SECURITY_2 },
    ])
    expect(code).toBe(1)
    expect(answers).toHaveLength(9)
    expect(answers.slice(0, -1)).toEqual([
      { error: expect.stringMatching(/^line 1: this is not JSON/) },
      { id: 'missing', error: expect.stringMatching(/^line 2: question /) },
      { id: 'long', error: expect.stringMatching(/^line 3: .*4001 characters/) },
      { id: 'wrong', error: expect.stringMatching(/^line 4: history /) },
      { error: expect.stringMatching(/^line 5: id /) },
      { error: expect.stringMatching(/^line 6: /) },
      { error: expect.stringMatching(/^line 7: /) },
      { id: 'control', error: expect.stringMatching(/^line 8: .*control characters/) },
    ])
    expect(answer.parse(answers[8])).toMatchObject({ id: 'fine', outcome: 'answered' })
    expect(err.trimEnd().split('\n')).toEqual(answers.slice(0, -1).map(({ error }) => `cairn: ${error}`))
  })

  it('asks back when a question is empty', async () => {
    const { code, answers } = await askAll(['', ' \n\t ', '?', '\u200d'].map((question) => ({ question })))
    expect(code).toBe(0)
    for (const { outcome, text, citations } of answers.map((each) => answer.parse(each))) {
      expect([outcome, citations]).toEqual(['clarify', []])
      expect(text).toContain('?')
    }
  })

  it('refuses every control character that no keyboard types', async () => {
    const characters = ['\u0000', '\u0001', '\u0007', '\u0008', '\u000e', '\u001a', '\u001f', '\u007f']
    const { code, answers } = await askAll(characters.map((character) => ({ id: character, question: `What is${character} level 2?` })))
    expect(code).toBe(1)
    expect(answers).toEqual(characters.map((id) => ({ id, error: expect.stringContaining('That is not text') })))
  })

  it('takes 4,000 characters of any script', async () => {
    const units = ['a', 'level 2 ', '漢', '😀', '👨‍👩‍👧', 'e\u0301', '\u0301', '\u200d', '\u202e', '\u2028', '\u{10ffff}', 'क़', 'ß', '?', '1.', "it's "]
    const lines = units.map((unit) => ({ id: unit, question: [...unit.repeat(4000)].slice(0, 4000).join('') }))
    const { code, err, answers } = await askAll(lines)
    expect([code, err]).toEqual([0, ''])
    expect(answers.map((each) => answer.parse(each).id)).toEqual(units)
  })

  it('looks only into the model that the line or else the command names', async () => {
    const lines = [
      { question: 'What does stage 2 ask for?', model: 'indellient' },
      { question: 'What comes next after that stage?', model: 'fairwinds' },
      { question: SECURITY_2 },
      { question: SECURITY_2, model: 'nope' },
    ]
    const { code, answers } = await askAll(lines, ['--model', 'kmm'])
    expect(code).toBe(0)
    const printed = answers.map((each) => answer.parse(each))
    for (const [i, model] of ['indellient', 'fairwinds', 'kmm'].entries()) {
      const { retrieved = [], citations = [] } = printed[i] ?? {}
      expect(retrieved.length).toBe(Math.min(10, corpus.passages.filter((passage) => passage.model === model).length))
      for (const id of [...retrieved, ...citations.map(({ passage }) => passage)]) expect(id).toMatch(new RegExp(`^${model}/`))
    }
    expect(printed[2]?.citations[0]?.passage).toBe('kmm/security/2')
    expect(printed[3]).toMatchObject({
      outcome: 'declined',
      citations: [],
      text: expect.stringMatching(/"nope".* cncf, fairwinds, indellient, kmm and plural/),
    })
  })

  it('does not also take a question in quotes', async () => {
    const { code, out, err } = await ask(['--jsonl', SECURITY_2])
    expect([code, out]).toEqual([2, ''])
    expect(err).toContain('leave out the one in quotes')
  })
})

describe("a team's own model", { timeout: ENGINE_LIMIT_MS }, () => {
  it('can be asked about beside the built-in ones, also when the file next to it is broken', async () => {
    const models = join(data.path, 'models')
    await mkdir(models)
    await writeFile(join(models, 'acme.md'), teamModel())
    await writeFile(join(models, 'broken.md'), brokenTeamModel())
    const run = await runCairn(['ask', '--jsonl'], {
      env: { ...env, CAIRN_MODELS_DIR: models },
      lines: [{ question: TEAM_QUESTION }, { question: SECURITY_2 }],
    })
    const [own, builtIn] = jsonLines(run.out).map((each) => answer.parse(each))
    expect(run.code).toBe(0)
    expect(own?.outcome).toBe('answered')
    expect(own?.citations.map(({ passage }) => passage)).toContain('acme/on-call/2')
    expect(builtIn?.citations[0]?.passage).toBe('kmm/security/2')
    expect(run.err).toContain(`cairn: left out: ${join(models, 'broken.md')}:${BROKEN_LINE}: `)
  })
})
