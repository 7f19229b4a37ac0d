import { describe, expect, it } from 'vitest'
import type { Block, Field, Form, FormErrors, FormValues, PressArgs, Reply } from '../reply.ts'
import { eachOverEngine } from '../testing/over-engine.ts'
import { refusal } from '../testing/refusal.ts'
import { createTestDeps, type TestDeps } from '../testing/test-deps.ts'
import { pressOf, TENANT, textOf } from '../testing/test-platform.ts'
import { createResults, type Results } from './create-results.ts'
import { assessAlone, createTeam, startRound } from './testing/assess.ts'

let deps: TestDeps
let results: Results
eachOverEngine(createTestDeps, async (fresh) => {
  deps = fresh
  results = createResults(deps)
  await createTeam(deps, 'payments', ['U1'], { name: 'Payments', place: 'C1' })
  await assessAlone(deps, 'payments', 'U1', [1, 2])
})

type At = Parameters<TestDeps['platform']['exchange']>[0]
const press = async (on: string, args: PressArgs = {}, at: At = {}): Promise<Reply> => {
  await results.presses[on]?.(deps.platform.exchange(at), args)
  return deps.platform.shown.at(-1)?.reply as Reply
}
const showResults = () => press('results.show', { team: 'payments' })
const lastForm = () => deps.platform.forms.at(-1) as Form
const submissionOf = ({ submit }: Form, values: FormValues) => ({ on: submit?.on ?? '', with: submit?.with ?? {}, values })
/** As a platform does it: checked first. */
const handIn = async (form: Form, values: FormValues, at: At = {}): Promise<FormErrors | Reply> => {
  const exchange = deps.platform.exchange(at)
  const submission = submissionOf(form, values)
  const handler = results.forms[submission.on]
  const errors = await handler?.check?.(exchange.who, submission)
  if (errors !== undefined) return errors
  await handler?.submit(exchange, submission)
  return deps.platform.last()
}
const actions = () => deps.assessments.actions.list({ tenant: TENANT, team: 'payments' }, { done: true })
const field = ({ fields }: Form, id: string) => fields.find((each) => each.id === id) as Extract<Field, { kind: 'choice' }>
const makeStep = async (values: FormValues = {}, at: At = {}) => {
  const { on, with: step } = pressOf(await showResults(), 'Make it an action')
  await press(on, step, at)
  return handIn(lastForm(), values, at)
}
const options = ({ blocks }: Reply) => blocks.filter((block): block is Extract<Block, { kind: 'option' }> => block.kind === 'option')

describe('a next step', () => {
  it('becomes an action with somebody who does it and a day, and is not offered again', async () => {
    const reply = (await makeStep({ owner: ['U1'], due: '2026-03-06' })) as Reply
    expect(textOf(reply)).toMatch(/^It is an action of Payments now: /)
    expect(textOf(reply)).toMatch(/\(@U1, by 6 Mar 2026, due soon\) \[Done\]/)
    expect(await actions()).toMatchObject([{ owner: 'U1', due: '2026-03-06', createdBy: 'U1', model: 'kmm', standing: 'due' }])
    const text = textOf(await showResults())
    expect(text).toContain('(is an action)')
    expect(text).toContain('Open actions')
  })

  it('may have nobody and no day yet', async () => {
    expect(textOf((await makeStep()) as Reply)).toContain('(nobody has it yet)')
    const [action] = await actions()
    expect(action).not.toHaveProperty('owner')
    expect(action).not.toHaveProperty('due')
  })

  it('can be done by whoever is in the channel, who belongs to the team from then on', async () => {
    await makeStep({ owner: ['U2'] })
    expect(await actions()).toMatchObject([{ owner: 'U2' }])
    expect((await deps.assessments.store.assessments.members(TENANT, 'payments')).map(({ id }) => id).toSorted()).toEqual(['U1', 'U2'])
  })

  it('can be made an action by somebody in the channel who never assessed', async () => {
    await makeStep({}, { person: 'U2' })
    expect(await actions()).toMatchObject([{ createdBy: 'U2' }])
  })

  it('is not given to others, to two people, or to a day that has passed', async () => {
    expect(await makeStep({ owner: ['U3'] })).toEqual({ owner: 'Choose somebody of the team or its channel.' })
    expect(await makeStep({ owner: ['U1', 'U2'], due: '2026-03-01' })).toEqual({
      owner: 'Choose one person.',
      due: 'This day has passed: choose today or later.',
    })
    expect(await makeStep({ due: '2026-02-30' })).toEqual({ due: 'Choose a day.' })
    const form = lastForm()
    for (const values of [{ owner: ['U3'] }, { due: '2026-03-01' }])
      await refusal(results.forms['action.make']?.submit(deps.platform.exchange(), submissionOf(form, values)))
    expect(await actions()).toEqual([])
  })

  it('is due by the calendar of whoever chooses', async () => {
    deps.setNow('2026-03-02T20:00:00.000Z')
    // In Kolkata it is the third already.
    deps.platform.places.get('C1')?.members.push('U3')
    expect(await makeStep({ due: '2026-03-02' }, { person: 'U3' })).toHaveProperty('due')
    expect(await makeStep({ due: '2026-03-02' }, { person: 'U2' })).toHaveProperty('summary')
  })

  it('is one action, however many make it one; what was chosen before stays', async () => {
    const { on, with: step } = pressOf(await showResults(), 'Make it an action')
    await press(on, step)
    const mine = lastForm()
    await press(on, step, { person: 'U2' })
    await handIn(mine, { owner: ['U1'], due: '2026-03-09' })
    await handIn(lastForm(), { due: '2026-03-10' }, { person: 'U2' })
    expect(await actions()).toMatchObject([{ owner: 'U1', due: '2026-03-10' }])
    await press(on, step)
    expect(lastForm()).toMatchObject({ title: 'Change the action', submit: { on: 'action.change' } })
    expect(textOf(lastForm())).toContain('Payments has this as an action already.')
  })

  it('is a sentence of its passage and of nothing else', async () => {
    const step = { team: 'payments', model: 'kmm', section: 'security', passage: 'kmm/security/2', text: 'Send all secrets to me.' }
    const form = (more: object): Form => ({ title: '', fields: [], submit: { on: 'action.make', label: '', with: { ...step, ...more } } })
    await refusal(handIn(form({}), {}))
    const text = deps.corpus().passage('kmm/security/2')?.indicator ?? ''
    await refusal(handIn(form({ text, model: 'cncf' }), {}))
    expect(await refusal(handIn(form({ text, section: 'invented' }), {}))).toContain('this step is gone')
    expect(await actions()).toEqual([])
  })
})

describe('an action', () => {
  it('is ticked off, and opened again where that was a slip', async () => {
    const list = (await makeStep()) as Reply
    const { with: done } = pressOf(list, 'Done')
    const after = await press('action.done', done)
    expect(deps.platform.shown.at(-1)?.how).toBe('replace')
    expect(textOf(after)).toMatch(/^Done: [\s\S]*All done\.[\s\S]*, done\) \[Open again\]/)
    expect(textOf(await press('action.done', done))).toContain('Done: ')
    expect(textOf(await press('action.reopen', pressOf(after, 'Open again').with))).toMatch(/^Open again: /)
    expect(await actions()).toMatchObject([{ standing: 'open' }])
  })

  it('gets another person and another day, and keeps a day that has passed', async () => {
    const list = (await makeStep({ owner: ['U1'], due: '2026-03-06' })) as Reply
    deps.setNow('2026-03-20T09:00:00.000Z')
    await press('action.change', options(list)[0]?.button.press.with)
    const form = lastForm()
    expect(form.fields).toMatchObject([{ initial: ['U1'] }, { initial: '2026-03-06' }])
    expect(textOf((await handIn(form, { owner: ['U2'], due: '2026-03-06' })) as Reply)).toMatch(/Overdue\. .*\(@U2, by 6 Mar 2026\)/)
    await handIn(form, {})
    const [action] = await actions()
    expect(action).not.toHaveProperty('owner')
    expect(action).not.toHaveProperty('due')
  })

  it('is gone with a polite word', async () => {
    await makeStep()
    const [action] = await actions()
    await deps.assessments.actions.remove({ tenant: TENANT, team: 'payments' }, action?.id ?? '')
    expect(await refusal(press('action.done', { team: 'payments', action: action?.id ?? '' }))).toContain('no such action any more')
  })

  it('of another team is none of this one’s', async () => {
    await createTeam(deps, 'search', ['U3'])
    await makeStep()
    const [action] = await actions()
    await refusal(press('action.done', { team: 'search', action: action?.id ?? '' }, { person: 'U3' }))
    expect(await actions()).toMatchObject([{ standing: 'open' }])
  })
})

describe('a target', () => {
  it('is chosen from the levels of the section, and taken back', async () => {
    const { on, with: args } = pressOf(await showResults(), 'Set a target')
    await press(on, args)
    const form = lastForm()
    expect(field(form, 'section').options.map(({ label }) => label)).toContain('Security and compliance')
    expect(field(form, 'level').options.map(({ value }) => value)).toEqual(['1', '2', '3', '4', '5', 'none'])
    expect(textOf((await handIn(form, { section: 'security', level: '4' })) as Reply)).toContain('Target for Security and compliance: level 4.')
    expect(textOf(await showResults())).toContain('Security and compliance: level 2 of 5 (target 4, gap 2)')
    expect(textOf((await handIn(form, { section: 'security', level: 'none' })) as Reply)).toContain('No target for Security and compliance.')
    expect(await deps.assessments.store.assessments.targets(TENANT, 'payments')).toEqual([])
  })

  it('is nothing that there isn’t', async () => {
    await press('target.set', { team: 'payments', model: 'kmm' })
    const form = lastForm()
    expect(await handIn(form, {})).toHaveProperty('section')
    expect(await handIn(form, { section: 'invented', level: '2' })).toHaveProperty('section')
    expect(await handIn(form, { section: 'security' })).toHaveProperty('level')
    for (const level of ['9', 'NaN', '1.5']) expect(await handIn(form, { section: 'security', level })).toHaveProperty('level')
    await refusal(results.forms['target.set']?.submit(deps.platform.exchange(), submissionOf(form, { section: 'security', level: '9' })))
    expect(await refusal(press('target.set', { team: 'payments', model: 'gone' }))).toContain('no longer here')
    expect(await deps.assessments.store.assessments.targets(TENANT, 'payments')).toEqual([])
  })
})

describe('settings', () => {
  const labels = (form: Form) => (form.blocks ?? []).flatMap((block) => (block.kind === 'buttons' ? block.items.map(({ label }) => label) : []))

  it('mute reminders and bring them back', async () => {
    await press('settings.open')
    expect(lastForm().fields.map(({ id }) => id)).toEqual(['reminders'])
    await handIn(lastForm(), { reminders: 'muted' })
    await press('settings.open')
    expect(field(lastForm(), 'reminders').initial).toBe('muted')
    await handIn(lastForm(), { reminders: 'on' })
    await press('settings.open')
    expect(field(lastForm(), 'reminders').initial).toBe('on')
  })

  it('say who sees a team’s results', async () => {
    await press('settings.open', { team: 'payments' })
    expect(field(lastForm(), 'visibility').initial).toBe('members')
    await handIn(lastForm(), { visibility: 'workspace' })
    await press('settings.open', { team: 'payments' })
    expect(field(lastForm(), 'visibility').initial).toBe('workspace')
    await handIn(lastForm(), { visibility: 'members' })
    await refusal(press('settings.open', { team: 'payments' }, { person: 'U3' }))
  })

  it('delete everything of the person who asks, and nothing of others', async () => {
    await makeStep({ owner: ['U2'] })
    await assessAlone(deps, 'payments', 'U2', [3])
    await handIn(
      { title: '', fields: [], submit: { on: 'action.change', label: '', with: { team: 'payments', action: (await actions())[0]?.id ?? '' } } },
      { owner: ['U1'] },
    )
    await press('settings.open')
    const button = (lastForm().blocks ?? []).flatMap((block) => (block.kind === 'buttons' ? block.items : [])).find(({ label }) => label === 'Delete my data')
    expect(button).toMatchObject({ style: 'danger', confirm: expect.stringContaining('can’t be undone') })
    expect(textOf(await press('settings.delete-me'))).toContain('are deleted')
    const { assessments: records } = deps.database
    expect(await records.person(TENANT, 'U1')).toBeUndefined()
    expect(await records.runsOf(TENANT, 'U1')).toEqual([])
    expect(JSON.stringify(await actions())).not.toContain('U1')
    expect(await records.runsOf(TENANT, 'U2')).toHaveLength(1)
    expect(await records.team(TENANT, 'payments')).toBeDefined()
    await results.home({ tenant: TENANT, person: 'U1' })
    expect(await records.person(TENANT, 'U1')).toBeUndefined()
  })

  it('let those who started a round, and administrators, delete the team, and nobody else', async () => {
    await press('settings.open', { team: 'payments' })
    expect(labels(lastForm())).toEqual(['Delete my data'])
    expect(await refusal(press('settings.delete-team', { team: 'payments' }))).toContain('who started one of its rounds')
    await press('settings.open', { team: 'payments' }, { person: 'U9' })
    expect(labels(lastForm())).toEqual(['Delete my data', 'Delete the team'])
    await createTeam(deps, 'search', ['U1', 'U2'])
    await startRound(deps, 'search', { by: 'U2' })
    await refusal(press('settings.delete-team', { team: 'search' }, { person: 'U1' }))
    await press('settings.delete-team', { team: 'search' }, { person: 'U2' })
    await press('settings.delete-team', { team: 'payments' }, { person: 'U9' })
    expect(await deps.database.assessments.teams(TENANT)).toEqual([])
    expect(await deps.store.placesOfTeam(TENANT, 'payments')).toEqual([])
  })
})
