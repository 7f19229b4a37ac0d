import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { openBuiltInEngine, type TestEngine } from '../../testing/built-in-engine.ts'
import { createTeam } from '../results/testing/assess.ts'
import { refusal } from '../testing/refusal.ts'
import { pressOf, TENANT, textOf } from '../testing/test-platform.ts'
import { createDigestsWorld, type DigestsWorld, TEAM } from './testing/digests-world.ts'

let engine: TestEngine
let world: DigestsWorld
beforeAll(async () => {
  engine = await openBuiltInEngine()
}, 60_000)
afterAll(() => engine.close())
beforeEach(async () => {
  world = await createDigestsWorld(engine)
})
afterEach(() => world.close())

const DM = { place: { id: 'D-U1', kind: 'personal' as const } }

describe('a digest in plain words', () => {
  it('is set up at once; the answer says what was understood, with the next three days and the ways back', async () => {
    const reply = await world.say('every other Monday at 9 in Berlin')
    expect(textOf(reply)).toBe(
      [
        'Set up: Payments, every other Monday at 09:00 Berlin time, to #payments. Nothing is sent when nothing is new.',
        'The next three:',
        '- Monday 15 June 2026, 09:00 (Europe/Berlin)',
        '- Monday 29 June 2026, 09:00 (Europe/Berlin)',
        '- Monday 13 July 2026, 09:00 (Europe/Berlin)',
        '[Preview] [Change] [Delete]',
      ].join('\n'),
    )
    expect(world.platform.shown.at(-1)?.how).toBe('whisper')
    expect(await world.all()).toMatchObject([{ kind: 'weekly', teams: [TEAM], to: { kind: 'place', place: 'C1' }, createdBy: 'U1', sendWhenEmpty: false }])
  })

  it('says what it filled in: the clock is the creator’s', async () => {
    const reply = await world.say('weekly', { person: 'U2' })
    expect(textOf(reply)).toContain('No weekday given: Monday. No time given: 09:00. No place given: America/New_York.')
    expect(textOf(reply)).toContain('Monday 15 June 2026, 09:00 (America/New_York)')
  })

  it('of every month tells more', async () => {
    expect(textOf(await world.say('first Tuesday of the month at 10:00'))).toContain(
      'Payments, the longer one, on the first Tuesday of every month at 10:00 Berlin time',
    )
    expect(await world.all()).toMatchObject([{ kind: 'monthly' }])
  })

  it.each([
    ['every monday at 9 to me', { kind: 'person', person: 'U1' }],
    ['every monday at 9 as a direct message', { kind: 'person', person: 'U1' }],
    ['every monday at 9 by DM', { kind: 'person', person: 'U1' }],
    ['every monday at 9 privately', { kind: 'person', person: 'U1' }],
    ['every monday at 9 in this channel', { kind: 'place', place: 'C1' }],
    ['every monday at 9 here', { kind: 'place', place: 'C1' }],
  ])('“%s” goes there', async (words, to) => {
    await world.say(words)
    expect(await world.all()).toMatchObject([{ to, schedule: { weekdays: ['monday'], time: '09:00' } }])
  })

  it.each([
    ['kmm every monday', 'kmm'],
    ['every monday at 9 by the CNCF model', 'cncf'],
    ['every monday about Fairwinds at 9 in London', 'fairwinds'],
    ['every monday', undefined],
  ])('“%s” is about a model', async (words, model) => {
    await world.say(words)
    expect((await world.all())[0]?.model).toBe(model)
  })

  it.each([
    'new every monday',
    'create a digest every monday',
    'add monday at 9',
    'set up a digest on mondays',
    'cron 0 9 * * 1',
    '0 9 * * 1 Europe/Berlin',
  ])('“%s” is one too', async (words) => {
    await world.say(words)
    expect(await world.all()).toMatchObject([{ createdBy: 'U1' }])
  })

  it('goes to another channel only for who is in it', async () => {
    world.platform.places.set('C7', { name: '#platform', members: ['U1'] })
    await world.say('every monday at 9 to <#C7|platform>')
    expect(await world.all()).toMatchObject([{ to: { kind: 'place', place: 'C7' } }])
    expect(await refusal(world.say('every friday at 9 to <#C7|platform>', { person: 'U2' }))).toBe('You are not in that channel: choose one that you are in.')
  })

  it.each([
    ['every 5 minutes', /once a day at most/],
    ['banana', /“banana” can't be read as part of a schedule\. Write for example/],
    ['every monday for Unicorns', /“unicorns” can't be read.* After “for” goes the name of a team of yours\.$/],
    ['tomorrow', /again and again/],
    ['x'.repeat(500), /too long for a schedule/],
    ['every monday at 25:00', /time of day|can't be read/],
  ])('that can’t be read says why, and nothing is made of “%.20s”', async (words, problem) => {
    expect(await refusal(world.say(words))).toMatch(problem)
    expect(await world.all()).toEqual([])
  })

  it('that is delivered twice, or wished for twice, is made once', async () => {
    await world.say('every monday', { key: 'event-1' })
    await world.say('every monday', { key: 'event-1' })
    expect(await world.all()).toHaveLength(1)
    expect(textOf(await world.say('every Monday at 9 in Berlin', { person: 'U2' }))).toMatch(/^There is one like this already: Payments/)
    expect(await world.all()).toHaveLength(1)
  })

  it('warns where the bot is not in the channel', async () => {
    world.platform.places.delete('C1')
    expect(textOf(await world.say('every monday'))).toContain('I can’t see that channel: add me to it before the first one is due.')
  })

  it('in a channel that speaks for no team yet begins one', async () => {
    world.platform.places.set('C5', { name: '#orders', members: ['U1'] })
    expect(textOf(await world.say('every monday', { place: { id: 'C5' } }))).toContain('Set up: #orders, every Monday')
  })

  it('are twenty of a team at most', async () => {
    for (let day = 1; day <= 20; day++) await world.say(`on the ${day}. of every month at 09:15`)
    expect(await refusal(world.say('every friday'))).toMatch(/^There are 20 digests already: delete one/)
  })
})

describe('in a direct message', () => {
  it('is about the person’s only team, and comes there', async () => {
    expect(textOf(await world.say('every monday', DM))).toContain('Set up: Payments, every Monday at 09:00 Berlin time, to you alone.')
  })

  it('is about the team that is named', async () => {
    await createTeam(world, 'orders', ['U1'], { name: '#orders' })
    await world.say('every monday for the orders team at 9 in Berlin', DM)
    expect(await world.digests.digestsOfTeam(TENANT, 'orders')).toMatchObject([{ schedule: { time: '09:00', zone: 'Europe/Berlin' } }])
  })

  it('asks which team where there are several, and goes on with what was said', async () => {
    await createTeam(world, 'orders', ['U1'], { name: 'Orders' })
    expect(textOf(await world.say('every friday at 8', DM))).toContain('[Orders]')
    expect(textOf(await world.press('Orders', DM))).toContain('Set up: Orders, every Friday at 08:00 Berlin time, to you alone.')
  })

  it('tells who is in no team how one comes about', async () => {
    const reply = await world.say('every monday', { person: 'U3', place: { id: 'D-U3', kind: 'personal' } })
    expect(textOf(reply)).toMatch(/you are in none yet.*\[Assess my team\]/s)
  })
})

describe('the form', () => {
  it('is filled with what is meant most often, and sets one up', async () => {
    await world.say('new')
    const form = world.platform.forms.at(-1)
    expect(form?.fields.map(({ id, ...field }) => [id, 'initial' in field ? field.initial : undefined])).toEqual([
      ['kind', 'weekly'],
      ['when', 'every Monday at 09:00'],
      ['where', 'place:C1'],
      ['model', 'latest'],
      ['empty', 'with-news'],
    ])
    const reply = await world.submit({ kind: 'monthly', when: 'last Friday of the month at 16:00 in Paris', where: 'person:U1', model: 'kmm', empty: 'always' })
    expect(textOf(reply)).toContain(
      'Payments by the KMM, the longer one, on the last Friday of every month at 16:00 Paris time, to you alone. Sent also when nothing is new.',
    )
    expect(await world.all()).toMatchObject([{ kind: 'monthly', model: 'kmm', sendWhenEmpty: true, to: { kind: 'person', person: 'U1' } }])
  })

  it('says beside each field what is wrong with it, and changes nothing', async () => {
    await world.say('new')
    expect(await world.check({})).toBeUndefined()
    expect(await world.check({ kind: 'daily', when: 'banana', where: 'place:C9', model: 'nope' })).toEqual({
      kind: 'Choose what it tells.',
      when: expect.stringMatching(/^“banana” can't be read as part of a schedule\. Write for example/) as string,
      where: 'Choose where it goes: a channel that you are in, or you alone.',
      model: 'This model is no longer there: choose another.',
    })
    expect(await world.check({ when: '' })).toEqual({ when: expect.stringMatching(/how often/) as string })
    expect(await refusal(world.submit({ where: 'person:U2' }))).toMatch(/^Choose where it goes/)
    expect(await world.all()).toEqual([])
  })

  it('is not for who may not change the team, whatever they hand in', async () => {
    await world.say('new')
    const { submit } = world.platform.forms.at(-1) ?? {}
    expect(submit?.with).toEqual({ team: TEAM, place: 'C1' })
    expect(await refusal(world.submit({}, { person: 'U3', place: { id: 'C7' } }))).toMatch(/no such team, or its results are for its members only/)
  })

  it('begins a team only when it is handed in', async () => {
    world.platform.places.set('C5', { name: '#orders', members: ['U1'] })
    await world.say('new', { place: { id: 'C5' } })
    expect(await world.assessments.store.assessments.teamByName(TENANT, '#orders')).toBeUndefined()
    expect(await refusal(world.submit({}, { person: 'U2', place: { id: 'C1' } }))).toMatch(/not in that channel|Choose where it goes/)
    expect(textOf(await world.submit({}, { place: { id: 'C5' } }))).toContain('Set up: #orders, every Monday')
  })

  it('says that a channel without the bot can’t be chosen', async () => {
    world.platform.places.delete('C1')
    await world.say('new')
    const form = world.platform.forms.at(-1)
    expect(form === undefined ? '' : textOf(form)).toContain('I am not in this channel. To have it sent here, add me first.')
    expect(form?.fields.find(({ id }) => id === 'where')).toMatchObject({ options: [{ value: 'person:U1' }] })
  })
})

describe('changing one', () => {
  it('shows what it is, and keeps its weeks where only something else is changed', async () => {
    await world.say('every other Monday at 9 in Berlin')
    const [before] = await world.all()
    world.setNow('2026-06-17T08:00:00.000Z')
    await world.press('Change')
    expect(world.platform.forms.at(-1)?.fields).toMatchObject([{ id: 'kind' }, { id: 'when', initial: 'every other Monday at 09:00 Berlin time' }, {}, {}, {}])
    expect(textOf(await world.submit({ kind: 'monthly', model: 'kmm' }))).toContain('Monday 29 June 2026')
    expect(await world.all()).toMatchObject([{ kind: 'monthly', model: 'kmm', schedule: before?.schedule, dealtWithUntil: before?.dealtWithUntil }])
  })

  it('counts from now where the time is another, and never sends what lies behind', async () => {
    await world.say('every friday at 9')
    world.setNow('2026-06-16T08:00:00.000Z')
    await world.press('Change')
    expect(textOf(await world.submit({ when: 'every Monday at 9 in Berlin' }))).toContain('Monday 22 June 2026')
    expect(await world.all()).toMatchObject([{ dealtWithUntil: '2026-06-16T08:00:00.000Z' }])
  })

  it('of a cron expression shows it as it can be typed', async () => {
    await world.say('cron 0 9 * * 1 Asia/Kolkata')
    await world.press('Change')
    expect(world.platform.forms.at(-1)?.fields.find(({ id }) => id === 'when')).toMatchObject({ initial: 'cron 0 9 * * 1 Asia/Kolkata' })
    expect(await world.check({ when: 'cron 0 9 * * 2 Asia/Kolkata' })).toBeUndefined()
  })

  it('is for who made it and for administrators; an administrator leaves a direct message where it goes', async () => {
    await world.say('every monday to me')
    const { on, with: args = {} } = pressOf(world.platform.last(), 'Change')
    expect(await refusal(world.pressRaw(on, args, { person: 'U2' }))).toBe('This digest is no longer there.')
    await world.pressRaw(on, args, { person: 'U9' })
    expect(world.platform.forms.at(-1)?.fields.find(({ id }) => id === 'where')).toMatchObject({
      initial: 'person:U1',
      options: [{ label: 'To Ada alone, as now' }, {}],
    })
    await world.submit({ when: 'every friday at 8 in Berlin' }, { person: 'U9' })
    expect(await world.all()).toMatchObject([{ to: { kind: 'person', person: 'U1' }, createdBy: 'U1', schedule: { weekdays: ['friday'] } }])
    expect(await refusal(world.submit({}, { person: 'U2' }))).toBe('This digest is no longer there.')
  })

  it('of one that went to a channel tells others whom to ask', async () => {
    await world.say('every monday')
    const { on, with: args = {} } = pressOf(world.platform.last(), 'Change')
    expect(await refusal(world.pressRaw(on, args, { person: 'U2' }))).toBe('Ada set this digest up: ask them, or an administrator, to change it.')
    for (const press of ['digest.pause', 'digest.mute', 'digest.resume', 'digest.delete'])
      expect(await refusal(world.pressRaw(press, args, { person: 'U2' }))).toMatch(/^Ada set this/)
    expect(await refusal(world.pressRaw('digest.edit', { digest: 'nope' }))).toBe('This digest is no longer there.')
    expect(await refusal(world.pressRaw('digest.edit', {}))).toMatch(/^This button is from an older message/)
  })
})
