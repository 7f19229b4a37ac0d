import { describe, expect, it } from 'vitest'
import type { Action } from '../../assessments/records.ts'
import { DeliveryError } from '../exchange.ts'
import { createResults, type Results } from '../results/create-results.ts'
import { createTeam } from '../results/testing/assess.ts'
import { eachOverEngine } from '../testing/over-engine.ts'
import { refusal } from '../testing/refusal.ts'
import { createTestDeps, type TestDeps } from '../testing/test-deps.ts'
import { pressOf, TENANT, textOf } from '../testing/test-platform.ts'
import { type ActionReminders, createActionReminders } from './action-reminders.ts'

let deps: TestDeps
let reminders: ActionReminders
let results: Results
// A Monday. Ada (U1) is in Berlin, Bob (U2) in New York, Cleo (U3) in Kolkata.
eachOverEngine(
  (engine) => createTestDeps(engine, { now: '2026-03-02T06:00:00.000Z' }),
  async (fresh) => {
    deps = fresh
    reminders = createActionReminders(deps)
    results = createResults(deps)
    await createTeam(deps, 'payments', ['U1', 'U2', 'U3'], { name: 'Payments' })
    await createTeam(deps, 'search', ['U1'], { name: 'Search' })
  },
)

const records = () => deps.database.assessments
const add = (id: string, due: string, more: Partial<Action> = {}): Promise<Action> =>
  records().createAction(TENANT, {
    id,
    team: 'payments',
    model: 'kmm',
    section: 'security',
    passage: 'kmm/security/3',
    text: `Step ${id}.`,
    owner: 'U1',
    due,
    createdBy: 'U2',
    createdAt: '2026-02-01T09:00:00.000Z',
    ...more,
  })
const change = async (id: string, to: Partial<Action>) => {
  const { [id]: action } = Object.fromEntries((await records().actions(TENANT, 'payments')).map((each) => [each.id, each]))
  await records().changeAction(TENANT, { ...(action as Action), ...to })
}
const reminded = () => deps.platform.shown.filter(({ key }) => key?.startsWith('action-reminder:'))
/** Whom it reminds. */
const tickAt = async (now: string, by = reminders) => {
  const before = reminded().length
  deps.setNow(now)
  await by.tick()
  return reminded()
    .slice(before)
    .map(({ to }) => to.replace('D-', ''))
    .toSorted()
}
const lastText = () => textOf(deps.platform.last())
/** At ten in Berlin. */
const on = (day: string) => `${day}T09:00:00.000Z`
const press = (label: string, person: string) => {
  const { on, with: args } = pressOf(deps.platform.last(), label)
  return results.presses[on]?.(deps.platform.exchange({ person, place: { id: `D-${person}`, kind: 'personal' } }), args ?? {})
}

describe('a reminder of an action', () => {
  it('comes on the day it is due, and once more when it is a week overdue', async () => {
    await add('a', '2026-03-04')
    expect(await tickAt(on('2026-03-03'))).toEqual([])
    expect(await tickAt(on('2026-03-04'))).toEqual(['U1'])
    expect(lastText()).toContain('An action of yours is due.\nDue today. Step a. (Payments) [Done]\n[Change] [Actions] [Mute reminders]')
    for (const day of ['04', '05', '06', '09', '10']) expect(await tickAt(`2026-03-${day}T13:00:00.000Z`)).toEqual([])
    expect(await tickAt(on('2026-03-11'))).toEqual(['U1'])
    expect(lastText()).toContain('An action of yours is overdue.\nOverdue. Step a. (Payments, by 4 Mar 2026)')
    for (const day of ['11', '12', '18', '19', '25']) expect(await tickAt(`2026-03-${day}T13:00:00.000Z`)).toEqual([])
  })

  it('comes in the working hours of the one who has it', async () => {
    for (const person of ['U1', 'U2', 'U3']) await add(person, '2026-03-04', { owner: person })
    expect(await tickAt('2026-03-04T03:29:00.000Z')).toEqual([])
    // Nine in Kolkata, Berlin, New York.
    expect(await tickAt('2026-03-04T03:30:00.000Z')).toEqual(['U3'])
    expect(await tickAt('2026-03-04T07:59:00.000Z')).toEqual([])
    expect(await tickAt('2026-03-04T08:00:00.000Z')).toEqual(['U1'])
    expect(await tickAt('2026-03-04T13:59:00.000Z')).toEqual([])
    expect(await tickAt('2026-03-04T14:00:00.000Z')).toEqual(['U2'])
  })

  it('by the calendar of the one who has it, also where another day has begun', async () => {
    deps.platform.people.set('U2', { id: 'U2', name: 'Bob', timezone: 'Pacific/Auckland', isAdmin: false, isBot: false })
    await add('a', '2026-03-05', { owner: 'U2' })
    // Nine in the morning of the fifth there.
    expect(await tickAt('2026-03-04T19:59:00.000Z')).toEqual([])
    expect(await tickAt('2026-03-04T20:00:00.000Z')).toEqual(['U2'])
    expect(lastText()).toContain('Due today. ')
  })

  it('of what is due on a weekend comes on the Friday before it, and the second one after the weekend', async () => {
    await add('a', '2026-03-07')
    expect(await tickAt(on('2026-03-05'))).toEqual([])
    expect(await tickAt(on('2026-03-06'))).toEqual(['U1'])
    expect(lastText()).toContain('Due on 7 Mar 2026. Step a.')
    for (const day of ['07', '08', '09', '13', '14', '15']) expect(await tickAt(on(`2026-03-${day}`))).toEqual([])
    expect(await tickAt(on('2026-03-16'))).toEqual(['U1'])
  })

  it('is one a day, of all that is due, whatever team it is of', async () => {
    await add('b', '2026-03-04')
    await add('a', '2026-02-25')
    await add('of search', '2026-03-04', { team: 'search' })
    await add('later', '2026-03-05')
    await add('of Bob', '2026-03-04', { owner: 'U2' })
    await add('some day', '2026-03-04').then(({ due: _, ...action }) => records().changeAction(TENANT, action))
    expect(await tickAt(on('2026-03-04'))).toEqual(['U1'])
    const text = lastText()
    expect(text).toContain('3 actions of yours are due or overdue.')
    expect([...text.matchAll(/Step ([^.]+)\. \((.*)\) \[Done\]/g)].map(([, id, where]) => [id, where])).toEqual([
      ['a', 'Payments, by 25 Feb 2026'],
      ['b', 'Payments'],
      ['of search', 'Search'],
    ])
    expect(text).toContain('[Change who or when] [Actions of Payments] [Actions of Search] [Mute reminders]')
    await add('new', '2026-03-04')
    expect(await tickAt('2026-03-04T10:00:00.000Z')).toEqual([])
    expect(await tickAt(on('2026-03-05'))).toEqual(['U1'])
    expect(lastText()).toContain('5 actions of yours are due or overdue.')
  })

  it('stays short where very much is due', async () => {
    for (let n = 10; n < 40; n++) await add(`${n}`, '2026-03-04')
    await tickAt(on('2026-03-04'))
    expect(lastText().match(/Due today/g)).toHaveLength(10)
    expect(lastText()).toContain('30 actions of yours are due.')
    expect(lastText()).toContain('And 20 more.')
  })

  it('that could not be sent on its day is made up for, but nothing old is dug up', async () => {
    await add('a', '2026-03-04')
    await add('old', '2026-02-10')
    expect(await tickAt(on('2026-03-06'))).toEqual(['U1'])
    expect(lastText()).toContain('2 actions of yours are overdue.')
    expect(await tickAt(on('2026-03-09'))).toEqual([])
    await change('a', { doneAt: on('2026-03-09') })
    for (const day of ['10', '11', '12']) expect(await tickAt(on(`2026-03-${day}`))).toEqual([])
  })

  it('comes again where the day was changed, or somebody else has it now', async () => {
    await add('a', '2026-03-04')
    expect(await tickAt(on('2026-03-04'))).toEqual(['U1'])
    await change('a', { due: '2026-03-06' })
    expect(await tickAt(on('2026-03-05'))).toEqual([])
    expect(await tickAt(on('2026-03-06'))).toEqual(['U1'])
    await change('a', { owner: 'U3' })
    expect(await tickAt(on('2026-03-09'))).toEqual(['U3'])
  })

  it('does not come to who has muted reminders; a button does that', async () => {
    await add('a', '2026-03-04')
    await add('b', '2026-03-05')
    await tickAt(on('2026-03-04'))
    expect(pressOf(deps.platform.last(), 'Mute reminders')).toEqual({ on: 'round.mute' })
    await deps.store.saveSetting(TENANT, 'person', 'U1', 'reminders', 'muted')
    expect(await tickAt(on('2026-03-05'))).toEqual([])
    await deps.store.saveSetting(TENANT, 'person', 'U1', 'reminders', 'on')
    expect(await tickAt(on('2026-03-06'))).toEqual(['U1'])
  })

  it('does not come to names that the platform does not know, to apps, to who left the team, and of what is in no chat', async () => {
    deps.platform.people.set('UBOT', { id: 'UBOT', name: 'Helper', isAdmin: false, isBot: true })
    await records().savePerson(TENANT, { id: 'Somebody', name: 'Somebody' })
    await records().savePerson(TENANT, { id: 'UBOT', name: 'Helper' })
    for (const owner of ['Somebody', 'UBOT']) await records().addMember(TENANT, 'payments', owner)
    for (const owner of ['Somebody', 'UBOT', 'Nobody at all', 'U2']) await add(owner, '2026-03-04', { owner })
    await records().removeMember(TENANT, 'payments', 'U2')
    await records().saveTeam('local', { id: 'payments', name: 'Payments', createdAt: '2026-02-01T09:00:00.000Z' })
    await records().savePerson('local', { id: 'U1', name: 'Ada', timezone: 'Europe/Berlin' })
    await records().addMember('local', 'payments', 'U1')
    await records().createAction('local', { ...(await add('a', '2026-03-04', { owner: 'U3' })), owner: 'U1' })
    expect(await tickAt('2026-03-04T15:00:00.000Z')).toEqual([])
    expect(await tickAt('2026-03-05T05:00:00.000Z')).toEqual(['U3'])
    expect(deps.logged).toEqual([])
  })

  it('does not come of what is done or deleted, or to who is deleted, also at the last moment', async () => {
    for (const id of ['done', 'deleted']) await add(id, '2026-03-04')
    await add('last', '2026-03-04', { owner: 'U3' })
    await change('done', { doneAt: on('2026-03-03') })
    await records().removeAction(TENANT, 'deleted')
    expect(await tickAt('2026-03-04T05:00:00.000Z')).toEqual(['U3'])
    expect(await tickAt(on('2026-03-04'))).toEqual([])

    await add('a', '2026-03-05')
    await add('b', '2026-03-05')
    const { claimDelivery } = deps.store
    Object.assign(deps.store, {
      claimDelivery: async (...args: Parameters<typeof claimDelivery>) => {
        await change('a', { doneAt: on('2026-03-05') })
        return claimDelivery(...args)
      },
    })
    expect(await tickAt(on('2026-03-05'))).toEqual(['U1'])
    expect(lastText()).not.toContain('Step a.')
    Object.assign(deps.store, {
      claimDelivery: async (...args: Parameters<typeof claimDelivery>) => {
        await records().deletePerson(TENANT, 'U3')
        return claimDelivery(...args)
      },
    })
    await add('c', '2026-03-06', { owner: 'U3' })
    expect(await tickAt('2026-03-06T05:00:00.000Z')).toEqual([])
    expect(await tickAt('2026-03-06T06:00:00.000Z')).toEqual([])
  })

  it('reaches all others when one can’t be reached, who is tried again', async () => {
    await add('a', '2026-03-04')
    await add('b', '2026-03-04', { owner: 'U3' })
    deps.platform.failures.push(new DeliveryError('later', 'busy'))
    expect(await tickAt(on('2026-03-04'))).toEqual(['U3'])
    expect(await tickAt('2026-03-04T09:00:20.000Z')).toEqual([])
    expect(await tickAt('2026-03-04T09:01:00.000Z')).toEqual(['U1'])
    await add('c', '2026-03-05', { owner: 'U3' })
    deps.platform.failures.push(new DeliveryError('gone', 'blocked'))
    expect(await tickAt(on('2026-03-05'))).toEqual([])
    expect(await tickAt('2026-03-05T10:00:00.000Z')).toEqual([])
    expect(await tickAt(on('2026-03-06'))).toEqual(['U3'])
    expect(deps.logged.filter(({ level }) => level === 'error')).toEqual([])
  })

  it('reaches five hundred people within seconds, and then costs next to nothing', async () => {
    for (let n = 0; n < 500; n++) {
      const id = `P${n}`
      deps.platform.people.set(id, { id, name: id, timezone: 'Europe/Berlin', isAdmin: false, isBot: false })
      await createTeam(deps, `team of ${id}`, [id])
      await add(id, '2026-03-04', { owner: id, team: `team of ${id}` })
    }
    const began = performance.now()
    expect(await tickAt(on('2026-03-04'))).toHaveLength(500)
    expect(performance.now() - began).toBeLessThan(20_000)
    const again = performance.now()
    for (const at of [on('2026-03-04'), on('2026-03-05')]) expect(await tickAt(at)).toEqual([])
    expect(performance.now() - again).toBeLessThan(5_000)
  }, 60_000)

  it('comes once from two processes', async () => {
    for (const owner of ['U1', 'U3']) await add(owner, '2026-03-04', { owner })
    deps.setNow(on('2026-03-04'))
    const other = createActionReminders(deps)
    await Promise.all([reminders.tick(), other.tick(), reminders.tick()])
    await tickAt('2026-03-04T09:05:00.000Z', other)
    expect(
      reminded()
        .map(({ to }) => to)
        .toSorted(),
    ).toEqual(['D-U1', 'D-U3'])
  })

  it.each([
    ['minutes later', '2026-03-04T09:03:00.000Z'],
    ['the next day', on('2026-03-05')],
  ])('comes once where a process ended before it could write down that it sent one, and another looks %s', async (_, at) => {
    await add('a', '2026-03-04')
    const key = 'action-reminder:U1:2026-03-04'
    await deps.store.claimDelivery(TENANT, key, on('2026-03-04'), '2026-03-04T09:02:00.000Z')
    await deps.messenger(TENANT).post(TENANT, { kind: 'person', person: 'U1' }, { summary: 'It came through.', blocks: [] }, key)
    expect(await tickAt(at)).toEqual([])
    expect((await deps.store.delivery(TENANT, key))?.state).toBe('sent')
    expect(await tickAt(on('2026-03-06'))).toEqual([])
  })

  it('comes where a process ended before it could send one', async () => {
    await add('a', '2026-03-04')
    await deps.store.claimDelivery(TENANT, 'action-reminder:U1:2026-03-04', on('2026-03-04'), '2026-03-04T09:02:00.000Z')
    expect(await tickAt('2026-03-04T09:01:00.000Z')).toEqual([])
    expect(await tickAt('2026-03-04T09:03:00.000Z')).toEqual(['U1'])
    await add('b', '2026-03-05')
    await deps.store.claimDelivery(TENANT, 'action-reminder:U1:2026-03-05', on('2026-03-05'), '2026-03-05T09:02:00.000Z')
    expect(await tickAt(on('2026-03-06'))).toEqual(['U1'])
  })
})

describe('in a reminder of actions', () => {
  const standing = async (id: string) =>
    (await deps.assessments.actions.list({ tenant: TENANT, team: 'payments' }, { done: true })).find((each) => each.id === id)?.standing

  it('one is ticked off, and the others stay where they are', async () => {
    await add('a', '2026-03-04')
    await add('b', '2026-03-04')
    await tickAt(on('2026-03-04'))
    await press('Done', 'U1')
    expect(await standing('a')).toBe('done')
    expect(await standing('b')).toBe('due')
    expect(deps.platform.shown.at(-1)).toMatchObject({ how: 'whisper' })
    expect(lastText()).toMatch(/^Done: Step a\./)
  })

  it('one gets another day or owner', async () => {
    await add('a', '2026-03-04')
    await tickAt(on('2026-03-04'))
    await press('Change', 'U1')
    expect(deps.platform.forms.at(-1)).toMatchObject({ submit: { on: 'action.change', with: { team: 'payments', action: 'a' } } })
  })

  it('one that is somebody else’s by now is left alone, and so is one of a team that was left', async () => {
    await add('a', '2026-03-04')
    await tickAt(on('2026-03-04'))
    await change('a', { owner: 'U2' })
    for (const label of ['Done', 'Change']) expect(await refusal(press(label, 'U1') ?? Promise.resolve())).toContain('not yours any more')
    await change('a', { owner: 'U1' })
    await records().removeMember(TENANT, 'payments', 'U1')
    expect(await refusal(press('Done', 'U1') ?? Promise.resolve())).toContain('members only')
    expect(await standing('a')).not.toBe('done')
    expect(deps.platform.forms).toEqual([])
  })
})
