/** A process that records answers until somebody ends it: `node record-until-killed.ts DATABASE_URL TENANT RUN`. Prints the version after each acknowledged one. */
import { openStore } from '../open-store.ts'
import { answer, OPEN } from './samples.ts'

const [databaseUrl, tenant, run] = process.argv.slice(2) as [string, string, string]
const { assessments } = await openStore(databaseUrl)
for (;;) {
  const version = (await assessments.run(tenant, run))?.version ?? 0
  await assessments.recordAnswer(tenant, answer(run, `q${version}`), { key: `${version}`, version, change: OPEN })
  process.stdout.write(`${version}\n`)
}
