/** Very many digests that are due at one minute, sent to a Slack that keeps its limits, by two processes of which one is killed again and again. */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { setTimeout as wait } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { chanceOf } from '../../../assessments/testing/crash-random.ts'
import { WEEKDAYS } from '../../../digests/schedule.ts'
import { type SlackServer, startSlackServer } from '../../../slack/testing/slack-server.ts'
import { openStore } from '../../../store/open-store.ts'

export interface ManyDigests {
  /** An empty database. */
  databaseUrl: string
  /** Each to a channel of its own. */
  digests: number
  kills: number
  /** When is killed follows from it. */
  seed: number
  /** What a killed process had begun is another's only after minutes: whether the clocks are put forward then, or everybody waits. */
  clock: 'put forward' | 'as it is'
  timeIsUp?: () => boolean
  say?: (line: string) => void
}

export interface ManyDigestsResult {
  kills: number
  seconds: number
  /** What Slack's limits allow at best. */
  leastSeconds: number
  posts: number
  /** Of the posts: those that Slack refused since they were too many. */
  limited: number
  /** Looks for a message that may have arrived. */
  looks: number
  missing: number
  doubled: number
  /** What a well-behaved app would not have done, and what the processes complained of. */
  faults: readonly string[]
}

const TENANT = 'slack:T1'
const PROGRAM = fileURLToPath(new URL('./sending-process.ts', import.meta.url))
/** As the server has it, and Slack's documentation for this method. */
const A_MINUTE = 600
const LOOK_MS = 20
const SAID_S = 60
/** Slack does not answer at once: there is always something on its way. */
const DELAY_MS = 100
/** Of those that are sent: after that what is left may be gone before somebody is killed. */
const LAST_KILL = 0.6
/** Longer than anything stays taken. */
const FORWARD_MS = 200_000

export async function sendMany({ databaseUrl, digests, kills, seed, clock, timeIsUp = () => false, say = () => {} }: ManyDigests): Promise<ManyDigestsResult> {
  const chance = chanceOf(seed)
  const channels = Array.from({ length: digests }, (_, i) => ({ id: `C${100_000 + i}`, members: ['U1'] }))
  await prepare(databaseUrl, channels)
  const server = await startSlackServer({ limits: true, workspaces: [{ id: 'T1', users: [{ id: 'U1' }], channels }] })
  server.delay(DELAY_MS)
  const complaints: string[] = []
  const start = () => startSending([databaseUrl, server.apiUrl, server.botToken()], complaints)
  let [first, second] = [start(), start()]
  try {
    await Promise.all([first.ready, second.ready])
    const started = performance.now()
    const seconds = () => (performance.now() - started) / 1000
    let done = 0
    let isForward = false
    const killAt = Array.from({ length: kills }, () => 1 + chance.below(Math.floor(digests * LAST_KILL))).sort((a, b) => a - b)
    let said = 0
    while (messagesIn(server) < digests && !timeIsUp()) {
      if (done < kills && messagesIn(server) >= (killAt[done] as number)) {
        await second.kill()
        done++
        second = start()
        await second.ready
      }
      if (clock === 'put forward' && done === kills && !isForward && first.isIdle()) {
        await putForward([first, second])
        isForward = true
      }
      if (seconds() - said > SAID_S) {
        said = seconds()
        say(`${messagesIn(server)} of ${digests} after ${Math.round(said)} s, ${done} kills`)
      }
      await wait(LOOK_MS)
    }
    const took = seconds()
    // What would come twice comes within that time.
    if (clock === 'put forward') await putForward([first, second])
    await Promise.all([first.idle(), second.idle()])
    const posts = server.calls.filter(({ method }) => method === 'chat.postMessage')
    const counts = [...server.world.workspaces.values()].flatMap((workspace) => [...workspace.channels.values()].map(({ messages }) => messages.length))
    return {
      kills: done,
      seconds: took,
      leastSeconds: Math.max(0, (digests - A_MINUTE) / (A_MINUTE / 60)),
      posts: posts.length,
      limited: posts.filter(({ answered }) => answered === '429').length,
      looks: server.calls.filter(({ method }) => method === 'conversations.history').length,
      missing: counts.filter((count) => count === 0).length,
      doubled: counts.filter((count) => count > 1).length,
      faults: [...server.nothingWrong(), ...complaints],
    }
  } finally {
    await Promise.all([first.kill(), second.kill()])
    await server.close()
  }
}

/** Only while nobody is sending: what is on its way would be somebody else's at once. */
async function putForward(processes: readonly Sending[]): Promise<void> {
  await Promise.all(processes.map((each) => each.idle()))
  for (const each of processes) each.putForward()
}

function messagesIn(server: SlackServer): number {
  return server.calls.filter(({ method, answered }) => method === 'chat.postMessage' && answered === 'ok').length
}

async function prepare(databaseUrl: string, channels: readonly { id: string }[]): Promise<void> {
  const store = await openStore(databaseUrl)
  const due = new Date(Date.now() - 60_000).toISOString()
  const before = new Date(Date.parse(due) - 60_000).toISOString()
  await store.assessments.saveTeam(TENANT, { id: 'payments', name: 'Payments', createdAt: before })
  for (const { id } of channels) {
    await store.digests.createDigest(TENANT, {
      id: `digest-${id}`,
      kind: 'weekly',
      teams: ['payments'],
      to: { kind: 'place', place: id },
      schedule: { kind: 'weekly', every: 1, weekdays: [...WEEKDAYS], time: due.slice(11, 16), zone: 'UTC', anchor: before.slice(0, 10) },
      sendWhenEmpty: false,
      createdBy: 'U1',
      createdAt: before,
      dealtWithUntil: before,
    })
  }
  await store.close()
}

interface Sending {
  ready: Promise<void>
  /** It has found nothing to do at least once. */
  isIdle(): boolean
  /** Resolves when it has found nothing to do from now on. */
  idle(): Promise<void>
  putForward(): void
  kill(): Promise<void>
}

function startSending(args: readonly string[], complaints: string[]): Sending {
  const child: ChildProcess = spawn(process.execPath, [PROGRAM, ...args], { stdio: ['pipe', 'pipe', 'pipe'] })
  const closed = once(child, 'close')
  const ready = Promise.withResolvers<void>()
  let ticks = 0
  let aheadMs = 0
  child.stdin?.on('error', () => {})
  child.stderr?.setEncoding('utf8').on('data', (text: string) => complaints.push(text))
  if (child.stdout !== null) {
    createInterface({ input: child.stdout }).on('line', (line) => {
      if (line === 'ready') ready.resolve()
      else ticks++
    })
  }
  closed.then(() => ready.reject(new Error(`the process ended: ${complaints.join('')}`)))
  ready.promise.catch(() => {})
  const isAlive = () => child.exitCode === null && child.signalCode === null
  return {
    ready: ready.promise,
    isIdle: () => ticks > 0,
    async idle() {
      // One may have begun before.
      const enough = ticks + 2
      while (ticks < enough) {
        if (!isAlive()) throw new Error(`the process ended: ${complaints.join('')}`)
        await wait(LOOK_MS)
      }
    },
    putForward() {
      aheadMs += FORWARD_MS
      child.stdin?.write(`${aheadMs}\n`)
    },
    async kill() {
      if (isAlive()) child.kill('SIGKILL')
      await closed
    },
  }
}
