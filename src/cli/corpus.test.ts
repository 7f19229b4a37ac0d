import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import * as z from 'zod'
import { runCairn } from '../testing/run-cairn.ts'
import { BROKEN_LINE, brokenTeamModel, teamModel } from '../testing/team-model.ts'
import { createTemporaryDirectory, type TemporaryDirectory } from '../testing/temporary-directory.ts'

/** The contract's passage object. */
const passages = z.array(
  z.strictObject({
    id: z.string(),
    model: z.string(),
    section: z.string(),
    level: z.int().positive().nullable(),
    title: z.string().min(1),
    url: z.url(),
    indicator: z.string().min(1).nullable(),
    text: z.string().min(1),
  }),
)

let temporary: TemporaryDirectory
/** One model in order, one that is broken, one whose id is taken. */
let models: string
let originals: string
beforeAll(async () => {
  temporary = await createTemporaryDirectory()
  models = join(temporary.path, 'models')
  originals = join(temporary.path, 'originals')
  await Promise.all([mkdir(models), mkdir(originals)])
  await writeFile(join(models, 'acme.md'), teamModel())
  await writeFile(join(models, 'broken.md'), brokenTeamModel())
  await writeFile(join(models, 'kmm.md'), teamModel({ id: 'kmm' }))
  await writeFile(join(originals, 'source.html'), '<p>A weekly rota names <b>who is on call</b> for the zeppelin fleet, as everybody knows.</p>')
})
afterAll(() => temporary.remove())

const corpus = (args: readonly string[], modelsDirectory?: string) =>
  runCairn(['corpus', ...args], { env: modelsDirectory === undefined ? {} : { CAIRN_MODELS_DIR: modelsDirectory } })

describe('cairn corpus list', () => {
  it("prints with --json all passages of the five models, with the contract's fields and ids", async () => {
    const { code, out, err } = await corpus(['list', '--json'])
    expect([code, err]).toEqual([0, ''])
    const all = passages.parse(JSON.parse(out))
    expect(new Set(all.map(({ model }) => model))).toEqual(new Set(['cncf', 'fairwinds', 'indellient', 'kmm', 'plural']))
    expect(new Set(all.map(({ id }) => id)).size).toBe(all.length)
    for (const { id, model, section, level, indicator, text } of all) {
      expect(id).toBe(level === null ? `${model}/${section}` : `${model}/${section}/${level}`)
      expect(indicator === null).toBe(level === null)
      if (indicator !== null) expect(text.startsWith(indicator)).toBe(true)
    }
  })

  it('names the address of the original', async () => {
    const byId = new Map(passages.parse(JSON.parse((await corpus(['list', '--json'])).out)).map(({ id, url }) => [id, url]))
    for (const id of ['cncf/people/culture/4', 'cncf/people/certifications', 'cncf/prologue/survey']) {
      expect(byId.get(id)).toMatch(/^https:\/\/maturitymodel\.cncf\.io\//)
    }
    expect(byId.get('fairwinds/phases/7')).toBe('https://www.fairwinds.com/blog/kubernetes-maturity-model-expected-business-outcomes')
    expect(byId.get('kmm/security/2')).toBe('https://rtsab.github.io/docs/kubernetes/kubernetes-maturity-model')
    expect(byId.get('indellient/stages/secrets-management/5')).toBe('https://www.indellient.com/blog/the-5-stages-of-kubernetes-maturity/')
    expect(byId.get('plural/stages/self-service/3')).toBe('https://www.plural.sh/blog/checking-your-kubernetes-maturity-a-practical-guide')
  })

  it("adds a team's own model and says what of it was left out", async () => {
    const { code, out, err } = await corpus(['list', '--json'], models)
    expect(code).toBe(0)
    const own = passages.parse(JSON.parse(out)).filter(({ text }) => text.includes('zeppelin'))
    expect(own.map(({ id }) => id)).toEqual(['acme/on-call/1', 'acme/on-call/2'])
    const notices = err.trimEnd().split('\n')
    expect(notices).toHaveLength(2)
    expect(notices).toContainEqual(expect.stringContaining(`cairn: left out: ${join(models, 'broken.md')}:${BROKEN_LINE}: `))
    expect(notices).toContainEqual(expect.stringContaining(`cairn: left out: ${join(models, 'kmm.md')}:1: the id "kmm" belongs to a built-in model`))
  })

  it('prints ids and titles for people', async () => {
    const { out } = await corpus(['list'])
    expect(out).toContain('kmm/security/2  Kubernetes Maturity Model › Security and compliance › Level 2: Network policies\n')
  })

  it('says so when the directory of model files does not exist', async () => {
    const { code, out, err } = await corpus(['list', '--json'], join(temporary.path, 'nowhere'))
    expect([code, out]).toEqual([1, ''])
    expect(err).toMatch(/^cairn: the directory of model files .*nowhere does not exist: .*CAIRN_MODELS_DIR.*\n$/)
  })
})

describe('cairn corpus check', { timeout: 60_000 }, () => {
  it('passes the built-in corpus', async () => {
    const { code, out, err } = await corpus(['check'])
    expect([code, err]).toEqual([0, ''])
    expect(out).toMatch(/^\d+ passages in \d+ files, 0 problems\n$/)
  })

  it("fails for a team's broken model and says where and why", async () => {
    const { code, out } = await corpus(['check'], models)
    expect(code).toBe(1)
    const lines = out.trimEnd().split('\n')
    expect(lines).toContain(`${join(models, 'broken.md')}:${BROKEN_LINE}: "Rung seven" is not a level: write "### Level 1: …"`)
    // Loading would leave it out, so checking must not pass it.
    expect(lines).toContain(`${join(models, 'kmm.md')}:1: the id "kmm" belongs to a built-in model: choose another`)
    expect(lines.join('\n')).not.toContain('acme')
    expect(lines.at(-1)).toMatch(new RegExp(`, ${lines.length - 1} problems$`))
  })

  it('prints the problems as JSON, with what was copied from an original', async () => {
    const { code, out, err } = await corpus(['check', '--json', '--originals', originals], models)
    expect([code, err]).toEqual([1, ''])
    const problem = z.strictObject({ file: z.string(), line: z.int().positive(), reason: z.string().min(1) })
    const { problems } = z.strictObject({ files: z.int(), passages: z.int(), problems: z.array(problem) }).parse(JSON.parse(out))
    expect(problems).toContainEqual({ file: join(models, 'broken.md'), line: BROKEN_LINE, reason: expect.stringContaining('is not a level') })
    const copied = problems.find(({ file }) => file === join(models, 'acme.md'))
    expect(copied?.reason).toBe('acme/on-call/2 copies source.html: "a weekly rota names who is on call for the zeppelin fleet"')
  })
})
