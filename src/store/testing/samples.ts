/** Records for tests, each with what the test is about and defaults for the rest. */
import { randomUUID } from 'node:crypto'
import type { RunChange } from '../../assessments/assessment-store.ts'
import type { Action, Answer, Person, Round, Run, Team } from '../../assessments/records.ts'
import type { Asked, Card, Contact, Conversation, Received } from '../../chat/chat-store.ts'
import type { Digest } from '../../digests/records.ts'
import type { Store } from '../open-store.ts'

export const QUICK = { model: 'kmm', extent: 'quick' } as const
export const OPEN: RunChange = { state: 'open' }

/** A moment of one day, by its minute. */
export const minute = (n: number) => new Date(Date.UTC(2026, 10, 21, 10, n)).toISOString()

export const person = (id: string, more: Partial<Person> = {}): Person => ({ id, name: id, ...more })
export const team = (id: string, more: Partial<Team> = {}): Team => ({ id, name: `Team ${id}`, createdAt: minute(0), ...more })

export const run = (id: string, more: Partial<Run> = {}): Run => ({
  id,
  person: 'ana',
  team: 'platform',
  scope: QUICK,
  state: 'open',
  modelVersion: '2024',
  startedAt: minute(1),
  updatedAt: minute(1),
  version: 1,
  ...more,
})

export const answer = (of: string, question: string, more: Partial<Answer> = {}): Omit<Answer, 'revision'> => {
  const { revision: _, ...rest } = more
  return {
    run: of,
    question,
    value: { kind: 'level', level: 2 },
    seen: [{ passage: `kmm/${question}/2`, hash: '0123456789abcdef' }],
    modelVersion: '2024',
    answeredAt: minute(5),
    surface: 'web',
    ...rest,
  }
}

export const round = (id: string, more: Partial<Round> = {}): Round => ({
  id,
  team: 'platform',
  name: 'Autumn',
  scope: QUICK,
  startedBy: 'ana',
  startedAt: minute(1),
  deadline: minute(50),
  confidential: true,
  shownFrom: 3,
  invited: [],
  state: 'open',
  ...more,
})

export const action = (id: string, more: Partial<Action> = {}): Omit<Action, 'version'> => {
  const { version: _, ...rest } = more
  return {
    id,
    team: 'platform',
    model: 'kmm',
    section: 'security',
    passage: 'kmm/security/3',
    text: 'Scan images',
    createdBy: 'ana',
    createdAt: minute(9),
    ...rest,
  }
}

export const asked = (id: string, more: Partial<Asked> = {}): Asked => {
  const question = more.question ?? 'What is GitOps?'
  return {
    id,
    person: 'ana',
    place: 'C1',
    thread: 'thread',
    at: minute(5),
    question,
    outcome: 'answered',
    answer: {
      question,
      outcome: 'answered',
      text: 'Git holds the “desired” state. [1]',
      parts: [{ sentences: [{ text: 'Git holds the “desired” state.', citations: [1] }] }],
      citations: [{ n: 1, passage: 'kmm/automation/3', model: 'kmm', section: 'automation', level: 3, title: 'T', url: 'https://example.org', quote: 'Q' }],
      retrieved: ['kmm/automation/3'],
      answerer: 'extractive',
      ms: { search: 1.5, answer: 0.5, total: 2 },
    },
    ...more,
  }
}

export const card = (kind: Card['kind'], id: string, more: Partial<Card['message']> & { at?: string } = {}): Card => {
  const { at = minute(6), ...message } = more
  return { kind, id, message: { place: 'C1', id: `message of ${id}`, ...message }, at }
}

export const received = (platform: string, key: string, more: Partial<Received> = {}): Omit<Received, 'attempts'> => {
  const { attempts: _, ...rest } = more
  return { platform, key, body: `{"event":"${key}"}`, receivedAt: minute(0), ...rest }
}

export const conversation = (place: string, more: Partial<Conversation> = {}): Conversation => ({
  place,
  kind: 'channel',
  serviceUrl: 'https://service.example/emea/',
  bot: '28:bot',
  at: minute(5),
  ...more,
})

export const contact = (person: string, more: Partial<Contact> = {}): Contact => ({ person, account: `29:${person}`, ...more })

export const digest = (id: string, more: Partial<Digest> = {}): Omit<Digest, 'version'> => {
  const { version: _, ...rest } = more
  return {
    id,
    kind: 'weekly',
    teams: ['platform'],
    to: { kind: 'place', place: 'C1' },
    schedule: { kind: 'weekly', every: 1, weekdays: ['monday'], time: '09:00', zone: 'Europe/Berlin', anchor: '2026-11-16' },
    sendWhenEmpty: false,
    createdBy: 'ana',
    createdAt: minute(1),
    dealtWithUntil: minute(1),
    ...rest,
  }
}

/** A tenant of its own, with the team `platform` and its members `ana` and `ben`. */
export async function newTenant({ assessments }: Store): Promise<string> {
  const tenant = randomUUID()
  await assessments.saveTeam(tenant, team('platform', { name: 'Platform' }))
  for (const id of ['ana', 'ben']) {
    await assessments.savePerson(tenant, person(id))
    await assessments.addMember(tenant, 'platform', id)
  }
  return tenant
}
