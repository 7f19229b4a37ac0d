/** Teams and who belongs to them. */
import type { AssessmentStore } from '../assessments/assessment-store.ts'
import type { Team } from '../assessments/records.ts'
import { UserError } from '../shared/errors.ts'
import { type Database, plainText, write } from './database.ts'
import { toPerson } from './people.ts'
import type { TeamRow } from './schema.ts'

type TeamMethods = 'saveTeam' | 'team' | 'teamByName' | 'teams' | 'addMember' | 'removeMember' | 'members' | 'teamsOf'

export function teamRepository(database: Database): Pick<AssessmentStore, TeamMethods> {
  const { db } = database
  return {
    async saveTeam(tenant, team) {
      const row = toTeamRow(tenant, team)
      await write(database, async (transaction) => {
        const namesake = await transaction
          .selectFrom('teams')
          .select('id')
          .where('tenant', '=', tenant)
          .where('name_key', '=', row.name_key)
          .where('id', '!=', team.id)
          .executeTakeFirst()
        if (namesake !== undefined) throw new UserError(`there is already a team called ${JSON.stringify(team.name)}: choose another name`)
        await transaction
          .insertInto('teams')
          .values(row)
          .onConflict((conflict) => conflict.columns(['tenant', 'id']).doUpdateSet({ name: row.name, name_key: row.name_key }))
          .execute()
      })
    },

    async team(tenant, id) {
      const row = await db.selectFrom('teams').selectAll().where('tenant', '=', tenant).where('id', '=', id).executeTakeFirst()
      return row && toTeam(row)
    },

    async teamByName(tenant, name) {
      const row = await db.selectFrom('teams').selectAll().where('tenant', '=', tenant).where('name_key', '=', nameKey(name)).executeTakeFirst()
      return row && toTeam(row)
    },

    async teams(tenant) {
      const rows = await db.selectFrom('teams').select(['id', 'name', 'created_at']).where('tenant', '=', tenant).orderBy('name_key').execute()
      return rows.map(toTeam)
    },

    async addMember(tenant, team, person) {
      await write(database, (transaction) =>
        transaction
          .insertInto('members')
          .values({ tenant, team, person })
          .onConflict((conflict) => conflict.doNothing())
          .execute(),
      )
    },

    async removeMember(tenant, team, person) {
      await write(database, (transaction) =>
        transaction.deleteFrom('members').where('tenant', '=', tenant).where('team', '=', team).where('person', '=', person).execute(),
      )
    },

    async members(tenant, team) {
      const rows = await db
        .selectFrom('members')
        .innerJoin('persons', (join) => join.onRef('persons.tenant', '=', 'members.tenant').onRef('persons.id', '=', 'members.person'))
        .selectAll('persons')
        .where('members.tenant', '=', tenant)
        .where('members.team', '=', team)
        .orderBy('persons.name')
        .orderBy('persons.id')
        .execute()
      return rows.map(toPerson)
    },

    async teamsOf(tenant, person) {
      const rows = await db
        .selectFrom('members')
        .innerJoin('teams', (join) => join.onRef('teams.tenant', '=', 'members.tenant').onRef('teams.id', '=', 'members.team'))
        .selectAll('teams')
        .where('members.tenant', '=', tenant)
        .where('members.person', '=', person)
        .orderBy('teams.name_key')
        .execute()
      return rows.map(toTeam)
    },
  }
}

export function toTeamRow(tenant: string, { id, name, createdAt }: Team): TeamRow {
  return { tenant, id, name: plainText(name).trim(), name_key: nameKey(name), created_at: createdAt }
}

export function toTeam({ id, name, created_at }: Pick<TeamRow, 'id' | 'name' | 'created_at'>): Team {
  return { id, name, createdAt: created_at }
}

export function nameKey(name: string): string {
  return plainText(name).normalize('NFKC').trim().toLowerCase()
}
