import { describe, expect, it } from 'vitest'
import type { PracticeState } from '../../assessments/records.ts'
import type { Block, PressArgs, Reply } from '../reply.ts'
import { eachOverEngine } from '../testing/over-engine.ts'
import { createTestDeps, type TestDeps } from '../testing/test-deps.ts'
import { pressOf, TENANT, textOf } from '../testing/test-platform.ts'
import { createResults, type Results } from './create-results.ts'
import { answerRound, assessAlone, createTeam, startRound } from './testing/assess.ts'

let deps: TestDeps
let results: Results
eachOverEngine(createTestDeps, (fresh) => {
  deps = fresh
  results = createResults(deps)
})

const say = async (words: string, options: Parameters<TestDeps['platform']['exchange']>[0] = {}): Promise<Reply> => {
  await results.commands[0]?.run(deps.platform.exchange(options), words)
  return deps.platform.last()
}
const press = async (on: string, args: PressArgs, options: Parameters<TestDeps['platform']['exchange']>[0] = {}): Promise<Reply> => {
  await results.presses[on]?.(deps.platform.exchange(options), args)
  return deps.platform.last()
}
const ofKind = <K extends Block['kind']>({ blocks }: { blocks: readonly Block[] }, kind: K) =>
  blocks.filter((block): block is Extract<Block, { kind: K }> => block.kind === kind)

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
      expect(deps.corpus().passage(passage)?.text).toContain(text)
      expect(sources?.items.find((source) => source.n === n)?.open.with).toEqual({ passage })
      expect(JSON.stringify(button.press.with).length).toBeLessThan(1_500)
    }
    for (const { quote, url, title, open } of sources?.items ?? []) {
      const passage = deps.corpus().passage(String(open.with?.passage))
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
    const { questions } = catalogueOf(scope, deps.corpus())
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
