/**
 * What a team does over half a year, by chance, written down beside the database: who said what when, which round closed when.
 * From the notes every figure is counted anew, in the plainest way there is.
 */
import type { AnswerValue, Round } from '../../../assessments/records.ts'
import { type Chance, chanceOf } from '../../../assessments/testing/crash-random.ts'
import { createTeam, KMM } from '../../../chat/results/testing/assess.ts'
import { TENANT } from '../../../chat/testing/test-platform.ts'
import { reassess } from '../reassess.ts'
import { DAY_MS, type DigestWorld } from './digest-world.ts'

export const SECTIONS = ['culture', 'architecture', 'automation', 'security', 'scalability'] as const
type SectionId = (typeof SECTIONS)[number]

interface Said {
  person: string
  section: SectionId
  value: AnswerValue
  at: string
}

/** A round, or one person alone. */
interface Event {
  /** Closed, or finished; open while there is none. */
  at?: string
  said: Said[]
  hiddenBelow: number
  round?: { id: string; deadline: string; invited: string[] }
}

export interface Standing {
  level?: number | { low: number; high: number }
  /** When the newest answer behind it was given. */
  answeredAt: string
}

export interface Notes {
  events: Event[]
  targets: Map<SectionId, { level: number }>
  /** By id; done ones are gone. */
  actions: Map<string, { due: string }>
}

const STEPS = 16
export const PEOPLE = ['P0', 'P1', 'P2', 'P3', 'P4'] as const

/** @returns the notes, and the time at which it ends */
export async function liveThrough(seed: number, world: DigestWorld, team: string): Promise<Notes> {
  const chance = chanceOf(seed)
  const notes: Notes = { events: [], targets: new Map(), actions: new Map() }
  const records = world.assessments.store.assessments
  await createTeam(world, team, PEOPLE, { name: `Team ${team}` })
  // No two things happen at one moment.
  const pass = () => world.setNow(new Date(world.now().getTime() + Math.floor(chance.next() * 16 * DAY_MS) + 1).toISOString())

  for (let step = 0; step < STEPS; step++) {
    pass()
    const kind = chance.below(10)
    if (kind < 3) await answerAlone(chance, world, team, notes)
    else if (kind < 5) await meetInRound(chance, world, team, notes, pass)
    else if (kind === 5) await changeAnswer(chance, world, notes)
    else if (kind === 6) await answerAgain(chance, world, team, notes)
    else if (kind === 7) {
      const [section, level] = [chance.pick(SECTIONS), 1 + chance.below(5)]
      await world.assessments.results.setTarget(TENANT, { team, model: 'kmm', section, level, setBy: 'P0' })
      notes.targets.set(section, { level })
    } else {
      const due = new Date(world.now().getTime() + (chance.below(100) + 1) * DAY_MS).toISOString().slice(0, 10)
      const id = `${team}-${step}`
      const passage = { model: 'kmm', section: 'security', passage: 'kmm/security/2' }
      await records.createAction(TENANT, { id, team, ...passage, text: `Do ${id}.`, createdBy: 'P0', createdAt: world.now().toISOString(), due })
      notes.actions.set(id, { due })
    }
  }
  return notes
}

function anyValue(chance: Chance): AnswerValue {
  if (chance.happens(0.1)) return { kind: 'not-sure' }
  if (chance.happens(0.1)) return { kind: 'not-applicable', reason: 'we have none' }
  const level = 1 + chance.below(5)
  return chance.happens(0.1) && level < 5 ? { kind: 'between', lower: level } : { kind: 'level', level }
}

const who = (person: string) => ({ tenant: TENANT, person, surface: 'slack' as const })

async function answerAll(chance: Chance, world: DigestWorld, run: string, person: string, sections: readonly SectionId[]): Promise<Said[]> {
  const said: Said[] = []
  for (const section of sections) {
    const value = anyValue(chance)
    await world.assessments.conversation.take(who(person), run, { kind: 'answer', question: section, value })
    said.push({ person, section, value, at: world.now().toISOString() })
  }
  return said
}

/** The runs of those who answered alone, to change them later. */
const runs = new WeakMap<Event, { id: string; person: string }>()

async function answerAlone(chance: Chance, world: DigestWorld, team: string, notes: Notes): Promise<void> {
  const person = chance.pick(PEOPLE)
  const { run } = await world.assessments.conversation.start(who(person), { team, scope: KMM })
  const event = { at: world.now().toISOString(), said: await answerAll(chance, world, run.id, person, SECTIONS), hiddenBelow: 0 }
  runs.set(event, { id: run.id, person })
  notes.events.push(event)
}

async function changeAnswer(chance: Chance, world: DigestWorld, { events }: Notes): Promise<void> {
  const alone = events.filter((event) => runs.has(event))
  if (alone.length === 0) return
  const event = chance.pick(alone)
  const { id, person } = runs.get(event) as { id: string; person: string }
  const [section, value] = [chance.pick(SECTIONS), anyValue(chance)]
  await world.assessments.conversation.amend(who(person), id, { question: section, value })
  event.said.push({ person, section, value, at: world.now().toISOString() })
}

async function answerAgain(chance: Chance, world: DigestWorld, team: string, notes: Notes): Promise<void> {
  const [person, section, level] = [chance.pick(PEOPLE), chance.pick(SECTIONS), 1 + chance.below(5)]
  const at = world.now().toISOString()
  await reassess({ ...who(person), team, model: 'kmm', section, level, askedIn: at, key: at }, { ...world, store: world.digestDeps.store })
  notes.events.push({ at, said: [{ person, section, value: { kind: 'level', level }, at }], hiddenBelow: 0 })
}

async function meetInRound(chance: Chance, world: DigestWorld, team: string, notes: Notes, pass: () => void): Promise<void> {
  const confidential = chance.happens(0.5)
  const shownFrom = confidential ? 2 + chance.below(3) : 1
  const deadline = new Date(world.now().getTime() + 40 * DAY_MS).toISOString()
  const request = { team, name: `Round ${notes.events.length}`, scope: KMM, deadline, confidential, shownFrom }
  const round: Round = await world.assessments.rounds.start(TENANT, 'P0', request)
  const event: Event = { said: [], hiddenBelow: confidential ? shownFrom : 0, round: { id: round.id, deadline, invited: [...PEOPLE] } }
  notes.events.push(event)
  // One stays away, so that it does not close by itself.
  const voters = PEOPLE.slice(0, chance.below(PEOPLE.length))
  for (const person of voters) {
    const run = await world.assessments.rounds.join(TENANT, round.id, person)
    const some = chance.happens(0.8) ? SECTIONS : SECTIONS.slice(0, 1 + chance.below(4))
    event.said.push(...(await answerAll(chance, world, run.id, person, some)))
  }
  if (chance.happens(0.25)) return
  pass()
  // Its deadline may have passed by now.
  const closed = await world.assessments.rounds.close(TENANT, round.id, 'P0')
  event.at = closed.closedAt as string
}

/** Where a section stood at a time; undefined where nothing was known of it. */
export function standingAt(notes: Notes, section: SectionId, time: string): Standing | undefined {
  const [newest] = saidUntil(notes, section, time)
  if (newest === undefined) return undefined
  const { levels, answeredAt } = newest
  return levels.length === 0 ? { answeredAt } : { level: middle(levels), answeredAt }
}

/** The levels that each assessment by itself has of a section, the lowest first; newest assessments first. */
export function saidUntil({ events }: Notes, section: SectionId, time: string): { at: string; levels: number[]; answeredAt: string }[] {
  const past = events.flatMap((event) => (event.at !== undefined && event.at <= time ? [{ ...event, at: event.at }] : []))
  return past
    .toSorted((a, b) => b.at.localeCompare(a.at))
    .flatMap(({ at, said, hiddenBelow }) => {
      const own = said.filter((each) => each.section === section && each.at <= time)
      const last = [...new Map(own.map((each) => [each.person, each])).values()]
      const levels = last.flatMap(({ value }) => (value.kind === 'level' ? [value.level] : value.kind === 'between' ? [value.lower] : [])).sort()
      if (last.length === 0 || levels.length < hiddenBelow) return []
      const lastAt = last.map((each) => each.at).sort()
      return [{ at, levels, answeredAt: hiddenBelow > 0 ? at : (lastAt.at(-1) as string) }]
    })
}

export function middle(levels: readonly number[]): NonNullable<Standing['level']> {
  const [low, high] = [levels[Math.floor((levels.length - 1) / 2)] as number, levels[Math.floor(levels.length / 2)] as number]
  return low === high ? low : { low, high }
}

export function wasAssessed({ events }: Notes, time: string): boolean {
  return events.some(({ at }) => at !== undefined && at <= time)
}
