import { describe, expect, it } from 'vitest'
import type { Place } from '../exchange.ts'
import { eachOverEngine } from '../testing/over-engine.ts'
import { refusal } from '../testing/refusal.ts'
import { createTestDeps, type TestDeps } from '../testing/test-deps.ts'
import { TENANT } from '../testing/test-platform.ts'
import { VISIBILITY_SETTING } from './access.ts'
import { ownTeamByName } from './team-by-name.ts'

let deps: TestDeps
eachOverEngine(createTestDeps, (fresh) => {
  deps = fresh
})

const join = (name: string, person = 'U1', place: Partial<Place> = { id: `D-${person}`, kind: 'personal' }) =>
  ownTeamByName(deps.platform.exchange({ person, place }), name, deps)
const membersOf = async (team: string) => (await deps.database.assessments.members(TENANT, team)).map(({ id }) => id)

describe('a team that is named', () => {
  it('is made when there is none, with who named it, and the channel speaks for it', async () => {
    const team = await join('Payments', 'U1', { id: 'C1' })
    expect(team.name).toBe('Payments')
    expect(await membersOf(team.id)).toEqual(['U1'])
    expect(await deps.store.teamOfPlace(TENANT, 'C1')).toBe(team.id)
    const other = await join('Search', 'U1', { id: 'C1' })
    expect(other.id).not.toBe(team.id)
    expect(await deps.store.teamOfPlace(TENANT, 'C1')).toBe(team.id)
  })

  it('is joined by those of its channel and by administrators, with or without the channel’s sign', async () => {
    const team = await join('#payments', 'U1', { id: 'C1' })
    for (const person of ['U2', 'U9']) expect((await join('Payments', person)).id).toBe(team.id)
    expect(await membersOf(team.id)).toEqual(['U1', 'U2', 'U9'])
  })

  it('is not joined by others, from wherever they name it, unless everybody may see its results', async () => {
    const team = await join('Payments')
    for (const name of ['Payments', 'payments', '#payments'])
      for (const place of [{ id: 'D-U3', kind: 'personal' }, { id: 'C7' }] as const)
        expect(await refusal(join(name, 'U3', place))).toMatch(/^There is a team “Payments” already, and you are not in it\./)
    expect(await membersOf(team.id)).toEqual(['U1'])
    expect(await deps.store.teamOfPlace(TENANT, 'C7')).toBeUndefined()
    await deps.store.saveSetting(TENANT, 'team', team.id, VISIBILITY_SETTING, 'workspace')
    expect((await join('Payments', 'U3')).id).toBe(team.id)
  })

  it.each([
    ['x'.repeat(81), 'at most 80 characters'],
    ['<@U2>', 'as plain words'],
  ])('is not called %s', async (name, why) => {
    expect(await refusal(join(name))).toContain(why)
    expect(await deps.database.assessments.teams(TENANT)).toEqual([])
  })
})
