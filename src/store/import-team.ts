/**
 * Writes a team from a file into a tenant. It only ever adds: what is there already stays as it is.
 *
 * An id that belongs to something else here becomes a new one. The new one is made of the old one and the team, so that the
 * same file finds what it brought before.
 */
import { createHash } from 'node:crypto'
import type { Kysely } from 'kysely'
import { REMOVED_PERSON, type Team, type TenantId } from '../assessments/records.ts'
import type { TeamExport } from '../assessments/team-export.ts'
import { toActionRow } from './actions.ts'
import { toAnswerRow } from './answers.ts'
import { type Database, write } from './database.ts'
import { toPersonRow } from './people.ts'
import { invitePersons, toRoundRow } from './rounds.ts'
import { toRunRow } from './runs.ts'
import type { Schema } from './schema.ts'
import { toTargetRow } from './targets.ts'
import { nameKey, toTeam, toTeamRow } from './teams.ts'

/** Databases bound how many values one statement takes. */
const ANSWERS_AT_ONCE = 500

export interface TeamImport {
  /** As it is here now: its id or name may differ from the file's. */
  team: Team
  /** How many of each were not here before. */
  added: { persons: number; rounds: number; runs: number; answers: number; targets: number; actions: number }
}

export function importTeam(database: Database, tenant: TenantId, content: TeamExport): Promise<TeamImport> {
  return write(database, async (db) => {
    const { team, isNew } = await placeTeam(db, tenant, content.team)
    const added = { persons: 0, rounds: 0, runs: 0, answers: 0, targets: 0, actions: 0 }
    const { personHere, nameHere } = personPlacer(db, tenant, { team: team.id, teamIsNew: isNew, persons: content.persons, onAdded: () => added.persons++ })

    for (const member of content.members) {
      await db
        .insertInto('members')
        .values({ tenant, team: team.id, person: await personHere(member) })
        .onConflict((conflict) => conflict.doNothing())
        .execute()
    }

    // All ids first: a re-vote names its round.
    const rounds = new Map<string, Placement>()
    for (const { id } of content.rounds) rounds.set(id, await placeId(db, 'rounds', tenant, team.id, id))
    const roundHere = (id: string) => (rounds.get(id) as Placement).id
    for (const round of content.rounds) {
      const place = rounds.get(round.id) as Placement
      if (!place.isNew) continue
      const revote = round.revote && { ...round.revote, of: roundHere(round.revote.of) }
      const invited = []
      for (const person of round.invited) invited.push(await personHere(person))
      await db
        .insertInto('rounds')
        .values(
          toRoundRow(tenant, {
            ...round,
            id: place.id,
            team: team.id,
            invited,
            startedBy: await nameHere(round.startedBy),
            ...(revote === undefined ? {} : { revote }),
          }),
        )
        .execute()
      await invitePersons(db, tenant, place.id, invited)
      added.rounds++
    }

    for (const { answers, ...run } of content.runs) {
      const place = await placeId(db, 'runs', tenant, team.id, run.id)
      if (!place.isNew) continue
      const round = run.round === undefined ? {} : { round: roundHere(run.round) }
      await db
        .insertInto('runs')
        .values(toRunRow(tenant, { ...run, ...round, id: place.id, team: team.id, person: await personHere(run.person) }))
        .execute()
      const rows = answers.map((answer, i) => toAnswerRow(tenant, { ...answer, run: place.id }, { seq: i + 1, key: `import/${i + 1}` }))
      for (let start = 0; start < rows.length; start += ANSWERS_AT_ONCE) {
        await db
          .insertInto('answers')
          .values(rows.slice(start, start + ANSWERS_AT_ONCE))
          .execute()
      }
      added.runs++
      added.answers += answers.length
    }

    for (const target of content.targets) {
      const { numInsertedOrUpdatedRows } = await db
        .insertInto('targets')
        .values(toTargetRow(tenant, { ...target, team: team.id, setBy: await nameHere(target.setBy) }))
        .onConflict((conflict) => conflict.doNothing())
        .executeTakeFirstOrThrow()
      added.targets += Number(numInsertedOrUpdatedRows)
    }

    for (const action of content.actions) {
      const place = await placeId(db, 'actions', tenant, team.id, action.id)
      if (!place.isNew) continue
      const owner = action.owner === undefined ? {} : { owner: await nameHere(action.owner) }
      await db
        .insertInto('actions')
        .values(toActionRow(tenant, { ...action, ...owner, id: place.id, team: team.id, createdBy: await nameHere(action.createdBy) }))
        .execute()
      added.actions++
    }
    return { team, added }
  })
}

interface Placement {
  id: string
  isNew: boolean
}

/** The same team is one of the same id that was made at the same moment. */
async function placeTeam(db: Kysely<Schema>, tenant: TenantId, team: Team): Promise<{ team: Team; isNew: boolean }> {
  for (const id of [team.id, derivedId(team.createdAt, team.id)]) {
    const row = await db.selectFrom('teams').selectAll().where('tenant', '=', tenant).where('id', '=', id).executeTakeFirst()
    if (row !== undefined && row.created_at !== team.createdAt) continue
    if (row !== undefined) return { team: toTeam(row), isNew: false }
    const placed = toTeamRow(tenant, { ...team, id, name: await freeName(db, tenant, team.name) })
    await db.insertInto('teams').values(placed).execute()
    return { team: toTeam(placed), isNew: true }
  }
  throw new Error(`two other teams have the ids of team ${team.id}`)
}

/** "Platform", or "Platform (2)" where another team is called so. */
async function freeName(db: Kysely<Schema>, tenant: TenantId, name: string): Promise<string> {
  for (let number = 1; ; number++) {
    const candidate = number === 1 ? name : `${name.trim()} (${number})`
    const taken = await db.selectFrom('teams').select('id').where('tenant', '=', tenant).where('name_key', '=', nameKey(candidate)).executeTakeFirst()
    if (taken === undefined) return candidate
  }
}

/** The id itself; where another team of the tenant has it, another one. */
async function placeId(db: Kysely<Schema>, table: 'rounds' | 'runs' | 'actions', tenant: TenantId, team: string, original: string): Promise<Placement> {
  for (const id of [original, derivedId(team, original)]) {
    const row = await db.selectFrom(table).select('team').where('tenant', '=', tenant).where('id', '=', id).executeTakeFirst()
    if (row === undefined) return { id, isNew: true }
    if (row.team === team) return { id, isNew: false }
  }
  throw new Error(`other teams have the ids of ${original}`)
}

interface PersonPlacing {
  team: string
  teamIsNew: boolean
  persons: TeamExport['persons']
  onAdded(): void
}

/**
 * Persons are added once something new names them. An id that is taken means the same person if the team comes back to
 * where it is known, or if the name agrees; otherwise answers would be put into somebody else's mouth.
 */
function personPlacer(db: Kysely<Schema>, tenant: TenantId, { team, teamIsNew, persons, onAdded }: PersonPlacing) {
  const placed = new Map<string, string>()
  const named = new Map(persons.map((person) => [person.id, person]))
  const find = (id: string) => db.selectFrom('persons').select('name').where('tenant', '=', tenant).where('id', '=', id).executeTakeFirst()
  const personHere = async (original: string): Promise<string> => {
    const known = placed.get(original)
    if (known !== undefined) return known
    const person = named.get(original)
    if (person === undefined) throw new Error(`the file names person ${original} but does not hold them`)
    const other = derivedId(team, original)
    const there = await find(original)
    const isTaken = there !== undefined && teamIsNew && there.name !== person.name
    const id = isTaken || (await find(other)) !== undefined ? other : original
    placed.set(original, id)
    if ((await find(id)) === undefined) {
      await db
        .insertInto('persons')
        .values(toPersonRow(tenant, { ...person, id }))
        .execute()
      onAdded()
    }
    return id
  }
  /** For a name that is no reference: the file need not hold the person, but it must not become somebody else's. */
  const nameHere = async (original: string): Promise<string> => {
    if (named.has(original)) return personHere(original)
    return teamIsNew && (await find(original)) !== undefined ? REMOVED_PERSON : original
  }
  return { personHere, nameHere }
}

function derivedId(owner: string, original: string): string {
  return createHash('sha256')
    .update(JSON.stringify([owner, original]))
    .digest('hex')
    .slice(0, 32)
}
