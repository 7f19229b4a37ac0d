import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import * as z from 'zod'
import { runCairn } from '../testing/run-cairn.ts'
import { teamModel } from '../testing/team-model.ts'
import { createTemporaryDirectory, type TemporaryDirectory } from '../testing/temporary-directory.ts'

/** The contract's correspondences. */
const correspondences = z.array(
  z.strictObject({
    model: z.string(),
    section: z.string(),
    level: z.int().positive(),
    strength: z.enum(['strong', 'good', 'weak']),
    reason: z.string().min(1),
    passages: z.tuple([z.string(), z.string()]),
  }),
)

let models: TemporaryDirectory
beforeAll(async () => {
  models = await createTemporaryDirectory()
  await writeFile(join(models.path, 'acme.md'), teamModel())
})
afterAll(() => models.remove())

const crosswalk = (model: string, section: string, level: string, ...more: string[]) =>
  runCairn(['crosswalk', '--model', model, '--section', section, '--level', level, ...more], { env: { CAIRN_MODELS_DIR: models.path } })

describe('cairn crosswalk', () => {
  it("prints with --json exactly the contract's fields, strongest first", async () => {
    const { code, out, err } = await crosswalk('kmm', 'automation', '4', '--json')
    expect([code, err]).toEqual([0, ''])
    const printed = correspondences.parse(JSON.parse(out))
    expect(printed.map(({ model, section, level }) => `${model}/${section}/${level}`)).toContain('cncf/technology/release-and-operations/4')
    for (const { model, section, level, passages } of printed) expect(passages).toEqual(['kmm/automation/4', `${model}/${section}/${level}`])
    const ranks = printed.map(({ strength }) => ['strong', 'good', 'weak'].indexOf(strength))
    expect(ranks).toEqual(ranks.toSorted())
    for (const ofModel of Map.groupBy(printed, ({ model }) => model).values()) expect(ofModel.length).toBeLessThanOrEqual(2)
  })

  it('takes a topic of a stage like any section', async () => {
    const { out } = await crosswalk('indellient', 'stages/secrets-management', '5', '--json')
    expect(correspondences.parse(JSON.parse(out)).map(({ passages }) => passages[1])).toContain('plural/stages/self-service/3')
  })

  it('prints an empty array where nothing corresponds', async () => {
    expect(await crosswalk('cncf', 'technology/ai', '2', '--json')).toEqual({ code: 0, out: '[]\n', err: '' })
  })

  it('tells people what corresponds, why, and what does not', async () => {
    const { code, out } = await crosswalk('kmm', 'scalability', '3')
    expect(code).toBe(0)
    expect(out).toMatch(/^Kubernetes Maturity Model › .+Level 3: Efficient scaling\n {2}Resources are used efficiently/)
    expect(out).toMatch(/\n {2}strong Technology › .+ › Level 3: Scale \(cncf\/technology\/platforms\/3\)\n {9}Both let autoscalers/)
    expect(out).toContain('nothing corresponds: Indellient does not speak of scaling or performance tuning.\n')
    expect(out).toContain('never averaged')
    expect(out).not.toContain('Zeppelin')
  })

  it.each([
    ['nope', 'automation', '4', ['"nope"', 'cncf', 'fairwinds', 'indellient', 'kmm', 'plural']],
    ['kmm', 'nope', '4', ['"nope"', 'culture', 'architecture', 'automation', 'security', 'scalability']],
    ['cncf', 'prologue/fit', '1', ['"prologue/fit"', 'people/culture']],
    ['kmm', 'automation', '6', ['no level 6', '1, 2, 3, 4, 5']],
    ['indellient', 'stages/ci', '1', ['no stage 1', 'use one of 3']],
    ['acme', 'on-call', '1', ["a team's own model", 'cncf']],
  ])('says what there is instead of %s %s %s', async (model, section, level, words) => {
    const { code, out, err } = await crosswalk(model, section, level, '--json')
    expect([code, out]).toEqual([1, ''])
    expect(err).toMatch(/^cairn: .+\n$/)
    for (const word of words) expect(err).toContain(word)
  })

  it.each([
    [['--model', 'kmm']],
    [['--model', 'kmm', '--section', 'automation']],
    [['--section', 'automation', '--level', '4']],
  ])('wants model, section and level, not only %j', async (args) => {
    const { code, out, err } = await runCairn(['crosswalk', ...args])
    expect([code, out]).toEqual([2, ''])
    expect(err).toContain('model, section and level are needed')
  })

  it.each(['four', '-1', '2.5', ''])('takes no level %j', async (level) => {
    const { code, out } = await runCairn(['crosswalk', '--model', 'kmm', '--section', 'automation', `--level=${level}`])
    expect([code, out]).toEqual([2, ''])
  })
})
