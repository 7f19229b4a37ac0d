/**
 * A process that sends the digests of a database to Slack until somebody ends it: `node sending-process.ts DATABASE_URL API_URL BOT_TOKEN`.
 * A line of standard input says by how many milliseconds its clock is ahead; one of standard output, that everything it could do was done.
 */
import { randomUUID } from 'node:crypto'
import { createInterface } from 'node:readline'
import { setTimeout as wait } from 'node:timers/promises'
import { pino } from 'pino'
import { createSlack } from '../../../slack/create-slack.ts'
import { openStore } from '../../../store/open-store.ts'
import { plainReply } from '../../reply.ts'
import { createDigestRunner } from '../run-digests.ts'
import { NEWS } from './sending-world.ts'

const TICK_MS = 200

const [databaseUrl, apiUrl, botToken] = process.argv.slice(2) as [string, string, string]
let ahead = 0
const now = () => new Date(Date.now() + ahead)
const log = pino({ level: 'warn' }, pino.destination(2))
/** That Slack wants it slower is no complaint. */
const slackLog = log.child({}, { level: 'error' })
const store = await openStore(databaseUrl)
const config = { appToken: 'xapp-unused', signingSecret: undefined, apiUrl, workspaces: { kind: 'one', botToken } } as const
const { messenger } = createSlack({ config, store, newId: randomUUID, now, log: slackLog })
const runner = createDigestRunner({
  digests: store.digests,
  store: store.chat,
  assessments: { store },
  messenger: () => messenger,
  mayTell: async () => true,
  now,
  log,
  compose: async ({ digest, period, late, now: at }) => ({ digest, period, late, at: at.toISOString(), teams: [], items: [NEWS] }),
  render: ({ digest }) => plainReply(`Digest ${digest.id}`, ...Array.from({ length: 5 }, (_, i) => `Line ${i + 2} says what is due and who has it.`)),
})

createInterface({ input: process.stdin }).on('line', (line) => {
  ahead = Number(line)
})
process.stdout.write('ready\n')
for (;;) {
  await runner.tick()
  process.stdout.write('done\n')
  await wait(TICK_MS)
}
