/** Conversations about what came out: results, files, targets, actions, a person's own page and their settings. */
import { expect } from 'vitest'
import { type Conversation, cardWith, shownIn, type Talk, toldTo } from './conversation.ts'
import { answerAll, begin, optionsIn } from './conversation-assessing.ts'
import type { EphemeralMessage } from './world.ts'

/** What `/maturity …` shows to Ada alone. */
async function told(talk: Talk, typed: string): Promise<EphemeralMessage> {
  const before = talk.server.ephemeralFor(talk.ada.id).length
  await talk.ada.command(talk.channel, '/maturity', typed)
  return talk.until(() => talk.server.ephemeralFor(talk.ada.id)[before])
}

async function assess(talk: Talk): Promise<void> {
  await begin(talk, 'kmm quick')
  await answerAll(talk, talk.ada, 'Level 2')
}

function inDays(days: number): string {
  return new Date(Date.now() + days * 24 * 60 * 60_000).toISOString().slice(0, 10)
}

export const RESULTS: readonly Conversation[] = [
  {
    name: 'results are for who asks, until they share them; files and pictures come to them',
    async hold(talk) {
      const { ada, bob, channel, server, team } = talk
      expect(shownIn(await told(talk, 'results'))).toContain('You are in no team yet.')
      await assess(talk)
      const results = await told(talk, 'results')
      expect(shownIn(results)).toContain(`${team}: Kubernetes Maturity Model`)
      expect(shownIn(results)).toContain('Next steps')
      expect(shownIn(results)).toMatch(/\[1\] .+: “[^”]+”\s+https?:/)
      const picture = await talk.until(() => server.files.find((file) => file.channel === ada.dmChannel))
      expect(picture.altText).toContain('Security and compliance')
      expect(picture.filename).toMatch(/\.png$/)
      expect(server.messagesIn(channel)).toEqual([])

      await ada.press(results, 'Share in channel')
      const shared = await talk.until(() => server.messagesIn(channel)[0])
      expect(shownIn(shared)).toContain('Shared by ')
      await told(talk, 'results export')
      const files = () => server.files.filter((file) => file.channel === ada.dmChannel).map(({ filename }) => filename)
      await talk.until(() => ['csv', 'json'].every((kind) => files().some((name) => name.endsWith(kind))))
      const csv = server.files.find(({ filename, channel: to }) => to === ada.dmChannel && filename.endsWith('.csv'))
      expect(String(csv?.content)).toContain('Security and compliance')

      // Everybody in the channel may look; nobody else has the team.
      await bob.command(channel, '/maturity', 'results')
      await talk.until(() => toldTo(talk, bob).some((said) => said.includes('Next steps')))
      const root = server.user('UROOT')
      await root.command(root.dmChannel, '/maturity', 'results nobody')
      await talk.until(() => server.dm('UROOT').some((message) => shownIn(message).includes('There is no such team')))
    },
  },
  {
    name: 'a target and an action, ticked off on the Home',
    async hold(talk) {
      const { ada, bob, server } = talk
      await assess(talk)
      const results = await told(talk, 'results')
      const target = await talk.dialog(ada, () => ada.press(results, 'Set a target'))
      expect(await ada.submit(target, { Section: 'Security and compliance', Level: optionsIn(target, 'Level')[3] })).toEqual({})
      await talk.until(() => toldTo(talk, ada).some((said) => said.includes('Target for Security and compliance: level 4.')))

      const again = await told(talk, 'results')
      const making = await talk.dialog(ada, () => ada.press(again, 'Make it an action'))
      expect(await ada.submit(making, { 'Who does it?': [ada.id], 'By when?': inDays(-3) })).toEqual({
        errors: { due: 'This day has passed: choose today or later.' },
      })
      expect(await ada.submit(making, { 'Who does it?': [bob.id, ada.id], 'By when?': inDays(3) })).toEqual({ errors: { owner: 'Choose one person.' } })
      expect(await ada.submit(making, { 'Who does it?': [bob.id], 'By when?': inDays(3) })).toEqual({})
      const list = await talk.until(() => server.ephemeralFor(ada.id).find((each) => shownIn(each).includes('It is an action of')))
      expect(ada.buttons(list)).toContain('Done')

      bob.openHome()
      const home = await talk.until(() => server.home(bob.id))
      expect(shownIn(home)).toContain('Actions')
      await bob.press(home, 'Done')
      await talk.until(() => !bob.buttons(server.home(bob.id) ?? home).includes('Done'))
      await talk.until(() => server.dm(bob.id).some((message) => shownIn(message).includes('Open again')))
    },
  },
  {
    name: 'the Home begins with what to do, follows what is done from it, and holds the settings',
    async hold(talk) {
      const { ada, bob, server, team } = talk
      ada.openHome()
      const first = await talk.until(() => server.home(ada.id))
      expect(shownIn(first)).toContain('Where does your team stand?')
      const start = await talk.dialog(ada, () => ada.press(first, 'Assess my team'))
      expect(
        await ada.submit(start, { 'What to assess by': optionsIn(start, 'What to assess by').find((label) => label.startsWith('KMM')), Team: team }),
      ).toEqual({})
      await cardWith(talk, ada, '› 1 of 5')
      await talk.until(() => shownIn(server.home(ada.id) ?? first).includes('Your open assessments'))
      await answerAll(talk, ada, 'Level 3')
      ada.openHome()
      await talk.until(() => /KMM: .*■■■□□/s.test(shownIn(server.home(ada.id) ?? first)))

      const home = structuredClone(server.home(ada.id) ?? first)
      await ada.press(home, 'Results')
      const results = await talk.until(() => server.dm(ada.id).find((message) => shownIn(message).includes('Next steps')))
      const settings = await talk.dialog(ada, () => ada.press(results, 'Settings'))
      expect(await ada.submit(settings, { 'Reminders of rounds and of your actions': 'Don’t remind me', 'Who sees the results?': 'Everybody here' })).toEqual(
        {},
      )
      await talk.until(() => server.dm(ada.id).some((message) => shownIn(message).includes('Saved.')))
      const kept = await talk.dialog(ada, () => ada.press(results, 'Settings'))
      expect(JSON.stringify(kept.blocks)).toMatch(/"initial_option":\{[^{]*\{[^}]*Everybody here/)
      await bob.command(talk.channel, '/maturity', `results ${team}`)
      await talk.until(() => toldTo(talk, bob).some((said) => said.includes('Next steps')))

      await ada.press(kept, 'Delete my data')
      await talk.until(() => server.dm(ada.id).some((message) => shownIn(message).includes('Your answers, your questions and your name are deleted.')))
    },
  },
]
