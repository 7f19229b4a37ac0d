import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { UserError } from '../shared/errors.ts'
import { REMOVED_PERSON, type Round } from './records.ts'
import { catalogueOfRound, createRounds, type StartRound } from './rounds.ts'
import { CORPUS, edited, level, NOT_SURE, SECTIONS, stage } from './testing/small-models.ts'
import { createSmallTeam, GARDEN_FULL, PEOPLE, type SmallTeam, TENANT } from './testing/small-team.ts'

let team: SmallTeam
beforeEach(async () => {
  team = await createSmallTeam()
})
afterEach(() => team.close())

const DEADLINE = '2026-03-09T17:00:00.000Z'
const start = (more: Partial<StartRound> = {}) =>
  team.rounds.start(TENANT, 'ana', { team: 'beds', name: 'Spring', scope: GARDEN_FULL, deadline: DEADLINE, confidential: true, ...more })
const everywhere = (number: number) => Object.fromEntries(SECTIONS.map((section) => [section, level(number)]))
const vote = async (round: Round, person: string, values = everywhere(2)) => {
  const run = await team.answer(await team.rounds.join(TENANT, round.id, person), values)
  return { run, closed: await team.rounds.runFinished(TENANT, run) }
}
const refusal = async (attempt: Promise<unknown>) => {
  const error = await attempt.then(
    () => undefined,
    (thrown: unknown) => thrown,
  )
  expect(error).toBeInstanceOf(UserError)
  return (error as UserError).message
}

describe('starting a round', () => {
  it('invites everybody of the team, and shows figures from three answers on', async () => {
    const round = await start({ name: '  Spring ' })
    expect(round).toMatchObject({ name: 'Spring', startedBy: 'ana', deadline: DEADLINE, shownFrom: 3, state: 'open', startedAt: '2026-03-02T09:00:00.000Z' })
    expect(round.invited.toSorted()).toEqual([...PEOPLE])
    expect(await team.store.round(TENANT, round.id)).toEqual(round)
  })

  it.each<[Partial<StartRound>, string]>([
    [{ deadline: '2026-03-02T09:00:00.000Z' }, 'has passed'],
    [{ deadline: 'soon' }, 'is not a time'],
    [{ deadline: '2028-01-01' }, 'more than a year away'],
    [{ team: 'nowhere' }, 'no such team'],
    [{ team: 'ponds' }, 'nobody is invited'],
    [{ name: ' ' }, 'needs a name'],
    [{ invited: ['ana', 'stranger', 'ben'] }, 'add stranger to the team first'],
    [{ invited: ['ana', 'ben', 'ana'] }, 'only 2 are invited'],
    [{ shownFrom: 1 }, 'from 2 answers on at the earliest'],
    [{ scope: { model: 'nothing', extent: 'full' } }, 'there is no model "nothing"'],
  ])('says what to change in %j', async (request, why) => {
    expect(await refusal(start(request))).toContain(why)
    expect(await team.store.rounds(TENANT, 'beds')).toEqual([])
  })

  it('takes two people in a named round, and two in a confidential one that shows two', async () => {
    expect(await start({ invited: ['ana', 'ben'], confidential: false })).toMatchObject({ invited: ['ana', 'ben'], confidential: false })
    expect(await start({ invited: ['ana', 'ben'], shownFrom: 2 })).toMatchObject({ shownFrom: 2 })
  })
})

describe('answering', () => {
  it('is one run for each person, however often and however fast they join', async () => {
    const round = await start()
    const runs = await Promise.all([1, 2, 3].map(() => team.rounds.join(TENANT, round.id, 'ben')))
    expect(new Set(runs.map(({ id }) => id)).size).toBe(1)
    expect(runs[0]).toMatchObject({ person: 'ben', team: 'beds', round: round.id, scope: GARDEN_FULL, state: 'open', current: 'water', version: 1 })
    const finished = await team.answer(runs[0] as (typeof runs)[0], everywhere(2))
    expect(await team.rounds.join(TENANT, round.id, 'ben')).toEqual(finished)
    expect(await team.store.runsOfRound(TENANT, round.id)).toHaveLength(1)
  })

  it('goes on where somebody left who had given up', async () => {
    const round = await start()
    const left = await team.answer(await team.rounds.join(TENANT, round.id, 'ben'), { water: level(2) }, { state: 'abandoned' })
    expect(await team.rounds.join(TENANT, round.id, 'ben')).toMatchObject({ id: left.id, state: 'open', current: 'soil' })
  })

  it('is for who is invited, and for who is invited later', async () => {
    const round = await start({ invited: ['ana', 'ben', 'cy'] })
    expect(await refusal(team.rounds.join(TENANT, round.id, 'dee'))).toContain('you are not invited')
    expect(await refusal(team.rounds.invite(TENANT, round.id, 'ben', ['dee']))).toContain('only who started')
    expect(await refusal(team.rounds.invite(TENANT, round.id, 'ana', ['stranger']))).toContain('only members')
    expect((await team.rounds.invite(TENANT, round.id, 'ana', ['dee', 'ana'])).invited).toEqual(['ana', 'ben', 'cy', 'dee'])
    expect(await team.rounds.join(TENANT, round.id, 'dee')).toMatchObject({ person: 'dee' })
  })

  it('shows how many have answered, and of others nothing', async () => {
    const round = await start()
    await vote(round, 'ben')
    await team.rounds.join(TENANT, round.id, 'cy')
    const status = await team.rounds.status(TENANT, round.id, 'cy')
    expect(status).toMatchObject({ invited: 5, answered: 1, state: 'open', own: { invited: true, isStarter: false, state: 'open' } })
    expect(status.privacy).toMatch(/^Confidential: .* from 3 answers on/)
    expect(status.privacy).not.toMatch(/anonym/i)
    for (const other of ['ana', 'ben', 'dee', 'eve']) expect(JSON.stringify(status)).not.toContain(`"${other}"`)
    expect(await team.rounds.status(TENANT, round.id, 'stranger')).toMatchObject({ own: { invited: false, state: 'not-started' } })
    expect(await team.rounds.list(TENANT, 'beds', 'ben')).toMatchObject([{ id: round.id, own: { state: 'finished' } }])
    expect(await team.rounds.list(TENANT, 'ponds', 'ben')).toEqual([])
  })

  it('says of a named round that names will be seen', async () => {
    expect((await team.rounds.status(TENANT, (await start({ confidential: false })).id, 'ben')).privacy).toContain('who answered what')
  })
})

describe('closing', () => {
  it('is for the starter, once', async () => {
    const round = await start()
    expect(await refusal(team.rounds.close(TENANT, round.id, 'ben'))).toContain('only who started')
    const closed = await team.rounds.close(TENANT, round.id, 'ana')
    expect(closed).toMatchObject({ state: 'closed', closedBy: 'starter', closedAt: '2026-03-02T09:00:00.000Z' })
    team.clock.now = new Date('2026-03-03T09:00:00.000Z')
    expect(await team.rounds.close(TENANT, round.id, 'ana')).toEqual(closed)
  })

  it('happens when the last of the invited has finished', async () => {
    const round = await start({ invited: ['ana', 'ben', 'cy'] })
    const closed = []
    for (const person of round.invited) closed.push((await vote(round, person)).closed)
    expect(closed).toEqual([false, false, true])
    expect(await team.store.round(TENANT, round.id)).toMatchObject({ state: 'closed', closedBy: 'all-answered' })
  })

  it('happens too when the process ended before it could close the round', async () => {
    const round = await start({ invited: ['ana', 'ben', 'cy'] })
    for (const person of round.invited) await team.answer(await team.rounds.join(TENANT, round.id, person), everywhere(2))
    expect(await team.store.round(TENANT, round.id)).toMatchObject({ state: 'open' })
    expect(await team.rounds.status(TENANT, round.id, 'ana')).toMatchObject({ state: 'closed', closedBy: 'all-answered', answered: 3 })
  })

  it('does not happen before others can be invited to a round of one', async () => {
    const round = await start({ invited: ['ana'], confidential: false })
    expect((await vote(round, 'ana')).closed).toBe(false)
    expect(await team.rounds.invite(TENANT, round.id, 'ana', ['ben'])).toMatchObject({ state: 'open' })
    expect((await vote(round, 'ben')).closed).toBe(true)
  })

  it('happens by the deadline, also one that passed while nothing ran, and each round is told of once', async () => {
    const [round, later] = [await start(), await start({ deadline: '2026-04-01T00:00:00Z' })]
    expect(await team.rounds.closeOverdue()).toEqual([])
    team.clock.now = new Date('2026-03-10T00:00:00.000Z')
    const again = createRounds({ store: team.store, corpus: () => CORPUS, now: () => team.clock.now, newId: team.newId })
    const closed = (await Promise.all([again.closeOverdue(), team.rounds.closeOverdue()])).flat()
    expect(closed).toMatchObject([{ tenant: TENANT, round: { id: round.id, closedBy: 'deadline', closedAt: '2026-03-10T00:00:00.000Z' } }])
    expect(await team.store.round(TENANT, later.id)).toMatchObject({ state: 'open' })
  })

  it('happens at the deadline for whoever looks, before any timer', async () => {
    const round = await start()
    team.clock.now = new Date(DEADLINE)
    expect(await team.rounds.status(TENANT, round.id, 'ben')).toMatchObject({ state: 'closed', closedBy: 'deadline' })
  })

  it('refuses answers from then on', async () => {
    const round = await start()
    await expect(team.rounds.assertOpen(TENANT, round.id)).resolves.toBeUndefined()
    team.clock.now = new Date(DEADLINE)
    for (const attempt of [() => team.rounds.assertOpen(TENANT, round.id), () => team.rounds.join(TENANT, round.id, 'ben')]) {
      expect(await refusal(attempt())).toBe('the round "Spring" closed at 2026-03-09T17:00:00.000Z: answers no longer count, see its results')
    }
    expect(await refusal(team.rounds.invite(TENANT, round.id, 'ana', ['ben']))).toContain('closed')
    expect(await refusal(team.rounds.assertOpen(TENANT, 'none'))).toContain('no such round')
  })

  it('does not wait for who was deleted, and outlives who started it', async () => {
    const round = await start({ invited: ['ana', 'ben', 'cy'], confidential: false })
    await team.store.deletePerson(TENANT, 'ana')
    await vote(round, 'ben')
    expect((await vote(round, 'cy')).closed).toBe(true)
    expect(await team.store.round(TENANT, round.id)).toMatchObject({ startedBy: REMOVED_PERSON, closedBy: 'all-answered' })
  })

  it('is nothing that a run outside of rounds brings about', async () => {
    await start()
    expect(await team.rounds.runFinished(TENANT, await team.alone('ana', everywhere(1)))).toBe(false)
  })
})

describe('results', () => {
  it('are there once it is closed, and count changed answers and unfinished runs', async () => {
    const round = await start({ invited: ['ana', 'ben', 'cy'] })
    const { run } = await vote(round, 'ana')
    await team.answer(run, { water: level(5) })
    await vote(round, 'ben')
    expect(await refusal(team.rounds.results(TENANT, round.id))).toBe(
      `the round "Spring" is still open, and 2 of 3 have answered: results are shown once it closes, at ${DEADLINE} at the latest`,
    )
    await team.answer(await team.rounds.join(TENANT, round.id, 'cy'), { water: level(3), soil: NOT_SURE }, { state: 'paused' })
    await team.rounds.close(TENANT, round.id, 'ana')
    const { figures, revoteOffered } = await team.rounds.results(TENANT, round.id)
    expect(figures.sections.slice(0, 2)).toMatchObject([
      { section: 'water', values: [2, 3, 5], median: 3, worthTalkingAbout: { lowest: { level: 2 }, highest: { level: 5 } } },
      { section: 'soil', state: 'hidden' },
    ])
    expect(revoteOffered).toEqual(['water'])
  })

  it('leave out who gave up', async () => {
    const round = await start({ confidential: false, invited: ['ana', 'ben'] })
    await vote(round, 'ana')
    await team.answer(await team.rounds.join(TENANT, round.id, 'ben'), { water: level(5) }, { state: 'abandoned' })
    await team.rounds.close(TENANT, round.id, 'ana')
    expect((await team.rounds.results(TENANT, round.id)).figures).toMatchObject({ respondents: 1, sections: [{ values: [2] }, {}, {}, {}, {}] })
  })

  it('of a round that nobody answered are empty', async () => {
    const round = await start({ confidential: false })
    await team.rounds.close(TENANT, round.id, 'ana')
    expect(await team.rounds.results(TENANT, round.id)).toMatchObject({ figures: { respondents: 0, coverage: { answered: 0, asked: 5 } }, revoteOffered: [] })
  })

  it('say when the model is gone, and leave out what it no longer has', async () => {
    const round = await start({ confidential: false })
    await vote(round, 'ana')
    await team.rounds.close(TENANT, round.id, 'ana')
    const [garden] = CORPUS.models
    team.corpus.now = edited({ models: [{ ...(garden as (typeof CORPUS.models)[0]), sections: garden?.sections.slice(1) ?? [] }] })
    expect((await team.rounds.results(TENANT, round.id)).figures.sections.map(({ section }) => section)).toEqual(['soil', 'light', 'tools', 'people'])
    team.corpus.now = edited({ models: [] })
    expect(await refusal(team.rounds.results(TENANT, round.id))).toContain('put the file of the model "garden" back')
  })

  it('of a confidential round name nobody who answered', async () => {
    const round = await start({ invited: ['ben', 'cy', 'dee'] })
    for (const person of round.invited) await vote(round, person)
    const { figures } = await team.rounds.results(TENANT, round.id)
    for (const person of PEOPLE) expect(JSON.stringify(figures)).not.toContain(`"${person}"`)
  })
})

describe('the re-vote', () => {
  const LATER = '2026-03-20T17:00:00.000Z'
  const wideRound = async () => {
    const round = await start({ invited: ['ana', 'ben', 'cy'] })
    await vote(round, 'ana', { ...everywhere(3), water: level(1) })
    await vote(round, 'ben', { ...everywhere(3), tools: level(5) })
    await vote(round, 'cy', everywhere(3))
    return round
  }

  it('asks only about what is worth talking about, and both votes are kept', async () => {
    const round = await wideRound()
    const revote = await team.rounds.startRevote(TENANT, round.id, 'ben', { deadline: LATER })
    expect(revote).toMatchObject({ revote: { of: round.id, sections: ['water', 'tools'] }, confidential: true, shownFrom: 3, startedBy: 'ben', state: 'open' })
    expect(revote.invited.toSorted()).toEqual(['ana', 'ben', 'cy'])
    expect(catalogueOfRound(revote, CORPUS).questions.map(({ id }) => id)).toEqual(['water', 'tools'])
    expect(await team.rounds.results(TENANT, round.id)).toMatchObject({ revoteOffered: [] })
    expect(await team.rounds.results(TENANT, round.id)).not.toHaveProperty('otherVote')

    for (const person of revote.invited) await vote(revote, person, { water: level(2), tools: level(4) })
    const [first, second] = await Promise.all([round, revote].map(({ id }) => team.rounds.results(TENANT, id)))
    expect(second).toMatchObject({
      figures: {
        sections: [
          { section: 'water', median: 2 },
          { section: 'tools', median: 4 },
        ],
        coverage: { answered: 2, asked: 2 },
      },
      otherVote: { kind: 'first-vote', round: { id: round.id } },
      revoteOffered: [],
    })
    expect(first?.otherVote).toMatchObject({ kind: 'revote', figures: second?.figures })
    expect(first?.figures).toEqual(second?.otherVote?.figures)
  })

  it('is one, after closing, by who took part', async () => {
    const round = await wideRound()
    const revoteBy = (person: string) => team.rounds.startRevote(TENANT, round.id, person, { deadline: LATER })
    expect(await refusal(revoteBy('eve'))).toContain('took part')
    expect(await refusal(team.rounds.startRevote(TENANT, round.id, 'ana', { deadline: '2026-01-01' }))).toContain('has passed')
    const both = await Promise.allSettled([revoteBy('ana'), revoteBy('ben')])
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
    expect(await refusal(revoteBy('ana'))).toContain('only one re-vote')
    const revote = (await team.rounds.list(TENANT, 'beds', 'ana')).find((each) => each.revote !== undefined)
    expect(await refusal(team.rounds.startRevote(TENANT, revote?.id ?? '', 'ana', { deadline: LATER }))).toContain('still open')
    await team.rounds.close(TENANT, revote?.id ?? '', revote?.own.isStarter === true ? 'ana' : 'ben')
    expect(await refusal(team.rounds.startRevote(TENANT, revote?.id ?? '', 'ana', { deadline: LATER }))).toContain('a re-vote already')
    expect(await refusal(team.rounds.startRevote(TENANT, (await start()).id, 'ana', { deadline: LATER }))).toContain('still open')
  })

  it('needs something that is wide apart', async () => {
    const round = await start({ invited: ['ana', 'ben', 'cy'] })
    for (const person of round.invited) await vote(round, person)
    expect(await refusal(team.rounds.startRevote(TENANT, round.id, 'ana', { deadline: LATER }))).toContain('nowhere two levels apart')
  })

  it('asks about a ladder as a whole', async () => {
    const round = await start({ scope: { model: 'pond', extent: 'quick' }, confidential: false, invited: ['ana', 'ben'] })
    await vote(round, 'ana', { 'stages/4': stage(4, 'in-place'), 'stages/6': stage(6, 'in-place'), 'stages/7': stage(7, 'not-yet') })
    await vote(round, 'ben', { 'stages/4': stage(4, 'not-yet'), 'stages/2': stage(2, 'not-yet'), 'stages/1': stage(1, 'not-yet') })
    const revote = await team.rounds.startRevote(TENANT, round.id, 'ana', { deadline: LATER })
    expect(catalogueOfRound(revote, CORPUS)).toMatchObject({ order: 'bisect', length: 3, questions: { length: 7 } })
    expect(await team.rounds.join(TENANT, revote.id, 'ana')).toMatchObject({ current: 'stages/4' })
  })
})
