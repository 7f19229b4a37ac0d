/** What an earlier release wrote is there after an update, with the tables that came later. */
import { describe, expect, it } from 'vitest'
import { MIGRATIONS, type Migration } from '../migrations/migrations.ts'
import { openStore } from '../open-store.ts'
import { action, answer, asked, card, minute, newTenant, received, round, run } from './samples.ts'

const FIRST = { '0001-assessments': MIGRATIONS['0001-assessments'] as Migration }

/** @param newDatabase gives the address of a new database, by its name */
export function upgradeSuite(newDatabase: (name: string) => Promise<string>): void {
  describe('a database of the first release', () => {
    it('keeps what is in it and takes what chats need', async () => {
      const url = await newDatabase('first_release')
      const old = await openStore(url, { migrations: FIRST })
      const tenant = await newTenant(old)
      await old.assessments.createRound(tenant, round('round', { confidential: false, invited: ['ana', 'ben'] }))
      await old.assessments.createRun(tenant, run('run', { round: 'round' }))
      await old.assessments.recordAnswer(tenant, answer('run', 'a', { said: 'we scan' }), { key: 'k', version: 1, change: { state: 'open', current: 'b' } })
      await old.assessments.setTarget(tenant, { team: 'platform', model: 'kmm', section: 'security', level: 4, setBy: 'ana', setAt: minute(3) })
      await old.assessments.createAction(tenant, action('action', { owner: 'ana' }))
      await old.usage.add(tenant, '2026-11-21', 'small', { calls: 1, inputTokens: 2, outputTokens: 3, cost: 0.5 })
      const before = [await old.exportTeam(tenant, 'platform'), await old.usage.usedOn(tenant, '2026-11-21')]
      await old.close()

      const store = await openStore(url)
      expect([await store.exportTeam(tenant, 'platform'), await store.usage.usedOn(tenant, '2026-11-21')]).toEqual(before)
      await store.chat.linkPlace(tenant, 'C1', 'platform')
      await store.chat.saveAsked(tenant, asked('asked'))
      await store.chat.saveCard(tenant, card('run', 'run'))
      expect(await store.chat.placesOfTeam(tenant, 'platform')).toEqual(['C1'])
      expect(await store.inbox.receive(received('slack', 'key'), 'process', minute(1))).toBe(true)
      await store.assessments.deletePerson(tenant, 'ana')
      expect(await store.chat.asked(tenant, 'asked')).toBeUndefined()
      expect(await store.chat.card(tenant, 'run', 'run')).toBeUndefined()
      await store.close()
    })
  })
}
