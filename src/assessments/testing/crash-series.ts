/** Twenty people answer at once while the processes that they talk to are killed, again and again; then every run is brought to its end. */
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { loadCorpus } from '../../corpus/load-corpus.ts'
import { openDatabase, openStore } from '../../store/open-store.ts'
import { damageOf, differences, readKept } from './crash-check.ts'
import { type CrashProcess, startCrashProcess } from './crash-client.ts'
import { type Journal, openJournal, readJournal } from './crash-journal.ts'
import { CRASH_TEAM, CRASH_TENANT } from './crash-process.ts'
import { type Chance, chanceOf } from './crash-random.ts'
import { anyValue, createRespondent } from './crash-respondent.ts'

export interface Series {
  /** An empty database. */
  databaseUrl: string
  /** An empty one, for what the respondents write down. */
  directory: string
  /** What is pressed and when is killed follow from it; how far the processes come until then does not. */
  seed: number
  kills: number
  /** All on this database; one or more of them are killed at a time. */
  processes: number
  /** Asked before each kill. */
  timeIsUp?: () => boolean
}

export interface SeriesResult {
  /** Of a process or more while people answered. */
  kills: number
  /** Of one that was just opening the database. */
  killsAtStart: number
  runs: number
  /** Answers that respondents have an acknowledgement of. */
  acknowledged: number
  /** Answers that were found in the database, those included that nobody was told of. */
  recorded: number
  /** Presses that were made again after a kill. */
  repeats: number
  /** Whatever was promised and is not so. */
  violations: readonly string[]
}

export const RESPONDENTS = 20
/** Inside the directory of a series. */
export const JOURNAL = 'journal.jsonl'
const LONGEST_MS = 500
const LONGEST_START_MS = 1_500

export async function runSeries({ databaseUrl, directory, seed, kills, processes: count, timeIsUp = () => false }: Series): Promise<SeriesResult> {
  const chance = chanceOf(seed)
  const { corpus } = await loadCorpus()
  const people = Array.from({ length: RESPONDENTS }, (_, i) => `person-${i + 1}`)
  await prepare(databaseUrl, people)
  const written = join(directory, JOURNAL)
  const journal = openJournal(written)
  const respondents = people.map((person) => createRespondent(person, journal, chanceOf(chance.below(2 ** 32))))
  const violations = new Set<string>()

  const check = async () => {
    const database = await openDatabase(databaseUrl)
    try {
      for (const fault of await damageOf(database, databaseUrl.startsWith('sqlite:'))) violations.add(fault)
      const kept = await readKept(database)
      for (const fault of differences(kept, readJournal(written), corpus)) violations.add(fault)
      return kept
    } finally {
      await database.close()
    }
  }

  let processes: CrashProcess[] = []
  let [done, killsAtStart] = [0, 0]
  try {
    while (done < kills && violations.size === 0 && !timeIsUp()) {
      if (chance.happens(0.1)) {
        await killAtStart(databaseUrl, chance)
        killsAtStart++
      }
      processes = await revive(processes, count, databaseUrl)
      // Sometimes the next process meets what the killed one left, sometimes the check does.
      if (done > 0 && chance.happens(0.5)) await check()
      await killWhileAnswering(processes, respondents, chance)
      done++
      if (chance.happens(0.5)) await check()
    }
    processes = await revive(processes, 1, databaseUrl)
    await finishAll(processes[0] as CrashProcess, await check(), journal, chance)
  } finally {
    await Promise.all(processes.map((process) => process.kill()))
    journal.close()
  }

  const { runs, answers } = await check()
  for (const { id, state } of runs) if (state !== 'finished') violations.add(`run ${id} could not be brought to its end: it is ${state}`)
  for (const complaint of respondents.flatMap(({ complaints }) => complaints)) violations.add(complaint)
  const acknowledged = new Set(readJournal(written).flatMap((entry) => (entry.kind === 'recorded' ? [`${entry.run} ${entry.key}`] : [])))
  return {
    kills: done,
    killsAtStart,
    runs: runs.length,
    acknowledged: acknowledged.size,
    recorded: answers.length,
    repeats: respondents.reduce((sum, { repeats }) => sum + repeats(), 0),
    violations: [...violations],
  }
}

async function prepare(databaseUrl: string, people: readonly string[]): Promise<void> {
  const { assessments, close } = await openStore(databaseUrl)
  await assessments.saveTeam(CRASH_TENANT, { id: CRASH_TEAM, name: 'Payments', createdAt: new Date().toISOString() })
  for (const id of people) await assessments.savePerson(CRASH_TENANT, { id, name: id })
  await close()
}

async function revive(processes: readonly CrashProcess[], count: number, databaseUrl: string): Promise<CrashProcess[]> {
  const alive = processes.filter((process) => process.alive())
  const all = [...alive, ...Array.from({ length: Math.max(0, count - alive.length) }, () => startCrashProcess(databaseUrl))]
  await Promise.all(all.map(({ ready }) => ready))
  return all
}

async function killAtStart(databaseUrl: string, chance: Chance): Promise<void> {
  const starting = startCrashProcess(databaseUrl)
  await sleep(chance.below(LONGEST_START_MS))
  await starting.kill()
}

async function killWhileAnswering(
  processes: readonly CrashProcess[],
  respondents: readonly ReturnType<typeof createRespondent>[],
  chance: Chance,
): Promise<void> {
  let stopped = false
  const answering = respondents.map((respondent) => respondent.answerUntil(() => stopped, processes))
  await sleep(chance.below(LONGEST_MS))
  // Of several, some go on and hold their locks meanwhile.
  const victims = processes.filter((_, i) => i === processes.length - 1 || chance.happens(0.5))
  await Promise.all(victims.map((process) => process.kill()))
  stopped = true
  await Promise.all(answering)
}

/** As any surface can: whoever has an open run is shown where it stands and answers what is asked. */
async function finishAll(
  process: CrashProcess,
  { runs }: { runs: readonly { id: string; person: string; state: string }[] },
  journal: Journal,
  chance: Chance,
) {
  for (const { id: run, person } of runs.filter(({ state }) => state !== 'finished')) {
    let turn = await process.turn({ do: 'take', person, run, step: { kind: 'resume' } })
    for (let steps = 0; turn.run.state === 'open' && steps < 100; steps++) {
      const { view } = turn
      if (!('question' in view)) break
      const { version } = turn.run
      const press = { run, key: `finish-${version}`, question: view.question.id, version, value: anyValue(view.question, chance) }
      journal.write({ kind: 'pressed', ...press })
      turn = await process.turn({ do: 'take', person, run, step: { kind: 'answer', ...press } })
      journal.write({ kind: 'recorded', run, key: press.key, version: turn.run.version, repeated: turn.notice === 'already-recorded' })
    }
  }
}
