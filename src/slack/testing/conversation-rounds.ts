/** A team answers together: privately, until the last one or the deadline; then the channel sees what came out. */
import BetterSqlite3 from 'better-sqlite3'
import { expect } from 'vitest'
import { type Conversation, cardsOf, cardWith, shownIn, type Talk, toldTo } from './conversation.ts'
import { answerAll } from './conversation-assessing.ts'
import type { Person } from './person.ts'
import type { SlackMessage } from './world.ts'

/** @returns the card in the channel, as it is shown first */
async function startRound(talk: Talk, name: string): Promise<SlackMessage> {
  const { ada, channel, people, server } = talk
  const form = await talk.dialog(ada, () => ada.command(channel, '/maturity', 'round kmm quick'))
  expect(form.title).toMatchObject({ text: 'Start a round' })
  expect(JSON.stringify(form.blocks)).toContain(JSON.stringify(people.map(({ id }) => id)))
  expect(await ada.submit(form, { 'Open until': '2001-01-01' })).toEqual({ errors: { day: 'This has passed: choose a later day or time.' } })
  expect(await ada.submit(form, { Name: name })).toEqual({})
  return structuredClone(await talk.until(() => server.messagesIn(channel).find((message) => shownIn(message).includes(name))))
}

async function answer(talk: Talk, person: Person, card: SlackMessage, label: string): Promise<void> {
  await person.press(card, 'Answer')
  await cardWith(talk, person, '› 1 of 5')
  await answerAll(talk, person, label)
}

function posts({ server, channel }: Talk): string[] {
  return server.messagesIn(channel).map(shownIn)
}

/** Nobody is reminded at a weekend. */
function isWorkday(zone: string): boolean {
  return !['Sat', 'Sun'].includes(new Intl.DateTimeFormat('en', { timeZone: zone, weekday: 'short' }).format(new Date()))
}

export const ROUNDS: readonly Conversation[] = [
  {
    name: 'a round of five: a card, private answers, a reminder, and a closing post with a picture, what lies apart and what to do',
    async hold(talk) {
      const { ada, bob, channel, people, server } = talk
      const card = await startRound(talk, 'Spring')
      expect(shownIn(card)).toContain('0 of 5 have answered.')
      await ada.press(card, 'Answer')
      await talk.until(() => toldTo(talk, ada).some((said) => said.includes('in your direct messages')))
      const first = await cardWith(talk, ada, '› 1 of 5')
      expect(shownIn(first)).toContain('Spring')
      await answerAll(talk, ada, 'Level 1')
      await talk.until(() => posts(talk)[0]?.includes('1 of 5 have answered.'))

      const workday = isWorkday(server.world.workspaces.get('T1')?.users.get(bob.id)?.tz ?? 'UTC')
      const remind = async (by: Person) => {
        const before = toldTo(talk, by).length
        await by.select(card, 'Remind now')
        return talk.until(() => toldTo(talk, by)[before])
      }
      expect(await remind(bob)).toContain('and administrators can do that')
      expect(await remind(ada)).toMatch(workday ? /were? reminded|was reminded/ : /Nobody could be reminded/)
      const reminders = () => server.dm(bob.id).filter((message) => shownIn(message).includes('You have not answered yet.'))
      expect(reminders()).toHaveLength(workday ? 1 : 0)
      expect(await remind(ada)).toContain('Nobody could be reminded just now.')

      await talk.interrupt()
      for (const [i, person] of people.entries()) if (i > 0) await answer(talk, person, card, i < 3 ? 'Level 1' : 'Level 4')
      const closing = await talk.until(() => server.messagesIn(channel).find((message) => shownIn(message).startsWith('Spring is closed\nAll 5')))
      const said = shownIn(closing)
      expect(said).toContain('All 5 have answered.')
      expect(said).toContain('Worth talking about')
      expect(said).toContain('the answers reach from 1 to 4.')
      expect(said).toMatch(/\[1\] .+: “[^”]+”\s+https?:/)
      for (const { id } of people) expect(said).not.toContain(id)
      const picture = await talk.until(() => server.files.find((file) => file.channel === channel && file.completed))
      expect(picture.altText).toContain('Security and compliance')
      expect(posts(talk).filter((post) => post.includes('is closed\nAll 5'))).toHaveLength(1)
      await talk.until(() => posts(talk)[0]?.includes('Closed on '))
      expect(ada.buttons(server.messagesIn(channel)[0] ?? card)).toEqual(['Results'])

      const making = await talk.dialog(bob, () => bob.press(closing, 'Make it an action'))
      expect(await bob.submit(making, { 'Who does it?': [bob.id] })).toEqual({})
      await talk.until(() => toldTo(talk, bob).some((each) => each.includes('It is an action of')))
      const again = await talk.dialog(ada, () => ada.press(closing, 'Vote once more on these'))
      expect(await ada.submit(again, {})).toEqual({})
      await talk.until(() => posts(talk).some((post) => post.includes('Once more on what lay far apart')))
    },
  },
  {
    name: 'a round ends with its deadline, whoever has not answered by then',
    async hold(talk) {
      const { ada, bob, bot, people, server } = talk
      const name = `Deadline ${talk.channel}`
      const card = await startRound(talk, name)
      await answer(talk, ada, card, 'Level 2')
      await bob.press(card, 'Answer')
      await bob.press(await cardWith(talk, bob, '› 1 of 5'), 'Level 3')
      const second = await cardWith(talk, bob, '› 2 of 5')
      const database = new BetterSqlite3(`${bot.directory}/cairn.db`)
      database.prepare('UPDATE rounds SET deadline = ? WHERE name = ?').run(new Date(Date.now() - 1_000).toISOString(), name)
      database.close()
      await bob.press(second, 'Level 3')
      await talk.until(() => server.dm(bob.id).some((message) => shownIn(message).includes('The round is closed: answers no longer count.')))
      await people[2].press(card, 'Answer')
      await talk.until(() => toldTo(talk, people[2]).some((said) => said.includes(`“${name}” is closed: answers no longer count.`)))
      await talk.until(() => posts(talk).some((post) => post.includes('The deadline has passed. 1 of 5 ')))
      expect(cardsOf(talk, people[2])).toEqual([])
      expect(posts(talk).filter((post) => post.includes('The deadline has passed.'))).toHaveLength(1)
    },
  },
  {
    name: 'who started it invites, closes early, and everybody can mute reminders',
    async hold(talk) {
      const { ada, bob, channel, people, server } = talk
      const form = await talk.dialog(ada, () => ada.command(channel, '/maturity', 'round kmm quick'))
      expect(await ada.submit(form, { Name: 'Small', 'Who is asked': [ada.id, bob.id] })).toEqual({})
      const card = await talk.until(() => server.messagesIn(channel)[0])
      await people[2].press(card, 'Answer')
      await talk.until(() => toldTo(talk, people[2]).some((said) => said.includes('You are not asked in “Small”.')))
      const inviting = await talk.dialog(ada, () => ada.select(card, 'Invite people'))
      expect(await ada.submit(inviting, { 'Who else is asked': [people[2].id] })).toEqual({})
      await talk.until(() => posts(talk)[0]?.includes('0 of 3 have answered.'))
      await answer(talk, people[2], card, 'Level 2')
      const closing = await talk.dialog(ada, () => ada.select(card, 'Close now'))
      expect(shownIn(closing)).toContain('1 of 3 have answered.')
      expect(await ada.submit(closing, {})).toEqual({})
      await talk.until(() => posts(talk).some((post) => post.includes('It was closed before its deadline.')))
    },
  },
]
