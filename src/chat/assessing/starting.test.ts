import { describe, expect, it } from 'vitest'
import { DeliveryError } from '../exchange.ts'
import { chooseAssessment, goOnWith } from '../presses.ts'
import type { Field } from '../reply.ts'
import { eachOverEngine } from '../testing/over-engine.ts'
import { TENANT, textOf } from '../testing/test-platform.ts'
import { CHANNEL, createWorld, type World } from './testing/world.ts'

let world: World
eachOverEngine(createWorld, (fresh) => {
  world = fresh
})

const records = () => world.deps.database.assessments
const teams = () => records().teams(TENANT)
const field = (id: string) => world.ada.form().fields.find((each) => each.id === id) as Field | undefined
const runs = (person = 'U1') => records().runsOf(TENANT, person)

describe('in a channel', () => {
  it('begins at once for the channel’s team, in direct messages', async () => {
    await world.ada.assess('kmm quick', CHANNEL)
    const [team] = await teams()
    expect(team?.name).toBe('#payments')
    expect(await world.ada.run()).toMatchObject({ team: team?.id, scope: { model: 'kmm', extent: 'quick' }, state: 'open' })
    const card = await world.ada.cardRef()
    expect(card.place).toBe('D-U1')
    expect(world.deps.platform.shown.filter(({ to }) => to === 'C1').map(({ how }) => how)).toEqual(['whisper'])
    expect(world.deps.platform.last().blocks).toEqual([
      {
        kind: 'text',
        parts: [
          { kind: 'text', text: 'The first question is in your direct messages.' },
          { kind: 'text', text: ' ' },
          { kind: 'link', label: 'Go there', url: `https://chat.example/D-U1/${card.id}` },
        ],
      },
    ])
    await world.ada.press('Level 2')
    expect(textOf(await world.ada.card())).toContain('2 of 5')
    expect(await world.ada.cards()).toHaveLength(1)
  })

  it('asks for what is missing, and leaves the team as it is unless another is named', async () => {
    await world.ada.assess('cncf', CHANNEL)
    expect(field('what')).toMatchObject({ kind: 'choice', initial: 'cncf quick' })
    expect(field('name')).toMatchObject({ optional: true, hint: 'Leave it empty to assess #payments.' })
    expect(await world.ada.submit({ what: 'cncf dimension Technology', who: 'me' }, { place: CHANNEL })).toBeUndefined()
    expect((await world.ada.run()).scope).toEqual({ model: 'cncf', extent: 'dimension', dimension: 'Technology' })
    expect((await teams()).map(({ name }) => name)).toEqual(['#payments'])
    await world.ada.submit({ what: 'kmm quick', who: 'me', name: 'Search' }, { place: CHANNEL })
    expect((await teams()).map(({ name }) => name)).toEqual(['#payments', 'Search'])
  })

  it('hands a whole team’s answering to the rounds', async () => {
    await world.ada.assess('', CHANNEL)
    await world.ada.submit({ what: 'kmm quick', who: 'team' }, { place: CHANNEL })
    expect(world.rounds).toEqual([{ scope: { model: 'kmm', extent: 'quick' }, team: (await teams())[0]?.id }])
    expect(await runs()).toEqual([])
  })

  it('offers no round where nobody holds rounds', async () => {
    world.restart({})
    await world.ada.assess('', CHANNEL)
    expect(field('who')).toBeUndefined()
  })
})

describe('in direct messages', () => {
  it('asks for a team, and knows the person’s own next time', async () => {
    await world.ada.assess('kmm quick')
    expect(world.ada.form().fields.map(({ id, label }) => [id, label])).toEqual([
      ['what', 'What to assess by'],
      ['who', 'Who answers'],
      ['name', 'Team'],
    ])
    await world.ada.submit({ what: 'kmm quick', name: '  Payments \n team ' }, { place: world.ada.direct })
    expect((await teams()).map(({ name }) => name)).toEqual(['Payments team'])
    expect(world.deps.platform.messages.has((await world.ada.cardRef()).id)).toBe(true)
    await world.ada.assess('plural')
    expect((await runs()).map(({ scope, team }) => [scope.model, team]).toSorted()).toEqual([
      ['kmm', (await teams())[0]?.id],
      ['plural', (await teams())[0]?.id],
    ])
    await world.ada.assess('fairwinds quick for Search')
    await world.ada.assess('cncf quick')
    expect(field('team')).toMatchObject({ kind: 'choice', options: [{ label: 'Payments team' }, { label: 'Search' }] })
    await world.ada.submit({ what: 'cncf quick', team: (await teams()).find(({ name }) => name === 'Search')?.id }, { place: world.ada.direct })
    expect((await world.ada.run()).team).toBe((await teams()).find(({ name }) => name === 'Search')?.id)
  })

  it('takes a team’s name that was said before what is to be assessed', async () => {
    await world.ada.assess('cncf for Payments')
    expect(field('name')).toMatchObject({ initial: 'Payments' })
  })
})

describe('one that is open', () => {
  it('goes on instead of a second one, with what was answered', async () => {
    await world.ada.assess('kmm quick', CHANNEL)
    await world.ada.press('Level 2')
    await world.ada.press('Pause')
    await world.ada.assess('kmm', CHANNEL)
    expect(await runs()).toHaveLength(1)
    expect(await world.ada.run()).toMatchObject({ state: 'open' })
    expect(textOf(await world.ada.card())).toContain('This one is still open and goes on where you left it.')
    expect(textOf(await world.ada.card())).toContain('2 of 5')
    expect(await world.ada.cards()).toHaveLength(1)
    await world.ada.assess('kmm quick for Search', CHANNEL)
    expect(await runs()).toHaveLength(2)
  })

  it('is one, however often the same event comes, or somebody presses', async () => {
    const team = 'kmm quick for Payments'
    await world.ada.assess(team)
    await Promise.all([world.ada.assess(team), world.ada.assess(team), world.ada.assess(team)])
    expect(await runs()).toHaveLength(1)
    expect(await world.ada.cards()).toHaveLength(1)
  })

  it('is posted once when writing down that it was posted had failed', async () => {
    const exchange = () => world.deps.platform.exchange({ place: CHANNEL, key: 'event-1' })
    world.deps.platform.failures.push(new DeliveryError('later', 'the platform is busy'))
    await expect(world.assessing().commands[0]?.run(exchange(), 'kmm quick')).rejects.toThrow(DeliveryError)
    expect(await runs()).toHaveLength(1)
    world.deps.setNow('2026-03-02T09:05:00.000Z')
    await world.assessing().commands[0]?.run(exchange(), 'kmm quick')
    await world.assessing().commands[0]?.run(exchange(), 'kmm quick')
    expect(await runs()).toHaveLength(1)
    expect(await world.ada.cards()).toHaveLength(1)
    expect(textOf(await world.ada.card())).not.toContain('still open')
  })

  it('says so where nobody can write to the person', async () => {
    world.deps.platform.failures.push(new DeliveryError('gone', 'no such person'))
    await expect(world.ada.assess('kmm quick', CHANNEL)).rejects.toThrow('I can’t write to you directly.')
  })
})

describe('a team', () => {
  const choose = async (person: string, team: string) => {
    const { on, with: args = {} } = chooseAssessment(team)
    await world.assessing().presses[on]?.(world.deps.platform.exchange({ person, place: { id: `D-${person}`, kind: 'personal' } }), args)
  }

  it('is assessed by its people and those of its channel, and by others only where its results are open', async () => {
    await world.ada.assess('kmm quick', CHANNEL)
    const team = (await world.ada.run()).team
    const cleo = world.person('U3')
    const bob = world.person('U2')
    await bob.assess('kmm quick for #payments')
    expect((await bob.run()).team).toBe(team)
    await choose('U2', team)
    expect(textOf(bob.form())).toContain('For #payments.')
    for (const name of ['#payments', 'payments', 'PAYMENTS'])
      await expect(cleo.assess(`kmm quick for ${name}`)).rejects.toThrow('There is a team “#payments” already, and you are not in it.')
    await expect(choose('U3', team)).rejects.toThrow('you are not in it')
    expect((await records().members(TENANT, team)).map(({ id }) => id)).toEqual(['U1', 'U2'])
    await world.deps.store.saveSetting(TENANT, 'team', team, 'visibility', 'workspace')
    await cleo.assess('kmm quick for payments')
    expect((await cleo.run()).team).toBe(team)
  })

  it('that was chosen before it was deleted is not made anew', async () => {
    await world.ada.assess('kmm quick for Payments')
    const { team } = await world.ada.run()
    await choose('U1', team)
    await records().deleteTeam(TENANT, team)
    await expect(world.ada.submit({ what: 'kmm quick' })).rejects.toThrow('That team is no longer there.')
    await expect(world.assessing().start(world.deps.platform.exchange(), { team, scope: { model: 'kmm', extent: 'quick' } })).rejects.toThrow('no longer there')
  })

  it('is not called by what a platform writes for something else', async () => {
    await expect(world.ada.assess('kmm quick for <@U2>')).rejects.toThrow('as plain words')
    expect(await teams()).toEqual([])
  })
})

describe('a run of a round', () => {
  const inRound = async () => {
    await world.ada.assess('kmm quick', CHANNEL)
    await world.ada.press('Pause')
    await world.ada.press('Give up')
    const { team } = await world.ada.run()
    await records().savePerson(TENANT, { id: 'U2', name: 'Bob' })
    await records().addMember(TENANT, team, 'U2')
    const request = { team, name: 'Spring', scope: { model: 'plural', extent: 'quick' }, deadline: '2026-03-05T15:00:00.000Z', confidential: false } as const
    world.deps.setNow('2026-03-02T10:00:00.000Z')
    const round = await world.deps.assessments.rounds.start(TENANT, 'U1', request)
    const run = await world.deps.assessments.rounds.join(TENANT, round.id, 'U1')
    const { on, with: args = {} } = goOnWith(run.id)
    await world.assessing().presses[on]?.(world.deps.platform.exchange({ place: CHANNEL, pressed: { place: 'C1', id: 'the-round’s-card' } }), args)
    return round
  }

  it('says before the first question who will see what, and at the end what happens next', async () => {
    await inRound()
    expect(textOf(await world.ada.card())).toContain('#payments › Plural guide, quick › Spring › 1 of 3')
    expect(textOf(await world.ada.card())).toContain('Named: nobody sees an answer until the round has closed')
    await world.ada.type('yes')
    expect(textOf(await world.ada.card())).not.toContain('Named: nobody')
    for (const text of ['no', 'no']) await world.ada.type(text)
    const card = await world.ada.card()
    expect(textOf(card)).toContain(
      'Nobody sees your answers until the round has closed. 1 of 2 have answered. It closes at the latest on 2026-03-05T15:00:00.000Z.',
    )
    expect(JSON.stringify(card)).toContain('"zone":"Europe/Berlin"')
    expect(textOf(card)).not.toContain('See the results')
  })

  it('takes no answers once that is closed, and says where the results are', async () => {
    const round = await inRound()
    const card = await world.ada.card()
    await world.deps.assessments.rounds.close(TENANT, round.id, 'U1')
    await world.ada.press('Not yet', { reply: card })
    expect(textOf(await world.ada.card()).match(/The round is closed: answers no longer count\./g)).toHaveLength(1)
    expect(textOf(await world.ada.card())).toContain('[See the results]')
    expect((await world.deps.store.unsettledCards('run')).map(({ card: { id } }) => id)).toEqual([])
    expect(await records().answers(TENANT, (await world.ada.run()).id)).toEqual([])
    expect(await world.ada.type('we do it all by hand')).toBe(false)
    expect(await world.ada.type('resume')).toBe(false)
    expect(await world.ada.type('yes')).toBe(true)
    expect(textOf(await world.ada.card())).toContain('The round is closed')
  })
})
