/** The steps that a team has taken on. */
import { type AssessmentStore, StaleRecordError } from '../assessments/assessment-store.ts'
import type { Action } from '../assessments/records.ts'
import type { ActionOwnerStore } from '../chat/chat-store.ts'
import { type Database, plainText, write } from './database.ts'
import type { ActionRow } from './schema.ts'

export function actionRepository(database: Database): Pick<AssessmentStore, 'createAction' | 'changeAction' | 'removeAction' | 'actions'> {
  return {
    async createAction(tenant, action) {
      const created = { ...action, version: 1 }
      await write(database, (transaction) => transaction.insertInto('actions').values(toActionRow(tenant, created)).execute())
      return created
    },

    async changeAction(tenant, action) {
      const { model, section, passage, text, owner, due, done_at } = toActionRow(tenant, action)
      const row = await write(database, (transaction) =>
        transaction
          .updateTable('actions')
          .set((eb) => ({ model, section, passage, text, owner, due, done_at, version: eb('version', '+', 1) }))
          .where('tenant', '=', tenant)
          .where('id', '=', action.id)
          .where('team', '=', action.team)
          .where('version', '=', action.version)
          .returningAll()
          .executeTakeFirst(),
      )
      if (row === undefined) throw new StaleRecordError(`action ${action.id} has changed since version ${action.version}`)
      return toAction(row)
    },

    async removeAction(tenant, id) {
      await write(database, (transaction) => transaction.deleteFrom('actions').where('tenant', '=', tenant).where('id', '=', id).execute())
    },

    async actions(tenant, team, { done = false } = {}) {
      const rows = await database.db
        .selectFrom('actions')
        .selectAll()
        .where('tenant', '=', tenant)
        .where('team', '=', team)
        .$if(!done, (query) => query.where('done_at', 'is', null))
        .orderBy('done_at', (order) => order.desc().nullsFirst())
        .orderBy('due', (order) => order.asc().nullsLast())
        .orderBy('created_at')
        .orderBy('id')
        .execute()
      return rows.map(toAction)
    },
  }
}

export function actionOwnerRepository({ db }: Database): ActionOwnerStore {
  return {
    async ownersOfDue(from, to) {
      const rows = await db
        .selectFrom('actions')
        .select(['tenant', 'owner'])
        .distinct()
        .where('done_at', 'is', null)
        .where('owner', 'is not', null)
        .$narrowType<{ owner: string }>()
        .where('due', '>=', from)
        .where('due', '<=', to)
        .orderBy('tenant')
        .orderBy('owner')
        .execute()
      return rows.map(({ tenant, owner }) => ({ tenant, person: owner }))
    },
  }
}

export function toActionRow(tenant: string, action: Action): ActionRow {
  return {
    tenant,
    id: action.id,
    team: action.team,
    model: action.model,
    section: action.section,
    passage: action.passage,
    text: plainText(action.text),
    owner: action.owner === undefined ? null : plainText(action.owner),
    due: action.due ?? null,
    created_by: action.createdBy,
    created_at: action.createdAt,
    done_at: action.doneAt ?? null,
    version: action.version,
  }
}

function toAction(row: ActionRow): Action {
  return {
    id: row.id,
    team: row.team,
    model: row.model,
    section: row.section,
    passage: row.passage,
    text: row.text,
    ...(row.owner === null ? {} : { owner: row.owner }),
    ...(row.due === null ? {} : { due: row.due }),
    createdBy: row.created_by,
    createdAt: row.created_at,
    ...(row.done_at === null ? {} : { doneAt: row.done_at }),
    version: row.version,
  }
}
