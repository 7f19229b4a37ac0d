/** Export and import: the whole team, once, in nobody else's place. */
import { randomUUID } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { REMOVED_PERSON } from '../../assessments/records.ts'
import { parseTeamExport, type TeamExport } from '../../assessments/team-export.ts'
import { UserError } from '../../shared/errors.ts'
import type { Store } from '../open-store.ts'
import { action, answer, minute, newTenant, OPEN, person, round, run, team } from './samples.ts'

const NOTHING = { persons: 0, rounds: 0, runs: 0, answers: 0, targets: 0, actions: 0 }

export function transferSuite(open: () => Store): void {
  /** A team with some of everything. */
  const fullTeam = async (): Promise<string> => {
    const tenant = await newTenant(open())
    const { assessments } = open()
    for (const id of ['cy', 'dee']) await assessments.savePerson(tenant, person(id, { timezone: 'Europe/Berlin' }))
    await assessments.createRound(tenant, round('named', { confidential: false, invited: ['ben', 'ana', 'cy'] }))
    await assessments.createRound(tenant, round('revote', { confidential: false, startedAt: minute(2), revote: { of: 'named', sections: ['security'] } }))
    await assessments.createRun(tenant, run('one', { round: 'named', current: 'a' }))
    for (const [i, question] of ['a', 'b', 'a'].entries()) {
      await assessments.recordAnswer(tenant, answer('one', question, { said: `words ${i}` }), { key: `k${i}`, version: i + 1, change: OPEN })
    }
    await assessments.createRun(tenant, run('two', { person: 'cy', state: 'finished', finishedAt: minute(9), startedAt: minute(3) }))
    await assessments.setTarget(tenant, { team: 'platform', model: 'kmm', section: 'security', level: 4, setBy: 'ana', setAt: minute(3) })
    await assessments.createAction(tenant, action('open', { owner: 'dee', due: '2026-12-24' }))
    await assessments.createAction(tenant, action('done', { doneAt: minute(12), createdBy: 'long gone' }))
    return tenant
  }
  const asFile = (content: TeamExport) => parseTeamExport(JSON.parse(JSON.stringify(content)))

  describe('a team as a file', () => {
    it('moves whole into another tenant', async () => {
      const content = await open().exportTeam(await fullTeam(), 'platform')
      const target = randomUUID()
      const { team: here, added } = await open().importTeam(target, asFile(content))
      expect(here).toEqual(content.team)
      expect(added).toEqual({ persons: 4, rounds: 2, runs: 2, answers: 3, targets: 1, actions: 2 })
      expect(await open().exportTeam(target, 'platform')).toEqual(content)
      const { assessments } = open()
      const resumed = await assessments.recordAnswer(target, answer('one', 'b'), { key: 'k0', version: 4, change: OPEN })
      expect(resumed).toMatchObject({ repeated: false, answer: { revision: 2 } })
    })

    it('changes nothing where it is known already', async () => {
      const tenant = await fullTeam()
      const content = asFile(await open().exportTeam(tenant, 'platform'))
      await open().assessments.savePerson(tenant, person('ana', { name: 'Ana, renamed' }))
      const before = await open().exportTeam(tenant, 'platform')
      expect((await open().importTeam(tenant, content)).added).toEqual(NOTHING)
      expect(await open().exportTeam(tenant, 'platform')).toEqual(before)
    })

    it('brings back what was deleted, and only that', async () => {
      const tenant = await fullTeam()
      const content = asFile(await open().exportTeam(tenant, 'platform'))
      await open().assessments.removeAction(tenant, 'done')
      expect((await open().importTeam(tenant, content)).added).toEqual({ ...NOTHING, actions: 1 })
      await open().assessments.deleteTeam(tenant, 'platform')
      expect((await open().importTeam(tenant, content)).added).toMatchObject({ runs: 2, answers: 3, persons: 0 })
      expect(await open().exportTeam(tenant, 'platform')).toEqual(content)
    })

    it('gets other ids and another name where its own are taken, and the same ones the next time', async () => {
      const content = asFile(await open().exportTeam(await fullTeam(), 'platform'))
      const tenant = randomUUID()
      const { assessments } = open()
      await assessments.saveTeam(tenant, team('platform', { name: 'Ours', createdAt: minute(33) }))
      await assessments.saveTeam(tenant, team('namesake', { name: 'platform' }))
      await assessments.savePerson(tenant, person('ana', { name: 'Another Ana' }))
      await assessments.savePerson(tenant, person('long gone', { name: 'Long, but here' }))
      await assessments.savePerson(tenant, person('ben'))
      await assessments.createRound(tenant, round('named', { name: 'Ours' }))
      await assessments.createRun(tenant, run('one', { modelVersion: 'ours' }))
      await assessments.createAction(tenant, action('open', { text: 'Ours' }))
      const ours = await open().exportTeam(tenant, 'platform')

      const { team: here, added } = await open().importTeam(tenant, content)
      expect(here.id).not.toBe('platform')
      expect(here.name).toBe('Platform (2)')
      // Ben is the same, Ana is somebody else.
      expect(added).toEqual({ persons: 3, rounds: 2, runs: 2, answers: 3, targets: 1, actions: 2 })
      expect(await open().exportTeam(tenant, 'platform')).toEqual(ours)
      expect(await assessments.person(tenant, 'ana')).toEqual(person('ana', { name: 'Another Ana' }))

      const imported = await open().exportTeam(tenant, here.id)
      expect(imported.members).toHaveLength(2)
      expect(imported.members).toContain('ben')
      expect(imported.members).not.toContain('ana')
      const named = imported.rounds.find(({ revote }) => revote === undefined)
      expect(imported.rounds.find(({ revote }) => revote !== undefined)?.revote?.of).toBe(named?.id)
      expect(named?.startedBy).not.toBe('ana')
      expect(imported.runs.map(({ answers }) => answers.length)).toEqual([3, 0])
      expect(imported.runs[0]).toMatchObject({ round: named?.id, person: named?.startedBy })
      expect(imported.actions.map(({ createdBy }) => createdBy)).toEqual([named?.startedBy, REMOVED_PERSON])

      expect(await open().importTeam(tenant, content)).toEqual({ team: here, added: NOTHING })
      expect(await open().exportTeam(tenant, here.id)).toEqual(imported)
    })

    it('does not say who answered in a confidential round', async () => {
      const tenant = await newTenant(open())
      const { assessments } = open()
      await assessments.createRound(tenant, round('secret', { invited: ['ana', 'ben'] }))
      await assessments.createRun(tenant, run('ballot', { round: 'secret', person: 'ben' }))
      await assessments.recordAnswer(tenant, answer('ballot', 'a'), { key: 'k', version: 1, change: OPEN })
      const content = await open().exportTeam(tenant, 'platform')
      expect(content.runs).toMatchObject([{ person: 'confidential-ballot', answers: [{ question: 'a' }] }])
      expect(content.persons).toContainEqual({ id: 'confidential-ballot', name: 'Confidential' })
      expect((await open().importTeam(tenant, asFile(content))).added).toEqual(NOTHING)
      expect(await assessments.run(tenant, 'ballot')).toMatchObject({ person: 'ben' })
      const elsewhere = randomUUID()
      await open().importTeam(elsewhere, asFile(content))
      expect(await open().exportTeam(elsewhere, 'platform')).toEqual(content)
    })

    it('is written as a whole or not at all', async () => {
      const content = await open().exportTeam(await fullTeam(), 'platform')
      const tenant = randomUUID()
      const broken = { ...content, actions: [...content.actions, { ...action('bad'), version: null as unknown as number }] }
      await expect(open().importTeam(tenant, broken)).rejects.toThrow()
      expect(await open().assessments.teams(tenant)).toEqual([])
      expect(await open().assessments.person(tenant, 'ana')).toBeUndefined()
    })

    it('needs a team', async () => {
      await expect(open().exportTeam(await newTenant(open()), 'nowhere')).rejects.toThrow(UserError)
    })
  })
}
