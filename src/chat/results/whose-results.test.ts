import { beforeEach, describe, expect, it } from 'vitest'
import type { Block, PressArgs, Reply } from '../reply.ts'
import { eachOverEngine } from '../testing/over-engine.ts'
import { refusal } from '../testing/refusal.ts'
import { createTestDeps, type TestDeps } from '../testing/test-deps.ts'
import { pressOf, TENANT, textOf } from '../testing/test-platform.ts'
import { createResults, type Results } from './create-results.ts'
import { assessAlone, createTeam, startRound } from './testing/assess.ts'

let deps: TestDeps
let results: Results
eachOverEngine(createTestDeps, (fresh) => {
  deps = fresh
  results = createResults(deps)
})

const personal = { id: 'D1', kind: 'personal' } as const
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
const labels = (reply: Reply) => ofKind(reply, 'buttons').flatMap(({ items }) => items.map(({ label }) => label))

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
      if (check !== undefined)
        expect(await refusal(check(exchange.who, submission('payments'))), name).toBe(await refusal(check(exchange.who, submission('nowhere'))))
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
    const { files } = deps.platform
    const again = (file: string) => press('results.file', { team: 'payments', file }, { person: 'U3' })
    const before = files.length
    await again('csv')
    expect(await refusal(again('json'))).toContain('is for its people')
    expect(files.slice(before).map(({ again: made }) => made)).toEqual([{ on: 'results.file', with: { team: 'payments', file: 'csv' } }])
  })
})
