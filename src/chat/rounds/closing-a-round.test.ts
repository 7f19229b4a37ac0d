import { afterEach, describe, expect, it } from 'vitest'
import { DeliveryError } from '../exchange.ts'
import { eachOverEngine } from '../testing/over-engine.ts'
import { pressOf, TENANT, textOf } from '../testing/test-platform.ts'
import { AFTER_DEADLINE, CHANNEL, createTeamOfFive, FIVE, type TeamOfFive } from './testing/team-of-five.ts'

let five: TeamOfFive
eachOverEngine(createTeamOfFive, (fresh) => {
  five = fresh
})
afterEach(() => {
  expect(five.deps.logged.filter(({ level }) => level === 'error')).toEqual([])
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
    expect(await five.isSettled()).toBe(true)
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
    expect(await five.isSettled()).toBe(true)
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
    expect((await five.rounds())[0]).toMatchObject({ state: 'closed', closedBy: 'starter' })
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
    expect(await five.isSettled()).toBe(false)
    five.deps.setNow('2026-03-05T16:03:00.000Z')
    await five.another().tick()
    expect(five.closings().map(({ summary }) => summary)).toEqual(['It came through.'])
    expect(await five.isSettled()).toBe(true)
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
    expect(await five.isSettled()).toBe(true)
  })

  it('is not done with before both are there: the closing post and the card as closed', async () => {
    const round = await five.start()
    five.deps.setNow(AFTER_DEADLINE)
    const { platform } = five.deps
    const { post } = platform.messenger
    platform.messenger.post = () => Promise.reject(new DeliveryError('later', 'the platform is away'))
    await five.part.tick()
    expect(textOf(await five.card(round))).toContain('Closed on')
    expect(await five.isSettled()).toBe(false)
    platform.messenger.post = post
    five.deps.setNow('2026-03-05T16:01:30.000Z')
    platform.failures.push(new DeliveryError('later', 'the platform is away'))
    await five.another().tick()
    expect(five.closings()).toHaveLength(1)
    expect(await five.isSettled()).toBe(false)
    await five.part.tick()
    expect(five.closings()).toHaveLength(1)
    expect(await five.isSettled()).toBe(true)
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
    expect(await five.isSettled()).toBe(true)
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
