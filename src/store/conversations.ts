/** Where the bot may speak on its own account, and whom the platform knows there. */
import type { Contact, Conversation, ConversationStore } from '../chat/chat-store.ts'
import { type Database, plainText, write } from './database.ts'
import type { ContactRow, ConversationRow } from './schema.ts'

export function conversationRepository(database: Database): ConversationStore {
  const { db } = database
  const conversations = (tenant: string) => db.selectFrom('conversations').selectAll().where('tenant', '=', tenant)
  return {
    async saveConversation(tenant, conversation) {
      const { place, person, ...rest } = toConversationRow(tenant, conversation)
      await write(database, async (transaction) => {
        if (person !== null)
          await transaction.deleteFrom('conversations').where('tenant', '=', tenant).where('person', '=', person).where('place', '!=', place).execute()
        await transaction
          .insertInto('conversations')
          .values({ place, person, ...rest })
          .onConflict((conflict) => conflict.columns(['tenant', 'place']).doUpdateSet({ person, ...rest }))
          .execute()
      })
    },

    async conversation(tenant, place) {
      const row = await conversations(tenant).where('place', '=', place).executeTakeFirst()
      return row && toConversation(row)
    },

    async personalConversation(tenant, person) {
      const row = await conversations(tenant).where('person', '=', person).orderBy('at', 'desc').executeTakeFirst()
      return row && toConversation(row)
    },

    async conversations(tenant, most) {
      const rows = await conversations(tenant).orderBy('at', 'desc').orderBy('place').limit(most).execute()
      return rows.map(toConversation)
    },

    async removeConversation(tenant, place) {
      await write(database, (transaction) => transaction.deleteFrom('conversations').where('tenant', '=', tenant).where('place', '=', place).execute())
    },

    async removeConversationsOfTeam(tenant, team) {
      await write(database, (transaction) => transaction.deleteFrom('conversations').where('tenant', '=', tenant).where('team', '=', team).execute())
    },

    async saveContact(tenant, { person, account, name, timezone }) {
      const known = { account, ...(name === undefined ? {} : { name: plainText(name) }), ...(timezone === undefined ? {} : { timezone }) }
      await write(database, (transaction) =>
        transaction
          .insertInto('contacts')
          .values({ tenant, person, name: null, timezone: null, ...known })
          .onConflict((conflict) => conflict.columns(['tenant', 'person']).doUpdateSet(known))
          .execute(),
      )
    },

    async contact(tenant, person) {
      const row = await db.selectFrom('contacts').selectAll().where('tenant', '=', tenant).where('person', '=', person).executeTakeFirst()
      return row && toContact(row)
    },
  }
}

function toConversationRow(tenant: string, { place, kind, serviceUrl, bot, person, team, at }: Conversation): ConversationRow {
  return { tenant, place, kind, service_url: serviceUrl, bot, person: person ?? null, team: team ?? null, at }
}

function toConversation({ place, kind, service_url, bot, person, team, at }: ConversationRow): Conversation {
  return { place, kind, serviceUrl: service_url, bot, ...(person === null ? {} : { person }), ...(team === null ? {} : { team }), at }
}

function toContact({ person, account, name, timezone }: ContactRow): Contact {
  return { person, account, ...(name === null ? {} : { name }), ...(timezone === null ? {} : { timezone }) }
}
