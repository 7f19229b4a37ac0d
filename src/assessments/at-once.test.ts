/** What happens when the same run is used in several places at the same time: real processes on one database, on both dialects. */
import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openStore, type Store } from '../store/open-store.ts'
import { type PostgresServer, startPostgres } from '../testing/postgres-server.ts'
import { createTemporaryDirectory, type TemporaryDirectory } from '../testing/temporary-directory.ts'
import type { Step } from './conversation.ts'
import type { Surface } from './records.ts'
import { type CrashProcess, startCrashProcess } from './testing/crash-client.ts'
import { CRASH_TEAM, CRASH_TENANT } from './testing/crash-process.ts'
import type { Turn } from './turn.ts'

let directory: TemporaryDirectory | undefined
let server: PostgresServer | undefined
const DIALECTS = {
  SQLite: async () => {
    directory = await createTemporaryDirectory()
    return `sqlite:${join(directory.path, 'cairn.db')}`
  },
  PostgreSQL: async () => {
    server = await startPostgres()
    return server.createDatabase('cairn')
  },
}
afterAll(async () => {
  await directory?.remove()
  await server?.stop()
})

/** Who comes first is not the same each time. */
const TIMES = 8

describe.each(Object.entries(DIALECTS))('two processes at the same time on %s', { timeout: 30_000 }, (_, prepare) => {
  let store: Store
  let one: CrashProcess
  let two: CrashProcess
  beforeAll(async () => {
    const url = await prepare()
    store = await openStore(url)
    await store.assessments.saveTeam(CRASH_TENANT, { id: CRASH_TEAM, name: 'Payments', createdAt: '2026-03-02T09:00:00Z' })
    await store.assessments.savePerson(CRASH_TENANT, { id: 'ada', name: 'Ada' })
    ;[one, two] = [startCrashProcess(url), startCrashProcess(url)]
    await Promise.all([one.ready, two.ready])
  }, 60_000)
  afterAll(async () => {
    await Promise.all([one?.kill(), two?.kill()])
    await store?.close()
  })

  const start = () => one.turn({ do: 'start', person: 'ada', scope: { model: 'kmm', extent: 'quick' } })
  const take = (process: CrashProcess, { run }: Turn, step: Step, surface: Surface = 'web') =>
    process.turn({ do: 'take', person: 'ada', run: run.id, step: { version: run.version, ...step }, surface })
  const press = (process: CrashProcess, shown: Turn, level: number, key: string = randomUUID()) =>
    take(process, shown, { kind: 'answer', question: shown.run.current as string, value: { kind: 'level', level }, key })
  const history = async ({ run }: Turn) =>
    (await store.assessments.answerHistory(CRASH_TENANT, run.id)).map(({ question, value, revision }) => ({ question, value, revision }))
  const each = (what: () => Promise<void>) => Promise.all(Array.from({ length: TIMES }, what))
  const notices = (turns: readonly Turn[]) => turns.map(({ notice }) => notice ?? 'none').sort()

  it('take the same press once; the other is told that it is recorded already, and both show the next question', () =>
    each(async () => {
      const shown = await start()
      const key = randomUUID()
      const turns = await Promise.all([press(one, shown, 2, key), press(two, shown, 2, key)])
      expect(notices(turns)).toEqual(['already-recorded', 'none'])
      expect(turns.map(({ run }) => [run.version, run.current])).toEqual([
        [2, 'architecture'],
        [2, 'architecture'],
      ])
      expect(await history(shown)).toEqual([{ question: 'culture', value: { kind: 'level', level: 2 }, revision: 1 }])
    }))

  it('take one of two different answers to the same question; the other changes nothing and is shown where the run is now', () =>
    each(async () => {
      const shown = await start()
      const turns = await Promise.all([press(one, shown, 1), press(two, shown, 5)])
      expect(notices(turns)).toEqual(['moved-on', 'none'])
      const won = turns[0]?.notice === undefined ? 1 : 5
      expect(await history(shown)).toEqual([{ question: 'culture', value: { kind: 'level', level: won }, revision: 1 }])
      for (const { run, view } of turns) expect([run.version, run.current, view.kind]).toEqual([2, 'architecture', 'question'])
    }))

  it('let either an answer or a pause come first; who comes second changes nothing and is shown that', () =>
    each(async () => {
      const shown = await start()
      const [answered, paused] = await Promise.all([press(one, shown, 3), take(two, shown, { kind: 'pause' })])
      expect(notices([answered, paused])).toEqual(['moved-on', 'none'])
      const recorded = answered.notice === undefined
      expect(await history(shown)).toHaveLength(recorded ? 1 : 0)
      for (const { run } of [answered, paused]) expect([run.version, run.state]).toEqual([2, recorded ? 'open' : 'paused'])
    }))

  it('record a proposal that is confirmed in both once, with the level that was shown', () =>
    each(async () => {
      const shown = await take(one, await start(), { kind: 'text', text: 'Only one admin knows Kubernetes, nobody else was ever trained.' })
      const { view } = shown.view.kind === 'clarification' ? await take(one, shown, { kind: 'text', text: 'It is him alone.' }) : shown
      if (view.kind !== 'proposal') throw new Error(`it is a ${view.kind}`)
      const proposed = await one.turn({ do: 'show', person: 'ada', run: shown.run.id })
      const turns = await Promise.all([take(one, proposed, { kind: 'confirm' }), take(two, proposed, { kind: 'confirm' })])
      expect(turns.filter(({ notice }) => notice === undefined)).toHaveLength(1)
      expect(await history(shown)).toEqual([{ question: 'culture', value: { kind: 'level', level: view.level }, revision: 1 }])
    }))

  it('record two changes of one answer as two revisions, or tell the second that the first was made meanwhile', () =>
    each(async () => {
      const shown = await press(one, await start(), 1)
      const amend = (process: CrashProcess, level: number) =>
        process.turn({
          do: 'amend',
          person: 'ada',
          run: shown.run.id,
          answer: { key: randomUUID(), question: 'culture', value: { kind: 'level', level } },
        })
      const turns = await Promise.all([amend(one, 2), amend(two, 3)])
      const recorded = turns.filter(({ notice }) => notice === undefined)
      expect(turns.filter(({ notice }) => notice === 'moved-on')).toHaveLength(2 - recorded.length)
      expect((await history(shown)).map(({ revision }) => revision)).toEqual([1, ...recorded.map((_, i) => i + 2)])
    }))

  it('carry one run on two surfaces in turn: each goes on from what the other did, and a button of before is out of date', async () => {
    const page = await start()
    const terminal = await take(two, page, { kind: 'text', text: '4' }, 'terminal')
    expect(terminal.run.current).toBe('architecture')
    const stale = await press(one, page, 2)
    expect([stale.notice, stale.run.current]).toEqual(['moved-on', 'architecture'])
    const next = await press(one, stale, 2)
    expect([next.notice, next.run.current]).toEqual([undefined, 'automation'])
    // What is typed has no version: it goes to where the run is.
    const typed = await two.turn({ do: 'take', person: 'ada', run: page.run.id, step: { kind: 'text', text: '3' }, surface: 'terminal' })
    expect(typed.notice).toBeUndefined()
    expect(await history(page)).toEqual([
      { question: 'culture', value: { kind: 'level', level: 4 }, revision: 1 },
      { question: 'architecture', value: { kind: 'level', level: 2 }, revision: 1 },
      { question: 'automation', value: { kind: 'level', level: 3 }, revision: 1 },
    ])
    const given = await store.assessments.answers(CRASH_TENANT, page.run.id)
    expect(given.map(({ surface }) => surface)).toEqual(['terminal', 'web', 'terminal'])
  })

  it('keep a run that is paused on one surface for whoever resumes it on the other', async () => {
    const paused = await take(one, await start(), { kind: 'pause' })
    const turns = await Promise.all([take(one, paused, { kind: 'resume' }), take(two, paused, { kind: 'resume' }, 'terminal')])
    for (const { run, view } of turns) expect([run.state, view.kind]).toEqual(['open', 'question'])
    const next = await press(two, turns[0] as Turn, 2)
    expect(next.run.current).toBe('architecture')
  })
})
