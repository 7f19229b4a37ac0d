import { describe, expect, it } from 'vitest'
import { words } from '../reply.ts'
import { eachOverEngine } from '../testing/over-engine.ts'
import { createTestDeps, type TestDeps } from '../testing/test-deps.ts'
import { pressOf, TENANT, textOf } from '../testing/test-platform.ts'
import { createResults, type Results } from './create-results.ts'
import { answerRound, assessAlone, createTeam, KMM, startRound } from './testing/assess.ts'

let deps: TestDeps
let results: Results
eachOverEngine(createTestDeps, (fresh) => {
  deps = fresh
  results = createResults(deps)
})

const home = (person = 'U1') => results.home({ tenant: TENANT, person })
const step = { model: 'kmm', section: 'security', passage: 'kmm/security/2' }
const makeAction = async (team: string, n: number, { owner, due }: { owner?: string; due?: string }) => {
  const text = (deps.corpus().passage('kmm/security/2')?.text ?? '').split(/(?<=\.)\s+/)[n] ?? ''
  const who = { tenant: TENANT, team }
  const { id } = await deps.assessments.actions.create({ ...who, person: 'U1' }, { ...step, text })
  await deps.assessments.actions.assign(who, id, owner)
  await deps.assessments.actions.setDue(who, id, due)
}

describe('the page of somebody', () => {
  it('who has done nothing yet says how to begin', async () => {
    const reply = await home()
    expect(textOf(reply)).toContain('Where does your team stand?')
    expect(pressOf(reply, 'Assess my team').on).toBe('assess.choose')
    expect(pressOf(reply, 'Settings').on).toBe('settings.open')
    expect(await deps.database.assessments.person(TENANT, 'U1')).toBeUndefined()
  })

  it('goes on with what is open, and not with what a round asks elsewhere', async () => {
    await createTeam(deps, 'payments', ['U1', 'U2'])
    const { run } = await deps.assessments.conversation.start({ tenant: TENANT, person: 'U1', surface: 'slack' }, { team: 'payments', scope: KMM })
    const round = await startRound(deps, 'payments', { by: 'U2' })
    expect(pressOf(await home(), 'Answer')).toEqual({ on: 'round.answer', with: { round: round.id } })
    await deps.assessments.rounds.join(TENANT, round.id, 'U1')
    const reply = await home()
    expect(textOf(reply)).toContain('Rounds that wait for your answers')
    expect(textOf(reply)).toContain('Spring of payments: 0 of 2 have answered, until 2026-03-09T09:00:00.000Z [Go on]')
    expect(textOf(reply)).toContain('payments: KMM, quick, begun on 2 Mar 2026 [Go on]')
    const presses = reply.blocks.flatMap((block) => (block.kind === 'option' && block.button.label === 'Go on' ? [block.button.press] : []))
    expect(presses).toEqual([
      { on: 'round.answer', with: { round: round.id } },
      { on: 'assess.go-on', with: { run: run.id } },
    ])
    await answerRound(deps, round, 'U1', [2])
    expect(textOf(await home())).not.toContain('Rounds that wait')
    deps.setNow('2026-03-20T09:00:00.000Z')
    expect(textOf(await home('U2'))).not.toContain('Rounds that wait')
  })

  it('shows what is to be done, their own first', async () => {
    await createTeam(deps, 'payments', ['U1', 'U2'])
    await makeAction('payments', 0, { owner: 'U2', due: '2026-03-03' })
    await makeAction('payments', 1, { owner: 'U1', due: '2026-09-01' })
    await makeAction('payments', 2, { due: '2026-09-01' })
    const reply = await home()
    const lines = reply.blocks
      .filter((block) => block.kind === 'option' && block.button.press.on === 'action.done')
      .map((block) => textOf({ summary: '', blocks: [block] }))
    expect(lines).toHaveLength(2)
    expect(lines[0]).toContain('(@U1, by 1 Sept 2026)')
    expect(lines[1]).toContain('(@U2, by 3 Mar 2026, due soon)')
    deps.setNow('2026-03-10T09:00:00.000Z')
    expect(textOf(await home())).toContain('payments: Overdue. ')
  })

  it('shows where their teams stand, in words and as bars', async () => {
    await createTeam(deps, 'payments')
    await createTeam(deps, 'search')
    await assessAlone(deps, 'payments', 'U1', [2, 3, 1, 2, 2])
    const text = textOf(await home())
    expect(text).toContain(
      'payments, KMM: Lowest: Automation and CI/CD at level 1. 5 of 5 answered. Culture and organization ■■□□□ 2 of 5, Architecture ■■■□□ 3 of 5',
    )
    expect(text).toContain('search: No results yet.')
    expect(text).toContain('No digests yet.')
  })

  it('shows their digests where there are any', async () => {
    await createTeam(deps, 'payments')
    const digestLines = async ({ person }: { person: string }) => [[words(`Weekly for ${person}, on Mondays`)]]
    const reply = await createResults(deps, { digestLines }).home({ tenant: TENANT, person: 'U1' })
    expect(textOf(reply)).toContain('- Weekly for U1, on Mondays')
    expect(textOf(reply)).not.toContain('No digests yet')
  })

  it('is as long as a page may be, however many teams somebody has', async () => {
    for (let i = 0; i < 50; i++) {
      const team = `team-${i}`
      await createTeam(deps, team, ['U1', 'U2'])
      if (i < 25) await assessAlone(deps, team, 'U1', [2])
      await startRound(deps, team, { by: 'U2' })
      await makeAction(team, 0, { owner: 'U1' })
      await deps.assessments.conversation.start({ tenant: TENANT, person: 'U1', surface: 'slack' }, { team, scope: KMM })
    }
    const started = performance.now()
    const reply = await home()
    expect(performance.now() - started).toBeLessThan(2_000)
    expect(reply.blocks.length).toBeLessThanOrEqual(60)
    expect(textOf(reply)).toContain('And 30 more: write me “results” and the team’s name.')
    expect(textOf(reply)).toContain('And 45 more.')
  }, 60_000)

  it('leaves out what was begun with a model that is gone', async () => {
    await createTeam(deps, 'payments')
    await deps.assessments.conversation.start({ tenant: TENANT, person: 'U1', surface: 'slack' }, { team: 'payments', scope: KMM })
    const without = { ...deps.corpus(), models: deps.corpus().models.filter(({ id }) => id !== 'kmm') }
    const reply = await createResults({ ...deps, corpus: () => without }).home({ tenant: TENANT, person: 'U1' })
    expect(textOf(reply)).not.toContain('Your open assessments')
  })
})
