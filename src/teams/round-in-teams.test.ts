/** A team of five goes through a round in its channel: asked for, answered privately, closed, acted on; and hears of it unasked. One after the other. */
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import type { DigestAddress } from '../digests/records.ts'
import { WEEKDAYS } from '../digests/schedule.ts'
import { openStore, type Store } from '../store/open-store.ts'
import { objectsIn } from './render/testing/active-parts.ts'
import type { Person } from './testing/person.ts'
import { startTeamsBot, type TeamsBot } from './testing/teams-bot.ts'
import type { TeamsMessage } from './testing/world.ts'

const FIVE = ['ada', 'bob', 'cleo', 'dan', 'eve'] as const
const CHANNEL = 'payments'
const TUESDAY = '2026-03-03T10:00:00.000Z'

let bot: TeamsBot
beforeAll(async () => {
  // Nobody is reminded on a Saturday.
  vi.useFakeTimers({ toFake: ['Date'], shouldAdvanceTime: true, now: new Date(TUESDAY) })
  const users = FIVE.map((key) => ({ key, name: key.charAt(0).toUpperCase() + key.slice(1), timezone: 'UTC' }))
  bot = await startTeamsBot({
    tenants: [{ key: 'T1', users, teams: [{ key: 'shop', name: 'Shop', channels: [{ key: CHANNEL, name: 'Payments' }] }], groups: [] }],
  })
}, 30_000)
afterAll(async () => {
  await bot?.close()
  vi.useRealTimers()
})

const words = (message: TeamsMessage) => bot.server.words(message)
const inChannel = () => bot.server.allMessagesIn(CHANNEL).filter(({ from }) => from === 'bot')
const dmOf = (key: string) => bot.server.dm(key).filter(({ from }) => from === 'bot')
const awaited = (read: () => readonly TeamsMessage[], text: string) =>
  bot.server.until(() => read().findLast((message) => words(message).includes(text)), 10_000)

const tenant = () => `teams:${bot.server.tenantId()}`
async function stored<T>(read: (store: Store) => Promise<T>): Promise<T> {
  const store = await openStore(`sqlite:${bot.directory}/cairn.db`)
  try {
    return await read(store)
  } finally {
    await store.close()
  }
}

/** Each question is the one card, which moves on. */
async function answerAll(person: Person, levels: readonly number[]): Promise<void> {
  for (const [i, level] of levels.entries()) {
    const card = await awaited(() => dmOf(person.key), `${i + 1} of ${levels.length}`)
    await person.press(card, `Level ${level}`)
  }
}

it('a round of five is asked for in a channel, answered by each alone, and closes with results and actions for all', async () => {
  const { server } = bot
  const ada = server.user('ada')

  // Typed, not pressed: the form comes by itself, for forms are cards here.
  const asked = ada.mention(CHANNEL, 'round kmm quick')
  const form = await awaited(() => dmOf('ada'), 'Who sees what afterwards')
  const told = () => server.messagesIn(CHANNEL, { thread: asked.id }).filter(({ from }) => from === 'bot')
  await awaited(told, 'I answered in our chat.')
  expect(ada.buttons(form)).toEqual(['Start'])
  await ada.press(form, 'Start', { Name: 'Spring' })

  const card = await awaited(inChannel, '0 of 5 have answered')
  const levels = [1, 2, 3, 2, 2]
  for (const [i, key] of FIVE.entries()) {
    expect(await server.user(key).press(card, 'Answer')).toEqual({ notice: 'The first question is in our chat.' })
    await answerAll(server.user(key), [i === 4 ? 5 : 1, ...levels.slice(1)])
    for (const other of FIVE.slice(i + 1)) expect(dmOf(other).every((message) => !words(message).includes('of 5'))).toBe(true)
    if (i < 4) await awaited(inChannel, `${i + 1} of 5`)
    if (i === 3) await remind()
  }

  /** Only whoever is missing hears of it. */
  async function remind(): Promise<void> {
    const before = FIVE.map((key) => dmOf(key).length)
    await ada.press(card, 'Choose', { Manage: 'Remind now' })
    expect(server.noticesFor('ada').at(-1)).toMatchObject({ text: expect.stringContaining('emind') as unknown })
    await awaited(() => dmOf('eve'), 'Mute reminders')
    expect(FIVE.map((key, at) => dmOf(key).length - (before[at] ?? 0))).toEqual([0, 0, 0, 0, 1])
  }

  // Never who: only how many.
  const shown = JSON.stringify([card.activity, ...card.earlier])
  expect(shown).not.toMatch(/\b(?:Ada|Bob|Cleo|Dan|Eve)\b/)
  for (const key of FIVE) expect(shown).not.toContain(server.user(key).aadObjectId)

  const closing = await awaited(inChannel, 'Next steps')
  // A card in its order, not an answer with a label.
  expect(closing).toMatchObject({ text: '' })
  expect(closing.activity.entities ?? []).toEqual([])
  const parts = ['Spring is closed', 'Lowest: Culture', 'Radar, 5 sections', 'Worth talking about', 'Next steps', '[1] Kubernetes Maturity Model']
  const at = parts.map((part) => words(closing).indexOf(part))
  expect(at).not.toContain(-1)
  expect(at).toEqual(at.toSorted((a, b) => a - b))
  expect(objectsIn(server.card(closing)).find(({ type }) => type === 'Image')).toMatchObject({
    altText: expect.stringContaining('Culture and organization: level 1.') as unknown,
    url: expect.stringMatching(/^data:image\/png;base64,/) as unknown,
  })

  const eve = server.user('eve')
  await eve.press(closing, { label: 'Make it an action', beside: 'Container images are scanned' })
  const action = await awaited(() => dmOf('eve'), 'Who does it?')
  await eve.press(action, 'Make it an action', { 'Who does it?': 'Bob', 'By when?': '2099-12-24' })
  expect(server.words(action, { for: 'eve' })).toContain('It is an action of Shop › Payments now: Container images are scanned')
  server.user('bob').dm('results')
  const results = await awaited(() => dmOf('bob'), 'Container images are scanned')
  expect(words(results)).toContain('Bob')
  await server.settled()
  expect(server.nothingWrong()).toEqual([])
}, 60_000)

describe('what nobody asked for just now', () => {
  /** Of the team, due a minute ago: sent by the next process, from what was remembered of where to write. */
  async function due(id: string, to: DigestAddress): Promise<void> {
    await stored(async ({ assessments, digests }) => {
      const [team] = await assessments.teamsOf(tenant(), bot.server.user('ada').aadObjectId)
      const time = new Date(Date.now() - 60_000).toISOString().slice(11, 16)
      const before = new Date(Date.now() - 20 * 60 * 60_000).toISOString()
      await digests.createDigest(tenant(), {
        id,
        kind: 'weekly',
        teams: [team?.id ?? ''],
        to,
        sendWhenEmpty: true,
        schedule: { kind: 'weekly', every: 1, weekdays: [...WEEKDAYS], time, zone: 'UTC', anchor: before.slice(0, 10) },
        createdBy: bot.server.user('ada').aadObjectId,
        createdAt: before,
        dealtWithUntil: before,
      })
    })
  }
  const toPerson = (key: string): DigestAddress => ({ kind: 'person', person: bot.server.user(key).aadObjectId })

  it('digests arrive in the channel and in the personal chat, with picture and ways out', async () => {
    const { server } = bot
    await due('to-channel', { kind: 'place', place: server.conversationId(CHANNEL) })
    await due('to-dan', toPerson('dan'))
    await bot.restart()
    for (const read of [inChannel, () => dmOf('dan')]) {
      const digest = await awaited(read, 'Why am I getting this?')
      expect(digest).toMatchObject({ text: '' })
      expect(objectsIn(server.card(digest)).find(({ type }) => type === 'Image')).toMatchObject({ altText: expect.stringMatching(/level \d/) as unknown })
    }
    const digest = await awaited(() => dmOf('dan'), 'Why am I getting this?')
    await server.user('dan').press(digest, 'Why am I getting this?')
    await awaited(() => dmOf('dan'), 'The next three:')
    expect(server.nothingWrong()).toEqual([])
  }, 30_000)

  it('is not sent again to whoever does not want it: what was remembered of them goes, the digest rests, its maker hears why', async () => {
    const { server } = bot
    const bob = server.user('bob')
    bob.block()
    const before = dmOf('ada').length
    await due('to-bob', toPerson('bob'))
    await bot.restart()
    await server.until(
      () =>
        dmOf('ada')
          .slice(before)
          .find((message) => words(message).includes('could not be sent')),
      10_000,
    )
    expect(await stored(({ conversations }) => conversations.conversation(tenant(), bob.personal))).toBeUndefined()
    expect(await stored(({ digests }) => digests.digest(tenant(), 'to-bob'))).toMatchObject({ paused: { why: 'undeliverable' } })
    const calls = server.calls.length
    await bot.restart()
    await server.settled()
    expect(server.calls.slice(calls).filter(({ operation }) => operation === 'send')).toEqual([])
    expect(server.nothingWrong()).toEqual([])
  }, 30_000)
})
