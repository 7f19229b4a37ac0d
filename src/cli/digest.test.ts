import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { runCairn } from '../testing/run-cairn.ts'
import { createTemporaryDirectory, type TemporaryDirectory } from '../testing/temporary-directory.ts'

let temporary: TemporaryDirectory
let env: Record<string, string>
const cairn = (args: readonly string[], lines: readonly string[] = []) => runCairn(args, { env, lines })

beforeAll(async () => {
  temporary = await createTemporaryDirectory()
  env = { CAIRN_DATA_DIR: temporary.path, USER: 'ada' }
  await cairn(['assess', 'kmm', '--team', 'Payments'], ['2', '3', '4', '1', '2'])
}, 60_000)
afterAll(() => temporary.remove())

describe('cairn digest preview', { timeout: 30_000 }, () => {
  it('prints what a digest would say, with no chat platform set up', async () => {
    const { code, out, err } = await cairn(['digest', 'preview', '--team', 'Payments'])
    expect([code, err]).toEqual([0, ''])
    expect(out).toMatch(
      /^Payments: KMM\nFrom .* to .*\.\n\n- First assessed by KMM: Lowest: Security and compliance at level 1\. 5 of 5 answered\.\n- Next for .*\[1\]\n/,
    )
    expect(out).toMatch(/\n\[1\] .*https:\/\//)
    expect(out).toMatch(/\nPicture: Payments: KMM\. Radar/)
    expect(out).not.toMatch(/This comes|undefined|\[object/)
  })

  it('tells more of a month, and says when nothing is new', async () => {
    const { out } = await cairn(['digest', 'preview', '--team', 'Payments', '--kind', 'monthly', '--json'])
    expect(JSON.parse(out)).toMatchObject({
      kind: 'monthly',
      empty: false,
      teams: [{ name: 'Payments' }],
      model: { id: 'kmm' },
      picture: { alt: expect.stringContaining('Radar') },
    })
    const other = await cairn(['digest', 'preview', '--team', 'Payments', '--model', 'cncf'])
    expect(other.out).toMatch(/Nothing has changed.*\n\nNothing is new: by itself it would not be sent\.\n$/s)
  })

  it('for the organisation shows the teams that agreed, and these only', async () => {
    const { code, out } = await cairn(['digest', 'preview', '--kind', 'organisation'])
    expect(code).toBe(0)
    expect(out).toMatch(/^Teams side by side\n.*No team that agreed to be shown here has results yet\./s)
  })

  it.each([
    [['--team', 'Nope'], /there is no team "Nope": use one of "Payments"/],
    [['--team', 'Payments', '--model', 'nope'], /there is no model "nope": use one of cncf/],
    [['--team', 'Payments', '--since', 'spring'], /"spring" is no day: write it as in 2026-12-24/],
    [['--team', 'Payments', '--since', '2199-01-01'], /2199-01-01 lies ahead/],
  ])('with %j says what to write instead', async (args, problem) => {
    const { code, err } = await cairn(['digest', 'preview', ...args])
    expect([code, err]).toEqual([1, expect.stringMatching(problem)])
  })

  it('knows three kinds', async () => {
    const { code, err } = await cairn(['digest', 'preview', '--kind', 'daily'])
    expect([code, err]).toEqual([2, expect.stringMatching(/Allowed choices are weekly, monthly, organisation/)])
  })
})
