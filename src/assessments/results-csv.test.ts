import { afterEach, beforeEach, expect, it } from 'vitest'
import { RESULT_COLUMNS, resultsCsv } from './results-csv.ts'
import { createTeamResults } from './team-results.ts'
import { level, NOT_SURE, SECTIONS } from './testing/small-models.ts'
import { createSmallTeam, GARDEN_FULL, type SmallTeam, TENANT } from './testing/small-team.ts'

let team: SmallTeam
beforeEach(async () => {
  team = await createSmallTeam()
})
afterEach(() => team.close())

const results = () => createTeamResults({ store: team.store, corpus: () => team.corpus.now, now: () => team.clock.now }).results(TENANT, 'beds')
const everywhere = (number: number) => Object.fromEntries(SECTIONS.map((section) => [section, level(number)]))
const rows = (csv: string) => csv.trimEnd().split('\n')

async function round(name: string, confidential: boolean) {
  const request = { team: 'beds', name, scope: GARDEN_FULL, deadline: '2026-03-09', confidential, invited: ['ana', 'ben'], shownFrom: 2 }
  const { id } = await team.rounds.start(TENANT, 'ana', request)
  const soil = confidential ? {} : { soil: NOT_SURE }
  await team.answer(await team.rounds.join(TENANT, id, 'ana'), { ...everywhere(2), ...soil })
  await team.answer(await team.rounds.join(TENANT, id, 'ben'), { water: level(5) })
  await team.rounds.close(TENANT, id, 'ana')
  return id
}

it('has a row for each section of each snapshot, newest first, and a column for each figure', async () => {
  const { id: alone } = await team.alone('ana', everywhere(3))
  team.clock.now = new Date('2026-03-05T09:00:00.000Z')
  const id = await round('Spring', false)
  await team.store.setTarget(TENANT, { team: 'beds', model: 'garden', section: 'water', level: 4, setBy: 'ana', setAt: '2026-03-02T09:00:00.000Z' })
  const [head, water, soil, , , , before, ...others] = rows(resultsCsv(await results()))
  expect(head).toBe(RESULT_COLUMNS.join(','))
  expect(water).toBe(
    `Team beds,garden,water,WATER,,${id},round,Spring,2026-03-05T09:00:00.000Z,2,2,scored,2,5,2,5,2,0,0,0,0,yes,no,4,1,garden/water/2 garden/water/5`,
  )
  expect(soil).toBe(`Team beds,garden,soil,SOIL,,${id},round,Spring,2026-03-05T09:00:00.000Z,2,2,not-sure,,,,,0,1,0,1,0,no,no,,1,`)
  expect(before).toBe(`Team beds,garden,water,WATER,,${alone},alone,,2026-03-02T09:00:00.000Z,1,1,scored,3,3,3,3,1,0,0,0,0,no,no,4,1,garden/water/3`)
  expect(others).toHaveLength(4)
})

it('leaves the figures of a hidden section empty', async () => {
  const id = await round('Quiet', true)
  expect(rows(resultsCsv(await results()))[2]).toBe(`Team beds,garden,soil,SOIL,,${id},round,Quiet,2026-03-02T09:00:00.000Z,2,2,hidden,,,,,,,,,,,,,1,`)
})

it('has only its head for a team without results', async () => {
  expect(rows(resultsCsv(await results()))).toEqual([RESULT_COLUMNS.join(',')])
})

it.each([
  '=1+1',
  '+1',
  '-1',
  '@SUM(A1)',
  '\t=1',
  '\r=1',
  '\n=1',
  ' =1',
  '\uFF1D1+1',
  '\uFF0B1',
  '\uFF0D1',
  '\uFF20A',
  '\u200B=1',
  '\uFEFF=1',
  '=HYPERLINK("http://x","y")',
])('makes no formula of a name like %j', async (name) => {
  await team.alone('ana', everywhere(3))
  const found = await results()
  const csv = resultsCsv({ ...found, team: { ...found.team, name } })
  const [cell] = /^(?:"(?:[^"]|"")*"|[^",]*)/.exec(csv.slice(csv.indexOf('\n') + 1)) ?? []
  expect(cell?.replace(/^"/, '')).toMatch(/^'/)
  expect(cell?.replace(/^"|"$/g, '').replaceAll('""', '"')).toBe(`'${name}`)
})

it('leaves other names as they are', async () => {
  await team.alone('ana', everywhere(3))
  const found = await results()
  for (const [name, cell] of [
    ['Team A-B', 'Team A-B'],
    ['Ö, "x"', '"Ö, ""x"""'],
    [' spaced', ' spaced'],
  ] as const) {
    expect(rows(resultsCsv({ ...found, team: { ...found.team, name } }))[1]).toMatch(new RegExp(`^${cell},garden`))
  }
})
