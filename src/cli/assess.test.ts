import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { jsonLines, runCairn } from '../testing/run-cairn.ts'
import { createTemporaryDirectory, type TemporaryDirectory } from '../testing/temporary-directory.ts'

let temporary: TemporaryDirectory
let env: Record<string, string>
beforeAll(async () => {
  temporary = await createTemporaryDirectory()
  env = { CAIRN_DATA_DIR: temporary.path, USER: 'ada' }
})
afterAll(() => temporary.remove())

const cairn = (args: readonly string[], lines: readonly string[] = [], user = 'ada') => runCairn(args, { env: { ...env, USER: user }, lines })

describe('cairn assess', { timeout: 30_000 }, () => {
  it('without a model tells what there is, how many questions and how long', async () => {
    const { code, out } = await cairn(['assess'])
    expect(code).toBe(0)
    expect(out).toMatch(/cairn assess fairwinds +Fairwinds model, quick: at most 3 questions, about 1 minute\n/)
    expect(out).toMatch(/cairn assess cncf --scope Technology +CNCF model, Technology: 10 questions/)
  })

  it('asks, takes answers in words and numbers, and ends with the results', async () => {
    const { code, out } = await cairn(
      ['assess', 'kmm', '--team', 'Payments'],
      ['2', 'three?? what does RBAC mean?', '3', 'between 2 and 3', 'not sure', 'n/a', 'we serve no traffic'],
    )
    expect(code).toBe(0)
    expect(out).toContain('1 of 5  Culture and organization')
    expect(out).toContain('RBAC (role-based access control) decides who may do what. [')
    expect(out).toContain('Why does it not apply to you?')
    expect(out).not.toMatch(/Lowest[\s\S]*5 of 5/)
    expect(out.slice(out.indexOf('That was the last question.'))).toContain('3 of 4 answered, 1 not applicable.')
  })

  it('shows the passage behind an option', async () => {
    const { out } = await cairn(['assess', 'kmm', '--team', 'Readers'], ['show 3', 'show 9', 'pause'])
    expect(out).toContain('Kubernetes Maturity Model › Culture and organization › Level 3: Cross-functional teams\n')
    expect(out).toContain('There is no such option here.')
  })

  it('keeps what was answered when the input ends, and goes on from there', async () => {
    const first = await cairn(['assess', 'cncf'], ['1', '2'])
    expect(first.out).toContain('Paused at question 3 of 5')
    const second = await cairn(['assess', 'cncf'], ['2', '2', '2'])
    expect(second.err).toContain('Going on with the one begun on')
    expect(second.out).toContain('3 of 5')
    expect(second.out).toContain('5 of 5 answered')
  })

  it('is one assessment a person', async () => {
    await cairn(['assess', 'plural'], ['yes'])
    const other = await cairn(['assess', 'plural'], ['pause'], 'bob')
    expect(other.out).toContain('1 of 3')
    expect((await cairn(['assess', 'plural'], ['pause'])).out).toContain('2 of 3')
  })

  it('speaks JSON to programs', async () => {
    const { out } = await cairn(['assess', 'fairwinds', '--team', 'Robots', '--json'], ['yes', 'yes', 'no'])
    const steps = jsonLines(out)
    expect(steps[0].view).toMatchObject({ kind: 'question', progress: { at: 1, of: 3 } })
    expect(steps.at(-2).view.kind).toBe('finished')
    expect(steps.at(-1).models[0].sections[0].level).toBe(6)
  })

  it('says what there is when model or scope are unknown', async () => {
    expect(await cairn(['assess', 'nope'])).toMatchObject({ code: 1, err: expect.stringContaining('use one of cncf, ') })
    expect(await cairn(['assess', 'cncf', '--scope', 'Money'])).toMatchObject({ code: 1, err: expect.stringContaining('use one of People, Policy') })
  })
})

describe('cairn results', { timeout: 30_000 }, () => {
  it('shows the profile, what it rests on, and next steps from the passages', async () => {
    const { out } = await cairn(['results', '--team', 'Payments'])
    expect(out).toContain('Lowest: Culture and organization, Automation and CI/CD at level 2. 3 of 4 answered, 1 not applicable.')
    expect(out).toContain('Security and compliance: not sure')
    expect(out).toContain('[kmm/culture/3]')
  })

  it('reads them in another model’s terms, with reasons, and calls it an approximation', async () => {
    const { out } = await cairn(['results', '--team', 'Payments', '--model', 'kmm', '--in-terms-of', 'cncf'])
    expect(out).toContain('An approximation')
    expect(out).toMatch(/(?:strong|good|weak): .*\(kmm\/culture\/2, cncf\//)
  })

  it('sets teams side by side only when asked', async () => {
    const { out } = await cairn(['results', '--team', 'Payments', '--model', 'kmm', '--compare', 'Robots'])
    expect(out).toContain('Payments level 2; Robots unanswered')
    expect((await cairn(['results', '--compare', 'Robots'])).code).toBe(2)
  })

  it('are CSV for spreadsheets and JSON for programs', async () => {
    const csv = await cairn(['results', '--team', 'Payments', '--csv'])
    expect(csv.out.split('\n')).toHaveLength(7)
    const json = JSON.parse((await cairn(['results', '--team', 'Payments', '--json'])).out)
    expect(json.models[0].sections).toHaveLength(5)
    expect(json.nextSteps[0].sections.length).toBeGreaterThan(0)
  })

  it('name the teams there are when one is unknown', async () => {
    expect(await cairn(['results', '--team', 'Nobody'])).toMatchObject({ code: 1, err: expect.stringContaining('"Payments"') })
  })
})

describe('a team’s data', { timeout: 30_000 }, () => {
  it('is exported to a file, removed, and imported again, once', async () => {
    const file = join(temporary.path, 'payments.json')
    const before = await cairn(['results', '--team', 'Payments', '--csv'])
    expect((await cairn(['export', file, '--team', 'Payments'])).code).toBe(0)
    expect((await cairn(['export', file, '--team', 'Payments'])).err).toContain('is there already')
    expect((await cairn(['delete', '--team', 'Payments'])).code).toBe(2)
    expect((await cairn(['delete', '--team', 'Payments', '--yes'])).code).toBe(0)
    expect((await cairn(['results', '--team', 'Payments'])).code).toBe(1)
    expect((await readFile(join(temporary.path, 'cairn.db'))).includes('we serve no traffic')).toBe(false)
    expect((await cairn(['import', file])).out).toContain('5 answers')
    expect((await cairn(['import', file])).out).toContain('0 answers')
    expect((await cairn(['results', '--team', 'Payments', '--csv'])).out).toBe(before.out)
  })

  it('is not taken from a file that is none', async () => {
    const file = join(temporary.path, 'broken.json')
    await writeFile(file, '{"format": "other"}')
    expect((await cairn(['import', file])).code).toBe(1)
    await writeFile(file, 'no json')
    expect((await cairn(['import', file])).err).toContain('is not JSON')
  })
})
