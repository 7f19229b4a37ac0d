/** Very many digests that are due at one minute, over both databases, while the processes that send them are killed: each is to arrive once, about as fast as Slack allows. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type ManyDigests, sendMany } from '../src/chat/digests/testing/send-many.ts'
import { startPostgres } from '../src/testing/postgres-server.ts'

export interface DigestSoak {
  /** On SQLite; a fifth of them on PostgreSQL. */
  digests: number
  seed: number
  timeIsUp(): boolean
  say(line: string): void
}

const KILLS = 10
const POSTGRES_SHARE = 5
/** Of the time that Slack's limits allow at best. */
const MOST_TIMES_LEAST = 1.5
/** In a short run all waits for what a killed process had begun: another's after three minutes. */
const RECOVERY_S = 200

/** @returns whether all was as promised */
export async function soakDigests({ digests, seed, timeIsUp, say }: DigestSoak): Promise<boolean> {
  const directory = await mkdtemp(join(tmpdir(), 'cairn-soak-'))
  const postgres = await startPostgres()
  const soak = async (name: string, settings: Pick<ManyDigests, 'databaseUrl' | 'digests' | 'kills'>) => {
    say(`${settings.digests} digests on ${name}, 2 processes, ${settings.kills} kills, seed ${seed}`)
    const result = await sendMany({ ...settings, seed, clock: 'as it is', timeIsUp, say: (line) => say(`  ${line}`) })
    const { kills, seconds, leastSeconds, posts, limited, looks, missing, doubled, faults } = result
    const isInTime = seconds <= Math.max(leastSeconds * MOST_TIMES_LEAST, leastSeconds + RECOVERY_S)
    say(`  ${kills} kills; ${missing} missing, ${doubled} doubled, ${faults.length} faults`)
    say(
      `  ${seconds.toFixed(0)} s; Slack’s limits allow ${leastSeconds.toFixed(0)} s at best${leastSeconds > 0 ? `, so it took ${(seconds / leastSeconds).toFixed(2)} times as long` : ''}`,
    )
    say(`  ${posts} posts, of which ${limited} were refused as too many; ${looks} looks for a message that might have arrived`)
    for (const fault of faults.slice(0, 20)) say(`  ${fault}`)
    if (missing > 0 && timeIsUp()) say('  the time was up before all were sent: give it more minutes (what a killed process had begun waits for three)')
    return missing + doubled + faults.length === 0 && kills === settings.kills && isInTime
  }
  try {
    const onPostgres = await soak('PostgreSQL', {
      databaseUrl: await postgres.createDatabase('digests'),
      digests: Math.ceil(digests / POSTGRES_SHARE),
      kills: KILLS / 2,
    })
    const onSqlite = await soak('SQLite', { databaseUrl: `sqlite:${join(directory, 'digests.db')}`, digests, kills: KILLS })
    return onPostgres && onSqlite
  } finally {
    await postgres.stop()
    await rm(directory, { recursive: true, force: true })
  }
}
