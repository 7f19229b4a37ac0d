/** What recording an answer promises: once, in order, whole, and only to who has seen the run as it is. */
import { describe, expect, it } from 'vitest'
import { StaleRecordError } from '../../assessments/assessment-store.ts'
import type { Store } from '../open-store.ts'
import { answer, minute, newTenant, OPEN, run } from './samples.ts'

/** @param another a second store on the same database, as another process has it */
export function answersSuite(open: () => Store, another: () => Store): void {
  const start = async (version = 1) => {
    const tenant = await newTenant(open())
    await open().assessments.createRun(tenant, run('run', { version, current: 'a' }))
    return { tenant, assessments: open().assessments }
  }

  describe('recording an answer', () => {
    it('stores it and moves the run on', async () => {
      const { tenant, assessments } = await start()
      const given = answer('run', 'a', {
        said: 'we “scan”\0 all',
        note: 'see wiki',
        value: { kind: 'practices', practices: { 'indellient/x': 'partly' } },
        surface: 'slack',
      })
      const change = { state: 'open', current: 'b', pending: { kind: 'clarification', question: 'b', said: 'hm' } } as const
      const recorded = await assessments.recordAnswer(tenant, given, { key: 'k1', version: 1, change })
      const stored = { ...given, said: 'we “scan” all', revision: 1 }
      const moved = run('run', { current: 'b', pending: change.pending, updatedAt: minute(5), version: 2 })
      expect(recorded).toEqual({ run: moved, answer: stored, repeated: false })
      expect(await assessments.run(tenant, 'run')).toEqual(moved)
      expect(await assessments.answers(tenant, 'run')).toEqual([stored])
    })

    it('keeps every revision, and the last one counts', async () => {
      const { tenant, assessments } = await start(4)
      const levels = [1, 2, 3]
      let version = 4
      for (const [i, level] of levels.entries()) {
        const given = answer('run', i === 1 ? 'b' : 'a', { value: { kind: 'level', level }, answeredAt: minute(i) })
        version = (await assessments.recordAnswer(tenant, given, { key: `k${i}`, version, change: OPEN })).run.version
      }
      const values = (answers: readonly { question: string; revision: number; value: unknown }[]) =>
        answers.map(({ question, revision, value }) => [question, revision, value])
      expect(values(await assessments.answers(tenant, 'run'))).toEqual([
        ['a', 2, { kind: 'level', level: 3 }],
        ['b', 1, { kind: 'level', level: 2 }],
      ])
      expect(values(await assessments.answerHistory(tenant, 'run'))).toEqual([
        ['a', 1, { kind: 'level', level: 1 }],
        ['b', 1, { kind: 'level', level: 2 }],
        ['a', 2, { kind: 'level', level: 3 }],
      ])
      expect((await assessments.answerHistory(tenant, 'run', 'a')).map(({ revision }) => revision)).toEqual([1, 2])

      await assessments.createRun(tenant, run('empty'))
      const several = await assessments.answersOf(tenant, ['empty', 'run', 'none'])
      expect(several).toEqual([[], await assessments.answers(tenant, 'run'), []])
      expect(await assessments.answersOf(tenant, [])).toEqual([])
    })

    it('changes nothing when the same button is pressed twice', async () => {
      const { tenant, assessments } = await start()
      const first = await assessments.recordAnswer(tenant, answer('run', 'a'), { key: 'press', version: 1, change: { state: 'open', current: 'b' } })
      const later = await assessments.recordAnswer(tenant, answer('run', 'b'), { key: 'next', version: 2, change: OPEN })
      const again = await assessments.recordAnswer(tenant, answer('run', 'a', { value: { kind: 'not-sure' } }), { key: 'press', version: 1, change: OPEN })
      expect(again).toEqual({ run: later.run, answer: first.answer, repeated: true })
      expect(await assessments.answerHistory(tenant, 'run')).toEqual([first.answer, later.answer])
    })

    it('takes one of many simultaneous presses of the same button, on two processes', async () => {
      const { tenant } = await start()
      const press = (store: Store) => store.assessments.recordAnswer(tenant, answer('run', 'a'), { key: 'press', version: 1, change: OPEN })
      const recorded = await Promise.all([open(), another(), open(), another(), open(), another()].map(press))
      expect(recorded.filter(({ repeated }) => !repeated)).toHaveLength(1)
      expect(new Set(recorded.map((each) => JSON.stringify([each.run, each.answer]))).size).toBe(1)
      expect(await open().assessments.answerHistory(tenant, 'run')).toHaveLength(1)
    })

    it('takes the same key in another run as another press', async () => {
      const { tenant, assessments } = await start()
      await assessments.createRun(tenant, run('second'))
      for (const id of ['run', 'second']) {
        expect(await assessments.recordAnswer(tenant, answer(id, 'a'), { key: 'press', version: 1, change: OPEN })).toMatchObject({ repeated: false })
      }
    })

    it('lets one of two answers at once through and tells the other', async () => {
      const { tenant, assessments } = await start()
      const give = (store: Store, level: number) =>
        store.assessments.recordAnswer(tenant, answer('run', 'a', { value: { kind: 'level', level } }), { key: `level ${level}`, version: 1, change: OPEN })
      const results = await Promise.allSettled([give(open(), 1), give(another(), 2), give(open(), 3)])
      const won = results.filter((result) => result.status === 'fulfilled')
      expect(won).toHaveLength(1)
      for (const result of results) if (result.status === 'rejected') expect(result.reason).toBeInstanceOf(StaleRecordError)
      expect(await assessments.answerHistory(tenant, 'run')).toEqual(won.map(({ value }) => value.answer))
    })

    it('refuses a button from an older message', async () => {
      const { tenant, assessments } = await start(3)
      for (const version of [1, 2, 4]) {
        await expect(assessments.recordAnswer(tenant, answer('run', 'a'), { key: `v${version}`, version, change: OPEN })).rejects.toThrow(StaleRecordError)
      }
      expect(await assessments.answers(tenant, 'run')).toEqual([])
      expect(await assessments.run(tenant, 'run')).toMatchObject({ version: 3, current: 'a' })
    })

    it.each(['finished', 'abandoned'] as const)('refuses it when the run was %s meanwhile on another surface', async (state) => {
      const { tenant, assessments } = await start()
      await assessments.changeRun(tenant, 'run', 1, { state, ...(state === 'finished' ? { finishedAt: minute(4) } : {}) }, minute(4))
      await expect(assessments.recordAnswer(tenant, answer('run', 'a'), { key: 'k', version: 1, change: OPEN })).rejects.toThrow(StaleRecordError)
      expect(await assessments.run(tenant, 'run')).toMatchObject({ state, version: 2 })
      expect(await assessments.answers(tenant, 'run')).toEqual([])
    })

    it('amends a finished run for who has seen it finished', async () => {
      const { tenant, assessments } = await start()
      const finished = await assessments.recordAnswer(tenant, answer('run', 'a'), {
        key: 'k',
        version: 1,
        change: { state: 'finished', finishedAt: minute(5) },
      })
      const amended = await assessments.recordAnswer(tenant, answer('run', 'a', { answeredAt: minute(9) }), {
        key: 'l',
        version: finished.run.version,
        change: { state: 'finished' },
      })
      expect(amended).toMatchObject({ run: { state: 'finished', finishedAt: minute(5), updatedAt: minute(9) }, answer: { revision: 2 } })
    })

    it('says that a run is gone when it was deleted meanwhile', async () => {
      const { tenant, assessments } = await start()
      await assessments.deletePerson(tenant, 'ana')
      await expect(assessments.recordAnswer(tenant, answer('run', 'a'), { key: 'k', version: 1, change: OPEN })).rejects.toThrow(StaleRecordError)
    })

    it('stores neither the answer nor the change when one of them fails', async () => {
      const { tenant, assessments } = await start()
      const change = { state: null as unknown as 'open' }
      await expect(assessments.recordAnswer(tenant, answer('run', 'a'), { key: 'k', version: 1, change })).rejects.toThrow()
      expect(await assessments.answerHistory(tenant, 'run')).toEqual([])
      expect(await assessments.recordAnswer(tenant, answer('run', 'a'), { key: 'k', version: 1, change: OPEN })).toMatchObject({ repeated: false })
    })

    it('keeps twenty people apart who answer at once', async () => {
      const { tenant } = await start()
      const ids = Array.from({ length: 20 }, (_, i) => `run ${i}`)
      for (const id of ids) await open().assessments.createRun(tenant, run(id))
      await Promise.all(
        ids.map(async (id, i) => {
          const { assessments } = i % 2 === 0 ? open() : another()
          for (let n = 1; n <= 5; n++) await assessments.recordAnswer(tenant, answer(id, `q${n}`), { key: `${n}`, version: n, change: OPEN })
        }),
      )
      const answers = await open().assessments.answersOf(tenant, ids)
      expect(answers.map((each) => each.map(({ question }) => question))).toEqual(ids.map(() => ['q1', 'q2', 'q3', 'q4', 'q5']))
    })
  })
}
