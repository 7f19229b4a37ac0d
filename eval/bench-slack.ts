/** How soon Cairn acknowledges and answers in Slack under load: the whole service in a process of its own, beside a server that stands for Slack. */
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { messageOf } from '../src/shared/errors.ts'
import { settingsFor } from '../src/slack/testing/slack-bot.ts'
import { type SlackServer, startSlackServer } from '../src/slack/testing/slack-server.ts'
import { startCairn } from '../src/testing/cairn-process.ts'

export interface SlackLoad {
  mode: 'socket' | 'http'
  perSecond: number
  seconds: number
  questions: readonly string[]
}

export interface SlackFigures {
  commands: number
  mentions: number
  /** Milliseconds, ascending. */
  acks: number[]
  /** From sending to what the person sees first. */
  firstReplies: number[]
  lost: number
  doubled: number
  faults: string[]
}

const PEOPLE = Array.from({ length: 200 }, (_, i) => `U${1000 + i}`)
const CHANNELS = Array.from({ length: 20 }, (_, i) => `C${1000 + i}`)
const MENTIONS_A_SECOND = 5
const LOOK_MS = 5
const AFTER_MS = 60_000

export async function loadSlack({ mode, perSecond, seconds, questions }: SlackLoad): Promise<SlackFigures> {
  const directory = await mkdtemp(join(tmpdir(), 'cairn-bench-'))
  const manifest = JSON.parse(await readFile(join(import.meta.dirname, '..', 'manifest.json'), 'utf8'))
  const workspaces = [{ id: 'T1', users: PEOPLE.map((id) => ({ id })), channels: CHANNELS.map((id) => ({ id })) }]
  const server = await startSlackServer({ manifest, mode, workspaces })
  const cairn = startCairn([], { directory, env: { ...settingsFor(server, mode), LOG_LEVEL: 'warn' } })
  try {
    const [, address] = await cairn.wrote(/Cairn is at (\S+)/)
    server.setRequestUrl(`${address}/slack/events`)
    await server.until(() => mode === 'http' || server.connections > 0, AFTER_MS)
    return await run(server, { perSecond, seconds, questions })
  } finally {
    await cairn.kill()
    await server.close()
    await rm(directory, { recursive: true, force: true })
  }
}

async function run(server: SlackServer, { perSecond, seconds, questions }: Pick<SlackLoad, 'perSecond' | 'seconds' | 'questions'>): Promise<SlackFigures> {
  const asked = new Map(PEOPLE.map((id) => [id, [] as number[]]))
  const seen = new Map(PEOPLE.map((id) => [id, 0]))
  const firstReplies: number[] = []
  const look = () => {
    const now = performance.now()
    for (const id of PEOPLE) {
      const replies = server.ephemeralFor(id).length
      const sent = asked.get(id) as number[]
      for (let n = seen.get(id) as number; n < replies; n++) if (sent[n] !== undefined) firstReplies.push(now - (sent[n] as number))
      seen.set(id, replies)
    }
  }
  const looking = setInterval(look, LOOK_MS)
  const pending: Promise<unknown>[] = []
  const refused: unknown[] = []
  const mentions: { channel: string; ts: string }[] = []
  const started = performance.now()
  const commands = perSecond * seconds
  for (let i = 0; i < commands; i++) {
    const due = started + (i * 1000) / perSecond
    if (due > performance.now()) await wait(due - performance.now())
    const id = PEOPLE[i % PEOPLE.length] as string
    const channel = CHANNELS[i % CHANNELS.length] as string
    const question = questions[i % questions.length] as string
    ;(asked.get(id) as number[]).push(performance.now())
    pending.push(
      server
        .user(id)
        .command(channel, '/maturity', i % 2 === 0 ? `ask ${question}` : 'help')
        .catch((error: unknown) => refused.push(error)),
    )
    if (i % Math.round(perSecond / MENTIONS_A_SECOND) === 0) mentions.push({ channel, ts: server.user(id).mention(channel, question).ts })
  }
  await Promise.all(pending)
  const answersTo = ({ channel, ts }: { channel: string; ts: string }) => server.messagesIn(channel, { thread: ts }).length - 1
  const isAnswered = () => firstReplies.length >= commands && mentions.every((mention) => answersTo(mention) > 0)
  const limit = performance.now() + AFTER_MS
  while (!isAnswered() && performance.now() < limit) await wait(LOOK_MS)
  await wait(1_000)
  look()
  clearInterval(looking)
  const replies = PEOPLE.map((id) => server.ephemeralFor(id).length - (asked.get(id) as number[]).length)
  const threads = mentions.map((mention) => answersTo(mention) - 1)
  const all = [...replies, ...threads]
  return {
    commands,
    mentions: mentions.length,
    acks: server.ackTimes(),
    firstReplies: firstReplies.sort((a, b) => a - b),
    lost: all.filter((more) => more < 0).reduce((sum, more) => sum - more, 0),
    doubled: all.filter((more) => more > 0).reduce((sum, more) => sum + more, 0),
    faults: [...server.nothingWrong(), ...refused.map(messageOf)],
  }
}
