import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { UserError } from '../../shared/errors.ts'
import { openBuiltInEngine, type TestEngine } from '../../testing/built-in-engine.ts'
import { DeliveryError } from '../exchange.ts'
import { answerRound, chooseRound } from '../presses.ts'
import { pressOf, TENANT, textOf } from '../testing/test-platform.ts'
import { CHANNEL, createTeamOfFive, FILLED_IN, FIVE, type TeamOfFive } from './testing/team-of-five.ts'

let engine: TestEngine
let five: TeamOfFive
beforeAll(async () => {
  engine = await openBuiltInEngine()
}, 60_000)
afterAll(() => engine.close())
beforeEach(async () => {
  five = await createTeamOfFive(engine)
})
afterEach(async () => {
  expect(five.deps.logged.filter(({ level }) => level === 'error')).toEqual([])
  await five.close()
})

const AFTER_DEADLINE = '2026-03-05T16:00:30.000Z'
const refusal = async (attempt: Promise<unknown>) => {
  const error = await attempt.then(
    () => undefined,
    (thrown: unknown) => thrown,
  )
  expect(error).toBeInstanceOf(UserError)
  return (error as UserError).message
}
const settledRounds = async () => (await five.deps.store.unsettledCards('round')).length === 0
const rounds = async () => five.deps.assessments.store.assessments.rounds(TENANT, (await five.deps.store.teamOfPlace(TENANT, CHANNEL)) ?? 'there is none')

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
    expect(await rounds()).toEqual([])
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
    expect(await rounds()).toEqual([])
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
    expect((await rounds()).map(({ id }) => id)).toEqual([round.id])
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

describe('a round of five', () => {
  it('counts on its card, changes it only with the count, and ends when all have answered', async () => {
    const round = await five.start()
    const updates = () => five.deps.platform.shown.filter(({ how }) => how === 'update').length
    await five.answer(round, 'U1', 1)
    expect(textOf(await five.card(round))).toContain('1 of 5 have answered.')
    expect(updates()).toBe(1)
    await five.answer(round, 'U2', 4, { only: 2 })
    await five.part.tick()
    expect(updates()).toBe(1)
    for (const person of ['U2', 'U3', 'U4']) await five.answer(round, person, 4)
    expect(textOf(await five.card(round))).toContain('4 of 5 have answered.')
    expect(five.closings()).toEqual([])

    await five.answer(round, 'U5', 3)
    const [post, ...others] = five.closings()
    expect(others).toEqual([])
    const text = textOf(post ?? { summary: '', blocks: [] })
    expect(post?.summary).toMatch(/^Spring is closed\. All 5 have answered\. .*at level 4\.$/)
    expect(text).toContain('Spring is closed\nAll 5 have answered.')
    expect(text).toContain('Worth talking about')
    expect(text).toMatch(/: the answers reach from 1 to 4\.\n- Level 1: “[^”]+”\n- Level 4: “[^”]+”/)
    expect(text).toContain('[Vote once more on these]')
    expect(text).toContain('Next steps')
    expect(post?.blocks.filter(({ kind }) => kind === 'picture' || kind === 'sources')).toHaveLength(2)
    for (const name of ['U1', 'U2', 'Ada', 'Bob', 'Cleo']) expect(JSON.stringify(post?.blocks.filter(({ kind }) => kind !== 'picture'))).not.toContain(name)
    expect(textOf(await five.card(round))).toContain('5 of 5 have answered.\n[Results]')
    expect(five.deps.platform.shown.find(({ reply }) => reply === post)?.to).toBe(CHANNEL)
    expect(await settledRounds()).toBe(true)
  })

  it('says of a ladder which stage is reached, and where somebody is at none', async () => {
    const round = await five.start({ scope: 'fairwinds full' })
    for (const [i, person] of FIVE.entries()) await five.answer(round, person, i === 0 ? 0 : 3)
    const [post] = five.closings()
    const text = textOf(post ?? { summary: '', blocks: [] })
    expect(post?.summary).toMatch(/^Spring is closed\. All 5 have answered\. \w+ 3 is reached\.$/)
    expect(text).toMatch(/: the answers reach from 0 to 3\.\n- \w+ 0: none yet\n- \w+ 3: “[^”]+”/)
  })

  it('shows the profile and its picture, then what lies far apart, then what to do next', async () => {
    const round = await five.start()
    for (const [i, person] of FIVE.entries()) await five.answer(round, person, i === 0 ? 1 : 4)
    const text = textOf(five.closings()[0] ?? { summary: '', blocks: [] })
    const parts = [
      'All 5 have answered.',
      'Culture and organization: level 4',
      'Radar, 5 sections',
      'Worth talking about',
      '[Vote once more',
      'Next steps',
      '[1] ',
    ]
    const places = parts.map((part) => text.indexOf(part))
    expect(places).not.toContain(-1)
    expect(places).toEqual(places.toSorted((a, b) => a - b))
    expect(text.match(/Worth talking about/g)).toHaveLength(1)
  })

  it('ends with its deadline, once, however many look', async () => {
    const round = await five.start()
    for (const person of ['U1', 'U2', 'U3']) await five.answer(round, person, 2)
    five.deps.setNow(AFTER_DEADLINE)
    const other = five.another()
    await Promise.all([five.part.tick(), other.tick(), five.part.tick(), other.tick()])
    await other.tick()
    await five.part.tick()
    expect(five.closings()).toHaveLength(1)
    expect(five.closings().map(textOf)[0]).toContain('The deadline has passed. 3 of 5 have answered.')
    expect(textOf(await five.card(round))).toContain('3 of 5 have answered.\n[Results]')
    expect(await settledRounds()).toBe(true)
    await five.part.tick()
    expect(five.closings()).toHaveLength(1)
  })

  it('says when nobody answered', async () => {
    await five.start()
    five.deps.setNow(AFTER_DEADLINE)
    await five.part.tick()
    expect(five.closings().map(textOf)).toEqual([
      'Spring is closed\nThe deadline has passed. 0 of 5 have answered.\nNobody answered, so there are no results.\n[Start another round]',
    ])
  })

  it.each([
    ['who started it', 'U1'],
    ['an administrator', 'U9'],
  ])('is closed early by %s', async (_who, person) => {
    const round = await five.start()
    await five.answer(round, 'U2', 2)
    await five.press(pressOf(await five.card(round), 'Close now'), person)
    const form = five.deps.platform.forms.at(-1)
    expect(textOf(form ?? { title: '', fields: [] })).toContain('1 of 5 have answered. Once “Spring” is closed')
    expect(five.closings()).toEqual([])
    await five.submit('round.close', {}, { by: person, args: form?.submit?.with })
    expect(five.closings().map(textOf)[0]).toContain('It was closed before its deadline. 1 of 5 have answered.')
    expect((await rounds())[0]).toMatchObject({ state: 'closed', closedBy: 'starter' })
    await five.submit('round.close', {}, { by: person, args: form?.submit?.with })
    expect(five.closings()).toHaveLength(1)
  })

  it('says it once when the process ends between saying and writing down that it was said', async () => {
    const round = await five.start()
    for (const person of ['U1', 'U2']) await five.answer(round, person, 2)
    five.deps.setNow(AFTER_DEADLINE)
    const { store, platform, messenger } = five.deps
    const key = `round-closed:${round.id}`
    await store.claimDelivery(TENANT, key, AFTER_DEADLINE, '2026-03-05T16:02:30.000Z')
    await messenger(TENANT).post(TENANT, { kind: 'place', place: CHANNEL }, { summary: 'It came through.', blocks: [] }, key)
    await five.part.tick()
    expect(await settledRounds()).toBe(false)
    five.deps.setNow('2026-03-05T16:03:00.000Z')
    await five.another().tick()
    expect(five.closings().map(({ summary }) => summary)).toEqual(['It came through.'])
    expect(await settledRounds()).toBe(true)
    expect(platform.messages.size).toBe(2)
  })

  it('says it later when the platform is away, and shows the card as closed until then', async () => {
    const round = await five.start()
    five.deps.setNow(AFTER_DEADLINE)
    const { platform } = five.deps
    const away = new DeliveryError('later', 'the platform is away')
    platform.failures.push(away, away)
    await five.part.tick()
    expect(five.closings()).toEqual([])
    five.deps.setNow('2026-03-05T16:01:30.000Z')
    await five.part.tick()
    expect(five.closings()).toHaveLength(1)
    expect(textOf(await five.card(round))).toContain('Closed on')
    expect(await settledRounds()).toBe(true)
  })

  it('is not done with before both are there: the closing post and the card as closed', async () => {
    const round = await five.start()
    five.deps.setNow(AFTER_DEADLINE)
    const { platform } = five.deps
    const { post } = platform.messenger
    platform.messenger.post = () => Promise.reject(new DeliveryError('later', 'the platform is away'))
    await five.part.tick()
    expect(textOf(await five.card(round))).toContain('Closed on')
    expect(await settledRounds()).toBe(false)
    platform.messenger.post = post
    five.deps.setNow('2026-03-05T16:01:30.000Z')
    platform.failures.push(new DeliveryError('later', 'the platform is away'))
    await five.another().tick()
    expect(five.closings()).toHaveLength(1)
    expect(await settledRounds()).toBe(false)
    await five.part.tick()
    expect(five.closings()).toHaveLength(1)
    expect(await settledRounds()).toBe(true)
  })

  it('goes on where its card was deleted, and one whose team was deleted is over', async () => {
    const round = await five.start()
    const { store, platform, assessments } = five.deps
    platform.messages.delete((await store.card(TENANT, 'round', round.id))?.message.id ?? '')
    for (const person of FIVE) await five.answer(round, person, 2)
    expect(five.closings()).toHaveLength(1)

    const next = await five.start({ name: 'Next' })
    await assessments.store.assessments.deleteTeam(TENANT, next.team)
    await five.part.tick()
    expect(await settledRounds()).toBe(true)
    expect(five.closings()).toHaveLength(1)
  })
})

describe('a confidential round', () => {
  it('shows no figures of too few answers, and nobody', async () => {
    const round = await five.start({ privacy: 'confidential' })
    await five.answer(round, 'U1', 1)
    await five.answer(round, 'U2', 4)
    five.deps.setNow(AFTER_DEADLINE)
    await five.part.tick()
    const [post] = five.closings()
    const text = textOf(post ?? { summary: '', blocks: [] })
    expect(text).toContain('2 of 5 have answered.')
    expect(text).toMatch(/Too few answers to show: .+, .+/)
    expect(text).not.toContain('Worth talking about')
    expect(text).not.toMatch(/level [14] of/)
    for (const name of ['U1', 'U2', 'Ada', 'Bob']) expect(text).not.toContain(name)
  })

  it('shows where three lie far apart', async () => {
    const round = await five.start({ privacy: 'confidential' })
    for (const [person, level] of [
      ['U1', 1],
      ['U2', 4],
      ['U3', 2],
    ] as const)
      await five.answer(round, person, level)
    five.deps.setNow(AFTER_DEADLINE)
    await five.part.tick()
    expect(five.closings().map(textOf)[0]).toContain('the answers reach from 1 to 4')
  })
})

describe('answering', () => {
  it('opens the person’s own run, the same one each time', async () => {
    const round = await five.start()
    await five.press(answerRound(round.id), 'U2')
    await five.press(answerRound(round.id), 'U2', 'D2')
    expect(five.opened).toHaveLength(2)
    expect(new Set(five.opened.map(({ run }) => run)).size).toBe(1)
    expect(await five.deps.assessments.store.assessments.run(TENANT, five.opened[0]?.run ?? '')).toMatchObject({ person: 'U2', round: round.id })
  })

  it('tells who is not asked whom to ask, and lets them in once they are invited', async () => {
    const round = await five.start({ people: ['U1', 'U2'] })
    expect(await refusal(five.press(answerRound(round.id), 'U3'))).toBe('You are not asked in “Spring”. Ada can invite you: “Invite people” on the card.')
    await five.press(pressOf(await five.card(round), 'Invite people'), 'U1')
    const args = five.deps.platform.forms.at(-1)?.submit?.with
    expect(await five.check('round.invite', { people: [] })).toEqual({ people: 'Choose who else is asked.' })
    await five.submit('round.invite', { people: ['U3', 'U2', 'UBOT'] }, { args })
    expect(textOf(five.deps.platform.last())).toContain('1 person was invited.')
    expect(textOf(await five.card(round))).toContain('0 of 3 have answered.')
    expect(await refusal(five.submit('round.invite', { people: ['U3'] }, { args }))).toContain('asked already')
    await five.press(answerRound(round.id), 'U3')
    expect(five.opened.map(({ person }) => person)).toEqual(['U3'])
  })

  it('ends with the round, whoever finds out first', async () => {
    const round = await five.start()
    five.deps.setNow(AFTER_DEADLINE)
    await five.press(answerRound(round.id), 'U2')
    expect(five.opened).toEqual([])
    const said = five.deps.platform.shown.find(({ how }) => how === 'whisper')
    expect(textOf(said?.reply ?? { summary: '', blocks: [] })).toBe('“Spring” is closed: answers no longer count.\n[Results]')
    expect(five.closings()).toHaveLength(1)
  })
})

describe('voting once more', () => {
  const apart = async () => {
    const round = await five.start()
    for (const [i, person] of FIVE.entries()) await five.answer(round, person, i === 0 ? 1 : 4)
    return round
  }
  const until = { day: '2026-03-09', time: '12:00' }

  it('asks the same people about what lay far apart, on a card of its own, and says what has changed', async () => {
    const first = await apart()
    await five.press(pressOf(five.closings()[0] ?? { summary: '', blocks: [] }, 'Vote once more on these'), 'U3')
    const form = five.deps.platform.forms.at(-1)
    expect(form?.fields.map(({ id }) => id)).toEqual(['day', 'time'])
    expect(await five.check('round.revote', { ...until, day: '2026-03-01' }, 'U3')).toEqual({ day: 'This has passed: choose a later day or time.' })
    await five.submit('round.revote', until, { by: 'U3', args: form?.submit?.with })
    const again = (await rounds()).find(({ revote }) => revote?.of === first.id)
    expect(again).toMatchObject({ state: 'open', startedBy: 'U3', invited: [...FIVE], deadline: '2026-03-09T06:30:00.000Z' })
    if (again === undefined) return
    expect(textOf(await five.card(again))).toContain('Once more on what lay far apart: ')

    for (const person of FIVE) await five.answer(again, person, 3)
    expect(five.closings()).toHaveLength(2)
    const text = five.closings().map(textOf)[1]
    expect(text).toContain(': was 1 to 4, is 3 now')
    expect(text).not.toContain('Vote once more')
    expect(await refusal(five.press({ on: 'round.revote', with: { round: first.id } }, 'U3'))).toContain('voted on once more already')
    expect(await refusal(five.submit('round.revote', until, { by: 'U3', args: { round: first.id } }))).toContain('only one re-vote')
  })

  it('goes on where the process ended before the card was shown, and is one vote', async () => {
    const first = await apart()
    await five.deps.assessments.rounds.startRevote(TENANT, first.id, 'U3', { deadline: '2026-03-09T06:30:00.000Z' })
    await five.submit('round.revote', until, { by: 'U3', args: { round: first.id } })
    expect(textOf(await five.card({ id: `${first.id}-revote` }))).toContain('0 of 5 have answered.')
    expect(await rounds()).toHaveLength(2)
  })

  it('is for those who were asked, and for administrators', async () => {
    const first = await apart()
    five.deps.platform.people.set('U7', { id: 'U7', name: 'Guy', isAdmin: false, isBot: false })
    const press = { on: 'round.revote', with: { round: first.id } }
    expect(await refusal(five.press(press, 'U7'))).toContain('Only those who were asked')
    expect(await refusal(five.submit('round.revote', until, { by: 'U7', args: press.with }))).toContain('Only those who were asked')
    await five.submit('round.revote', until, { by: 'U9', args: press.with })
    expect(textOf(await five.card({ id: `${first.id}-revote` }))).toContain('0 of 5 have answered.')
  })
})

describe('what comes from outside', () => {
  it('is for who may: others neither remind, nor invite, nor close, also with the form at hand', async () => {
    const round = await five.start()
    for (const label of ['Remind now', 'Invite people', 'Close now'])
      expect(await refusal(five.press(pressOf(await five.card(round), label), 'U2'))).toContain('Only Ada and administrators')
    expect(await refusal(five.submit('round.close', {}, { by: 'U2', args: { round: round.id } }))).toContain('Only Ada')
    expect(await refusal(five.submit('round.invite', { people: ['U9'] }, { by: 'U2', args: { round: round.id } }))).toContain('Only Ada')
    expect((await rounds())[0]).toMatchObject({ state: 'open', invited: [...FIVE] })
    expect(five.deps.platform.forms).toEqual([])
  })

  it('has no effect in a form that is not theirs: another channel, another team, another workspace', async () => {
    const round = await five.start()
    five.deps.platform.people.set('U7', { id: 'U7', name: 'Guy', isAdmin: false, isBot: false })
    five.deps.platform.places.set('C7', { name: '#guys', members: ['U7'] })
    const values = { ...FILLED_IN, name: 'Forged' }
    expect(await refusal(five.submit('round.start', values, { by: 'U7', place: 'C7', args: { place: CHANNEL } }))).toContain('not in that channel')
    expect(await refusal(five.submit('round.start', values, { by: 'U7', place: 'C7', args: { place: 'C7', team: round.team } }))).toContain(
      'started by its people',
    )
    expect(await refusal(five.press(chooseRound(round.team), 'U7', 'C7'))).toContain('started by its people')
    expect(await rounds()).toHaveLength(1)
    const stranger = { ...five.deps.platform.exchange({ person: 'U1' }), who: { tenant: 'slack:T2', person: 'U1' } }
    expect(await refusal(five.part.presses['round.answer']?.(stranger, { round: round.id }) as Promise<void>)).toContain('no longer there')
  })

  it('is told so when it is nothing that a button of ours carries', async () => {
    const presses = Object.keys(five.part.presses).filter((on) => on !== 'round.mute' && on !== 'round.choose')
    for (const on of presses)
      for (const args of [{}, { round: 7 }, { round: '' }, { round: 'x'.repeat(300) }, { round: 'nothing' }, { round: '__proto__' }])
        expect(await refusal(five.press({ on, with: args as Record<string, string> }, 'U1')), on).toMatch(/older message|no longer there/)
    for (const [on, form] of Object.entries(five.part.forms))
      for (const values of [{}, { people: 'U1' }, { day: ['x'], time: '1', scope: ['a', 'b'] }, { people: [''], name: ['x'] }]) {
        await form.check?.({ tenant: TENANT, person: 'U1' }, { on, with: { round: 'nothing' }, values })
        await refusal(form.submit(five.deps.platform.exchange(), { on, with: { round: 'nothing' }, values }))
      }
    expect(await rounds()).toEqual([])
  })

  it('is told that a closed round can’t be changed', async () => {
    const round = await five.start()
    five.deps.setNow(AFTER_DEADLINE)
    for (const on of ['round.remind', 'round.invite', 'round.close'])
      expect(await refusal(five.press({ on, with: { round: round.id } }, 'U1'))).toContain('is closed, so there is nothing more to change')
  })
})
