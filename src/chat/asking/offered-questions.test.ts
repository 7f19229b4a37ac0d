import { randomUUID } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import type { Answer } from '../../answers/answer.ts'
import { SUGGESTIONS } from '../../answers/suggestions.ts'
import { catalogueOf } from '../../assessments/catalogue.ts'
import type { AnswerValue, Scope } from '../../assessments/records.ts'
import type { Prompt } from '../reply.ts'
import { eachOverEngine } from '../testing/over-engine.ts'
import { createTestDeps, type TestDeps } from '../testing/test-deps.ts'
import { TENANT } from '../testing/test-platform.ts'
import { type Asking, createAsking } from './create-asking.ts'
import { offersAfter } from './further-questions.ts'
import { nextStep } from './prompts.ts'

const ADA = { tenant: TENANT, person: 'U1' }

let deps: TestDeps
let asking: Asking
eachOverEngine(createTestDeps, (fresh) => {
  deps = fresh
  asking = createAsking(deps)
})

const passagesFor = async (question: string) => {
  const { outcome, citations } = await deps.assistant().ask({ question })
  expect(outcome, question).toBe('answered')
  return citations.map(({ passage }) => passage)
}

/** Ada's team of this name finishes an assessment in which every question has the level that `levelOf` says. */
async function assess(name: string, scope: Scope, levelOf: (question: string) => number): Promise<void> {
  const store = deps.assessments.store.assessments
  const at = deps.now().toISOString()
  await store.savePerson(TENANT, { id: 'U1', name: 'Ada' })
  const team = (await store.teamByName(TENANT, name)) ?? { id: randomUUID(), name, createdAt: at }
  await store.saveTeam(TENANT, team)
  await store.addMember(TENANT, team.id, 'U1')
  const run = { id: randomUUID(), person: 'U1', team: team.id, scope, state: 'open', modelVersion: '1', startedAt: at, updatedAt: at, version: 1 } as const
  await store.createRun(TENANT, run)
  let { version } = run as { version: number }
  for (const question of catalogueOf(scope, deps.corpus()).questions) {
    const value: AnswerValue =
      question.kind === 'levels'
        ? { kind: 'level', level: levelOf(question.id) }
        : {
            kind: 'practices',
            practices: Object.fromEntries(question.practices.map(({ passage }) => [passage, question.stage <= levelOf(question.id) ? 'in-place' : 'not-yet'])),
          }
    const answer = { run: run.id, question: question.id, value, seen: [], modelVersion: '1', answeredAt: at, surface: 'slack' as const }
    version = (await store.recordAnswer(TENANT, answer, { key: question.id, version, change: { state: 'open' } })).run.version
  }
  await store.changeRun(TENANT, run.id, version, { state: 'finished', finishedAt: at }, at)
}

describe('what to ask', () => {
  const prompts = () => asking.prompts(ADA)
  const promptFor = (title: string, question: string): Prompt => ({ title, message: question, press: { on: 'ask.this', with: { question } } })
  const titles = (offered: readonly Prompt[]) => offered.map(({ title }) => title)

  it('is, for whoever has no results, two questions and an assessment', async () => {
    expect(await prompts()).toEqual([
      promptFor('Access to production', 'Who should be able to ssh into prod at level 3?'),
      promptFor('Security at level 2', 'What does the KMM expect of security at level 2?'),
      { title: 'Assess my team', message: 'assess', press: { on: 'assess.choose', with: {} } },
    ])
  })

  it('begins with what comes next where the team stands lowest', async () => {
    await assess('Payments', { model: 'kmm', extent: 'quick' }, (question) => (question === 'security' ? 2 : 3))
    const offered = await prompts()
    expect(offered[0]).toEqual(promptFor('Security: next after level 2', 'What comes after level 2 in Security and compliance of the KMM?'))
    expect(await passagesFor(offered[0]?.message as string)).toContain('kmm/security/3')
    expect(offered.length).toBeLessThanOrEqual(4)
    expect(titles(offered)).not.toContain('Assess my team')
  })

  it('names the next stage of a ladder, and stays within four for somebody in many teams', async () => {
    await assess('Payments', { model: 'fairwinds', extent: 'full' }, () => 2)
    for (const name of ['Search', 'Mail', 'Maps']) await assess(name, { model: 'kmm', extent: 'quick' }, () => 1)
    const offered = await prompts()
    expect(offered).toContainEqual(promptFor('Fairwinds: next after phase 2', 'What comes after phase 2 in the Fairwinds model?'))
    expect(offered).toHaveLength(4)
    expect(new Set(offered.map(({ message }) => message)).size).toBe(4)
  })

  it('is not what somebody else’s team stands lowest in', async () => {
    await assess('Payments', { model: 'kmm', extent: 'quick' }, () => 2)
    expect(titles(await asking.prompts({ ...ADA, person: 'U2' }))).toContain('Assess my team')
    expect(titles(await asking.prompts({ ...ADA, tenant: 'slack:T2' }))).toContain('Assess my team')
  })

  it('is always answered, and mostly by the passage it is about, wherever a team stands', { timeout: 30_000 }, async () => {
    const missed: string[] = []
    let count = 0
    for (const model of deps.corpus().models) {
      const asked = model.sections.filter(({ id, levels }) => levels.length > 1 && (model.shape === 'continuous' || !id.includes('/')))
      for (const [index, section] of asked.entries()) {
        // Level 0 is no stage yet; the highest has none after it.
        const level = index === 0 ? 0 : (section.levels[index % section.levels.length] as number)
        const next = section.levels.find((each) => each > level) ?? level
        const { title, message } = nextStep(level, section, model)
        expect(title.length, title).toBeLessThanOrEqual(30)
        if (!(await passagesFor(message)).includes(`${model.id}/${section.id}/${next}`)) missed.push(message)
        count++
      }
    }
    expect(count).toBeGreaterThan(30)
    // The CNCF model has four sections called "Overview" and three called "AI".
    expect(missed.length / count, missed.join('\n')).toBeLessThan(0.2)
  })

  it('is answered where it is offered to everybody', async () => {
    for (const { title, question } of SUGGESTIONS) {
      expect(title.length, title).toBeLessThanOrEqual(30)
      expect((await passagesFor(question)).length).toBeGreaterThan(0)
    }
  })
})

describe('the buttons below a reply that is no answer', () => {
  const declined = (text: string): Answer => ({
    question: 'how many engineers should we have?',
    outcome: 'declined',
    text,
    parts: [{ sentences: [{ text, citations: [] }] }],
    citations: [],
    retrieved: ['cncf/people/teams-and-decentralization/3', 'kmm/culture/2', 'cncf/people/teams-and-decentralization/5', 'cncf/prologue/fit'],
    answerer: 'extractive',
    ms: { search: 1, answer: 1, total: 2 },
  })

  it('ask about the topics that it names, each once, and are answered', async () => {
    const text = 'The nearest topics are People › Teams and decentralization (CNCF model) and Culture and organization (KMM).'
    const offers = offersAfter(declined(text), deps.corpus())
    expect(offers.map(({ label }) => label)).toEqual(['Teams and decentralization, level 3 (CNCF model)', 'Culture and organization, level 2 (KMM)'])
    expect(await passagesFor(offers[0]?.press.with?.question as string)).toContain('cncf/people/teams-and-decentralization/3')
    expect(await passagesFor(offers[1]?.press.with?.question as string)).toContain('kmm/culture/2')
  })

  it('are not there where it names none', () => {
    expect(offersAfter(declined('The KMM has five levels; there is no level 9.'), deps.corpus())).toEqual([])
  })
})
