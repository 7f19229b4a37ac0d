/** What every dialect must do with persons, teams, runs, rounds, targets, actions and usage. */
import { describe, expect, it } from 'vitest'
import { StaleRecordError } from '../../assessments/assessment-store.ts'
import { REMOVED_PERSON } from '../../assessments/records.ts'
import { NO_USAGE } from '../../generation/usage-ledger.ts'
import { UserError } from '../../shared/errors.ts'
import type { Store } from '../open-store.ts'
import { action, answer, minute, newTenant, OPEN, person, QUICK, round, run, team } from './samples.ts'

export function recordsSuite(open: () => Store): void {
  describe('persons and teams', () => {
    it('are found as they were saved, and changed by saving again', async () => {
      const { assessments } = open()
      const tenant = await newTenant(open())
      await assessments.savePerson(tenant, { id: 'cy', name: 'Cý “Ö” 🐑', timezone: 'Europe/Berlin' })
      expect(await assessments.person(tenant, 'cy')).toEqual({ id: 'cy', name: 'Cý “Ö” 🐑', timezone: 'Europe/Berlin' })
      await assessments.savePerson(tenant, { id: 'cy', name: 'Cy' })
      expect(await assessments.person(tenant, 'cy')).toEqual({ id: 'cy', name: 'Cy' })
      expect(await assessments.person(tenant, 'nobody')).toBeUndefined()

      await assessments.saveTeam(tenant, team('data', { name: ' Data  ' }))
      await assessments.saveTeam(tenant, team('platform', { name: 'Base', createdAt: minute(30) }))
      expect(await assessments.teams(tenant)).toEqual([team('platform', { name: 'Base' }), team('data', { name: 'Data' })])
      expect(await assessments.team(tenant, 'data')).toEqual(team('data', { name: 'Data' }))
      expect((await assessments.members(tenant, 'platform')).map(({ id }) => id)).toEqual(['ana', 'ben'])
    })

    it('lose characters that no database and nobody needs', async () => {
      const { assessments } = open()
      const tenant = await newTenant(open())
      await assessments.savePerson(tenant, { id: 'cy', name: 'C\0y' })
      expect(await assessments.person(tenant, 'cy')).toEqual({ id: 'cy', name: 'Cy' })
    })

    it('are looked up by name whatever its case and surrounding blanks, and two teams never share one', async () => {
      const { assessments } = open()
      const tenant = await newTenant(open())
      await assessments.saveTeam(tenant, team('öl', { name: 'Ölteam' }))
      expect((await assessments.teamByName(tenant, '  öLTEAM '))?.id).toBe('öl')
      expect(await assessments.teamByName(tenant, 'Ölteams')).toBeUndefined()
      await expect(assessments.saveTeam(tenant, team('other', { name: 'PLATFORM' }))).rejects.toThrow(UserError)
      expect(await assessments.team(tenant, 'other')).toBeUndefined()
    })

    it('are made once when two people name a new team at the same time', async () => {
      const { assessments } = open()
      const tenant = await newTenant(open())
      const made = await Promise.allSettled(['a', 'b', 'c'].map((id) => assessments.saveTeam(tenant, team(id, { name: 'New' }))))
      expect(made.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
      expect((await assessments.teams(tenant)).map(({ name }) => name)).toEqual(['New', 'Platform'])
    })

    it('know each other until the membership ends', async () => {
      const { assessments } = open()
      const tenant = await newTenant(open())
      await assessments.addMember(tenant, 'platform', 'ana')
      expect((await assessments.teamsOf(tenant, 'ana')).map(({ id }) => id)).toEqual(['platform'])
      await assessments.removeMember(tenant, 'platform', 'ana')
      await assessments.removeMember(tenant, 'platform', 'ana')
      expect(await assessments.teamsOf(tenant, 'ana')).toEqual([])
      expect((await assessments.members(tenant, 'platform')).map(({ id }) => id)).toEqual(['ben'])
      await expect(assessments.addMember(tenant, 'platform', 'nobody')).rejects.toThrow(StaleRecordError)
      await expect(assessments.addMember(tenant, 'nowhere', 'ana')).rejects.toThrow(StaleRecordError)
    })
  })

  describe('runs', () => {
    it('come back whole', async () => {
      const { assessments } = open()
      const tenant = await newTenant(open())
      await assessments.createRound(tenant, round('r'))
      const whole = run('whole', {
        scope: { model: 'cncf', extent: 'dimension', dimension: 'people' },
        round: 'r',
        state: 'paused',
        current: 'cncf/people/roles',
        pending: { kind: 'proposal', question: 'cncf/people/roles', said: 'we “do”', level: 3 },
        finishedAt: minute(9),
        version: 7,
      })
      await assessments.createRun(tenant, whole)
      expect(await assessments.run(tenant, 'whole')).toEqual(whole)
      await assessments.createRun(tenant, run('bare'))
      expect(await assessments.run(tenant, 'bare')).toEqual(run('bare'))
      expect(await assessments.run(tenant, 'none')).toBeUndefined()
    })

    it('are made once, for a person, a team and a round that exist', async () => {
      const { assessments } = open()
      const tenant = await newTenant(open())
      await assessments.createRun(tenant, run('one'))
      await expect(assessments.createRun(tenant, run('one', { person: 'ben' }))).rejects.toThrow(StaleRecordError)
      await expect(assessments.createRun(tenant, run('two', { person: 'nobody' }))).rejects.toThrow(StaleRecordError)
      await expect(assessments.createRun(tenant, run('two', { team: 'nowhere' }))).rejects.toThrow(StaleRecordError)
      await expect(assessments.createRun(tenant, run('two', { round: 'never' }))).rejects.toThrow(StaleRecordError)
      expect(await assessments.run(tenant, 'one')).toEqual(run('one'))
    })

    it('are listed by person, round and team, newest first', async () => {
      const { assessments } = open()
      const tenant = await newTenant(open())
      await assessments.createRound(tenant, round('r'))
      const states = ['open', 'paused', 'finished', 'abandoned', 'finished'] as const
      for (const [i, state] of states.entries()) {
        const finished = state === 'finished' ? { finishedAt: minute(40 - i) } : {}
        const scope = i === 4 ? { model: 'cncf', extent: 'full' as const } : QUICK
        await assessments.createRun(tenant, run(`${i}`, { state, scope, startedAt: minute(i), ...finished, ...(i < 2 ? { round: 'r' } : {}) }))
      }
      await assessments.createRun(tenant, run('of ben', { person: 'ben' }))
      const ids = (runs: readonly { id: string }[]) => runs.map(({ id }) => id)
      expect(ids(await assessments.runsOf(tenant, 'ana'))).toEqual(['4', '3', '2', '1', '0'])
      expect(ids(await assessments.runsOf(tenant, 'ana', { open: true }))).toEqual(['1', '0'])
      expect(ids(await assessments.runsOfRound(tenant, 'r'))).toEqual(['0', '1'])
      expect(ids(await assessments.finishedRuns(tenant, 'platform'))).toEqual(['2', '4'])
      expect(ids(await assessments.finishedRuns(tenant, 'platform', { model: 'cncf' }))).toEqual(['4'])
      expect(ids(await assessments.finishedRuns(tenant, 'platform', { limit: 1 }))).toEqual(['2'])
    })

    it('change only for who has seen the last change', async () => {
      const { assessments } = open()
      const tenant = await newTenant(open())
      await assessments.createRun(tenant, run('one', { current: 'a', pending: { kind: 'reason', question: 'a' } }))
      const paused = await assessments.changeRun(tenant, 'one', 1, { state: 'paused', current: 'a' }, minute(2))
      expect(paused).toEqual(run('one', { state: 'paused', current: 'a', updatedAt: minute(2), version: 2 }))
      expect(await assessments.run(tenant, 'one')).toEqual(paused)
      await expect(assessments.changeRun(tenant, 'one', 1, OPEN, minute(3))).rejects.toThrow(StaleRecordError)
      await expect(assessments.changeRun(tenant, 'none', 1, OPEN, minute(3))).rejects.toThrow(StaleRecordError)
      const both = await Promise.allSettled([0, 1].map(() => assessments.changeRun(tenant, 'one', 2, OPEN, minute(3))))
      expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
    })

    it('keep when they were finished while they stay finished', async () => {
      const { assessments } = open()
      const tenant = await newTenant(open())
      await assessments.createRun(tenant, run('one'))
      await assessments.changeRun(tenant, 'one', 1, { state: 'finished', finishedAt: minute(8) }, minute(8))
      expect((await assessments.changeRun(tenant, 'one', 2, { state: 'finished' }, minute(9))).finishedAt).toBe(minute(8))
      expect((await assessments.changeRun(tenant, 'one', 3, OPEN, minute(10))).finishedAt).toBeUndefined()
    })
  })

  describe('rounds', () => {
    it('come back whole, with who is invited in order', async () => {
      const { assessments } = open()
      const tenant = await newTenant(open())
      const first = round('first', { invited: ['ben', 'ana'], confidential: false, startedAt: minute(2) })
      await assessments.createRound(tenant, first)
      const second = round('second', {
        revote: { of: 'first', sections: ['security'] },
        state: 'closed',
        closedBy: 'starter',
        closedAt: minute(4),
        startedAt: minute(3),
      })
      await assessments.createRound(tenant, second)
      expect(await assessments.round(tenant, 'first')).toEqual(first)
      expect(await assessments.rounds(tenant, 'platform')).toEqual([second, first])
      await expect(assessments.createRound(tenant, first)).rejects.toThrow(StaleRecordError)

      await assessments.savePerson(tenant, person('cy'))
      await assessments.invite(tenant, 'first', ['ana', 'cy'])
      await assessments.invite(tenant, 'first', [])
      expect((await assessments.round(tenant, 'first'))?.invited).toEqual(['ben', 'ana', 'cy'])
      await expect(assessments.invite(tenant, 'first', ['nobody'])).rejects.toThrow(StaleRecordError)
    })

    it('are closed once', async () => {
      const { assessments } = open()
      const tenant = await newTenant(open())
      await assessments.createRound(tenant, round('r'))
      const closed = await Promise.all(
        (['deadline', 'all-answered', 'starter'] as const).map((by, i) => assessments.closeRound(tenant, 'r', by, minute(20 + i))),
      )
      expect(closed.filter(Boolean)).toHaveLength(1)
      const winner = closed.indexOf(true)
      expect(await assessments.round(tenant, 'r')).toMatchObject({ state: 'closed', closedAt: minute(20 + winner) })
      expect(await assessments.closeRound(tenant, 'never', 'starter', minute(1))).toBe(false)
    })

    it('are overdue from their deadline on, until they are closed', async () => {
      const { assessments } = open()
      const tenant = await newTenant(open())
      await assessments.createRound(tenant, round('early', { deadline: minute(10), invited: ['ana'] }))
      await assessments.createRound(tenant, round('late', { deadline: minute(20) }))
      const overdue = async (now: string) => (await assessments.overdueRounds(now)).filter((each) => each.tenant === tenant).map((each) => each.round)
      expect(await overdue(minute(9))).toEqual([])
      expect(await overdue(minute(10))).toEqual([round('early', { deadline: minute(10), invited: ['ana'] })])
      expect((await overdue(minute(30))).map(({ id }) => id)).toEqual(['early', 'late'])
      await assessments.closeRound(tenant, 'early', 'deadline', minute(30))
      expect((await overdue(minute(30))).map(({ id }) => id)).toEqual(['late'])
    })
  })

  describe('targets and actions', () => {
    it('hold one target a section', async () => {
      const { assessments } = open()
      const tenant = await newTenant(open())
      const target = (section: string, level: number) => ({ team: 'platform', model: 'kmm', section, level, setBy: 'ana', setAt: minute(3) })
      for (const [section, level] of [
        ['b', 3],
        ['B', 2],
        ['a', 4],
        ['b', 5],
      ] as const)
        await assessments.setTarget(tenant, target(section, level))
      expect(await assessments.targets(tenant, 'platform')).toEqual([target('B', 2), target('a', 4), target('b', 5)])
      await assessments.removeTarget(tenant, 'platform', 'kmm', 'a')
      expect((await assessments.targets(tenant, 'platform')).map(({ section }) => section)).toEqual(['B', 'b'])
    })

    it('list open actions by due date, then those that are done', async () => {
      const { assessments } = open()
      const tenant = await newTenant(open())
      const undated = await assessments.createAction(tenant, action('undated'))
      expect(undated).toEqual({ ...action('undated'), version: 1 })
      await assessments.createAction(tenant, action('later', { due: '2026-12-24' }))
      await assessments.createAction(tenant, action('soon', { due: '2026-12-01', owner: 'ben' }))
      await assessments.createAction(tenant, action('done', { due: '2026-11-01', doneAt: minute(10) }))
      await expect(assessments.createAction(tenant, action('soon'))).rejects.toThrow(StaleRecordError)
      const ids = async (options?: { done?: boolean }) => (await assessments.actions(tenant, 'platform', options)).map(({ id }) => id)
      expect(await ids()).toEqual(['soon', 'later', 'undated'])
      expect(await ids({ done: true })).toEqual(['soon', 'later', 'undated', 'done'])

      const changed = await assessments.changeAction(tenant, { ...undated, text: 'Scan all images', doneAt: minute(11) })
      expect(changed).toEqual({ ...undated, text: 'Scan all images', doneAt: minute(11), version: 2 })
      await expect(assessments.changeAction(tenant, { ...undated, text: 'Scan none' })).rejects.toThrow(StaleRecordError)
      await assessments.removeAction(tenant, 'later')
      expect(await ids()).toEqual(['soon'])
    })

    it('say who has an open action that is due between two days, of all tenants, each once', async () => {
      const { assessments, chat } = open()
      const tenants = [await newTenant(open()), await newTenant(open())].sort()
      const [one, other] = tenants as [string, string]
      const due = async (from: string, to: string) =>
        (await chat.ownersOfDue(from, to)).filter(({ tenant }) => tenants.includes(tenant)).map(({ tenant, person }) => [tenant, person])
      await assessments.createAction(other, action('theirs', { due: '2026-12-02', owner: 'ana' }))
      const made = await assessments.createAction(one, action('a', { due: '2026-12-01', owner: 'ben' }))
      await assessments.createAction(one, action('b', { due: '2026-12-03', owner: 'ben' }))
      await assessments.createAction(one, action('somebody', { due: '2026-12-03', owner: 'Somebody from sales' }))
      await assessments.createAction(one, action('done', { due: '2026-12-02', owner: 'ana', doneAt: minute(10) }))
      await assessments.createAction(one, action('nobody', { due: '2026-12-02' }))
      await assessments.createAction(one, action('some day', { owner: 'ana' }))
      expect(await due('2026-12-01', '2026-12-03')).toEqual([
        [one, 'Somebody from sales'],
        [one, 'ben'],
        [other, 'ana'],
      ])
      expect(await due('2026-12-01', '2026-12-01')).toEqual([[one, 'ben']])
      expect(await due('2026-12-04', '2026-12-31')).toEqual([])
      await assessments.changeAction(one, { ...made, doneAt: minute(11) })
      expect(await due('2026-12-01', '2026-12-01')).toEqual([])
    })
  })

  describe('usage', () => {
    it('adds up over models and calls, by day', async () => {
      const { usage } = open()
      const tenant = await newTenant(open())
      expect(await usage.usedOn(tenant, '2026-11-21')).toEqual(NO_USAGE)
      const one = { calls: 1, inputTokens: 3_000_000_000, outputTokens: 20, cost: 0.25 }
      await Promise.all(['small', 'small', 'large'].map((model) => usage.add(tenant, '2026-11-21', model, one)))
      await usage.add(tenant, '2026-11-22', 'small', one)
      expect(await usage.usedOn(tenant, '2026-11-21')).toEqual({ calls: 3, inputTokens: 9_000_000_000, outputTokens: 60, cost: 0.75 })
    })
  })

  describe('deletion', () => {
    it('of a person takes their runs and answers, and their name from what stays', async () => {
      const { assessments } = open()
      const tenant = await newTenant(open())
      await assessments.createRound(tenant, round('r', { invited: ['ana', 'ben'] }))
      await assessments.createRun(tenant, run('of ana', { round: 'r' }))
      await assessments.recordAnswer(tenant, answer('of ana', 'q'), { key: 'k', version: 1, change: OPEN })
      await assessments.createRun(tenant, run('of ben', { person: 'ben' }))
      await assessments.setTarget(tenant, { team: 'platform', model: 'kmm', section: 'a', level: 3, setBy: 'ana', setAt: minute(3) })
      const mine = await assessments.createAction(tenant, action('mine', { owner: 'ana', createdBy: 'ben' }))
      await assessments.createAction(tenant, action('made', { owner: 'ben' }))

      await assessments.deletePerson(tenant, 'ana')
      expect(await assessments.person(tenant, 'ana')).toBeUndefined()
      expect(await assessments.run(tenant, 'of ana')).toBeUndefined()
      expect(await assessments.answerHistory(tenant, 'of ana')).toEqual([])
      expect(await assessments.run(tenant, 'of ben')).toBeDefined()
      expect((await assessments.members(tenant, 'platform')).map(({ id }) => id)).toEqual(['ben'])
      expect(await assessments.round(tenant, 'r')).toMatchObject({ startedBy: REMOVED_PERSON, invited: ['ben'] })
      expect((await assessments.targets(tenant, 'platform'))[0]?.setBy).toBe(REMOVED_PERSON)
      const actions = Object.fromEntries((await assessments.actions(tenant, 'platform')).map((each) => [each.id, each]))
      expect(actions.mine).toMatchObject({ createdBy: 'ben', version: 2 })
      expect(actions.mine).not.toHaveProperty('owner')
      expect(actions.made).toMatchObject({ createdBy: REMOVED_PERSON, owner: 'ben' })
      await expect(assessments.changeAction(tenant, { ...mine, text: 'with the old name' })).rejects.toThrow(StaleRecordError)
    })

    it('of a team takes everything of it and no person', async () => {
      const { assessments } = open()
      const tenant = await newTenant(open())
      await assessments.createRound(tenant, round('r', { invited: ['ana'] }))
      await assessments.createRun(tenant, run('one', { round: 'r' }))
      await assessments.recordAnswer(tenant, answer('one', 'q'), { key: 'k', version: 1, change: OPEN })
      await assessments.createAction(tenant, action('a'))
      await assessments.deleteTeam(tenant, 'platform')
      expect(await assessments.teams(tenant)).toEqual([])
      expect(await assessments.run(tenant, 'one')).toBeUndefined()
      expect(await assessments.round(tenant, 'r')).toBeUndefined()
      expect(await assessments.actions(tenant, 'platform', { done: true })).toEqual([])
      expect(await assessments.answerHistory(tenant, 'one')).toEqual([])
      expect(await assessments.person(tenant, 'ana')).toBeDefined()
    })
  })
}
