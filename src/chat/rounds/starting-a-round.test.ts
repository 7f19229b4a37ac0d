import { afterEach, describe, expect, it } from 'vitest'
import { DeliveryError } from '../exchange.ts'
import { answerRound, chooseRound } from '../presses.ts'
import { eachOverEngine } from '../testing/over-engine.ts'
import { refusal } from '../testing/refusal.ts'
import { pressOf, TENANT, textOf } from '../testing/test-platform.ts'
import { CHANNEL, createTeamOfFive, FILLED_IN, FIVE, type TeamOfFive } from './testing/team-of-five.ts'

let five: TeamOfFive
eachOverEngine(createTeamOfFive, (fresh) => {
  five = fresh
})
afterEach(() => {
  expect(five.deps.logged.filter(({ level }) => level === 'error')).toEqual([])
})

describe('the form that starts a round', () => {
  it('asks the people of the channel, until five on the third working day by the starter’s clock', async () => {
    five.deps.setNow('2026-03-05T21:00:00.000Z')
    await five.part.commands[0]?.run(five.deps.platform.exchange(), 'cncf people')
    const form = five.deps.platform.forms[0]
    expect(form?.title).toBe('Start a round')
    const initial = Object.fromEntries((form?.fields ?? []).map((field) => [field.id, field.initial]))
    expect(initial).toEqual({
      scope: 'cncf dimension People',
      name: undefined,
      day: '2026-03-10',
      time: '17:00',
      privacy: 'named',
      people: [...FIVE],
    })
    expect(form?.submit).toEqual({ on: 'round.start', with: { place: CHANNEL }, label: 'Start' })
    expect(await five.rounds()).toEqual([])
  })

  it('takes a model alone, nothing at all, and a team that is named', async () => {
    const run = (typed: string) => five.part.commands[0]?.run(five.deps.platform.exchange(), typed)
    const chosen = () => five.deps.platform.forms.at(-1)?.fields[0]?.initial
    await run('kmm')
    expect(chosen()).toBe('kmm quick')
    await run('')
    expect(chosen()).toBe('cncf quick')
    expect(await refusal(run('nonsense') as Promise<void>)).toContain('There is no model “nonsense”')
    const round = await five.start()
    await run('kmm full for payments')
    expect(five.deps.platform.forms.at(-1)?.submit?.with).toEqual({ place: CHANNEL, team: round.team })
  })

  it('leads from a person’s own page to the channel of the team', async () => {
    const round = await five.start()
    await five.press(chooseRound(round.team), 'U3', 'D3')
    expect(five.deps.platform.forms.at(-1)?.submit?.with).toEqual({ place: CHANNEL, team: round.team })
    await five.submit('round.start', { ...FILLED_IN, name: 'From home' }, { by: 'U3', place: 'D3', args: { place: CHANNEL, team: round.team } })
    expect(textOf(five.deps.platform.last())).toBe('The round is open. Its card is in #payments.')
    expect(await refusal(five.press(chooseRound(), 'U3', 'D3'))).toContain('say “round” in the channel')
  })

  it.each<[string, Record<string, unknown>, Record<string, unknown>]>([
    ['a day that has passed', { day: '2026-03-01' }, { day: 'This has passed: choose a later day or time.' }],
    ['a time that has passed', { day: '2026-03-02', time: '10:00' }, { day: 'This has passed: choose a later day or time.' }],
    ['a day too far off', { day: '2028-01-01' }, { day: 'The deadline is more than a year away: choose an earlier one.' }],
    ['no day', { day: undefined }, { day: 'Choose a day.' }],
    ['a time that is none', { time: '25:00' }, { time: 'Choose a time, for example 17:00.' }],
    ['nobody', { people: [] }, { people: 'Choose who is asked.' }],
    ['too few for a confidential round', { people: ['U1', 'U2'], privacy: 'confidential' }, { people: expect.stringContaining('only 2 are invited') }],
    ['nothing to answer', { scope: 'nonsense' }, { scope: 'Choose what to answer.' }],
    ['a name that fills pages', { name: 'n'.repeat(201) }, { name: expect.stringContaining('at most 200 characters') }],
  ])('says what is wrong with %s, and starts nothing', async (_what, wrong, errors) => {
    const values = { ...FILLED_IN, ...wrong } as typeof FILLED_IN
    expect(await five.check('round.start', values)).toEqual(errors)
    expect(await refusal(five.submit('round.start', values))).not.toBe('')
    expect(await five.rounds()).toEqual([])
  })

  it('finds nothing wrong with what is filled in well', async () => {
    expect(await five.check('round.start', FILLED_IN)).toBeUndefined()
    expect(await five.check('round.start', { ...FILLED_IN, people: ['U1', 'U2'] })).toBeUndefined()
  })
})

describe('a round that was started', () => {
  it('belongs to the channel’s team, which all who are asked have joined', async () => {
    const round = await five.start({ name: '', people: [...FIVE, 'UBOT', 'U-unknown'] })
    expect(round).toMatchObject({
      name: 'KMM March 2026',
      startedBy: 'U1',
      deadline: '2026-03-05T16:00:00.000Z',
      confidential: false,
      invited: [...FIVE],
      state: 'open',
    })
    const { assessments } = five.deps.assessments.store
    expect(await assessments.team(TENANT, round.team)).toMatchObject({ name: '#payments' })
    expect((await assessments.members(TENANT, round.team)).map(({ name }) => name).toSorted()).toEqual(['Ada', 'Bob', 'Cleo', 'Dan', 'Eve'])
  })

  it('is shown by a card with its deadline, its promise and how many have answered', async () => {
    const round = await five.start({ privacy: 'confidential' })
    const card = await five.card(round)
    expect(textOf(card)).toContain('Spring\nKMM, quick: 5 questions, about')
    expect(textOf(card)).toContain('Open until 2026-03-05T16:00:00.000Z, or until all have answered.')
    expect(textOf(card)).toContain('0 of 5 have answered.')
    expect(textOf(card)).toContain('Confidential: nobody is shown who answered what')
    expect(pressOf(card, 'Answer')).toEqual(answerRound(round.id))
    const moment = card.blocks.flatMap((block) => (block.kind === 'text' ? block.parts : [])).find(({ kind }) => kind === 'time')
    expect(moment).toEqual({ kind: 'time', at: '2026-03-05T16:00:00.000Z', zone: 'Europe/Berlin', form: 'moment' })
  })

  it('is one round when the form comes twice, and when the process ended before its card was posted', async () => {
    five.deps.platform.failures.push(new DeliveryError('later', 'the platform is away'))
    const round = await five.start()
    expect(textOf(five.deps.platform.last())).toContain('could not be posted just now and follows')
    await five.submit('round.start', FILLED_IN)
    five.deps.setNow('2026-03-02T09:01:00.000Z')
    await five.part.tick()
    await five.submit('round.start', FILLED_IN)
    expect((await five.rounds()).map(({ id }) => id)).toEqual([round.id])
    expect(five.deps.platform.shown.filter(({ how }) => how === 'post')).toHaveLength(1)
    expect(textOf(await five.card(round))).toContain('0 of 5 have answered.')
  })

  it('has its card with who started it where the channel can’t be posted in, and its results are for the team', async () => {
    five.deps.platform.failures.push(new DeliveryError('gone', 'not in the channel'))
    const round = await five.start()
    expect(textOf(five.deps.platform.last())).toContain('its card is in your direct messages')
    expect(textOf(await five.card(round))).toMatch(/^I can’t post in the channel/)
    for (const person of FIVE) await five.answer(round, person, 2)
    expect(five.closings().map(textOf)).toEqual(['Spring is closed\nAll 5 have answered.\nIts results are for the people of the team.\n[Results]'])
    expect(five.deps.platform.shown.at(-1)?.to).toBe('D-U1')
  })
})
