import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { UserError } from '../shared/errors.ts'
import { type Actions, type Actor, createActions, standingOf } from './actions.ts'
import { createSmallTeam, type SmallTeam, TENANT } from './testing/small-team.ts'

let team: SmallTeam
let actions: Actions
beforeEach(async () => {
  team = await createSmallTeam()
  actions = createActions({ store: team.store, corpus: () => team.corpus.now, now: () => team.clock.now, newId: team.newId })
})
afterEach(() => team.close())

const BEDS: Actor = { tenant: TENANT, team: 'beds' }
const ANA = { ...BEDS, person: 'ana' }
const STEP = { model: 'garden', section: 'soil', passage: 'garden/soil/2', text: 'Everybody does soil well at 2.' }
const refusal = async (attempt: Promise<unknown>) => {
  const error = await attempt.catch((thrown: unknown) => thrown)
  expect(error).toBeInstanceOf(UserError)
  return (error as UserError).message
}

describe('a step', () => {
  it('becomes an action of the team', async () => {
    const action = await actions.create(ANA, STEP)
    expect(action).toMatchObject({ ...STEP, team: 'beds', createdBy: 'ana', createdAt: '2026-03-02T09:00:00.000Z' })
    expect(await actions.list(BEDS)).toEqual([{ ...action, standing: 'open' }])
    expect(await actions.list({ ...BEDS, team: 'ponds' })).toEqual([])
  })

  it('becomes one action, also when it is pressed twice, until that one is done', async () => {
    const both = await Promise.all([actions.create(ANA, STEP), actions.create({ ...ANA, person: 'ben' }, STEP)])
    expect(both[0]).toEqual(both[1])
    const [{ id }] = both
    await actions.done(BEDS, id)
    expect((await actions.create(ANA, STEP)).id).not.toBe(id)
  })

  it('must be a sentence of its passage, letter for letter', async () => {
    for (const wrong of [{ text: 'Wire me the money.' }, { text: 'everybody does soil well at 2.' }, { passage: 'garden/none/2' }, { model: 'pond' }]) {
      expect(await refusal(actions.create(ANA, { ...STEP, ...wrong }))).toContain('is no sentence of')
    }
    expect(await refusal(actions.create({ ...ANA, team: 'nowhere' }, STEP))).toContain('no such team')
  })
})

describe('an action', () => {
  it('has an owner from the team, or none', async () => {
    const { id } = await actions.create(ANA, STEP)
    expect(await actions.assign(BEDS, id, 'ben')).toMatchObject({ owner: 'ben' })
    expect(await refusal(actions.assign(BEDS, id, 'stranger'))).toContain('only a member')
    expect(await actions.assign(BEDS, id, undefined)).not.toHaveProperty('owner')
    expect(await refusal(actions.assign({ ...BEDS, team: 'ponds' }, id, undefined))).toContain('no such action')
    expect(await refusal(actions.assign({ ...BEDS, tenant: 'other' }, id, undefined))).toContain('no such action')
  })

  it('has a due date that is a day, today or later', async () => {
    const { id } = await actions.create(ANA, STEP)
    for (const wrong of ['2026-02-30', 'tomorrow', '2026-3-9', '2026-13-01', '2026-03-09T10:00:00Z', '']) {
      expect(await refusal(actions.setDue(BEDS, id, wrong))).toContain('is not a day')
    }
    expect(await refusal(actions.setDue(BEDS, id, '2026-03-01'))).toContain('has passed')
    expect(await actions.setDue(BEDS, id, '2026-03-02')).toMatchObject({ due: '2026-03-02' })
    expect(await actions.setDue(BEDS, id, undefined)).not.toHaveProperty('due')
  })

  it('goes by the day where the person lives', async () => {
    const { id } = await actions.create(ANA, STEP)
    team.clock.now = new Date('2026-03-02T20:00:00Z')
    expect(await refusal(actions.setDue({ ...BEDS, timezone: 'Pacific/Auckland' }, id, '2026-03-02'))).toContain('has passed')
    expect(await actions.setDue({ ...BEDS, timezone: 'America/New_York' }, id, '2026-03-02')).toMatchObject({ due: '2026-03-02' })
    expect(await actions.setDue({ ...BEDS, timezone: 'Nowhere/None' }, id, '2026-03-03')).toMatchObject({ due: '2026-03-03' })
    const standing = async (timezone: string) => (await actions.list({ ...BEDS, timezone }))[0]?.standing
    team.clock.now = new Date('2026-03-04T03:00:00Z')
    expect([await standing('Europe/Berlin'), await standing('America/New_York')]).toEqual(['overdue', 'due'])
  })

  it('is shown until it is done, and again when it is reopened', async () => {
    const { id } = await actions.create(ANA, STEP)
    const done = await actions.done(BEDS, id)
    expect(done).toMatchObject({ doneAt: '2026-03-02T09:00:00.000Z' })
    team.clock.now = new Date('2026-03-05T09:00:00Z')
    expect(await actions.done(BEDS, id)).toEqual(done)
    expect(await actions.list(BEDS)).toEqual([])
    expect(await actions.list(BEDS, { done: true })).toMatchObject([{ id, standing: 'done' }])
    expect(await actions.reopen(BEDS, id)).not.toHaveProperty('doneAt')
    expect(await actions.list(BEDS)).toHaveLength(1)
    await actions.remove(BEDS, id)
    expect(await actions.list(BEDS)).toEqual([])
    expect(await refusal(actions.remove(BEDS, id))).toContain('no such action')
  })

  it('keeps both of two changes at once', async () => {
    const { id } = await actions.create(ANA, STEP)
    await Promise.all([actions.assign(BEDS, id, 'ben'), actions.setDue(BEDS, id, '2026-03-09'), actions.done(BEDS, id)])
    expect(await actions.list(BEDS, { done: true })).toMatchObject([{ owner: 'ben', due: '2026-03-09', standing: 'done' }])
  })
})

it.each([
  [undefined, 'open'],
  ['2026-03-01', 'overdue'],
  ['2026-03-02', 'due'],
  ['2026-03-09', 'due'],
  ['2026-03-10', 'open'],
] as const)('due %s is %s on 2 March', (due, standing) => {
  expect(standingOf(due === undefined ? {} : { due }, '2026-03-02')).toBe(standing)
})
