/** Tries, with every method there is, to read or change what belongs to another tenant. */
import { randomUUID } from 'node:crypto'
import { beforeAll, describe, expect, it } from 'vitest'
import { type AssessmentStore, StaleRecordError } from '../../assessments/assessment-store.ts'
import type { ChatStore, ConversationStore } from '../../chat/chat-store.ts'
import type { DigestStore } from '../../digests/records.ts'
import type { UsageLedger } from '../../generation/usage-ledger.ts'
import { UserError } from '../../shared/errors.ts'
import type { Store } from '../open-store.ts'
import { action, answer, asked, card, contact, conversation, digest, minute, OPEN, person, round, run, team } from './samples.ts'

/** Stands in every text of the victim that is not an id. */
const SECRET = 'SECRET'
const DAY = '2026-11-21'
/** No other test has a team of this id: whoever finds one has found the victim's. */
const TEAM = 'team of the victim'
const OTHER_NAME = `${SECRET} too`
const mine = { team: TEAM }
/** Of all tenants, by age alone. */
const OF_ALL_TENANTS = ['forgetAsked', 'forgetDeliveries'] as const

type Attempt = (store: Store, tenant: string) => Promise<unknown>
type Attempts<Methods> = { [Method in keyof Methods]: Attempt }

/** Each names the ids that the victim uses; a method without an attempt fails the test. */
const ON_ASSESSMENTS: Attempts<AssessmentStore> = {
  savePerson: ({ assessments }, tenant) => assessments.savePerson(tenant, person('ana', { name: 'Eve' })),
  person: ({ assessments }, tenant) => assessments.person(tenant, 'ana'),
  saveTeam: ({ assessments }, tenant) => assessments.saveTeam(tenant, team(TEAM, { name: SECRET.toLowerCase() })),
  team: ({ assessments }, tenant) => assessments.team(tenant, TEAM),
  teamByName: ({ assessments }, tenant) => assessments.teamByName(tenant, OTHER_NAME),
  teams: ({ assessments }, tenant) => assessments.teams(tenant),
  addMember: ({ assessments }, tenant) => assessments.addMember(tenant, TEAM, 'eve'),
  removeMember: ({ assessments }, tenant) => assessments.removeMember(tenant, TEAM, 'ana'),
  members: ({ assessments }, tenant) => assessments.members(tenant, TEAM),
  teamsOf: ({ assessments }, tenant) => assessments.teamsOf(tenant, 'ana'),
  createRun: ({ assessments }, tenant) => assessments.createRun(tenant, run('theirs', { ...mine, person: 'eve' })),
  run: ({ assessments }, tenant) => assessments.run(tenant, 'run'),
  runsOf: ({ assessments }, tenant) => assessments.runsOf(tenant, 'ana'),
  runsOfRound: ({ assessments }, tenant) => assessments.runsOfRound(tenant, 'round'),
  finishedRuns: ({ assessments }, tenant) => assessments.finishedRuns(tenant, TEAM),
  changeRun: ({ assessments }, tenant) => assessments.changeRun(tenant, 'run', 2, { state: 'abandoned' }, minute(20)),
  recordAnswer: ({ assessments }, tenant) => assessments.recordAnswer(tenant, answer('run', 'a'), { key: 'key', version: 2, change: OPEN }),
  answers: ({ assessments }, tenant) => assessments.answers(tenant, 'run'),
  answersOf: ({ assessments }, tenant) => assessments.answersOf(tenant, ['run']),
  answerHistory: ({ assessments }, tenant) => assessments.answerHistory(tenant, 'run'),
  createRound: ({ assessments }, tenant) => assessments.createRound(tenant, round('theirs', { ...mine, invited: ['eve'] })),
  round: ({ assessments }, tenant) => assessments.round(tenant, 'round'),
  rounds: ({ assessments }, tenant) => assessments.rounds(tenant, TEAM),
  invite: ({ assessments }, tenant) => assessments.invite(tenant, 'round', ['eve']),
  closeRound: ({ assessments }, tenant) => assessments.closeRound(tenant, 'round', 'starter', minute(20)),
  // Asked for all tenants by the clock: each round says whose it is.
  overdueRounds: async ({ assessments }, tenant) => (await assessments.overdueRounds(minute(59))).filter((each) => each.tenant === tenant),
  setTarget: ({ assessments }, tenant) =>
    assessments.setTarget(tenant, { team: TEAM, model: 'kmm', section: 'security', level: 1, setBy: 'eve', setAt: minute(20) }),
  removeTarget: ({ assessments }, tenant) => assessments.removeTarget(tenant, TEAM, 'kmm', 'security'),
  targets: ({ assessments }, tenant) => assessments.targets(tenant, TEAM),
  createAction: ({ assessments }, tenant) => assessments.createAction(tenant, action('theirs', mine)),
  changeAction: ({ assessments }, tenant) => assessments.changeAction(tenant, { ...action('action', { ...mine, text: 'Eve' }), version: 1 }),
  removeAction: ({ assessments }, tenant) => assessments.removeAction(tenant, 'action'),
  actions: ({ assessments }, tenant) => assessments.actions(tenant, TEAM, { done: true }),
  deletePerson: ({ assessments }, tenant) => assessments.deletePerson(tenant, 'ana'),
  deleteTeam: ({ assessments }, tenant) => assessments.deleteTeam(tenant, TEAM),
}
const ON_CHAT: Attempts<Omit<ChatStore, (typeof OF_ALL_TENANTS)[number]>> = {
  saveAsked: ({ chat }, tenant) => chat.saveAsked(tenant, asked('asked', { question: 'Eve?' })),
  asked: ({ chat }, tenant) => chat.asked(tenant, 'asked'),
  lastAsked: ({ chat }, tenant) => chat.lastAsked(tenant, 'thread', { since: minute(0), most: 9 }),
  askedSince: ({ chat }, tenant) => chat.askedSince(tenant, minute(0)),
  saveVote: ({ chat }, tenant) => chat.saveVote(tenant, { answer: 'asked', person: 'ben', vote: 'down', at: minute(20) }),
  votes: ({ chat }, tenant) => chat.votes(tenant),
  linkPlace: ({ chat }, tenant) => chat.linkPlace(tenant, 'C1', TEAM),
  teamOfPlace: async ({ chat, assessments }, tenant) => assessments.team(tenant, (await chat.teamOfPlace(tenant, 'C1')) ?? ''),
  placesOfTeam: ({ chat }, tenant) => chat.placesOfTeam(tenant, TEAM),
  saveCard: ({ chat }, tenant) => chat.saveCard(tenant, card('run', 'run', { id: 'mine' })),
  card: ({ chat }, tenant) => chat.card(tenant, 'run', 'run'),
  cardInThread: ({ chat }, tenant) => chat.cardInThread(tenant, 'C1', SECRET),
  lastCard: ({ chat }, tenant) => chat.lastCard(tenant, 'C1', 'run'),
  settleCard: ({ chat }, tenant) => chat.settleCard(tenant, 'run', 'run'),
  // Asked for all tenants by the clock: each card says whose it is.
  unsettledCards: async ({ chat }, tenant) => (await chat.unsettledCards('run')).filter((each) => each.tenant === tenant),
  setting: ({ chat }, tenant) => chat.setting(tenant, 'person', 'ana', 'mute'),
  withSetting: ({ chat }, tenant) => chat.withSetting(tenant, 'person', 'mute', SECRET),
  saveSetting: ({ chat }, tenant) => chat.saveSetting(tenant, 'person', 'ana', 'mute', 'off'),
  // Asked for all tenants by the clock: each owner is named with whose they are.
  ownersOfDue: async ({ chat }, tenant) => (await chat.ownersOfDue('2026-01-01', '2026-12-31')).filter((each) => each.tenant === tenant),
  claimDelivery: ({ chat }, tenant) => chat.claimDelivery(tenant, 'sending', minute(50), minute(51)),
  markSent: ({ chat }, tenant) => chat.markSent(tenant, 'sending', { place: 'C1', id: 'mine' }),
  noteSent: ({ chat }, tenant) => chat.noteSent(tenant, 'sending', { place: 'C1', id: 'mine' }, minute(50)),
  releaseDelivery: ({ chat }, tenant) => chat.releaseDelivery(tenant, 'sending', minute(0)),
  giveUpDelivery: ({ chat }, tenant) => chat.giveUpDelivery(tenant, 'sending'),
  delivery: ({ chat }, tenant) => chat.delivery(tenant, 'sent'),
}
const ON_CONVERSATIONS: Attempts<ConversationStore> = {
  saveConversation: ({ conversations }, tenant) => conversations.saveConversation(tenant, conversation('D1', { person: 'ana', bot: 'mine' })),
  conversation: ({ conversations }, tenant) => conversations.conversation(tenant, 'D1'),
  personalConversation: ({ conversations }, tenant) => conversations.personalConversation(tenant, 'ana'),
  conversations: ({ conversations }, tenant) => conversations.conversations(tenant, 9),
  removeConversation: ({ conversations }, tenant) => conversations.removeConversation(tenant, 'D1'),
  removeConversationsOfTeam: ({ conversations }, tenant) => conversations.removeConversationsOfTeam(tenant, TEAM),
  saveContact: ({ conversations }, tenant) => conversations.saveContact(tenant, contact('ana', { name: 'Eve' })),
  contact: ({ conversations }, tenant) => conversations.contact(tenant, 'ana'),
}
const ON_DIGESTS: Attempts<DigestStore> = {
  createDigest: ({ digests }, tenant) => digests.createDigest(tenant, digest('theirs', { teams: [TEAM] })),
  changeDigest: ({ digests }, tenant) => digests.changeDigest(tenant, { ...digest('digest', { teams: [TEAM] }), version: 1 }),
  removeDigest: ({ digests }, tenant) => digests.removeDigest(tenant, 'digest'),
  digest: ({ digests }, tenant) => digests.digest(tenant, 'digest'),
  digestsOfTeam: ({ digests }, tenant) => digests.digestsOfTeam(tenant, TEAM),
  digestsBy: ({ digests }, tenant) => digests.digestsBy(tenant, 'ana'),
  // Asked for all tenants by the clock: each digest says whose it is.
  takeDueDigests: async ({ digests }, tenant) => (await digests.takeDueDigests(minute(30), minute(31), 1_000)).filter((each) => each.tenant === tenant),
  setNext: ({ digests }, tenant) => digests.setNext(tenant, 'digest', minute(0)),
  settleDigest: ({ digests }, tenant) => digests.settleDigest(tenant, { id: 'digest', version: 1 }, { dealtWithUntil: minute(50) }, minute(0)),
}
const ON_USAGE: Attempts<UsageLedger> = {
  usedOn: ({ usage }, tenant) => usage.usedOn(tenant, DAY),
  add: ({ usage }, tenant) => usage.add(tenant, DAY, SECRET, { calls: 1, inputTokens: 1, outputTokens: 1, cost: 1 }),
}
const ON_STORE: Attempts<Pick<Store, 'exportTeam' | 'importTeam'>> = {
  exportTeam: (store, tenant) => store.exportTeam(tenant, TEAM),
  importTeam: (store, tenant) =>
    store.importTeam(tenant, {
      format: 'cairn-team',
      version: 1,
      team: team(TEAM, { name: 'Eve' }),
      persons: [person('ana', { name: 'Eve' })],
      members: ['ana'],
      rounds: [],
      runs: [{ ...withoutTeam(run('run', { state: 'abandoned' })), answers: [] }],
      targets: [],
      actions: [],
    }),
}
/** What concerns the whole database and no tenant; the inbox and the installations are a platform's, who signed in is found by a secret alone. */
const OF_NO_TENANT = ['backup', 'close', 'inbox', 'installations', 'signIns']

const withoutTeam = ({ team: _, ...rest }: ReturnType<typeof run>) => rest

export function tenancySuite(open: () => Store): void {
  describe('a tenant', () => {
    const victim = `victim-${randomUUID()}`
    const everything = async () => {
      const { assessments, chat, conversations, digests, usage } = open()
      const overdue = (await assessments.overdueRounds(minute(59))).filter((each) => each.tenant === victim)
      const unsettled = (await chat.unsettledCards('run')).filter((each) => each.tenant === victim)
      const chats = [
        await chat.askedSince(victim, minute(0)),
        await chat.votes(victim),
        await chat.placesOfTeam(victim, TEAM),
        unsettled,
        await chat.setting(victim, 'person', 'ana', 'mute'),
        await chat.delivery(victim, 'sending'),
        await chat.delivery(victim, 'sent'),
        await conversations.conversations(victim, 9),
        await conversations.contact(victim, 'ana'),
        await digests.digestsOfTeam(victim, TEAM),
        await digests.digest(victim, 'digest'),
      ]
      return JSON.stringify([await open().exportTeam(victim, TEAM), await assessments.teams(victim), overdue, await usage.usedOn(victim, DAY), chats])
    }

    beforeAll(async () => {
      const { assessments, chat, conversations, digests, usage } = open()
      await assessments.savePerson(victim, person('ana', { name: SECRET }))
      await assessments.saveTeam(victim, team(TEAM, { name: SECRET }))
      await assessments.saveTeam(victim, team('other', { name: OTHER_NAME }))
      await assessments.addMember(victim, TEAM, 'ana')
      await assessments.createRound(victim, round('round', { ...mine, name: SECRET, confidential: false, invited: ['ana'] }))
      await assessments.createRun(victim, run('run', { ...mine, round: 'round', modelVersion: SECRET }))
      const given = answer('run', 'a', { said: SECRET, note: SECRET, modelVersion: SECRET })
      await assessments.recordAnswer(victim, given, { key: 'key', version: 1, change: { state: 'finished', finishedAt: minute(9) } })
      await assessments.setTarget(victim, { team: TEAM, model: 'kmm', section: 'security', level: 4, setBy: SECRET, setAt: minute(3) })
      await assessments.setTarget(victim, { team: TEAM, model: 'kmm', section: 'automation', level: 4, setBy: 'ana', setAt: minute(3) })
      await assessments.createAction(victim, action('action', { ...mine, text: SECRET, owner: SECRET, due: '2026-11-30' }))
      await usage.add(victim, DAY, SECRET, { calls: 7, inputTokens: 7, outputTokens: 7, cost: 7 })
      await chat.saveAsked(victim, asked('asked', { question: SECRET }))
      await chat.saveVote(victim, { answer: 'asked', person: 'ben', vote: 'up', comment: SECRET, at: minute(6) })
      await chat.linkPlace(victim, 'C1', TEAM)
      await chat.saveCard(victim, card('run', 'run', { id: SECRET }))
      await chat.saveSetting(victim, 'person', 'ana', 'mute', SECRET)
      for (const key of ['sending', 'sent']) await chat.claimDelivery(victim, key, minute(1), minute(2))
      await chat.markSent(victim, 'sent', { place: 'C1', id: SECRET })
      await conversations.saveConversation(victim, conversation('D1', { person: 'ana', bot: SECRET }))
      await conversations.saveConversation(victim, conversation('C1', { team: TEAM, bot: SECRET }))
      await conversations.saveContact(victim, contact('ana', { name: SECRET }))
      await digests.createDigest(victim, digest('digest', { teams: [TEAM], model: SECRET }))
    })

    it('has something to lose', async () => {
      const all = await everything()
      expect(all.split(SECRET).length).toBeGreaterThan(13)
      expect(all).toContain('"calls":7')
    })

    it('is attacked with every public method', () => {
      const { assessments, chat, conversations, digests, usage, ...store } = open()
      expect(Object.keys(assessments).sort()).toEqual(Object.keys(ON_ASSESSMENTS).sort())
      expect(Object.keys(chat).sort()).toEqual([...Object.keys(ON_CHAT), ...OF_ALL_TENANTS].sort())
      expect(Object.keys(conversations).sort()).toEqual(Object.keys(ON_CONVERSATIONS).sort())
      expect(Object.keys(digests).sort()).toEqual(Object.keys(ON_DIGESTS).sort())
      expect(Object.keys(usage).sort()).toEqual(Object.keys(ON_USAGE).sort())
      expect(Object.keys(store).sort()).toEqual([...Object.keys(ON_STORE), ...OF_NO_TENANT].sort())
    })

    it.each(
      Object.entries({ ...ON_ASSESSMENTS, ...ON_CHAT, ...ON_CONVERSATIONS, ...ON_DIGESTS, ...ON_USAGE, ...ON_STORE }),
    )('neither shows nor gives anything to another one by %s', async (_, attempt) => {
      const before = await everything()
      for (const ownTeam of [false, true]) {
        const attacker = `attacker-${randomUUID()}`
        await open().assessments.savePerson(attacker, person('eve'))
        // With a team of the same id of their own, references could lead across.
        if (ownTeam) await open().assessments.saveTeam(attacker, team(TEAM, { name: 'Own', createdAt: minute(44) }))
        const seen = await attempt(open(), attacker).catch((error: unknown) => {
          if (error instanceof StaleRecordError || error instanceof UserError) return error.message
          throw error
        })
        expect(JSON.stringify(seen) ?? '').not.toContain(SECRET)
        expect(JSON.stringify(seen) ?? '').not.toContain('"calls":7')
        expect(await everything()).toBe(before)
      }
    })
  })
}
