/** What every dialect must do with conversations, channels, cards and settings. */
import { randomUUID } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { StaleRecordError } from '../../assessments/assessment-store.ts'
import type { Store } from '../open-store.ts'
import { asked, card, minute, newTenant, round, run, team } from './samples.ts'

const ids = (records: readonly { id: string }[]) => records.map(({ id }) => id)

export function chatsSuite(open: () => Store): void {
  describe('what was asked', () => {
    it('comes back whole, and saving it again changes nothing', async () => {
      const { chat } = open()
      const tenant = randomUUID()
      const first = asked('a', { question: 'What is “GitOps” 🐑?' })
      await chat.saveAsked(tenant, first)
      await chat.saveAsked(tenant, asked('a', { question: 'Something else?', thread: 'other' }))
      expect(await chat.asked(tenant, 'a')).toEqual(first)
      expect(await chat.asked(tenant, 'b')).toBeUndefined()
      await chat.saveAsked(tenant, asked('b', { question: 'No\0 body', outcome: 'clarify' }))
      expect(await chat.asked(tenant, 'b')).toMatchObject({ question: 'No body', outcome: 'clarify' })
    })

    it('is remembered by thread: the latest, oldest first', async () => {
      const { chat } = open()
      const tenant = randomUUID()
      for (const [id, n] of Object.entries({ late: 9, early: 1, middle: 5 })) await chat.saveAsked(tenant, asked(id, { at: minute(n) }))
      await chat.saveAsked(tenant, asked('elsewhere', { thread: 'other' }))
      const last = async (since: number, most: number) => ids(await chat.lastAsked(tenant, 'thread', { since: minute(since), most }))
      expect(await last(0, 9)).toEqual(['early', 'middle', 'late'])
      expect(await last(0, 2)).toEqual(['middle', 'late'])
      expect(await last(5, 9)).toEqual(['middle', 'late'])
      expect(await last(10, 9)).toEqual([])
    })

    it('keeps its order when the clock stands still', async () => {
      const { chat } = open()
      const tenant = randomUUID()
      const order = ['m', 'z', 'a', 'k']
      for (const id of order) await chat.saveAsked(tenant, asked(id))
      expect(ids(await chat.lastAsked(tenant, 'thread', { since: minute(0), most: 9 }))).toEqual(order)
      expect(ids(await chat.lastAsked(tenant, 'thread', { since: minute(0), most: 2 }))).toEqual(['a', 'k'])
      expect(ids(await chat.askedSince(tenant, minute(0)))).toEqual(order)
    })

    it('is listed for all places from a moment on', async () => {
      const { chat } = open()
      const tenant = randomUUID()
      await chat.saveAsked(tenant, asked('second', { at: minute(6), place: 'D1', thread: 'a' }))
      await chat.saveAsked(tenant, asked('first', { at: minute(5), thread: 'b' }))
      await chat.saveAsked(tenant, asked('before', { at: minute(4) }))
      expect(ids(await chat.askedSince(tenant, minute(5)))).toEqual(['first', 'second'])
    })

    it('is forgotten with its votes when it is old, and who votes then changes nothing', async () => {
      const { chat } = open()
      const tenant = randomUUID()
      await chat.saveAsked(tenant, asked('old', { at: '2020-01-01T00:00:00.000Z' }))
      await chat.saveAsked(tenant, asked('kept', { at: '2020-01-02T00:00:00.000Z' }))
      const vote = (answer: string) => chat.saveVote(tenant, { answer, person: 'ana', vote: 'up', at: minute(1) })
      await vote('old')
      await vote('kept')
      expect(await chat.forgetAsked('2020-01-02T00:00:00.000Z')).toBe(1)
      expect(await chat.forgetAsked('2020-01-02T00:00:00.000Z')).toBe(0)
      await vote('old')
      expect(await chat.asked(tenant, 'old')).toBeUndefined()
      expect((await chat.votes(tenant)).map(({ answer }) => answer)).toEqual(['kept'])
    })
  })

  describe('votes', () => {
    it('count once a person, the last one, with the comment that was given', async () => {
      const { chat } = open()
      const tenant = randomUUID()
      await chat.saveAsked(tenant, asked('a'))
      const ana = { answer: 'a', person: 'ana' } as const
      await chat.saveVote(tenant, { ...ana, vote: 'up', at: minute(1) })
      await chat.saveVote(tenant, { ...ana, vote: 'down', comment: 'too\0 long', at: minute(2) })
      await chat.saveVote(tenant, { ...ana, person: 'ben', vote: 'up', at: minute(3) })
      expect(await chat.votes(tenant)).toEqual([
        { ...ana, vote: 'down', comment: 'too long', at: minute(2) },
        { ...ana, person: 'ben', vote: 'up', at: minute(3) },
      ])
      await chat.saveVote(tenant, { ...ana, vote: 'up', at: minute(4) })
      expect(await chat.votes(tenant, { since: minute(4) })).toEqual([{ ...ana, vote: 'up', comment: 'too long', at: minute(4) }])
      await chat.saveVote(tenant, { ...ana, vote: 'up', comment: 'fine', at: minute(5) })
      expect((await chat.votes(tenant, { since: minute(5) }))[0]?.comment).toBe('fine')
    })

    it('of many people at once are all kept', async () => {
      const { chat } = open()
      const tenant = randomUUID()
      await chat.saveAsked(tenant, asked('a'))
      const people = Array.from({ length: 20 }, (_, i) => `p${i}`)
      await Promise.all(people.map((id) => chat.saveVote(tenant, { answer: 'a', person: id, vote: 'up', at: minute(1) })))
      expect(await chat.votes(tenant)).toHaveLength(20)
    })
  })

  describe('places', () => {
    it('stand for one team, in the order in which they were linked', async () => {
      const { assessments, chat } = open()
      const tenant = await newTenant(open())
      await assessments.saveTeam(tenant, team('data'))
      expect(await chat.teamOfPlace(tenant, 'Z')).toBeUndefined()
      for (const place of ['Z', 'A', 'M', 'Z']) await chat.linkPlace(tenant, place, 'platform')
      expect(await chat.placesOfTeam(tenant, 'platform')).toEqual(['Z', 'A', 'M'])
      await chat.linkPlace(tenant, 'Z', 'data')
      expect(await chat.teamOfPlace(tenant, 'Z')).toBe('data')
      expect(await chat.placesOfTeam(tenant, 'platform')).toEqual(['A', 'M'])
      await chat.linkPlace(tenant, 'Z', 'platform')
      expect(await chat.placesOfTeam(tenant, 'platform')).toEqual(['A', 'M', 'Z'])
      expect(await chat.placesOfTeam(tenant, 'data')).toEqual([])
    })

    it('are linked to teams that exist', async () => {
      const { chat } = open()
      const tenant = await newTenant(open())
      await expect(chat.linkPlace(tenant, 'C1', 'nowhere')).rejects.toThrow(StaleRecordError)
      expect(await chat.teamOfPlace(tenant, 'C1')).toBeUndefined()
    })
  })

  describe('cards', () => {
    it('are one for each run and round; another one takes its place', async () => {
      const { chat } = open()
      const tenant = randomUUID()
      const inThread = card('run', 'x', { thread: 'top' })
      await chat.saveCard(tenant, inThread)
      await chat.saveCard(tenant, card('round', 'x'))
      expect(await chat.card(tenant, 'run', 'x')).toEqual(inThread)
      expect(await chat.card(tenant, 'round', 'x')).toEqual(card('round', 'x'))
      expect(await chat.card(tenant, 'run', 'y')).toBeUndefined()
      const moved = card('run', 'x', { place: 'D1', id: 'new', at: minute(9) })
      await chat.saveCard(tenant, moved)
      expect(await chat.card(tenant, 'run', 'x')).toEqual(moved)
      expect(await chat.cardInThread(tenant, 'C1', 'top')).toBeUndefined()
    })

    it('are found by the thread that they begin or stand in, the latest', async () => {
      const { chat } = open()
      const tenant = randomUUID()
      await chat.saveCard(tenant, card('round', 'top', { id: 't1', at: minute(1) }))
      expect(await chat.cardInThread(tenant, 'C1', 't1')).toEqual(card('round', 'top', { id: 't1', at: minute(1) }))
      await chat.saveCard(tenant, card('run', 'within', { id: 't9', thread: 't1', at: minute(3) }))
      await chat.saveCard(tenant, card('run', 'earlier', { id: 't8', thread: 't1', at: minute(2) }))
      expect((await chat.cardInThread(tenant, 'C1', 't1'))?.id).toBe('within')
      expect(await chat.cardInThread(tenant, 'C2', 't1')).toBeUndefined()
      expect(await chat.cardInThread(tenant, 'C1', 't2')).toBeUndefined()
    })

    it('are found by place and kind, the latest, also when the clock stands still', async () => {
      const { chat } = open()
      const tenant = randomUUID()
      for (const id of ['m', 'z', 'a']) await chat.saveCard(tenant, card('round', id))
      await chat.saveCard(tenant, card('run', 'run', { at: minute(9) }))
      await chat.saveCard(tenant, card('round', 'elsewhere', { place: 'C2', at: minute(9) }))
      expect((await chat.lastCard(tenant, 'C1', 'round'))?.id).toBe('a')
      await chat.saveCard(tenant, card('round', 'm'))
      expect((await chat.lastCard(tenant, 'C1', 'round'))?.id).toBe('m')
      await chat.saveCard(tenant, card('round', 'z', { at: minute(7) }))
      await chat.settleCard(tenant, 'round', 'z')
      expect((await chat.lastCard(tenant, 'C1', 'round'))?.id).toBe('z')
      expect(await chat.lastCard(tenant, 'C2', 'run')).toBeUndefined()
    })

    it('are looked at until they are settled, of all tenants', async () => {
      const { chat } = open()
      const tenants = [randomUUID(), randomUUID()] as const
      for (const [i, tenant] of tenants.entries()) {
        await chat.saveCard(tenant, card('round', 'r', { at: minute(2 - i) }))
        await chat.saveCard(tenant, card('run', 'r'))
      }
      const unsettled = async () => (await chat.unsettledCards('round')).filter(({ tenant }) => (tenants as readonly string[]).includes(tenant))
      expect(await unsettled()).toEqual([
        { tenant: tenants[1], card: card('round', 'r', { at: minute(1) }) },
        { tenant: tenants[0], card: card('round', 'r', { at: minute(2) }) },
      ])
      await chat.settleCard(tenants[0], 'round', 'r')
      await chat.settleCard(tenants[0], 'round', 'none')
      expect((await unsettled()).map(({ tenant }) => tenant)).toEqual([tenants[1]])
      await chat.saveCard(tenants[0], card('round', 'r', { id: 'shown again' }))
      expect(await unsettled()).toHaveLength(2)
    })
  })

  describe('settings', () => {
    it('hold the last value of each name, of teams and of persons', async () => {
      const { chat } = open()
      const tenant = randomUUID()
      expect(await chat.setting(tenant, 'team', 'x', 'seen by')).toBeUndefined()
      await chat.saveSetting(tenant, 'team', 'x', 'seen by', 'members')
      await chat.saveSetting(tenant, 'person', 'x', 'seen by', 'nobody')
      await chat.saveSetting(tenant, 'team', 'x', 'seen by', 'everyone')
      expect(await chat.setting(tenant, 'team', 'x', 'seen by')).toBe('everyone')
      expect(await chat.setting(tenant, 'person', 'x', 'seen by')).toBe('nobody')
      expect(await chat.setting(tenant, 'team', 'x', 'other')).toBeUndefined()
    })

    it('say who has chosen the same', async () => {
      const { chat } = open()
      const [tenant, other] = [randomUUID(), randomUUID()]
      for (const team of ['z', 'a', 'was']) await chat.saveSetting(tenant, 'team', team, 'agreed', 'yes')
      await chat.saveSetting(tenant, 'team', 'was', 'agreed', 'no')
      await chat.saveSetting(tenant, 'team', 'something else', 'other', 'yes')
      await chat.saveSetting(tenant, 'person', 'somebody', 'agreed', 'yes')
      await chat.saveSetting(other, 'team', 'elsewhere', 'agreed', 'yes')
      expect(await chat.withSetting(tenant, 'team', 'agreed', 'yes')).toEqual(['a', 'z'])
      expect(await chat.withSetting(tenant, 'team', 'agreed', 'maybe')).toEqual([])
    })
  })

  describe('deletion in chats', () => {
    const fill = async (): Promise<string> => {
      const { assessments, chat } = open()
      const tenant = await newTenant(open())
      await assessments.saveTeam(tenant, team('data'))
      await assessments.createRound(tenant, round('round'))
      await assessments.createRound(tenant, round('of data', { team: 'data' }))
      for (const id of ['ana', 'ben']) {
        await assessments.createRun(tenant, run(`of ${id}`, { person: id, team: id === 'ana' ? 'platform' : 'data' }))
        await chat.saveCard(tenant, card('run', `of ${id}`))
        await chat.saveAsked(tenant, asked(`by ${id}`, { person: id }))
        await chat.saveSetting(tenant, 'person', id, 'mute', 'on')
      }
      for (const id of ['round', 'of data']) await chat.saveCard(tenant, card('round', id))
      for (const answer of ['by ana', 'by ben']) {
        for (const id of ['ana', 'ben']) await chat.saveVote(tenant, { answer, person: id, vote: 'up', at: minute(6) })
      }
      for (const id of ['platform', 'data']) {
        await chat.linkPlace(tenant, `C ${id}`, id)
        await chat.saveSetting(tenant, 'team', id, 'seen by', 'everyone')
      }
      // Of the same name as the person: another setting.
      await chat.saveSetting(tenant, 'team', 'ana', 'seen by', 'everyone')
      return tenant
    }

    it('of a person takes what they asked, their votes, settings and the cards of their runs', async () => {
      const { assessments, chat } = open()
      const tenant = await fill()
      await assessments.deletePerson(tenant, 'ana')
      expect(ids(await chat.askedSince(tenant, minute(0)))).toEqual(['by ben'])
      expect((await chat.votes(tenant)).map(({ answer, person: by }) => [answer, by])).toEqual([['by ben', 'ben']])
      expect(await chat.setting(tenant, 'person', 'ana', 'mute')).toBeUndefined()
      expect(await chat.setting(tenant, 'person', 'ben', 'mute')).toBe('on')
      expect(await chat.setting(tenant, 'team', 'ana', 'seen by')).toBe('everyone')
      expect(await chat.card(tenant, 'run', 'of ana')).toBeUndefined()
      expect(await chat.card(tenant, 'run', 'of ben')).toBeDefined()
      expect(await chat.card(tenant, 'round', 'round')).toBeDefined()
    })

    it('of somebody who only ever asked takes that too', async () => {
      const { assessments, chat } = open()
      const tenant = await fill()
      await chat.saveAsked(tenant, asked('by a guest', { person: 'guest' }))
      await assessments.deletePerson(tenant, 'guest')
      expect(ids(await chat.askedSince(tenant, minute(0)))).toEqual(['by ana', 'by ben'])
    })

    it('of a team takes its places, settings and the cards of its runs and rounds', async () => {
      const { assessments, chat } = open()
      const tenant = await fill()
      await assessments.createRun(tenant, run('round', { team: 'data' }))
      await chat.saveCard(tenant, card('run', 'round'))
      await assessments.deleteTeam(tenant, 'platform')
      expect(await chat.teamOfPlace(tenant, 'C platform')).toBeUndefined()
      expect(await chat.teamOfPlace(tenant, 'C data')).toBe('data')
      expect(await chat.setting(tenant, 'team', 'platform', 'seen by')).toBeUndefined()
      expect(await chat.setting(tenant, 'team', 'data', 'seen by')).toBe('everyone')
      expect(await chat.card(tenant, 'run', 'of ana')).toBeUndefined()
      expect(await chat.card(tenant, 'round', 'round')).toBeUndefined()
      expect(await chat.card(tenant, 'run', 'round')).toBeDefined()
      expect(await chat.card(tenant, 'run', 'of ben')).toBeDefined()
      expect(await chat.card(tenant, 'round', 'of data')).toBeDefined()
      expect(await chat.askedSince(tenant, minute(0))).toHaveLength(2)
    })
  })
}
