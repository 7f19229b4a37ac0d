/** What every dialect must do with the places where the bot may speak, and with those who are known there. */
import { randomUUID } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import type { Store } from '../open-store.ts'
import { contact, conversation, minute, newTenant } from './samples.ts'

const places = (found: readonly { place: string }[]) => found.map(({ place }) => place)

export function conversationsSuite(open: () => Store): void {
  describe('a conversation', () => {
    it('comes back whole, and the same place again takes its place', async () => {
      const { conversations } = open()
      const tenant = randomUUID()
      const first = conversation('C1', { team: 'T1' })
      await conversations.saveConversation(tenant, first)
      expect(await conversations.conversation(tenant, 'C1')).toEqual(first)
      const moved = conversation('C1', { serviceUrl: 'https://elsewhere.example/', bot: '28:other', at: minute(9) })
      await conversations.saveConversation(tenant, moved)
      expect(await conversations.conversation(tenant, 'C1')).toEqual(moved)
      await conversations.removeConversation(tenant, 'C1')
      await conversations.removeConversation(tenant, 'C1')
      expect(await conversations.conversation(tenant, 'C1')).toBeUndefined()
    })

    it('with a person alone is one, the last', async () => {
      const { conversations } = open()
      const tenant = randomUUID()
      const of = (place: string, person: string) => conversation(place, { kind: 'personal', person })
      for (const each of [of('D1', 'ana'), of('D2', 'ben'), of('D3', 'ana'), of('D3', 'ana')]) await conversations.saveConversation(tenant, each)
      expect(await conversations.personalConversation(tenant, 'ana')).toEqual(of('D3', 'ana'))
      expect(await conversations.personalConversation(tenant, 'cem')).toBeUndefined()
      expect(places(await conversations.conversations(tenant, 9)).sort()).toEqual(['D2', 'D3'])
    })

    it('is listed with the latest first', async () => {
      const { conversations } = open()
      const tenant = randomUUID()
      for (const [place, n] of Object.entries({ old: 1, new: 9, middle: 5 }))
        await conversations.saveConversation(tenant, conversation(place, { at: minute(n) }))
      expect(places(await conversations.conversations(tenant, 9))).toEqual(['new', 'middle', 'old'])
      expect(places(await conversations.conversations(tenant, 2))).toEqual(['new', 'middle'])
    })

    it('of a team goes with the team', async () => {
      const { conversations } = open()
      const tenant = randomUUID()
      for (const [place, team] of Object.entries({ C1: 'T1', C2: 'T1', C3: 'T2' })) await conversations.saveConversation(tenant, conversation(place, { team }))
      await conversations.removeConversationsOfTeam(tenant, 'T1')
      expect(places(await conversations.conversations(tenant, 9))).toEqual(['C3'])
    })
  })

  describe('a contact', () => {
    it('keeps what a later word about them does not say', async () => {
      const { conversations } = open()
      const tenant = randomUUID()
      await conversations.saveContact(tenant, contact('ben'))
      await conversations.saveContact(tenant, contact('ana', { name: 'Ana', timezone: 'Europe/Berlin' }))
      expect(await conversations.contact(tenant, 'ben')).toEqual(contact('ben'))
      await conversations.saveContact(tenant, { person: 'ana', account: '29:new' })
      expect(await conversations.contact(tenant, 'ana')).toEqual({ person: 'ana', account: '29:new', name: 'Ana', timezone: 'Europe/Berlin' })
      await conversations.saveContact(tenant, contact('ana', { name: 'A\0na B.' }))
      expect(await conversations.contact(tenant, 'ana')).toMatchObject({ name: 'Ana B.', timezone: 'Europe/Berlin' })
      expect(await conversations.contact(tenant, 'cem')).toBeUndefined()
    })

    it('goes with the person, and so does the conversation with them', async () => {
      const { assessments, conversations } = open()
      const tenant = await newTenant(open())
      for (const id of ['ana', 'ben', 'a guest']) {
        await conversations.saveContact(tenant, contact(id))
        await conversations.saveConversation(tenant, conversation(`D ${id}`, { kind: 'personal', person: id }))
      }
      await conversations.saveConversation(tenant, conversation('C1'))
      await assessments.deletePerson(tenant, 'ana')
      await assessments.deletePerson(tenant, 'a guest')
      expect(places(await conversations.conversations(tenant, 9)).sort()).toEqual(['C1', 'D ben'])
      expect(await conversations.contact(tenant, 'ana')).toBeUndefined()
      expect(await conversations.contact(tenant, 'a guest')).toBeUndefined()
      expect(await conversations.contact(tenant, 'ben')).toBeDefined()
    })
  })
}
