/** Which team a channel speaks for. */
import { sql } from 'kysely'
import type { PlaceStore } from '../chat/chat-store.ts'
import { type Database, write } from './database.ts'

export function placeRepository(database: Database): PlaceStore {
  const { db } = database
  return {
    async linkPlace(tenant, place, team) {
      const position = sql<number>`(select coalesce(max(position), 0) + 1 from places where tenant = ${tenant} and team = ${team})`
      await write(database, (transaction) =>
        transaction
          .insertInto('places')
          .values({ tenant, place, team, position })
          .onConflict((conflict) =>
            conflict
              .columns(['tenant', 'place'])
              .doUpdateSet((eb) => ({ team, position: eb.ref('excluded.position') }))
              // One that is linked to it already keeps its position.
              .where('places.team', '!=', team),
          )
          .execute(),
      )
    },

    async teamOfPlace(tenant, place) {
      const row = await db.selectFrom('places').select('team').where('tenant', '=', tenant).where('place', '=', place).executeTakeFirst()
      return row?.team
    },

    async placesOfTeam(tenant, team) {
      const rows = await db
        .selectFrom('places')
        .select('place')
        .where('tenant', '=', tenant)
        .where('team', '=', team)
        .orderBy('position')
        .orderBy('place')
        .execute()
      return rows.map(({ place }) => place)
    },
  }
}
