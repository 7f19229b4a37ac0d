/** Opens the database that `DATABASE_URL` names and puts the repositories on it. */
import { resolve } from 'node:path'
import type { AssessmentStore } from '../assessments/assessment-store.ts'
import type { TenantId } from '../assessments/records.ts'
import type { TeamExport } from '../assessments/team-export.ts'
import type { ChatStore, ConversationStore, InboxStore, InstallationStore } from '../chat/chat-store.ts'
import type { DigestStore } from '../digests/records.ts'
import type { UsageLedger } from '../generation/usage-ledger.ts'
import { UserError } from '../shared/errors.ts'
import type { SignInStore } from '../shared/sign-ins.ts'
import { actionOwnerRepository, actionRepository } from './actions.ts'
import { answerRepository } from './answers.ts'
import { askedRepository } from './asked.ts'
import { cardRepository } from './cards.ts'
import { conversationRepository } from './conversations.ts'
import type { Database } from './database.ts'
import { deletion } from './deletion.ts'
import { openPostgres } from './dialects/postgres.ts'
import { MEMORY, openSqlite } from './dialects/sqlite.ts'
import { digestRepository } from './digests.ts'
import { exportTeam } from './export-team.ts'
import { importTeam, type TeamImport } from './import-team.ts'
import { inboxRepository } from './inbox.ts'
import { installationRepository } from './installations.ts'
import { MIGRATIONS, type Migration } from './migrations/migrations.ts'
import { outboxRepository } from './outbox.ts'
import { peopleRepository } from './people.ts'
import { placeRepository } from './places.ts'
import { roundRepository } from './rounds.ts'
import { runRepository } from './runs.ts'
import { settingRepository } from './settings.ts'
import { signInRepository } from './sign-ins.ts'
import { targetRepository } from './targets.ts'
import { teamRepository } from './teams.ts'
import { usageRepository } from './usage.ts'

export interface Store {
  readonly assessments: AssessmentStore
  readonly usage: UsageLedger
  readonly chat: ChatStore
  readonly inbox: InboxStore
  readonly installations: InstallationStore
  readonly conversations: ConversationStore
  readonly digests: DigestStore
  readonly signIns: SignInStore
  /**
   * Everything that is stored of a team. Of confidential rounds the answers are in it, but not whose they are.
   * @throws UserError when there is no such team
   */
  exportTeam(tenant: TenantId, team: string): Promise<TeamExport>
  /** Adds what is missing and changes nothing that is there, all or nothing; the same file again adds nothing. */
  importTeam(tenant: TenantId, content: TeamExport): Promise<TeamImport>
  /**
   * A consistent copy while others write.
   * @throws UserError when the file exists, or the database is not one file
   */
  backup(path: string): Promise<void>
  close(): Promise<void>
}

export interface StoreOptions {
  /** Told what a person who runs Cairn should know: a copy that was made, a connection that broke. */
  onNotice?: (notice: string) => void
  now?: () => Date
  /** For what makes sense only where something is stored: no new SQLite file is made. */
  mustExist?: boolean
  migrations?: Readonly<Record<string, Migration>>
}

const FORMS = 'write sqlite:FILE, for example sqlite:data/cairn.db, or postgres://user:password@host:5432/database'

/**
 * @param databaseUrl `sqlite:FILE` (relative to the working directory), `sqlite::memory:` or `postgres://…`
 * @throws UserError when it can't be opened, without the password in it
 */
export async function openStore(databaseUrl: string, options: StoreOptions = {}): Promise<Store> {
  const database = await openDatabase(databaseUrl, options)
  let closing: Promise<void> | undefined
  return {
    assessments: {
      ...peopleRepository(database),
      ...teamRepository(database),
      ...runRepository(database),
      ...answerRepository(database),
      ...roundRepository(database),
      ...targetRepository(database),
      ...actionRepository(database),
      ...deletion(database),
    },
    usage: usageRepository(database),
    chat: {
      ...askedRepository(database),
      ...placeRepository(database),
      ...cardRepository(database),
      ...settingRepository(database),
      ...actionOwnerRepository(database),
      ...outboxRepository(database),
    },
    inbox: inboxRepository(database),
    installations: installationRepository(database),
    conversations: conversationRepository(database),
    digests: digestRepository(database),
    signIns: signInRepository(database),
    exportTeam: (tenant, team) => exportTeam(database, tenant, team),
    importTeam: (tenant, content) => importTeam(database, tenant, content),
    backup: (path) => database.backup(resolve(path)),
    close: () => {
      closing ??= database.close()
      return closing
    },
  }
}

export function openDatabase(
  databaseUrl: string,
  { onNotice = () => {}, now = () => new Date(), mustExist = false, migrations = MIGRATIONS }: StoreOptions = {},
): Promise<Database> {
  if (/^postgres(ql)?:/.test(databaseUrl)) return openPostgres(databaseUrl, { migrations, onNotice })
  return openSqlite(sqlitePath(databaseUrl), { migrations, now, mustExist, onNotice })
}

function sqlitePath(databaseUrl: string): string {
  const path = /^sqlite:(.+)$/.exec(databaseUrl.trim())?.[1]
  // The address itself could hold a password.
  if (path === undefined) throw new UserError(`DATABASE_URL has a form that Cairn doesn't know: ${FORMS}`)
  if (path === MEMORY) return path
  // What others write as sqlite:///absolute/file; two slashes would name a host.
  if (/^\/\/[^/]/.test(path)) throw new UserError(`DATABASE_URL names a file with two slashes before it: ${FORMS}`)
  return resolve(path.replace(/^\/\/(?=\/)/, ''))
}
