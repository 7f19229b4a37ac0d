/** The process is killed at any moment and started again over the same database: what Slack was told is taken on is answered, once. */
import { readFile } from 'node:fs/promises'
import { setTimeout as wait } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type CairnProcess, startCairn } from '../testing/cairn-process.ts'
import { createTemporaryDirectory, type TemporaryDirectory } from '../testing/temporary-directory.ts'
import { repliesTo, shownIn, workspaceFor } from './testing/conversation.ts'
import { QUESTION } from './testing/conversation-asking.ts'
import { createRandom } from './testing/conversation-random.ts'
import { settingsFor } from './testing/slack-bot.ts'
import { type SlackServer, startSlackServer } from './testing/slack-server.ts'
import type { SlackMessage } from './testing/world.ts'

const KILLS = 4
const EACH = { mentions: 20, directs: 10, commands: 10, presses: 10 }
const CASTS = 10
const EVERY_MS = 220
/** A process is taken for gone after ten seconds without a sign. */
const TAKEN_UP_MS = 60_000

describe.each([
  ['socket', 7],
  ['http', 11],
] as const)('killed at random moments, by %s', (mode, seed) => {
  const random = createRandom(seed)
  let server: SlackServer
  let directory: TemporaryDirectory
  let cairn: CairnProcess
  const err: string[] = []

  const start = async () => {
    cairn = startCairn(['serve'], { directory: directory.path, env: settingsFor(server, mode) })
    const [, url = ''] = await cairn.wrote(/listening at (http:\/\/[\d.:]+)/)
    server.setRequestUrl(`${url}/slack/events`)
    await cairn.wrote(/"ready"/)
  }
  const kill = async () => {
    await cairn.kill()
    err.push(cairn.out(), cairn.err())
  }
  beforeAll(async () => {
    directory = await createTemporaryDirectory()
    const manifest = JSON.parse(await readFile(new URL('../../manifest.json', import.meta.url), 'utf8'))
    // What is not acknowledged comes again for as long as a restart takes.
    server = await startSlackServer({ manifest, mode, workspaces: [workspaceFor(CASTS)], times: { retryDelaysMs: [100, 2_000, 6_000], ackMs: 3_000 } })
    await start()
  }, 120_000)
  afterAll(async () => {
    await kill()
    await server.close()
    await directory.remove()
  })

  it('each acknowledged event is answered exactly once, what only one person sees at least once', async () => {
    const person = (at: number) => server.user(`U${at % CASTS}P${Math.floor(at / CASTS) % 5}`)
    const channel = (at: number) => `C${at % CASTS}IN`
    const first = server.user('U0P0').mention('C0IN', QUESTION)
    const pressable = await server.until(() => repliesTo({ server }, first)[0], 20_000)

    const asked: SlackMessage[] = []
    const told = new Map<string, number>()
    const promised: Promise<void>[] = []
    /** Who does it is told something, if it was taken. */
    const alone = (id: string, work: () => Promise<void>) =>
      promised.push(
        work().then(
          () => void told.set(id, (told.get(id) ?? 0) + 1),
          () => {},
        ),
      )
    const doings = [
      ...Array.from({ length: EACH.mentions }, (_, i) => () => void asked.push(person(i).mention(channel(i), QUESTION))),
      ...Array.from({ length: EACH.directs }, (_, i) => () => void asked.push(person(i).dm(QUESTION))),
      ...Array.from({ length: EACH.commands }, (_, i) => () => alone(person(i).id, () => person(i).command(channel(i), '/maturity', `ask ${QUESTION}`))),
      ...Array.from({ length: EACH.presses }, (_, i) => () => alone(`U0P${i % 5}`, () => server.user(`U0P${i % 5}`).press(pressable, 'Helpful'))),
    ]
    const order = random.shuffled(doings)
    const killing = (async () => {
      for (let kills = 0; kills < KILLS; kills++) {
        await wait(400 + random.below(1_600))
        await kill()
        await start()
      }
    })()
    for (const act of order) {
      act()
      await wait(EVERY_MS)
    }
    await killing
    await Promise.all(promised)
    await server.settled()

    const taken = (message: SlackMessage) =>
      server.deliveries.some(
        ({ kind, payload, attempts }) =>
          kind === 'events_api' && attempts.some(({ ackMs }) => ackMs !== undefined) && (payload.event as { ts?: string }).ts === message.ts,
      )
    const answered = () => asked.filter(taken).every((message) => repliesTo({ server }, message).length > 0)
    const heard = () =>
      [...told].every(([id, least]) => server.ephemeralFor(id).length + server.dm(id).filter(({ thread_ts }) => thread_ts === undefined).length >= least)
    await server.until(() => answered() && heard(), TAKEN_UP_MS)
    expect(asked.filter(taken).length).toBeGreaterThan(asked.length / 2)

    // What comes once more is known.
    const events = server.deliveries.filter(({ kind, attempts }) => kind === 'events_api' && attempts.some(({ ackMs }) => ackMs !== undefined))
    await Promise.all(events.map((delivery) => server.redeliver(delivery)))
    const last = server.user('U0P0').mention('C0IN', QUESTION)
    await server.until(() => repliesTo({ server }, last)[0], 20_000)
    await wait(2_500)

    for (const message of asked) {
      const replies = server.messagesIn(message.channel, { thread: message.ts }).filter(({ bot_id }) => bot_id !== undefined)
      expect(replies.length, `answers to ${message.ts} in ${message.channel}`).toBe(taken(message) ? 1 : replies.length > 0 ? 1 : 0)
      for (const reply of replies) expect(shownIn(reply)).toMatch(/\[1\] .+: “[^”]+”/)
      for (const reply of replies) expect(reply.streaming_state ?? 'completed').toBe('completed')
    }
    expect(server.nothingWrong()).toEqual([])
    expect([...err, cairn.out(), cairn.err()].join('')).not.toMatch(/"level":50|UnhandledPromise|xoxb-|security at level/)
  }, 180_000)
})
