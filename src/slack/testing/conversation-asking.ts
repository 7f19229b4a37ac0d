/** Conversations in which somebody asks: in a channel, a thread, a direct message, for themselves alone or for everybody. */
import { expect } from 'vitest'
import { openStore } from '../../store/open-store.ts'
import { type Conversation, repliesTo, shownIn, type Talk, toldTo } from './conversation.ts'
import type { EphemeralMessage, SlackMessage } from './world.ts'

export const QUESTION = 'What does the KMM expect of security at level 2?'
const FOLLOW_UP = 'And at level 3?'
/** Readable where nothing can be pressed: number, title, a sentence, and the address. */
const PLAIN_SOURCE = /\[1\] .+: “[^”]+”\s+https?:\/\/\S+/

async function answerTo(talk: Talk, message: SlackMessage, at = 0): Promise<SlackMessage> {
  return talk.until(() => repliesTo(talk, message)[at])
}

async function askAlone(talk: Talk, question = QUESTION): Promise<EphemeralMessage> {
  const before = talk.server.ephemeralFor(talk.ada.id).length
  await talk.ada.command(talk.channel, '/maturity', `ask ${question}`)
  return talk.until(() => talk.server.ephemeralFor(talk.ada.id)[before])
}

export const ASKING: readonly Conversation[] = [
  {
    name: 'a mention is answered in its thread, with sources, and the thread remembers what it is about',
    async hold(talk) {
      const { ada, bob, channel, server } = talk
      const asked = ada.mention(channel, QUESTION)
      const answer = shownIn(await answerTo(talk, asked))
      expect(answer).toMatch(PLAIN_SOURCE)
      expect(answer).toMatch(/\[1\] Kubernetes Maturity Model › Security and compliance › Level 2/)
      bob.say(channel, 'thanks, that helps', { thread: asked.ts })
      ada.mention(channel, FOLLOW_UP, { thread: asked.ts })
      expect(shownIn(await answerTo(talk, asked, 1))).toMatch(/\[1\] Kubernetes Maturity Model › Security and compliance › Level 3/)
      await server.settled()
      expect(repliesTo(talk, asked)).toHaveLength(2)
      expect(server.messagesIn(channel)).toHaveLength(1)
      expect(server.ephemeralFor(ada.id)).toEqual([])
    },
  },
  {
    name: 'an answer to a command is the asker’s alone until they share it, once, and goes on below where it is shared',
    async hold(talk) {
      const { ada, channel, server } = talk
      const own = await askAlone(talk)
      const asFirstSeen = structuredClone(own)
      expect(shownIn(own)).toMatch(PLAIN_SOURCE)
      expect(server.messagesIn(channel)).toEqual([])
      await ada.press(own, 'Share in channel')
      const shared = await talk.until(() => server.messagesIn(channel)[0])
      expect(shownIn(shared)).toContain(QUESTION)
      expect(shownIn(shared)).toMatch(PLAIN_SOURCE)
      await talk.until(() => toldTo(talk, ada)[0]?.includes('Shared with everybody here.'))
      expect(ada.buttons(own)).not.toContain('Share in channel')
      // Their client may still show the button.
      await ada.press(asFirstSeen, 'Share in channel')
      await talk.until(() => toldTo(talk, ada).some((said) => said.includes('That answer is shared already.')))
      expect(server.messagesIn(channel)).toHaveLength(1)
      ada.mention(channel, FOLLOW_UP, { thread: shared.ts })
      expect(shownIn(await answerTo(talk, shared))).toMatch(/\[1\] Kubernetes Maturity Model › Security and compliance › Level 3/)
    },
  },
  {
    name: 'the number of a source opens the passage',
    async hold(talk) {
      const { ada, channel } = talk
      const answer = await answerTo(talk, ada.mention(channel, QUESTION))
      const view = await talk.dialog(ada, () => ada.press(answer, '[1]'))
      expect(view.title).toMatchObject({ text: 'KMM' })
      expect(view.submit).toBeNull()
      const shown = shownIn(view)
      expect(shown).toContain('Kubernetes Maturity Model › Security and compliance › Level 2')
      expect(shown).toMatch(/Read the original on \S+/)
      expect(shown).toMatch(/https?:\/\//)
      expect(shown.length).toBeGreaterThan(300)
      await ada.close(view)
    },
  },
  {
    name: 'votes and a comment are kept with the answer',
    async hold(talk) {
      const { ada, bob, bot, channel, server } = talk
      const answer = await answerTo(talk, ada.mention(channel, QUESTION))
      await bob.press(answer, 'Helpful')
      await talk.until(() => toldTo(talk, bob).some((said) => said.includes('Noted, thank you.')))
      await ada.press(answer, 'Not helpful')
      const thanks = await talk.until(() => server.ephemeralFor(ada.id)[0])
      const view = await talk.dialog(ada, () => ada.press(thanks, 'Say what was wrong'))
      const comment = `It says nothing of ${channel} <!channel>`
      expect(await ada.submit(view, { 'What was wrong with the answer?': comment })).toEqual({})
      await talk.until(() => toldTo(talk, ada).some((said) => said.includes('Your note is kept with the answer.')))
      const store = await openStore(`sqlite:${bot.directory}/cairn.db`)
      try {
        const votes = (await store.chat.votes('slack:T1')).filter(({ person }) => [ada.id, bob.id].includes(person))
        expect(votes.map(({ person, vote, comment: said }) => [person, vote, said]).toSorted()).toEqual([
          [ada.id, 'down', comment],
          [bob.id, 'up', undefined],
        ])
        expect(new Set(votes.map((vote) => vote.answer)).size).toBe(1)
      } finally {
        await store.close()
      }
    },
  },
  {
    name: 'a message of somebody else becomes a question, answered to who wanted to know',
    async hold(talk) {
      const { ada, bob, channel, server } = talk
      const message = bob.say(channel, 'Anybody know what the KMM expects of security at level 2?')
      await ada.shortcut(message, 'ask_about_this')
      const answer = await talk.until(() => server.ephemeralFor(ada.id)[0])
      expect(shownIn(answer)).toMatch(PLAIN_SOURCE)
      expect(answer.thread_ts).toBe(message.ts)
      expect(repliesTo(talk, message)).toEqual([])
      expect(server.ephemeralFor(bob.id)).toEqual([])
    },
  },
  {
    name: 'a direct message is a conversation of its own: prompts, an answer that is written, follow-ups',
    async hold(talk) {
      const { ada, server } = talk
      ada.openMessagesTab()
      const { prompts, thread } = await talk.until(() => server.prompts.find(({ channel }) => channel === ada.dmChannel))
      expect(thread).toBeUndefined()
      expect(prompts.map(({ title }) => title)).toContain('Assess my team')
      const asked = ada.dm(prompts[0]?.message ?? '')
      const answer = await answerTo(talk, asked)
      expect(answer.streaming_state).toBe('completed')
      expect(shownIn(answer)).toMatch(PLAIN_SOURCE)

      const more = ada.dm(QUESTION)
      await answerTo(talk, more)
      ada.dm(FOLLOW_UP, { thread: more.ts })
      expect(shownIn(await answerTo(talk, more, 1))).toMatch(/\[1\] Kubernetes Maturity Model › Security and compliance › Level 3/)
      await server.settled()
      expect(server.dm(ada.id).filter(({ bot_id }) => bot_id !== undefined)).toHaveLength(3)
    },
  },
  {
    name: 'what nothing is known of is declined, with what could be asked instead',
    async hold(talk) {
      const { ada, channel } = talk
      const declined = await answerTo(talk, ada.mention(channel, 'How do I write a Helm chart for a database on OpenShift?'))
      const offered = ada.buttons(declined).filter((label) => !['Helpful', 'Not helpful'].includes(label))
      expect(shownIn(declined)).not.toMatch(PLAIN_SOURCE)
      expect(offered).not.toEqual([])
      await ada.press(declined, offered[0] ?? '')
      await talk.until(() => toldTo(talk, ada).some((said) => PLAIN_SOURCE.test(said)))
    },
  },
  {
    name: 'help, unknown words, and what is close to a command',
    async hold(talk) {
      const { ada, channel, server } = talk
      const told = async (typed: string) => {
        const before = server.ephemeralFor(ada.id).length
        await ada.command(channel, '/maturity', typed)
        return shownIn(await talk.until(() => server.ephemeralFor(ada.id)[before]))
      }
      expect(await told('')).toContain('/maturity assess [model] [scope]')
      expect(await told('help')).toContain('/maturity results [export] [team]')
      expect(await told('asess kmm')).toContain('I don’t know “asess”. Did you mean “/maturity assess”?')
      expect(await told('resluts')).toContain('Did you mean “/maturity results”?')
      expect(await told('<!channel> hello')).toContain('I don’t know “<!channel>”.')
      expect(await told('ask')).toContain('Write your question after “ask”')
      expect(await told('assess kmmm quick')).toContain('Did you mean “kmm”?')
    },
  },
  {
    name: 'where the bot is not, the answer still comes to who asked',
    async hold(talk) {
      const { ada, elsewhere, server } = talk
      await ada.command(elsewhere, '/maturity', `ask ${QUESTION}`)
      const answer = await talk.until(() => server.ephemeralFor(ada.id)[0])
      expect(answer.channel).toBe(elsewhere)
      await ada.press(answer, 'Share in channel')
      await talk.until(() => toldTo(talk, ada).some((said) => said.includes('I can’t write here. Invite me')))
      expect(server.messagesIn(elsewhere)).toEqual([])
    },
  },
]
