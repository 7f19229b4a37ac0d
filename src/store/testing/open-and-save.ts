/** A process that opens a database and saves a team: `node open-and-save.ts DATABASE_URL TENANT NAME`. */
import { openStore } from '../open-store.ts'
import { team } from './samples.ts'

const [databaseUrl, tenant, name] = process.argv.slice(2) as [string, string, string]
const store = await openStore(databaseUrl)
await store.assessments.saveTeam(tenant, team(name))
await store.close()
