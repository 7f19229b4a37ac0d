import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { answerRound, assessAlone, createTeam, KMM, startRound } from '../../chat/results/testing/assess.ts'
import { TENANT } from '../../chat/testing/test-platform.ts'
import { splitSentences } from '../../corpus/sentences.ts'
import { openBuiltInEngine, type TestEngine } from '../../testing/built-in-engine.ts'
import { type DigestContent, isEmpty, itemOf } from './digest-content.ts'
import { digestText } from './digest-lines.ts'
import { plain } from './digest-text.ts'
import { createDigestWorld, type DigestWorld, daysBefore, TEAM } from './testing/digest-world.ts'

const NOW = '2026-06-15T07:00:00.000Z'
let engine: TestEngine
let world: DigestWorld
beforeAll(async () => {
  engine = await openBuiltInEngine()
}, 60_000)
afterAll(() => engine.close())
beforeEach(async () => {
  world = await createDigestWorld(engine, { now: NOW })
})
afterEach(() => world.close())

const records = () => world.assessments.store.assessments
/** Lets something happen at an earlier time. */
const daysAgo = async (days: number, what: () => Promise<unknown>) => {
  world.setNow(daysBefore(new Date(NOW), days))
  await what()
  world.setNow(NOW)
}
const team = (members: readonly string[] = ['U1', 'U2', 'U3'], id = TEAM, name = 'Payments') => createTeam(world, id, members, { name })
const kinds = ({ items }: DigestContent) => items.map(({ kind }) => kind).sort()
const linesOf = (content: DigestContent) => digestText(content).lines.map(({ about, parts }) => `${about}: ${plain(parts)}`)
const act = async (text: string, due: string, owner?: string) => {
  const [section, step] = ['security', engine.corpus.passage('kmm/security/2')]
  const action = await records().createAction(TENANT, {
    id: text,
    team: TEAM,
    model: 'kmm',
    section,
    passage: step?.id ?? '',
    text,
    createdBy: 'U1',
    createdAt: world.now().toISOString(),
    due,
    ...(owner === undefined ? {} : { owner }),
  })
  return action.id
}

describe('what changed', () => {
  it('is told from the old level to the new, for the sections that moved and no others', async () => {
    await team()
    await daysAgo(30, () => assessAlone(world, TEAM, 'U1', [2, 3, 4, 1, 2]))
    await daysAgo(3, () => assessAlone(world, TEAM, 'U2', [2, 4, 3, 1, 2]))
    const content = await world.compose()
    expect(itemOf(content, 'changed')?.sections.map(({ section, before, now, direction }) => [section, before, now, direction])).toEqual([
      ['architecture', 3, 4, 'up'],
      ['automation', 4, 3, 'down'],
    ])
    expect(linesOf(content)[0]).toBe('changes: Changed: Architecture up from level 3 to level 4; Automation and CI/CD down from level 4 to level 3.')
  })

  it('counts from what was answered then, also where the answer itself was changed since', async () => {
    await team()
    await daysAgo(30, () => assessAlone(world, TEAM, 'U1', [2, 2, 2, 2, 2]))
    const [run] = await records().finishedRuns(TENANT, TEAM)
    const who = { tenant: TENANT, person: 'U1', surface: 'slack' as const }
    await daysAgo(2, () => world.assessments.conversation.amend(who, run?.id ?? '', { question: 'security', value: { kind: 'level', level: 4 } }))
    const changed = itemOf(await world.compose(), 'changed')
    expect(changed?.sections).toMatchObject([{ section: 'security', before: 2, now: 4 }])
    const before = await world.compose({}, { period: { from: daysBefore(new Date(NOW), 20), to: daysBefore(new Date(NOW), 10) } })
    expect(itemOf(before, 'changed')).toBeUndefined()
  })

  it('is what was not known before as well, and what is no longer', async () => {
    await team()
    await daysAgo(30, () => assessAlone(world, TEAM, 'U1', [2, 'not sure', 2, 2, 2]))
    await daysAgo(3, () => assessAlone(world, TEAM, 'U1', [2, 3, 2, { kind: 'not-applicable', reason: 'no production' }, 2]))
    expect(linesOf(await world.compose())[0]).toBe(
      'changes: Changed: Architecture is now known, level 3; Security and compliance was level 2, now not applicable.',
    )
  })

  it('leaves out what came after the period, which the next one tells', async () => {
    await team()
    await daysAgo(30, () => assessAlone(world, TEAM, 'U1', [2, 2, 2, 2, 2]))
    await daysAgo(0.5, () => assessAlone(world, TEAM, 'U1', [3, 2, 2, 2, 2]))
    const to = daysBefore(new Date(NOW), 1)
    expect(itemOf(await world.compose({}, { period: { to } }), 'changed')).toBeUndefined()
    expect(itemOf(await world.compose({}, { period: { from: to } }), 'changed')?.sections).toHaveLength(1)
  })

  it('names targets that were reached, and not those that were chosen where the team stood already', async () => {
    await team()
    await daysAgo(30, () => assessAlone(world, TEAM, 'U1', [2, 2, 2, 2, 2]))
    const target = (section: string, level: number) => world.assessments.results.setTarget(TENANT, { team: TEAM, model: 'kmm', section, level, setBy: 'U1' })
    await daysAgo(4, () => target('culture', 2))
    await daysAgo(4, () => target('security', 3))
    await daysAgo(2, () => assessAlone(world, TEAM, 'U1', [2, 2, 2, 3, 2]))
    const content = await world.compose()
    expect(itemOf(content, 'targets-reached')?.sections).toEqual([{ section: 'security', label: 'Security and compliance', target: 3, level: 3 }])
    expect(linesOf(content)[0]).toMatch(/ Target reached: Security and compliance \(3\)\.$/)
  })

  it('of a ladder is the stage', async () => {
    await team()
    const scope = { model: 'fairwinds', extent: 'quick' } as const
    const stage = (reached: number) => async () => {
      const who = { tenant: TENANT, person: 'U1', surface: 'slack' as const }
      let { run, view } = await world.assessments.conversation.start(who, { team: TEAM, scope })
      while (view.kind === 'question' && view.question.kind === 'stage') {
        const holds = view.question.stage <= reached ? 'in-place' : 'not-yet'
        const practices = Object.fromEntries(view.question.practices.map(({ passage }) => [passage, holds] as const))
        ;({ run, view } = await world.assessments.conversation.take(who, run.id, {
          kind: 'answer',
          question: view.question.id,
          value: { kind: 'practices', practices },
        }))
      }
    }
    await daysAgo(30, stage(0))
    await daysAgo(3, stage(3))
    const content = await world.compose()
    expect(linesOf(content)[0]).toBe('changes: Changed: Phases up from no phase yet to phase 3.')
    expect(content.picture?.title).toBe('Payments: Fairwinds model')
  })
})

describe('a first digest', () => {
  it('tells of the first assessment with its headline and how much it rests on', async () => {
    await team()
    await daysAgo(2, () => assessAlone(world, TEAM, 'U1', [2, 3, 4, 1, 'not sure']))
    const content = await world.compose()
    expect(isEmpty(content)).toBe(false)
    expect(itemOf(content, 'changed')).toBeUndefined()
    expect(linesOf(content)[0]).toBe('changes: First assessed by KMM: Lowest: Security and compliance at level 1. 4 of 5 answered.')
    expect(content.picture?.alt).toContain('Radar')
  })

  it('of a team without results is empty, and says so in one line where it is wanted all the same', async () => {
    await team()
    const content = await world.compose()
    expect([isEmpty(content), content.picture]).toEqual([true, undefined])
    expect(linesOf(content)).toEqual([
      'nothing: Nothing has changed, nothing is due, and no round is open. No results yet. They appear once somebody has finished an assessment, or a round has closed.',
      'digest: This comes every Monday at 09:00 Berlin time.',
    ])
  })

  it('names a model that is no longer there', async () => {
    await team()
    expect(linesOf(await world.compose({ model: 'acme' }))[0]).toMatch(/It is about what is no longer here: acme\.$/)
  })

  it('of a team that is gone says what to do', async () => {
    await expect(world.compose()).rejects.toThrow('The team of this digest is no longer there: delete the digest.')
  })
})

describe('an empty week', () => {
  it('has a next step, a picture and the line about the digest, and is still empty', async () => {
    await team()
    await daysAgo(30, () => assessAlone(world, TEAM, 'U1', [2, 3, 4, 1, 2]))
    const content = await world.compose()
    expect(kinds(content)).toEqual(['step'])
    expect(isEmpty(content)).toBe(true)
    expect(linesOf(content)[0]).toBe('nothing: Nothing has changed, nothing is due, and no round is open.')
  })

  it('is one in which the same was answered again', async () => {
    await team()
    await daysAgo(30, () => assessAlone(world, TEAM, 'U1', [2, 3, 4, 1, 2]))
    await daysAgo(3, () => assessAlone(world, TEAM, 'U2', [2, 3, 4, 1, 2]))
    expect(isEmpty(await world.compose())).toBe(true)
  })

  it('is none in which something is due, a round is open, or an answer has become old', async () => {
    await team()
    await daysAgo(80, () => assessAlone(world, TEAM, 'U1', [2, 3, 4, 1, 2]))
    expect(isEmpty(await world.compose())).toBe(true)
    await act('Scan images.', '2026-06-22')
    expect(kinds(await world.compose())).toEqual(['actions', 'step'])
    expect(isEmpty(await world.compose())).toBe(false)
    await records().removeAction(TENANT, 'Scan images.')

    const round = await startRound(world, TEAM)
    expect(isEmpty(await world.compose())).toBe(false)
    await world.assessments.rounds.close(TENANT, round.id, 'U1')

    world.setNow('2026-06-30T07:00:00.000Z')
    expect(kinds(await world.compose())).toEqual(['stale-question', 'step'])
    expect(isEmpty(await world.compose())).toBe(false)
  })
})

describe('the next step', () => {
  it('is a sentence of its passage, letter for letter, with its address', async () => {
    await team()
    await daysAgo(3, () => assessAlone(world, TEAM, 'U1', [2, 3, 4, 1, 2]))
    const content = await world.compose()
    const step = itemOf(content, 'step')
    const passage = engine.corpus.passage(step?.passage ?? '')
    expect(step).toMatchObject({ section: 'security', to: 2, passage: 'kmm/security/2', url: passage?.url })
    expect(splitSentences(passage?.text ?? '')).toContain(step?.text)
    const { lines, sources } = digestText(content)
    expect(sources).toEqual([{ n: 1, passage: 'kmm/security/2', title: passage?.title, quote: step?.text, url: passage?.url }])
    const line = lines.find(({ about }) => about === 'step')
    expect(plain(line?.parts ?? [])).toBe(`Next for Security and compliance, to level 2: ${step?.text} [1]`)
    expect(line?.buttons).toEqual([{ kind: 'make-action', model: 'kmm', section: 'security', passage: 'kmm/security/2', text: step?.text }])
  })

  it('names who has it, once it is an action, and only members of the team', async () => {
    await team()
    await daysAgo(3, () => assessAlone(world, TEAM, 'U1', [2, 3, 4, 1, 2]))
    const step = itemOf(await world.compose(), 'step')
    const who = { tenant: TENANT, team: TEAM, person: 'U1' }
    const action = await world.assessments.actions.create(who, { model: 'kmm', section: 'security', passage: step?.passage ?? '', text: step?.text ?? '' })
    await world.assessments.actions.assign(who, action.id, 'U2')
    const content = await world.compose()
    const line = digestText(content).lines.find(({ about }) => about === 'step')
    expect([itemOf(content, 'step')?.action?.owner, line?.buttons]).toEqual(['U2', []])
    expect(line?.parts).toContainEqual({ kind: 'person', id: 'U2' })

    await records().removeMember(TENANT, TEAM, 'U2')
    expect(itemOf(await world.compose(), 'step')?.action).not.toHaveProperty('owner')
  })
})

describe('actions', () => {
  it('are counted by what is due within a week and what is overdue, in the days of the digest’s zone', async () => {
    await team()
    for (const due of ['2026-06-13', '2026-06-14', '2026-06-15', '2026-06-22', '2026-06-23']) await act(`By ${due}.`, due, 'U2')
    const content = await world.compose()
    expect(itemOf(content, 'actions')).toMatchObject({
      overdue: 2,
      due: 2,
      first: [{ id: 'By 2026-06-13.' }, { id: 'By 2026-06-14.' }, { id: 'By 2026-06-15.' }],
    })
    expect(linesOf(content)[0]).toBe(
      'actions: Actions, 2 overdue, 2 due within a week: By 2026-06-13 (somebody, by 13 Jun 2026, overdue); By 2026-06-14 (somebody, by 14 Jun 2026, overdue); By 2026-06-15 (somebody, by 15 Jun 2026); and 1 more.',
    )
    // There it is still the fourteenth.
    world.setNow('2026-06-15T02:00:00.000Z')
    const far = { ...content.digest.schedule, zone: 'America/Los_Angeles' }
    expect(itemOf(await world.compose({ schedule: far }), 'actions')).toMatchObject({ overdue: 1, due: 2 })
  })

  it('are those of the model where the digest names one', async () => {
    await team()
    await act('Scan images.', '2026-06-16')
    expect(itemOf(await world.compose({ model: 'cncf' }), 'actions')).toBeUndefined()
    expect(itemOf(await world.compose({ model: 'kmm' }), 'actions')).toMatchObject({ due: 1 })
  })
})

describe('open rounds', () => {
  it('are told by counts and days left; who is left to answer only of named ones', async () => {
    await team(['U1', 'U2', 'U3', 'U4', 'U5'])
    const named = await startRound(world, TEAM)
    for (const person of ['U2', 'U4', 'U5']) await answerRound(world, named, person, [2])
    const content = await world.compose()
    expect(itemOf(content, 'rounds')?.rounds).toEqual([
      { id: named.id, name: 'Spring', model: 'kmm', confidential: false, invited: 5, answered: 3, deadline: named.deadline, daysLeft: 7, left: ['U1', 'U3'] },
    ])
    expect(linesOf(content)[0]).toBe('rounds: Round “Spring”: 3 of 5 have answered, 7 days are left. Left to answer: somebody, somebody.')
  })

  it('never name anybody of a confidential one, in data or in words', async () => {
    await team(['U1', 'U2', 'U3', 'U4', 'U5'])
    const round = await startRound(world, TEAM, { confidential: true })
    for (const person of ['U2', 'U4']) await answerRound(world, round, person, [2])
    const content = await world.compose()
    expect(itemOf(content, 'rounds')?.rounds[0]).not.toHaveProperty('left')
    expect(linesOf(content)[0]).toBe('rounds: Round “Spring”: 2 of 5 have answered, 7 days are left.')
    const [line] = digestText(content).lines
    expect(JSON.stringify([itemOf(content, 'rounds'), line])).not.toMatch(/"U\d"/)
  })

  it('are not those whose deadline has passed, though nobody has closed them yet', async () => {
    await team()
    await daysAgo(8, () => startRound(world, TEAM))
    expect(itemOf(await world.compose(), 'rounds')).toBeUndefined()
  })
})

describe('the old answer that is asked again', () => {
  it('is the oldest one of more than 90 days, with a button for each level', async () => {
    await team()
    await daysAgo(120, () => assessAlone(world, TEAM, 'U1', [2, 3, 4, 1, 2]))
    const [run] = await records().finishedRuns(TENANT, TEAM)
    const who = { tenant: TENANT, person: 'U1', surface: 'slack' as const }
    for (const question of ['culture', 'architecture', 'automation'])
      await daysAgo(91, () => world.assessments.conversation.amend(who, run?.id ?? '', { question, value: { kind: 'level', level: 2 } }))
    const content = await world.compose()
    expect(itemOf(content, 'stale-question')).toMatchObject({ section: 'security', level: 1, ageDays: 120, others: 4 })
    const line = digestText(content).lines.find(({ about }) => about === 'stale-question')
    expect(plain(line?.parts ?? [])).toBe(
      'Still so? Security and compliance: level 1, answered 120 days ago. Which holds for you now? 4 more answers are as old.',
    )
    expect(line?.buttons.map((button) => button.kind === 'level' && [button.choice.level, button.choice.passage])).toEqual(
      [1, 2, 3, 4, 5].map((level) => [level, `kmm/security/${level}`]),
    )
    for (const button of line?.buttons ?? [])
      if (button.kind === 'level') expect(button.choice.indicator).toBe(engine.corpus.passage(button.choice.passage ?? '')?.indicator)
  })

  it('is none on the ninetieth day, and none that an open round asks anyway', async () => {
    await team()
    await daysAgo(90, () => assessAlone(world, TEAM, 'U1', [2, 3, 4, 1, 2]))
    expect(itemOf(await world.compose(), 'stale-question')).toBeUndefined()
    world.setNow('2026-06-16T07:00:00.000Z')
    expect(itemOf(await world.compose(), 'stale-question')).toBeDefined()
    await startRound(world, TEAM)
    expect(itemOf(await world.compose(), 'stale-question')).toBeUndefined()
  })
})

describe('a month', () => {
  it('adds the way over a year, the gaps to the targets, and what lies far apart', async () => {
    await team(['U1', 'U2', 'U3'])
    await daysAgo(400, () => assessAlone(world, TEAM, 'U1', [5, 5, 5, 5, 5]))
    await daysAgo(100, () => assessAlone(world, TEAM, 'U1', [1, 3, 4, 1, 2]))
    const round = { current: undefined as Awaited<ReturnType<typeof startRound>> | undefined }
    await daysAgo(20, async () => {
      round.current = await startRound(world, TEAM)
      for (const [person, answers] of [
        ['U1', [2, 3, 2, 1, 2]],
        ['U2', [2, 3, 2, 1, 2]],
        ['U3', [2, 3, 2, 4, 2]],
      ] as const)
        await answerRound(world, round.current, person, answers)
    })
    for (const [section, level] of [
      ['culture', 5],
      ['automation', 3],
      ['architecture', 3],
    ] as const)
      await world.assessments.results.setTarget(TENANT, { team: TEAM, model: 'kmm', section, level, setBy: 'U1' })
    const lines = linesOf(await world.compose({ kind: 'monthly' }))
    expect(lines).toContain('trend: Over a year: ↑ Culture and organization 1 to 2, ↓ Automation and CI/CD 4 to 2; → 3 as before.')
    expect(lines).toContain('gaps: Targets: Culture and organization 3 to go (2 of 5), Automation and CI/CD 1 to go (2 of 3); 1 reached.')
    expect(lines).toContain('disagreement: Answers far apart: Security and compliance, from 1 to 4.')
    expect(linesOf(await world.compose()).join('\n')).not.toMatch(/trend:|gaps:|disagreement:/)
  })
})

describe('a huge team', { timeout: 60_000 }, () => {
  it('of 500 people, 26 sections and 40 actions gets six lines that can be read', async () => {
    const people = Array.from({ length: 500 }, (_, i) => `P${i}`)
    await team(people)
    const full = { model: 'cncf', extent: 'full' } as const
    await daysAgo(30, () => assessAlone(world, TEAM, 'P0', [1], full))
    await daysAgo(3, () => assessAlone(world, TEAM, 'P1', [2], full))
    for (let i = 0; i < 40; i++)
      await act(`Action number ${i} is one with quite a long sentence, so that what is told of it has to be cut somewhere.`, '2026-06-10', `P${i}`)
    await startRound(world, TEAM, { scope: KMM, by: 'P0' })
    await daysAgo(2, () => startRound(world, TEAM, { confidential: true, by: 'P1' }))

    const started = performance.now()
    const content = await world.compose()
    expect(performance.now() - started).toBeLessThan(3_000)
    const sections = engine.corpus.model('cncf')?.sections.filter(({ levels }) => levels.length > 1).length
    expect(itemOf(content, 'changed')?.sections).toHaveLength(sections as number)
    expect(itemOf(content, 'actions')).toMatchObject({ overdue: 40, due: 0, first: { length: 3 } })
    expect(itemOf(content, 'rounds')?.rounds.map(({ invited, answered, left }) => [invited, answered, left?.length])).toEqual([
      [500, 0, undefined],
      [500, 0, 5],
    ])
    const { lines } = digestText(content)
    expect(lines.length).toBeLessThanOrEqual(6)
    for (const { parts } of lines) expect(plain(parts).length).toBeLessThan(600)
    expect(plain(lines[0]?.parts ?? [])).toMatch(new RegExp(`; and ${(sections as number) - 4} more\\.$`))
    expect(content.picture?.png().length).toBeLessThan(300_000)
  })
})

describe('the words around it', () => {
  it('say the period, that it is not a whole one, and that it comes late', async () => {
    await team()
    const { notes } = digestText(await world.compose({}, { period: { partial: true }, late: true }))
    expect(notes.map(plain)).toEqual([
      'From 8 Jun 2026 to 15 Jun 2026. This is less time than there usually is between two of these.',
      `This comes late: it was due at ${NOW}.`,
    ])
  })

  it('say why somebody gets it, with who made it', async () => {
    await team()
    const text = digestText(await world.compose())
    expect(text.lines.at(-1)?.buttons.map(({ kind }) => kind)).toEqual(['mute', 'change', 'why'])
    expect(text.why[0]).toEqual({ kind: 'person', id: 'U1' })
    expect(plain(text.why)).toBe(
      'somebody set up this digest on 1 Jan 2026, about Payments, for this channel. It comes every Monday at 09:00 Berlin time, and only when something is new.',
    )
  })

  it('have at most six lines in the fullest week', async () => {
    await team()
    await daysAgo(120, () => assessAlone(world, TEAM, 'U1', [2, 3, 4, 1, 2]))
    const [run] = await records().finishedRuns(TENANT, TEAM)
    const who = { tenant: TENANT, person: 'U1', surface: 'slack' as const }
    await daysAgo(2, () => world.assessments.conversation.amend(who, run?.id ?? '', { question: 'culture', value: { kind: 'level', level: 4 } }))
    await act('Scan images.', '2026-06-16')
    await startRound(world, TEAM, { scope: { model: 'cncf', extent: 'quick' } })
    const { lines, summary } = digestText(await world.compose())
    expect(lines.map(({ about }) => about)).toEqual(['changes', 'step', 'actions', 'rounds', 'stale-question', 'digest'])
    expect(summary).toBe('Payments: KMM. Changed: Culture and organization up from level 2 to level 4.')
  })
})
