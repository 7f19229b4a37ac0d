/** Killed at any moment, Cairn keeps what it has acknowledged. `npm run soak` does the same 200 times. */
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { loadCorpus } from '../corpus/load-corpus.ts'
import type { Corpus } from '../corpus/passage.ts'
import { openDatabase } from '../store/open-store.ts'
import { createTemporaryDirectory, type TemporaryDirectory } from '../testing/temporary-directory.ts'
import { differences, type Kept, readKept } from './testing/crash-check.ts'
import { type Entry, readJournal } from './testing/crash-journal.ts'
import { JOURNAL, runSeries } from './testing/crash-series.ts'

const SEED = 20_261_121
let directories: TemporaryDirectory[]
beforeAll(async () => {
  directories = await Promise.all([createTemporaryDirectory(), createTemporaryDirectory()])
})
afterAll(() => Promise.all(directories.map((directory) => directory.remove())))

const databaseIn = (directory: string) => `sqlite:${join(directory, 'cairn.db')}`

describe('twenty respondents whose process is killed again and again', { timeout: 60_000 }, () => {
  // At the same time, since most of it is waiting for processes to start.
  it.concurrent.each([
    ['one process', 1, 4],
    ['two processes on one file, of which one may go on', 2, 2],
  ])('lose no acknowledged answer, find none doubled and finish every run: %s', async (_, processes, kills) => {
    const directory = directories[processes - 1]?.path as string
    const result = await runSeries({ databaseUrl: databaseIn(directory), directory, seed: SEED + processes, kills, processes })
    expect(result.violations).toEqual([])
    expect(result.kills).toBe(kills)
    expect(result.acknowledged).toBeGreaterThan(20)
    expect(result.recorded).toBeGreaterThanOrEqual(result.acknowledged)
  })
})

describe('the check of what was kept', () => {
  let kept: Kept
  let entries: Entry[]
  let corpus: Corpus
  beforeAll(async () => {
    const directory = directories[0]?.path as string
    const database = await openDatabase(databaseIn(directory))
    kept = await readKept(database)
    await database.close()
    entries = readJournal(join(directory, JOURNAL))
    corpus = (await loadCorpus()).corpus
  })
  const [first, rest] = [() => kept.answers[0] as Kept['answers'][number], () => kept.answers.slice(1)]

  it('finds nothing where nothing is wrong', () => {
    expect(differences(kept, entries, corpus)).toEqual([])
  })

  it.each<[string, RegExp, () => Kept]>([
    ['an answer is missing', /^lost: .* was acknowledged/, () => ({ ...kept, answers: rest() })],
    ['an answer is there twice', /^doubled: /, () => ({ ...kept, answers: [...kept.answers, first()] })],
    ['an answer is there twice under another key', /^nobody pressed /, () => ({ ...kept, answers: [...kept.answers, { ...first(), key: 'other' }] })],
    ['an answer has changed', /is another answer than was pressed/, () => ({ ...kept, answers: [{ ...first(), value: '{"kind":"other"}' }, ...rest()] })],
    ['revisions have a gap', /^the revisions of /, () => ({ ...kept, answers: [{ ...first(), revision: 7 }, ...rest()] })],
    ['a run is missing', /^lost: run /, () => ({ ...kept, runs: kept.runs.slice(1) })],
    ['a run has gone back', /was shown at version/, () => ({ ...kept, runs: kept.runs.map((run) => ({ ...run, version: 1 })) })],
    ['a finished run is open again', /is open$/, () => ({ ...kept, runs: kept.runs.map((run) => ({ ...run, state: 'open' })) })],
    ['a run stands at no question', /is open at nowhere/, () => ({ ...kept, runs: kept.runs.map((run) => ({ ...run, state: 'open', current: 'nowhere' })) })],
  ])('notices that %s', (_, sentence, tampered) => {
    expect(differences(tampered(), entries, corpus)).toContainEqual(expect.stringMatching(sentence))
  })
})
