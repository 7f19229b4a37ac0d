/** What platforms gave when the bot was installed: sealed before it comes here. */
import type { InstallationStore } from '../chat/chat-store.ts'
import { type Database, write } from './database.ts'

export function installationRepository(database: Database): InstallationStore {
  const { db } = database
  return {
    async saveInstallation(platform, id, sealed, at) {
      await write(database, (transaction) =>
        transaction
          .insertInto('installations')
          .values({ platform, id, sealed, at })
          .onConflict((conflict) => conflict.columns(['platform', 'id']).doUpdateSet({ sealed, at }))
          .execute(),
      )
    },

    async installation(platform, id) {
      const row = await db.selectFrom('installations').select('sealed').where('platform', '=', platform).where('id', '=', id).executeTakeFirst()
      return row?.sealed
    },

    async removeInstallation(platform, id) {
      await write(database, (transaction) => transaction.deleteFrom('installations').where('platform', '=', platform).where('id', '=', id).execute())
    },

    installations: (platform) =>
      db.selectFrom('installations').select(['id', 'sealed', 'at']).where('platform', '=', platform).orderBy('at').orderBy('id').execute(),
  }
}
