/** Files to keep: every snapshot as CSV, and everything of the team as JSON for those whose answers are in it. */
import type { Team } from '../../assessments/records.ts'
import { resultsCsv } from '../../assessments/results-csv.ts'
import type { Exchange } from '../exchange.ts'
import type { ChatDeps } from '../feature.ts'
import { plainReply } from '../reply.ts'
import { mayChange } from '../teams/access.ts'
import { fileName } from './file-name.ts'

export async function sendExport(exchange: Exchange, team: Team, deps: Pick<ChatDeps, 'assessments' | 'directory' | 'store'>): Promise<void> {
  const { who } = exchange
  const { assessments } = deps
  await exchange.working('is writing the files')
  const result = await assessments.results.results(who.tenant, team.id)
  const csv = resultsCsv(result)
  await exchange.sendFile({
    name: fileName(`${team.name} results`, 'csv'),
    type: 'text/csv; charset=utf-8',
    title: `${team.name}: results`,
    content: () => csv,
  })

  // Answers of single people are in it, also in their own words.
  if (!(await mayChange(who, team, deps)))
    return exchange.whisper(plainReply(`The results of ${team.name} as CSV. Everything of the team as JSON is for its people.`))
  const open = (await assessments.rounds.list(who.tenant, team.id, who.person)).find(({ state }) => state === 'open')
  if (open !== undefined)
    return exchange.whisper(
      plainReply(
        `The results of ${team.name} as CSV. Everything of the team as JSON: once the round “${open.name}” has closed, for its answers are private until then.`,
      ),
    )
  const content = `${JSON.stringify(await assessments.store.exportTeam(who.tenant, team.id), null, 2)}\n`
  await exchange.sendFile({
    name: fileName(team.name, 'json'),
    type: 'application/json; charset=utf-8',
    title: `${team.name}: everything`,
    content: () => content,
  })
  await exchange.whisper(plainReply(`The results of ${team.name} as CSV, and everything of the team as JSON.`))
}
