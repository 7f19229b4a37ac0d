/** What teams and persons have chosen. */
import type { SettingStore } from '../chat/chat-store.ts'
import { type Database, write } from './database.ts'

export function settingRepository(database: Database): SettingStore {
  return {
    async setting(tenant, kind, owner, name) {
      const row = await database.db
        .selectFrom('settings')
        .select('value')
        .where('tenant', '=', tenant)
        .where('kind', '=', kind)
        .where('owner', '=', owner)
        .where('name', '=', name)
        .executeTakeFirst()
      return row?.value
    },

    async withSetting(tenant, kind, name, value) {
      const rows = await database.db
        .selectFrom('settings')
        .select('owner')
        .where('tenant', '=', tenant)
        .where('kind', '=', kind)
        .where('name', '=', name)
        .where('value', '=', value)
        .orderBy('owner')
        .execute()
      return rows.map(({ owner }) => owner)
    },

    async saveSetting(tenant, kind, owner, name, value) {
      await write(database, (transaction) =>
        transaction
          .insertInto('settings')
          .values({ tenant, kind, owner, name, value })
          .onConflict((conflict) => conflict.columns(['tenant', 'kind', 'owner', 'name']).doUpdateSet({ value }))
          .execute(),
      )
    },
  }
}
