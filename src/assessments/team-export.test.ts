import { describe, expect, it } from 'vitest'
import { UserError } from '../shared/errors.ts'
import { parseTeamExport, type TeamExport } from './team-export.ts'

const AT = '2026-11-21T10:15:00.000Z'
const SCOPE = { model: 'kmm', extent: 'quick' } as const
const answer = (revision: number) =>
  ({ question: 'kmm/security', value: { kind: 'between', lower: 2 }, seen: [], modelVersion: '2024', revision, answeredAt: AT, surface: 'web' }) as const

const FILE: TeamExport = {
  format: 'cairn-team',
  version: 1,
  team: { id: 'platform', name: 'Platform', createdAt: AT },
  persons: [{ id: 'ana', name: 'Ana' }],
  members: ['ana'],
  rounds: [
    {
      id: 'r',
      name: 'Autumn',
      scope: SCOPE,
      startedBy: 'gone',
      startedAt: AT,
      deadline: AT,
      confidential: true,
      shownFrom: 3,
      invited: ['ana'],
      state: 'open',
    },
  ],
  runs: [
    {
      id: 'run',
      person: 'ana',
      scope: SCOPE,
      round: 'r',
      state: 'open',
      modelVersion: '2024',
      startedAt: AT,
      updatedAt: AT,
      version: 2,
      answers: [answer(1), answer(2)],
    },
  ],
  targets: [{ model: 'kmm', section: 'security', level: 4, setBy: 'ana', setAt: AT }],
  actions: [
    { id: 'a', model: 'kmm', section: 'security', passage: 'kmm/security/3', text: 'Scan', due: '2026-12-24', createdBy: 'ana', createdAt: AT, version: 1 },
  ],
}

const failureOf = (content: unknown): string => {
  try {
    parseTeamExport(content)
  } catch (error) {
    expect(error).toBeInstanceOf(UserError)
    expect((error as Error).message).not.toContain('\n')
    return (error as Error).message
  }
  throw new Error('it was accepted')
}

describe('the file of a team', () => {
  it('is read as it was written', () => {
    expect(parseTeamExport(JSON.parse(JSON.stringify(FILE)))).toEqual(FILE)
  })

  it.each([null, [], 'x', 7, {}, { format: 'other' }])('is not %j', (content) => {
    expect(failureOf(content)).toMatch(/is not a team that "cairn export" wrote/)
  })

  it('says when it needs a newer program', () => {
    expect(failureOf({ ...FILE, version: 2 })).toMatch(/version 2 .* reads version 1: update Cairn/)
  })

  const [run] = FILE.runs as [TeamExport['runs'][number]]
  const [round] = FILE.rounds as [TeamExport['rounds'][number]]
  it.each<[string, object, RegExp]>([
    ['a field that nobody knows', { secret: 1 }, /secret/],
    ['a time that is none', { team: { ...FILE.team, createdAt: 'yesterday' } }, /team\.createdAt/],
    ['a character that no database holds', { team: { ...FILE.team, name: 'a\0b' } }, /team\.name: holds the character 0/],
    ['a member who is not there', { members: ['eve'] }, /members: names "eve", which is not among the persons/],
    ['a respondent who is not there', { runs: [{ ...run, person: 'eve' }] }, /runs\.0\.person: names "eve"/],
    ['an invited person who is not there', { rounds: [{ ...round, invited: ['eve'] }] }, /rounds\.0\.invited/],
    ['a run of a round that is not there', { runs: [{ ...run, round: 'x' }] }, /runs\.0\.round: names "x", which is not among the rounds/],
    ['a re-vote of a round that is not there', { rounds: [{ ...round, revote: { of: 'x', sections: [] } }] }, /rounds\.0\.revote/],
    ['an id twice', { runs: [run, run] }, /runs: holds an id twice/],
    ['a revision that is missing', { runs: [{ ...run, answers: [answer(2)] }] }, /runs\.0\.answers: must count the revisions/],
    ['fewer changes than answers', { runs: [{ ...run, version: 1 }] }, /runs\.0\.version/],
    ['a level that is none', { targets: [{ ...FILE.targets[0], level: 2.5 }] }, /targets\.0\.level/],
  ])('must not hold %s', (_, change, reason) => {
    const message = failureOf({ ...FILE, ...change })
    expect(message).toMatch(/^the file is out of form \(/)
    expect(message).toMatch(reason)
  })
})
