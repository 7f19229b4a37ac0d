/** How soon Cairn answers Microsoft and people in Teams under load: the whole service in a process of its own, beside a server that stands for Microsoft. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { startTeamsServer, type TeamsServer } from '../src/teams/testing/teams-server.ts'
import { startCairn } from '../src/testing/cairn-process.ts'

export interface TeamsLoad {
  perSecond: number
  seconds: number
  questions: readonly string[]
}

export interface TeamsFigures {
  activities: number
  /** Milliseconds until the platform has its response, ascending. */
  responses: number[]
  /** Until the person sees something. */
  firstReplies: number[]
  lost: number
  doubled: number
  faults: string[]
}

const LOOK_MS = 5
const AFTER_MS = 60_000

/** Each person writes once, so that each reply belongs to one message. */
export async function loadTeams({ perSecond, seconds, questions }: TeamsLoad): Promise<TeamsFigures> {
  const people = Array.from({ length: perSecond * seconds }, (_, i) => `p${i}`)
  const directory = await mkdtemp(join(tmpdir(), 'cairn-bench-'))
  const server = await startTeamsServer({ tenants: [{ key: 'T1', users: people.map((key) => ({ key })), teams: [], groups: [] }] })
  const cairn = startCairn([], { directory, env: { ...server.settings, LOG_LEVEL: 'warn' } })
  try {
    const [, address] = await cairn.wrote(/Cairn is at (\S+)/)
    server.setMessagingEndpoint(`${address}/api/messages`)
    return await run(server, people, { perSecond, questions })
  } finally {
    await cairn.kill()
    await server.close()
    await rm(directory, { recursive: true, force: true })
  }
}

async function run(
  server: TeamsServer,
  people: readonly string[],
  { perSecond, questions }: Pick<TeamsLoad, 'perSecond' | 'questions'>,
): Promise<TeamsFigures> {
  const waiting = new Map<string, number>()
  const firstReplies: number[] = []
  const repliesTo = (person: string) => server.dm(person).slice(1)
  const look = () => {
    for (const [person, sent] of waiting) {
      if (repliesTo(person).length === 0) continue
      firstReplies.push(performance.now() - sent)
      waiting.delete(person)
    }
  }
  const looking = setInterval(look, LOOK_MS)
  const started = performance.now()
  for (const [i, person] of people.entries()) {
    const due = started + (i * 1000) / perSecond
    if (due > performance.now()) await wait(due - performance.now())
    waiting.set(person, performance.now())
    server.user(person).dm(i % 2 === 0 ? (questions[i % questions.length] as string) : 'help')
  }
  const limit = performance.now() + AFTER_MS
  while (waiting.size > 0 && performance.now() < limit) await wait(LOOK_MS)
  await server.settled()
  await wait(2_000)
  clearInterval(looking)
  const doubled = people.filter((person) => {
    const said = repliesTo(person).map(({ activity: { text, attachments } }) => JSON.stringify([text, attachments]))
    return new Set(said).size < said.length
  })
  return {
    activities: people.length,
    responses: server.ackTimes(),
    firstReplies: firstReplies.sort((a, b) => a - b),
    lost: waiting.size,
    doubled: doubled.length,
    faults: server.nothingWrong(),
  }
}
