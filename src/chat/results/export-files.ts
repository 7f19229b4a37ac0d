/** Files to keep: every snapshot as CSV, and everything of the team as JSON for those whose answers are in it. */
import type { Team } from '../../assessments/records.ts'
import { resultsCsv } from '../../assessments/results-csv.ts'
import { UserError } from '../../shared/errors.ts'
import type { Exchange, SentFile, Who } from '../exchange.ts'
import type { ChatDeps } from '../feature.ts'
import { plainReply } from '../reply.ts'
import { mayChange } from '../teams/access.ts'
import { fileName } from './file-name.ts'

type Deps = Pick<ChatDeps, 'assessments' | 'directory' | 'store'>

export async function sendExport(exchange: Exchange, team: Team, deps: Deps): Promise<void> {
  const { who } = exchange
  await exchange.working('is writing the files')
  await exchange.sendFile(await csvOf(who, team, deps))
  const withheld = await whyNoJson(who, team, deps)
  if (withheld !== undefined) return exchange.whisper(plainReply(`The results of ${team.name} as CSV. ${withheld}`))
  await exchange.sendFile(await jsonOf(who, team, deps))
  await exchange.whisper(plainReply(`The results of ${team.name} as CSV, and everything of the team as JSON.`))
}

/** One of them once more, without a word. @throws UserError when it is not for the person, or not for anybody by now */
export async function sendAgain(exchange: Exchange, team: Team, kind: 'csv' | 'json', deps: Deps): Promise<void> {
  const { who } = exchange
  if (kind === 'csv') return exchange.sendFile(await csvOf(who, team, deps))
  const withheld = await whyNoJson(who, team, deps)
  if (withheld !== undefined) throw new UserError(withheld)
  await exchange.sendFile(await jsonOf(who, team, deps))
}

async function csvOf({ tenant }: Who, { id, name }: Team, { assessments }: Deps): Promise<SentFile> {
  const csv = resultsCsv(await assessments.results.results(tenant, id))
  return {
    name: fileName(`${name} results`, 'csv'),
    type: 'text/csv; charset=utf-8',
    title: `${name}: results`,
    content: () => csv,
    again: { on: 'results.file', with: { team: id, file: 'csv' } },
  }
}

async function jsonOf({ tenant }: Who, { id, name }: Team, { assessments }: Deps): Promise<SentFile> {
  const content = `${JSON.stringify(await assessments.store.exportTeam(tenant, id), null, 2)}\n`
  return {
    name: fileName(name, 'json'),
    type: 'application/json; charset=utf-8',
    title: `${name}: everything`,
    content: () => content,
    again: { on: 'results.file', with: { team: id, file: 'json' } },
  }
}

/** Answers of single people are in it, also in their own words. */
async function whyNoJson(who: Who, team: Team, deps: Deps): Promise<string | undefined> {
  if (!(await mayChange(who, team, deps))) return 'Everything of the team as JSON is for its people.'
  const open = (await deps.assessments.rounds.list(who.tenant, team.id, who.person)).find(({ state }) => state === 'open')
  return open === undefined ? undefined : `Everything of the team as JSON: once the round “${open.name}” has closed, for its answers are private until then.`
}
