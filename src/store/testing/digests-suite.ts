/** What every dialect must do with digests: who has which, whose turn it is, and what is left when a person or a team goes. */
import { randomUUID } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { StaleRecordError } from '../../assessments/assessment-store.ts'
import { REMOVED_PERSON } from '../../assessments/records.ts'
import type { Digest } from '../../digests/records.ts'
import type { Store } from '../open-store.ts'
import { digest, minute, newTenant, team } from './samples.ts'

const ids = (records: readonly { id: string }[]) => records.map(({ id }) => id)
const FAR = '9999-12-31T00:00:00.000Z'

/** @param another a second store on the same database, as another process has it */
export function digestsSuite(open: () => Store, another: () => Store): void {
  const tenantWith = async (...teams: string[]) => {
    const tenant = await newTenant(open())
    for (const id of teams) await open().assessments.saveTeam(tenant, team(id))
    return tenant
  }
  /** Of this test: others' stay where they are. */
  const taken = async (tenants: readonly string[], now: string, most = 1_000, until = FAR) =>
    (await open().digests.takeDueDigests(now, until, most)).filter((each) => tenants.includes(each.tenant))
  const clear = () => open().digests.takeDueDigests(minute(59), FAR, 10_000)

  describe('a digest', () => {
    it('comes back whole, with everything that it can have and with nothing of it', async () => {
      const { digests } = open()
      const tenant = await tenantWith('data', 'apps')
      const small = await digests.createDigest(tenant, digest('small'))
      expect(small).toEqual({ ...digest('small'), version: 1 })
      const whole = digest('whole', {
        kind: 'organisation',
        teams: ['platform', 'apps', 'data'],
        model: 'kmm',
        to: { kind: 'person', person: 'ana' },
        schedule: { kind: 'cron', expression: '0 9 * * 1', zone: 'Asia/Kolkata' },
        sendWhenEmpty: true,
        paused: { at: minute(3), why: 'undeliverable' },
        toldUntil: minute(2),
      })
      await digests.createDigest(tenant, whole)
      expect(await digests.digest(tenant, 'small')).toEqual(small)
      expect(await digests.digest(tenant, 'whole')).toEqual({ ...whole, version: 1 })
      expect(await digests.digest(tenant, 'none')).toBeUndefined()
    })

    it('is one by its id, and about teams that exist', async () => {
      const { digests } = open()
      const tenant = await tenantWith()
      await digests.createDigest(tenant, digest('a'))
      await expect(digests.createDigest(tenant, digest('a', { sendWhenEmpty: true }))).rejects.toThrow(StaleRecordError)
      await expect(digests.createDigest(tenant, digest('b', { teams: ['nowhere'] }))).rejects.toThrow(StaleRecordError)
      expect(await digests.digest(tenant, 'b')).toBeUndefined()
      expect(await digests.digest(tenant, 'a')).toMatchObject({ sendWhenEmpty: false })
    })

    it('is listed by team and by who made it, oldest first', async () => {
      const { digests } = open()
      const tenant = await tenantWith('data')
      await digests.createDigest(tenant, digest('second', { createdAt: minute(2) }))
      await digests.createDigest(tenant, digest('first', { createdAt: minute(1), createdBy: 'ben' }))
      await digests.createDigest(tenant, digest('third', { createdAt: minute(3), kind: 'organisation', teams: ['data', 'platform'] }))
      expect(ids(await digests.digestsOfTeam(tenant, 'platform'))).toEqual(['first', 'second', 'third'])
      expect((await digests.digestsOfTeam(tenant, 'data')).map(({ teams }) => teams)).toEqual([['data', 'platform']])
      expect(ids(await digests.digestsBy(tenant, 'ana'))).toEqual(['second', 'third'])
      await digests.removeDigest(tenant, 'second')
      expect(ids(await digests.digestsBy(tenant, 'ana'))).toEqual(['third'])
    })

    it('is changed by one of several at once; the others learn that theirs is old', async () => {
      const tenant = await tenantWith('data')
      const before = await open().digests.createDigest(tenant, digest('a', { model: 'kmm' }))
      const { model: _, ...rest } = before
      const changes = [open(), another(), open(), another()].map(({ digests }, i) =>
        digests.changeDigest(tenant, { ...rest, teams: ['data'], to: { kind: 'place', place: `C${i}` } }),
      )
      const settled = await Promise.allSettled(changes)
      expect(settled.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
      for (const each of settled) if (each.status === 'rejected') expect(each.reason).toBeInstanceOf(StaleRecordError)
      const [won] = settled.flatMap((each) => (each.status === 'fulfilled' ? [each.value] : []))
      expect(won).toMatchObject({ teams: ['data'], version: 2 })
      expect(await open().digests.digest(tenant, 'a')).toEqual(won)
      expect(won).not.toHaveProperty('model')
    })

    it('goes on from where it has got to: a change or a slower process never takes that back', async () => {
      const { digests } = open()
      const tenant = await tenantWith()
      const before = await digests.createDigest(tenant, digest('a'))
      await digests.settleDigest(tenant, before, { dealtWithUntil: minute(20), toldUntil: minute(20) }, minute(40))
      const settled = await digests.digest(tenant, 'a')
      expect(settled).toEqual({ ...before, dealtWithUntil: minute(20), toldUntil: minute(20), version: 2 })
      await expect(digests.changeDigest(tenant, before)).rejects.toThrow(StaleRecordError)

      await digests.settleDigest(tenant, before, { dealtWithUntil: minute(10), toldUntil: minute(10) }, minute(40))
      await digests.settleDigest(tenant, before, { dealtWithUntil: minute(30) }, minute(40))
      expect(await digests.digest(tenant, 'a')).toMatchObject({ dealtWithUntil: minute(30), toldUntil: minute(20) })
      const last = (await digests.digest(tenant, 'a')) as Digest
      expect(await digests.changeDigest(tenant, { ...last, dealtWithUntil: minute(1) })).toMatchObject({ dealtWithUntil: minute(30), toldUntil: minute(20) })
    })
  })

  describe('a digest that is due', () => {
    it('is a new one, and then from the time that was set, the longest waiting first', async () => {
      const { digests } = open()
      const tenant = await tenantWith()
      await clear()
      for (const id of ['late', 'early', 'new', 'paused', 'future']) await digests.createDigest(tenant, digest(id))
      for (const [id, n] of Object.entries({ late: 9, early: 5, paused: 1, future: 11 })) await digests.setNext(tenant, id, minute(n))
      await digests.changeDigest(tenant, { ...((await digests.digest(tenant, 'paused')) as Digest), paused: { at: minute(2), why: 'asked' } })
      const due = async (most: number) => (await taken([tenant], minute(10), most, minute(30))).map((each) => each.digest.id)
      expect(await due(1)).toEqual(['new'])
      expect((await due(9)).sort()).toEqual(['early', 'late'])
      expect(await due(9)).toEqual([])
      // Whoever took them did not come to an end.
      expect((await taken([tenant], minute(30))).map((each) => each.digest.id).sort()).toEqual(['early', 'future', 'late', 'new'])
    })

    it('is taken in turn by tenant, so that one with many does not keep another waiting', async () => {
      const { digests } = open()
      const [many, one] = [await tenantWith(), await tenantWith()]
      await clear()
      for (let n = 0; n < 20; n++) await digests.createDigest(many, digest(`${n}`))
      await digests.createDigest(one, digest('only'))
      await digests.setNext(one, 'only', minute(9))
      expect((await taken([many, one], minute(10), 2)).map(({ tenant }) => tenant).sort()).toEqual([many, one].sort())
    })

    it('is never taken by two processes, and none is left', async () => {
      const { digests } = open()
      const tenant = await tenantWith()
      await clear()
      for (let n = 0; n < 60; n++) await digests.createDigest(tenant, digest(`${n}`))
      const all = await Promise.all(
        Array.from({ length: 6 }, async (_, i) => {
          const own: string[] = []
          for (;;) {
            const some = await (i % 2 === 0 ? open() : another()).digests.takeDueDigests(minute(10), FAR, 7)
            if (some.length === 0) return own
            own.push(...some.map((each) => each.digest.id))
          }
        }),
      )
      expect(all.flat().sort()).toEqual(Array.from({ length: 60 }, (_, n) => `${n}`).sort())
    })

    it('is looked at anew when it was changed, whatever a slower process sets', async () => {
      const { digests } = open()
      const tenant = await tenantWith()
      const before = await digests.createDigest(tenant, digest('a'))
      await clear()
      await digests.changeDigest(tenant, { ...before, sendWhenEmpty: true })
      await digests.setNext(tenant, 'a', FAR, before.version)
      await digests.settleDigest(tenant, before, { dealtWithUntil: minute(9) }, FAR)
      expect((await taken([tenant], minute(10))).map((each) => each.digest)).toMatchObject([
        { id: 'a', sendWhenEmpty: true, dealtWithUntil: minute(9), version: 3 },
      ])
      await digests.setNext(tenant, 'a', minute(20), 3)
      // Nobody sets the time of another tenant's.
      await digests.setNext(randomUUID(), 'a', minute(0))
      await digests.settleDigest(randomUUID(), { id: 'a', version: 3 }, { dealtWithUntil: minute(0) }, minute(0))
      expect(await taken([tenant], minute(19))).toEqual([])
      expect(await taken([tenant], minute(20))).toHaveLength(1)
    })
  })

  describe('of digests', () => {
    it('those about one team go with it, and those about several go on without it', async () => {
      const { assessments, digests } = open()
      const tenant = await tenantWith('data')
      const other = await tenantWith('data')
      for (const each of [tenant, other]) {
        await digests.createDigest(each, digest('own', { teams: ['data'] }))
        await digests.createDigest(each, digest('both', { kind: 'organisation', teams: ['data', 'platform'] }))
        await digests.createDigest(each, digest('alone', { kind: 'organisation', teams: ['data'] }))
        await digests.createDigest(each, digest('elsewhere'))
      }
      await assessments.deleteTeam(tenant, 'data')
      expect(ids(await digests.digestsBy(tenant, 'ana')).sort()).toEqual(['both', 'elsewhere'])
      expect(await digests.digest(tenant, 'both')).toMatchObject({ teams: ['platform'], version: 2 })
      expect(await digests.digest(tenant, 'elsewhere')).toMatchObject({ version: 1 })
      expect(await digests.digestsBy(other, 'ana')).toHaveLength(4)
      await assessments.deleteTeam(tenant, 'platform')
      expect(await digests.digestsBy(tenant, 'ana')).toEqual([])
    })

    it('those to a person go with them, and those that they made go on', async () => {
      const { assessments, digests } = open()
      const tenant = await tenantWith()
      await digests.createDigest(tenant, digest('to them', { createdBy: 'ben', to: { kind: 'person', person: 'ana' } }))
      const made = await digests.createDigest(tenant, digest('by them'))
      await digests.createDigest(tenant, digest('of another', { createdBy: 'ben', to: { kind: 'place', place: 'ana' } }))
      await assessments.deletePerson(tenant, 'ana')
      expect(await digests.digest(tenant, 'to them')).toBeUndefined()
      expect(await digests.digest(tenant, 'by them')).toEqual({ ...made, createdBy: REMOVED_PERSON, version: 2 })
      expect(await digests.digest(tenant, 'of another')).toMatchObject({ createdBy: 'ben', version: 1 })
      expect(await digests.digestsBy(randomUUID(), 'ben')).toEqual([])
    })
  })
}
