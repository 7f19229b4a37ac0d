/** Conversations in which somebody finds out where their team stands: by buttons, in dialogs, by writing. */
import { expect } from 'vitest'
import { type Conversation, cardsOf, cardWith, repliesTo, shownIn, type Talk, toldTo } from './conversation.ts'
import type { Person } from './person.ts'
import type { SlackMessage } from './world.ts'

const STATEMENT = 'everything is deployed by Argo CD from git, nobody touches the cluster by hand'

const MOST_QUESTIONS = 30

/** "KMM, quick › 2 of 5" */
function at(question: number, of = 5): string {
  return `› ${question} of ${of}`
}

/** Until everything that is said to it has come. */
export async function begin(talk: Talk, words: string, person: Person = talk.ada): Promise<void> {
  await person.command(talk.channel, '/maturity', `assess ${words}`)
  await talk.until(() => toldTo(talk, person).some((said) => said.includes('in your direct messages')))
}

/** To the end, with this on each card. @returns the last card */
export async function answerAll(talk: Talk, person: Person, label: string | RegExp): Promise<SlackMessage> {
  let last = await talk.until(() => cardsOf(talk, person)[0])
  // The last card may have nothing of the assessment to press any more; one that is shown anew is another message.
  const now = (): SlackMessage => {
    last = cardsOf(talk, person)[0] ?? last
    return last
  }
  for (let presses = 0; presses < MOST_QUESTIONS; presses++) {
    const before = shownIn(now())
    if (before.includes('That was the last question.')) return structuredClone(now())
    await person.press(now(), label)
    await talk.until(() => shownIn(now()) !== before)
  }
  throw new Error('an assessment without end')
}

export const ASSESSING: readonly Conversation[] = [
  {
    name: 'every kind of answer, on one card that changes where it stands',
    async hold(talk) {
      const { ada, server } = talk
      await begin(talk, 'kmm quick')
      const first = await cardWith(talk, ada, at(1))
      expect(shownIn(first)).toContain(talk.team)
      await ada.press(first, 'Level 2')
      const second = await cardWith(talk, ada, at(2))
      expect(second.ts).toBe(first.ts)
      await ada.select(second, 'Between 1 and 2')
      const third = await cardWith(talk, ada, at(3))
      await ada.press(third, 'Not sure')
      const fourth = await cardWith(talk, ada, at(4))

      await ada.press(fourth, 'Not applicable')
      const why = await cardWith(talk, ada, 'Why does it not apply to you?')
      const reason = await talk.dialog(ada, () => ada.press(why, 'Say why'))
      expect(await ada.submit(reason, { 'Why does it not apply to you? A few words are enough.': '   ' })).toHaveProperty('errors')
      expect(await ada.submit(reason, { 'Why does it not apply to you? A few words are enough.': 'we run <nothing> & serve nobody' })).toEqual({})
      const fifth = await cardWith(talk, ada, at(5))

      await ada.press(fifth, 'Back')
      const again = await cardWith(talk, ada, at(4))
      expect(shownIn(again)).toContain('You answered: not applicable: we run <nothing> & serve nobody.')
      await ada.press(again, 'Level 1')
      const last = await cardWith(talk, ada, at(5))

      const typing = await talk.dialog(ada, () => ada.press(last, 'Type an answer'))
      expect(await ada.submit(typing, { 'Which of these holds for you?': 'We have nobody who does that.', 'Note as evidence': 'see the wiki' })).toEqual({})
      const understood = await cardWith(talk, ada, /Is that right\?|Which is closer to you/)
      await ada.press(understood, understood.text.includes('Is that right?') ? 'Yes, that is us' : 'Level 1')
      const end = await cardWith(talk, ada, 'That was the last question.')
      expect(end.ts).toBe(first.ts)
      expect(shownIn(end)).toMatch(/: between 1 and 2\./)
      expect(shownIn(end)).toMatch(/: not sure\./)

      // Somebody's client still shows the first question.
      await ada.press(first, 'Level 4')
      await talk.until(() => server.dm(ada.id).some((message) => shownIn(message).includes('This has moved on since')))
      expect(shownIn(cardsOf(talk, ada)[0] ?? {})).toMatch(/Culture and organization\*: level 2\./)
      expect(cardsOf(talk, ada)).toHaveLength(1)
    },
  },
  {
    name: 'simply writing: numbers, own words, a question in between, back, a pause over a restart, and going on',
    async hold(talk) {
      const { ada } = talk
      await begin(talk, 'kmm quick')
      await cardWith(talk, ada, at(1))
      ada.dm('2')
      await cardWith(talk, ada, at(2))
      ada.dm('between 2 and 3')
      const third = await cardWith(talk, ada, at(3))
      ada.dm(STATEMENT, { thread: third.thread_ts ?? third.ts })
      const proposed = await cardWith(talk, ada, 'Is that right?')
      expect(shownIn(proposed)).toContain(`You said: “${STATEMENT}”`)
      ada.dm('no', { thread: proposed.thread_ts ?? proposed.ts })
      const rejected = await cardWith(talk, ada, /^(?!.*Is that right).*› 3 of 5/s)

      ada.dm('What does the KMM expect of automation at level 3?', { thread: rejected.thread_ts ?? rejected.ts })
      const beside = await cardWith(talk, ada, /\[1\] Kubernetes Maturity Model › /)
      expect(shownIn(beside)).toContain(at(3))

      ada.dm('back')
      await cardWith(talk, ada, at(2))
      ada.dm('pause')
      await cardWith(talk, ada, 'Paused at question 2 of 5.')
      await talk.interrupt()
      // A question now is a question.
      const asked = ada.dm('What does the KMM expect of security at level 2?')
      expect(shownIn(await talk.until(() => repliesTo(talk, asked)[0]))).toContain('[1]')
      ada.dm('resume')
      await cardWith(talk, ada, 'You answered: between 2 and 3.')
      for (const [i, typed] of ['3', '2', 'not sure'].entries()) {
        ada.dm(typed)
        await cardWith(talk, ada, at(i + 3))
      }
      ada.dm('n/a')
      await cardWith(talk, ada, 'Why does it not apply to you?')
      ada.dm('we serve no traffic')
      const end = await cardWith(talk, ada, 'That was the last question.')
      expect(shownIn(end)).toContain('not applicable: we serve no traffic')
    },
  },
  {
    name: 'where words are missing a dialog asks, and a ladder is answered practice by practice',
    async hold(talk) {
      const { ada, channel } = talk
      const start = await talk.dialog(ada, () => ada.command(channel, '/maturity', 'assess'))
      expect(start.title).toMatchObject({ text: 'Start an assessment' })
      const what = optionsIn(start, 'What to assess by').find((label) => /indellient/i.test(label))
      expect(await ada.submit(start, { 'What to assess by': what })).toEqual({})
      const first = await cardWith(talk, ada, 'Which of these are in place?')
      const each = await talk.dialog(ada, () => ada.press(first, 'Answer each'))
      const fields = each.blocks.filter(({ type }) => type === 'input')
      expect(fields.length).toBeGreaterThan(2)
      const states = ['In place', 'Partly', 'Not yet']
      const values = Object.fromEntries(fields.slice(0, -1).map(({ block_id }, i) => [String(block_id), states[i % 3]]))
      expect(await ada.submit(each, values)).toEqual({})
      await cardWith(talk, ada, at(2))
      const end = await answerAll(talk, ada, /^None yet$|^Not yet$/)
      expect(shownIn(end)).toMatch(/\d in place, \d partly, \d not yet/)
      const change = await talk.dialog(ada, () => ada.press(end, { label: 'Change', beside: 'partly' }))
      expect(await ada.submit(change, { Answer: 'Not sure' })).toEqual({})
      await cardWith(talk, ada, /: not sure\./)
    },
  },
  {
    name: 'a paused assessment waits on the Home, and can be given up',
    async hold(talk) {
      const { ada, server } = talk
      await begin(talk, 'fairwinds quick')
      await ada.press(await cardWith(talk, ada, at(1, 3)), 'Pause')
      await cardWith(talk, ada, 'Paused at question 1')
      ada.openHome()
      const home = await talk.until(() => server.home(ada.id))
      expect(shownIn(home)).toContain('Your open assessments')
      await ada.press(home, 'Go on')
      const card = await cardWith(talk, ada, 'Is this in place?')
      await ada.press(card, 'Pause')
      await ada.press(await cardWith(talk, ada, 'Paused at question 1'), 'Give up')
      await talk.until(() => server.dm(ada.id).some((message) => shownIn(message).includes('This assessment was given up.')))
      ada.openHome()
      await talk.until(() => !shownIn(server.home(ada.id) ?? {}).includes('Your open assessments'))
    },
  },
]

export function optionsIn({ blocks }: { blocks: readonly Record<string, unknown>[] }, label: string): string[] {
  const field = blocks.find((block) => (block.label as { text?: string } | undefined)?.text === label)
  const { options = [] } = (field?.element ?? {}) as { options?: { text: { text: string } }[] }
  return options.map(({ text }) => text.text)
}
