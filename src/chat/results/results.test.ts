import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { PracticeState } from '../../assessments/records.ts'
import { UserError } from '../../shared/errors.ts'
import { openBuiltInEngine, type TestEngine } from '../../testing/built-in-engine.ts'
import type { Block, PressArgs, Reply } from '../reply.ts'
import { createTestDeps, type TestDeps } from '../testing/test-deps.ts'
import { pressOf, TENANT, textOf } from '../testing/test-platform.ts'
import { createResults, type Results } from './create-results.ts'
import { answerRound, assessAlone, createTeam, startRound } from './testing/assess.ts'

let engine: TestEngine
beforeAll(async () => {
  engine = await openBuiltInEngine()
  return () => engine.close()
}, 30_000)

let deps: TestDeps
let results: Results
beforeEach(async () => {
  deps = await createTestDeps(engine)
  results = createResults(deps)
})
afterEach(() => deps.close())

const personal = { id: 'D1', kind: 'personal' } as const
const say = async (words: string, options: Parameters<TestDeps['platform']['exchange']>[0] = {}): Promise<Reply> => {
  await results.commands[0]?.run(deps.platform.exchange(options), words)
  return deps.platform.last()
}
const press = async (on: string, args: PressArgs, options: Parameters<TestDeps['platform']['exchange']>[0] = {}): Promise<Reply> => {
  await results.presses[on]?.(deps.platform.exchange(options), args)
  return deps.platform.last()
}
const refusal = async (attempt: Promise<unknown>): Promise<string> => {
  const error = await attempt.then(
    () => undefined,
    (thrown: unknown) => thrown,
  )
  expect(error).toBeInstanceOf(UserError)
  return (error as UserError).message
}
const ofKind = <K extends Block['kind']>({ blocks }: { blocks: readonly Block[] }, kind: K) =>
  blocks.filter((block): block is Extract<Block, { kind: K }> => block.kind === kind)
const labels = (reply: Reply) => ofKind(reply, 'buttons').flatMap(({ items }) => items.map(({ label }) => label))

describe('results of sections', () => {
  it('say what stands lowest, how much that rests on, and each section with what is to be said of it', async () => {
    await createTeam(deps, 'payments', ['U1'], { name: 'Payments' })
    await assessAlone(deps, 'payments', 'U1', [2, 3, 1, 'not sure', { kind: 'not-applicable', reason: 'no traffic' }])
    await deps.assessments.results.setTarget(TENANT, { team: 'payments', model: 'kmm', section: 'security', level: 3, setBy: 'U1' })
    const reply = await say('Payments')
    const text = textOf(reply)
    expect(deps.platform.shown.map(({ how }) => how)).toEqual(['whisper'])
    expect(reply.summary).toMatch(/^Payments by the KMM: Lowest: /)
    expect(text).toContain('Payments: Kubernetes Maturity Model')
    expect(text).toContain('3 of 4 answered, 1 not applicable.')
    expect(text).toContain('Culture and organization: level 2 of 5')
    expect(text).toContain(': not sure')
    expect(text).toContain(': not applicable')
    expect(text).toContain('Assessed by one person on 2 Mar 2026.')
    expect(reply.blocks.length).toBeLessThanOrEqual(25)
  })

  it('name steps that stand in their passages letter for letter, each with a number of the sources', async () => {
    await createTeam(deps, 'payments')
    await assessAlone(deps, 'payments', 'U1', [1, 2, 3, 2, 2])
    const reply = await say('payments')
    const [sources] = ofKind(reply, 'sources')
    const steps = ofKind(reply, 'option')
    expect(steps.length).toBeGreaterThan(3)
    for (const { parts, button } of steps) {
      const { passage, text } = button.press.with as { passage: string; text: string }
      const n = Number(/\[(\d+)\]$/.exec(textOf({ summary: '', blocks: [{ kind: 'text', parts }] }))?.[1])
      expect(engine.corpus.passage(passage)?.text).toContain(text)
      expect(sources?.items.find((source) => source.n === n)?.open.with).toEqual({ passage })
      expect(JSON.stringify(button.press.with).length).toBeLessThan(1_500)
    }
    for (const { quote, url, title, open } of sources?.items ?? []) {
      const passage = engine.corpus.passage(String(open.with?.passage))
      expect(passage).toMatchObject({ url, title })
      expect(passage?.text).toContain(quote)
    }
  })

  it('tell what has changed and draw it, and how old answers are', async () => {
    await createTeam(deps, 'payments')
    await assessAlone(deps, 'payments', 'U1', [1])
    deps.setNow('2026-06-20T09:00:00.000Z')
    await assessAlone(deps, 'payments', 'U1', [3, 2, 'not sure'])
    const reply = await say('payments')
    expect(textOf(reply)).toContain('Culture and organization: level 3 of 5 (was 1 on 2 Mar 2026)')
    expect(ofKind(reply, 'picture').map(({ picture }) => picture.file)).toEqual(['payments-kmm-radar.png', 'payments-kmm-trend.png'])
    deps.setNow('2026-12-20T09:00:00.000Z')
    expect(textOf(await say('payments'))).toMatch(/Answered more than 90 days ago, time to look again: Culture and organization/)
  })

  it('carry a picture that says the same in words, in a file whose name means nothing to any system', async () => {
    await createTeam(deps, 't1', ['U1'], { name: '../../etc/<b>Zahlungen Ü' })
    await assessAlone(deps, 't1', 'U1', [2])
    const [picture] = ofKind(await say(''), 'picture')
    expect(picture?.picture.file).toBe('etc-b-zahlungen-u-kmm-radar.png')
    expect(picture?.picture.alt).toContain('Culture and organization')
    expect(picture?.picture.png().subarray(1, 4).toString()).toBe('PNG')
  })

  it('show the latest model in full and others in a line with a button', async () => {
    await createTeam(deps, 'payments')
    await assessAlone(deps, 'payments', 'U1', [2])
    deps.setNow('2026-03-03T09:00:00.000Z')
    await assessAlone(deps, 'payments', 'U1', [1], { model: 'cncf', extent: 'quick' })
    const reply = await say('payments')
    expect(ofKind(reply, 'heading')[0]?.text).toContain('Cloud Native')
    expect(textOf(reply)).toMatch(/KMM: All 5 sections stand at level 2\. \[Show\]/)
    const other = await press('results.show', pressOf(reply, 'Show').with ?? {})
    expect(ofKind(other, 'heading')[0]?.text).toBe('payments: Kubernetes Maturity Model')
    expect(other.blocks.length).toBeLessThanOrEqual(26)
  })

  it('stay short where a model has many sections, all stale and apart', async () => {
    await createTeam(deps, 'payments', ['U1', 'U2'])
    const round = await startRound(deps, 'payments', { scope: { model: 'cncf', extent: 'full' } })
    await answerRound(deps, round, 'U1', [1])
    await answerRound(deps, round, 'U2', [4])
    deps.setNow('2026-12-02T09:00:00.000Z')
    const reply = await say('payments')
    expect(reply.blocks.length).toBeLessThanOrEqual(26)
    expect(textOf(reply)).toMatch(/and \d+ more/)
    expect(textOf(reply)).toMatch(/\n- People \(of 5\): Overview 1-4, Organizational change 1-4, /)
  })
})

describe('results of a ladder', () => {
  const phase = (passages: readonly string[], state: PracticeState) =>
    ({ kind: 'practices', practices: Object.fromEntries(passages.map((id) => [id, state])) }) as const

  it('say which stage is reached and what the next one lacks', async () => {
    const { catalogueOf } = await import('../../assessments/catalogue.ts')
    const scope = { model: 'plural', extent: 'full' } as const
    const { questions } = catalogueOf(scope, engine.corpus)
    const ids = questions.map((question) => (question.kind === 'stage' ? question.practices.map(({ passage }) => passage) : []))
    await createTeam(deps, 'payments')
    await assessAlone(deps, 'payments', 'U1', [phase(ids[0] ?? [], 'in-place'), ...ids.slice(1).map((each) => phase(each, 'not-yet'))], scope)
    const reply = await say('payments')
    const text = textOf(reply)
    expect(text).toMatch(/(?:Stage|Phase|Level) 1 is reached\./)
    expect(text).toMatch(/On the way to /)
    expect(text).toContain(': not yet')
    expect(ofKind(reply, 'picture').map(({ picture }) => picture.file)).toEqual(['payments-plural-ladder.png'])
    expect(ofKind(reply, 'sources')[0]?.items.length).toBeGreaterThan(0)
  })
})

describe('results of a round', () => {
  it('say where answers lie far apart, and wait for it to close', async () => {
    await createTeam(deps, 'payments', ['U1', 'U2'])
    const round = await startRound(deps, 'payments')
    await answerRound(deps, round, 'U1', [1, 2])
    expect(textOf(await say('payments'))).toContain('No results yet.')
    await answerRound(deps, round, 'U2', [4, 2])
    const reply = await say('payments')
    expect(textOf(reply)).toContain('Worth talking about: your answers lie far apart')
    expect(textOf(reply)).toMatch(/Culture and organization: from Level 1.* to Level 4/)
    expect(textOf(reply)).toContain('level 1-4 of 5')
    expect(textOf(reply)).toContain('Round “Spring”, closed on 2 Mar 2026, 2 of 2 answered.')
    const blocks = await results.resultBlocks(TENANT, 'payments', { model: 'kmm', spreads: false })
    expect(textOf({ summary: '', blocks })).not.toContain('Worth talking about: your')
  })

  it('hide what too few have answered where it is confidential, and never say who answered what', async () => {
    await createTeam(deps, 'payments', ['U1', 'U2', 'U3'])
    const round = await startRound(deps, 'payments', { confidential: true })
    await answerRound(deps, round, 'U1', [1, 'not sure'])
    await answerRound(deps, round, 'U2', [3, 'not sure'])
    await answerRound(deps, round, 'U3', [3])
    const reply = await say('payments')
    expect(textOf(reply)).toContain('Confidential: nobody is shown who answered what.')
    expect(textOf(reply)).toContain('Culture and organization: level 3 of 5')
    expect(textOf(reply)).toContain('too few answers to show')
    for (const person of ['U1', 'U2', 'U3', 'Ada', 'Bob', 'Cleo']) expect(JSON.stringify(reply)).not.toContain(person)
  })
})

describe('which team is meant', () => {
  it('is the one of the channel, however it is named', async () => {
    await createTeam(deps, 't1', ['U1'], { name: '#payments', place: 'C1' })
    await createTeam(deps, 't2', ['U1'], { name: 'Search' })
    for (const typed of ['', '#payments', 'payments', '“Payments”', '<#C1|payments>', '<#C1>', 'for the payments team'])
      expect(textOf(await say(typed)), typed).toContain('#payments\nNo results yet.')
    expect(textOf(await say('search'))).toContain('Search\n')
  })

  it('is the only one of the person in direct messages; of several they choose', async () => {
    expect(textOf(await say('', { place: personal }))).toContain('You are in no team yet.')
    await createTeam(deps, 'payments')
    expect(textOf(await say('', { place: personal }))).toContain('payments\nNo results yet.')
    for (let i = 0; i < 29; i++) await createTeam(deps, `team-${i}`)
    const reply = await say('', { place: personal })
    expect(textOf(reply)).toContain('Which team?')
    expect(labels(reply)).toHaveLength(20)
    expect(textOf(reply)).toContain('And 10 more: write /maturity results and the team’s name.')
    expect(textOf(await press('results.show', pressOf(reply, 'payments').with ?? {}))).toContain('payments\nNo results yet.')
  })
})

describe('who may see them', () => {
  beforeEach(async () => {
    await createTeam(deps, 'payments', ['U1'], { name: 'Payments', place: 'C1' })
    await assessAlone(deps, 'payments', 'U1', [2])
  })

  it('is who is in the team, in its channel, or an administrator', async () => {
    for (const person of ['U1', 'U2', 'U9']) expect((await say('Payments', { person, place: personal })).summary).toContain('Payments by the KMM')
  })

  it('is nobody else, who can’t tell whether there is such a team at all', async () => {
    const outside = { person: 'U3', place: { id: 'C7' } }
    const unknown = await refusal(say('Nowhere', outside))
    for (const typed of ['Payments', '<#C1|payments>', 'export Payments', 'export Nowhere']) expect(await refusal(say(typed, outside)), typed).toBe(unknown)
    const args = { model: 'kmm', section: 'security', passage: 'kmm/security/3', text: 'x', action: 'a' }
    for (const on of Object.keys(results.presses).filter((each) => each !== 'settings.delete-me')) {
      const forbidden = await refusal(press(on, { team: 'payments', ...args }, outside))
      expect(await refusal(press(on, { team: 'nowhere', ...args }, outside)), on).toBe(forbidden)
      expect(forbidden).not.toContain('Payments')
    }
    for (const [name, { submit, check }] of Object.entries(results.forms)) {
      const submission = (team: string) => ({
        on: name,
        with: { team, ...args },
        values: { owner: ['U1'], section: 'security', level: '3', visibility: 'workspace' },
      })
      const exchange = deps.platform.exchange(outside)
      expect(await refusal(submit(exchange, submission('payments'))), name).toBe(await refusal(submit(exchange, submission('nowhere'))))
      expect(await check?.(exchange.who, submission('payments'))).toEqual(await check?.(exchange.who, submission('nowhere')))
    }
    expect(deps.platform.shown).toEqual([])
    expect(deps.platform.files).toEqual([])
  })

  it('is everybody in the workspace where the team wants it so, who still change nothing', async () => {
    await results.forms['settings.save']?.submit(deps.platform.exchange(), {
      on: 'settings.save',
      with: { team: 'payments' },
      values: { visibility: 'workspace' },
    })
    const outside = { person: 'U3', place: { id: 'C7' } }
    const reply = await say('Payments', outside)
    expect(reply.summary).toContain('Payments by the KMM')
    expect(labels(reply)).toEqual(['Share in channel', 'Export', 'Settings'])
    expect(await refusal(press('target.set', { team: 'payments', model: 'kmm' }, outside))).toContain('Only the people of the team')
    expect(await refusal(press('action.make', pressOf(reply, 'Make it an action').with ?? {}, outside))).toContain('Only the people of the team')
    const other = { on: 'settings.save', with: { team: 'payments' }, values: { visibility: 'members' } }
    expect(await refusal(results.forms['settings.save']?.submit(deps.platform.exchange(outside), other) as Promise<void>)).toContain('Only the people')
  })

  it('is asked again when they are shared', async () => {
    const reply = await say('')
    await press('results.share', pressOf(reply, 'Share in channel').with ?? {})
    const shared = deps.platform.shown.at(-1)
    expect(shared).toMatchObject({ how: 'say', to: 'C1' })
    expect(labels(shared?.reply as Reply)).toEqual([])
    expect(textOf(shared?.reply as Reply)).toContain('All 5 sections stand at level 2.')
    expect(textOf(shared?.reply as Reply)).toContain('Shared by @U1')
    await refusal(press('results.share', pressOf(reply, 'Share in channel').with ?? {}, { person: 'U3' }))
    expect(labels(await say('payments', { place: personal }))).not.toContain('Share in channel')
  })
})

describe('what is gone', () => {
  it('is said politely', async () => {
    await createTeam(deps, 'payments', ['U1'])
    await assessAlone(deps, 'payments', 'U1', [2])
    expect(await refusal(press('results.show', { team: 'payments', model: 'gone' }))).toContain('no results of payments by this model any more')
    await deps.assessments.store.assessments.deleteTeam(TENANT, 'payments')
    expect(await refusal(press('results.show', { team: 'payments' }))).toContain('There is no such team')
  })

  it('is any button that carries something else than ours do', async () => {
    await createTeam(deps, 'payments')
    for (const on of Object.keys(results.presses).filter((each) => !['settings.open', 'settings.delete-me'].includes(each)))
      for (const args of [{}, { team: 1 }, { team: '' }, { team: 'a\0b' }, { team: 'x'.repeat(500) }]) {
        expect(await refusal(press(on, args as PressArgs)), on).toContain('older message')
      }
  })
})

describe('files', () => {
  it('are the results as CSV and everything of the team as JSON, for the person alone', async () => {
    await createTeam(deps, 'payments', ['U1'], { name: 'Payments Ü' })
    await assessAlone(deps, 'payments', 'U1', [2])
    await say('export Payments Ü')
    const [csv, json] = deps.platform.files
    expect(deps.platform.files.map(({ name, person }) => [name, person])).toEqual([
      ['payments-u-results.csv', 'U1'],
      ['payments-u.json', 'U1'],
    ])
    const lines = String(csv?.content()).trim().split('\n')
    expect(lines).toHaveLength(6)
    expect(lines[0]).toMatch(/^team,model,section/)
    expect(JSON.parse(String(json?.content()))).toMatchObject({
      format: 'cairn-team',
      team: { name: 'Payments Ü' },
      runs: [{ person: 'U1', answers: { length: 5 } }],
    })
    expect(deps.platform.shown).toMatchObject([{ how: 'whisper' }])
  })

  it('hold no answers while others still answer blind, and for those outside none at all', async () => {
    await createTeam(deps, 'payments', ['U1', 'U2'])
    await startRound(deps, 'payments')
    expect(textOf(await say('export payments'))).toContain('once the round “Spring” has closed')
    expect(deps.platform.files.map(({ name }) => name)).toEqual(['payments-results.csv'])
    await deps.store.saveSetting(TENANT, 'team', 'payments', 'visibility', 'workspace')
    expect(textOf(await press('results.export', { team: 'payments' }, { person: 'U3' }))).toContain('is for its people')
    expect(deps.platform.files.map(({ name }) => name)).toEqual(['payments-results.csv', 'payments-results.csv'])
  })
})
