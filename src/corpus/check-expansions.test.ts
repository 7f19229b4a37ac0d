import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { checkExpansions, readQuestionLines } from './check-expansions.ts'
import { parseModelFile } from './parse-model-file.ts'

const model = parseModelFile(
  '---\nid: m\ntitle: M\npublisher: P\nversion: 1\nurl: https://example.org\nlicense: L\nlevels: [One]\n---\n## S\n### Level 1: One\nBackups run every night.\n',
  'm.md',
)
const lines = (what: string) => Array.from({ length: 10 }, (_, i) => `${what} number ${i} about ${String.fromCharCode(97 + i).repeat(12)} and so on`)

let directory: string
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'cairn-test-'))
})
afterEach(() => rm(directory, { recursive: true, force: true }))

const check = async (content: unknown, questions: string[] = []) => {
  await writeFile(join(directory, 'm.json'), JSON.stringify(content, null, 1))
  return checkExpansions(directory, model.passages, questions)
}

describe('checkExpansions', () => {
  it('finds nothing wrong with ten asks and ten says', async () => {
    expect(await check({ 'm/s/1': { asks: lines('ask'), says: lines('say') } })).toEqual([])
  })

  it('counts asks and says', async () => {
    const reasons = (await check({ 'm/s/1': { asks: lines('ask').slice(1), says: [] } })).map((problem) => problem.reason)
    expect(reasons).toEqual(['m/s/1 has 9 asks: write at least 10', 'm/s/1 has 0 says: write at least 10'])
  })

  it('names file and line of a line that is double, too short, or of no passage', async () => {
    const problems = await check({ 'm/s/1': { asks: [...lines('ask'), 'too short'], says: [...lines('say'), lines('ask')[0]] }, 'm/gone': { asks: [] } })
    expect(problems.map((problem) => problem.reason)).toEqual([
      'there is no passage m/gone',
      'm/s/1: "too short" has 2 words: write 3 to 60',
      `m/s/1: "${lines('ask')[0]}" stands at m/s/1 too`,
    ])
    expect(problems[1]?.file).toMatch(/m\.json$/)
    expect(problems[1]?.line).toBe(14)
  })

  it('refuses a measured question, also with a few letters changed', async () => {
    const asks = [...lines('ask'), 'are the backups taken each night, really?']
    const [problem] = await check({ 'm/s/1': { asks, says: lines('say') } }, ['Are the backups taken every night really'])
    expect(problem?.reason).toContain('is nearly the measured "Are the backups taken every night really"')
  })
})

describe('readQuestionLines', () => {
  it('reads questions and statements of every set', async () => {
    await writeFile(join(directory, 'a.jsonl'), '{"question":"one?"}\n\n{"statement":"two"}\n')
    expect(await readQuestionLines(directory)).toEqual(['one?', 'two'])
  })

  it('says which directory it could not read', async () => {
    await expect(readQuestionLines(join(directory, 'none'))).rejects.toThrow(/can't read the question sets in .*none/)
  })
})
