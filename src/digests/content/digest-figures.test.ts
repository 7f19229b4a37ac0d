/** Every figure of a digest against a count of its own, over histories made by chance. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { TENANT } from '../../chat/testing/test-platform.ts'
import { openBuiltInEngine, type TestEngine } from '../../testing/built-in-engine.ts'
import { itemOf } from './digest-content.ts'
import { digestText } from './digest-lines.ts'
import { plain } from './digest-text.ts'
import { AGREED, ORGANISATION_SETTING } from './organisation-items.ts'
import { createDigestWorld, DAY_MS, type DigestWorld } from './testing/digest-world.ts'
import { liveThrough, middle, type Notes, SECTIONS, type Standing, saidUntil, standingAt, wasAssessed } from './testing/random-history.ts'

const SEEDS = Array.from({ length: 40 }, (_, seed) => seed)
let engine: TestEngine
beforeAll(async () => {
  engine = await openBuiltInEngine()
}, 60_000)
afterAll(() => engine.close())

type Level = Standing['level']
const textOf = (level: Level) => (level === undefined ? undefined : typeof level === 'number' ? `${level}` : `${level.low}-${level.high}`)
const lowOf = (level: NonNullable<Level>) => (typeof level === 'number' ? level : level.low)
const sumOf = (level: NonNullable<Level>) => (typeof level === 'number' ? 2 * level : level.low + level.high)
const isUp = (before: NonNullable<Level>, now: NonNullable<Level>) => sumOf(now) > sumOf(before) || (sumOf(now) === sumOf(before) && lowOf(now) > lowOf(before))
const daysIn = (from: string, to: string) => Math.floor((Date.parse(to) - Date.parse(from)) / DAY_MS)
/** What moved between two times, counted from the notes. */
function moved(notes: Notes, from: string, to: string) {
  return SECTIONS.map((section) => ({ section, before: standingAt(notes, section, from)?.level, now: standingAt(notes, section, to)?.level })).filter(
    ({ before, now }) => textOf(before) !== textOf(now),
  )
}

async function during<Result>(work: (world: DigestWorld) => Promise<Result>): Promise<Result> {
  const world = await createDigestWorld(engine, { now: '2026-01-05T08:00:00.000Z' })
  try {
    return await work(world)
  } finally {
    await world.close()
  }
}

describe('over chance histories', { timeout: 120_000 }, () => {
  it('each figure of a team’s digest is what an independent count gives', async () => {
    const seen = { changed: 0, first: 0, reached: 0, stale: 0, rounds: 0, actions: 0, gaps: 0, trends: 0, apart: 0 }
    for (const seed of SEEDS) {
      await during(async (world) => {
        const notes = await liveThrough(seed, world, 'team')
        // Some are looked at long after.
        world.setNow(new Date(world.now().getTime() + (seed % 4) * 30 * DAY_MS).toISOString())
        const now = world.now().toISOString()
        for (const [days, late] of [
          [7, 0],
          [31, 1],
          [92, 0],
          [150, 0],
        ] as const) {
          const [from, to] = [days, late].map((ago) => new Date(world.now().getTime() - ago * DAY_MS).toISOString()) as [string, string]
          const content = await world.compose(
            { kind: 'monthly', teams: ['team'], schedule: { kind: 'cron', expression: '0 9 * * 1', zone: 'UTC' } },
            { period: { from, to } },
          )
          const label = `seed ${seed}, ${days} days`

          const expected = wasAssessed(notes, from) ? moved(notes, from, to) : []
          const changed = itemOf(content, 'changed')?.sections ?? []
          expect(
            changed.map(({ section, before, now }) => ({ section, before, now })),
            label,
          ).toEqual(expected)
          for (const { before, now: level, direction } of changed) {
            if (before !== undefined && level !== undefined) expect(direction, label).toBe(isUp(before, level) ? 'up' : 'down')
          }
          const isFirst = !wasAssessed(notes, from) && wasAssessed(notes, to)
          expect(itemOf(content, 'first-assessment') !== undefined, label).toBe(isFirst)

          const reached = [...notes.targets].filter(([section, { level: target }]) => {
            const [was, is] = [standingAt(notes, section, from)?.level, standingAt(notes, section, to)?.level]
            return is !== undefined && lowOf(is) >= target && (was === undefined || lowOf(was) < target)
          })
          expect(
            itemOf(content, 'targets-reached')
              ?.sections.map(({ section }) => section)
              .sort() ?? [],
            label,
          ).toEqual(reached.map(([section]) => section).sort())

          const today = now.slice(0, 10)
          const days0 = [...notes.actions.values()].map(({ due }) => daysIn(`${today}T00:00:00Z`, `${due}T00:00:00Z`))
          const [overdue, due] = [days0.filter((each) => each < 0).length, days0.filter((each) => each >= 0 && each <= 7).length]
          const actions = itemOf(content, 'actions')
          expect([actions?.overdue ?? 0, actions?.due ?? 0], label).toEqual([overdue, due])

          const open = notes.events.flatMap(({ at, round, said }) =>
            round === undefined || at !== undefined || round.deadline <= now ? [] : [{ ...round, said }],
          )
          const answered = open.map(({ id, said, invited }) => {
            const whole = invited.filter(
              (person) => new Set(said.filter((each) => each.person === person).map(({ section }) => section)).size === SECTIONS.length,
            )
            return [id, whole.length, invited.length]
          })
          expect(
            itemOf(content, 'rounds')
              ?.rounds.map(({ id, answered, invited }) => [id, answered, invited])
              .sort() ?? [],
            label,
          ).toEqual(answered.sort())

          const ages = SECTIONS.flatMap((section) => {
            const standing = standingAt(notes, section, now)
            return standing === undefined ? [] : [daysIn(standing.answeredAt, now)]
          }).filter((age) => age > 90)
          const question = itemOf(content, 'stale-question')
          expect([question?.ageDays, question?.others], label).toEqual(
            open.length > 0 || ages.length === 0 ? [undefined, undefined] : [Math.max(...ages), ages.length - 1],
          )

          const gaps = [...notes.targets].flatMap(([section, { level: target }]) => {
            const level = standingAt(notes, section, now)?.level
            return level === undefined || lowOf(level) >= target ? [] : [[section, target - lowOf(level)]]
          })
          if (wasAssessed(notes, now))
            expect(
              itemOf(content, 'gaps')
                ?.sections.map(({ section, gap }) => [section, gap])
                .sort() ?? [],
              label,
            ).toEqual(gaps.sort())

          const yearAgo = new Date(world.now().getTime() - 365 * DAY_MS).toISOString()
          const trends = SECTIONS.flatMap((section) => {
            const points = saidUntil(notes, section, now).filter(({ at, levels }) => at > yearAgo && levels.length > 0)
            const [first, last] = [points.at(-1), points[0]].map((point) => (point === undefined ? 0 : middle(point.levels))) as [number, number]
            const direction = textOf(first) === textOf(last) ? 'same' : isUp(first, last) ? 'up' : 'down'
            return points.length < 2 ? [] : [{ section, first, last, assessed: points.length, direction }]
          })
          expect(
            itemOf(content, 'trend')?.sections.map(({ section, first, last, assessed, direction }) => ({ section, first, last, assessed, direction })) ?? [],
            label,
          ).toEqual(trends)

          const apart = SECTIONS.flatMap((section) => {
            const { levels = [] } = saidUntil(notes, section, now)[0] ?? {}
            const [lowest = 0, highest = 0] = [levels[0], levels.at(-1)]
            return highest - lowest < 2 ? [] : [{ section, lowest, highest }]
          })
          expect(itemOf(content, 'disagreement')?.sections.map(({ section, lowest, highest }) => ({ section, lowest, highest })) ?? [], label).toEqual(apart)

          // The words have the same figures.
          const words = new Map(digestText(content).lines.map(({ about, parts }) => [about, plain(parts)]))
          const counts = [...(overdue === 0 ? [] : [`${overdue} overdue`]), ...(due === 0 ? [] : [`${due} due within a week`])].join(', ')
          if (counts !== '') expect(words.get('actions'), label).toContain(`Actions, ${counts}: `)
          if (changed.length > 4) expect(words.get('changes'), label).toContain(`and ${changed.length - 4} more`)
          for (const { label: name, before, now: level, direction } of changed.slice(0, 4)) {
            if (before !== undefined && level !== undefined)
              expect(words.get('changes'), label).toContain(`${name} ${direction} from level ${textOf(before)} to level ${textOf(level)}`)
          }

          seen.changed += changed.length
          seen.first += isFirst ? 1 : 0
          seen.reached += reached.length
          seen.stale += question === undefined ? 0 : 1
          seen.rounds += open.length
          seen.actions += overdue + due
          seen.gaps += gaps.length
          seen.trends += trends.filter(({ direction }) => direction !== 'same').length
          seen.apart += apart.length
        }
      })
    }
    // Otherwise nothing was tested.
    for (const [what, count] of Object.entries(seen)) expect(count, what).toBeGreaterThan(10)
  })

  it('an organisation’s counts are those of its teams together, of agreed ones only', async () => {
    let total = 0
    for (const seed of SEEDS.slice(0, 12)) {
      await during(async (world) => {
        const teams: { id: string; notes: Notes }[] = []
        for (const id of ['b', 'a', 'd', 'c']) {
          world.setNow('2026-01-05T08:00:00.000Z')
          teams.push({ id, notes: await liveThrough(1000 * seed + id.charCodeAt(0), world, id) })
        }
        world.setNow('2026-12-01T08:00:00.000Z')
        const agreed = teams.filter(({ id }) => id !== 'd')
        for (const { id } of agreed) await world.store.saveSetting(TENANT, 'team', id, ORGANISATION_SETTING, AGREED)
        const [from, to] = ['2026-03-15T08:00:00.000Z', '2026-12-01T08:00:00.000Z']
        const content = await world.compose({ kind: 'organisation', teams: teams.map(({ id }) => id), model: 'kmm' }, { period: { from, to } })

        const moves = agreed.flatMap(({ notes }) => (wasAssessed(notes, from) ? moved(notes, from, to) : []))
        const ups = moves.flatMap(({ before, now }) => (before === undefined || now === undefined ? [] : [isUp(before, now)]))
        const item = itemOf(content, 'organisation')
        expect([item?.up, item?.down], `seed ${seed}`).toEqual([ups.filter((up) => up).length, ups.filter((up) => !up).length])
        expect(item?.firstAssessed).toBe(agreed.filter(({ notes }) => !wasAssessed(notes, from) && wasAssessed(notes, to)).length)
        total += ups.length
      })
    }
    expect(total).toBeGreaterThan(20)
  })
})
