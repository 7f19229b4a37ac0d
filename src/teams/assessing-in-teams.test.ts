/** An assessment in the personal chat: by buttons, inputs and forms, or by simply typing; one card that changes where it stands. */
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { readerOf } from './testing/bot-reader.ts'
import type { Person } from './testing/person.ts'
import { startTeamsBot, type TeamsBot } from './testing/teams-bot.ts'
import type { TeamsMessage } from './testing/world.ts'

const STATEMENT = 'everything is deployed by Argo CD from git, nobody touches the cluster by hand'

let bot: TeamsBot
beforeAll(async () => {
  bot = await startTeamsBot()
}, 30_000)
afterAll(() => bot?.close())

const { words, dmOf, stored, tenant } = readerOf(() => bot)

const at = (question: number) => `KMM, quick › ${question} of 5`
const cards = (key: string) => dmOf(key).filter((message) => words(message).includes('KMM, quick'))
/** The one card, once it says that. */
const cardWith = (key: string, text: string | RegExp) =>
  bot.server.until(() => {
    const card = cards(key).at(-1)
    const said = card === undefined ? '' : bot.server.words(card, { for: key })
    return (typeof text === 'string' ? said.includes(text) : text.test(said)) ? card : undefined
  }, 10_000)
async function begin(person: Person, team: string): Promise<TeamsMessage> {
  person.dm(`assess kmm quick for ${team}`)
  return cardWith(person.key, at(1))
}
beforeEach(() => void bot.server.faults.splice(0))

it('every kind of answer is taken from the card', async () => {
  const { server } = bot
  const ada = server.user('ada')
  const card = await begin(ada, 'Buttons')
  await ada.press(card, 'Level 2')
  await cardWith('ada', at(2))
  const [menu = ''] = ada.fields(card)
  await ada.press(card, 'Choose', { [menu]: 'Between 1 and 2' })
  await cardWith('ada', at(3))
  await ada.press(card, 'Not sure')
  await cardWith('ada', at(4))

  await ada.press(card, 'Not applicable')
  await cardWith('ada', 'Why does it not apply to you?')
  const before = dmOf('ada').length
  await ada.press(card, 'Say why')
  const reason = await server.until(() => dmOf('ada')[before])
  const [why = ''] = ada.fields(reason)
  await ada.press(reason, ada.buttons(reason)[0] ?? '', { [why]: 'we run <at>nothing</at> & **serve** nobody' })
  await cardWith('ada', at(5))
  await ada.press(card, 'Back')
  await cardWith('ada', 'You answered: not applicable: we run ‹at>nothing‹/at> & **serve** nobody.')
  await ada.press(card, 'Level 1')
  await cardWith('ada', at(5))

  const forms = dmOf('ada').length
  await ada.press(card, 'Type an answer')
  const typing = await server.until(() => dmOf('ada')[forms])
  const [answer = '', evidence = ''] = ada.fields(typing)
  await ada.press(typing, ada.buttons(typing)[0] ?? '', { [answer]: 'What does the KMM expect of scaling at level 3?' })
  expect(words(await cardWith('ada', '[1] Kubernetes Maturity Model › '))).toContain(at(5))
  const next = dmOf('ada').length
  await ada.press(card, 'Type an answer')
  const typingAgain = await server.until(() => dmOf('ada')[next])
  await ada.press(typingAgain, ada.buttons(typingAgain)[0] ?? '', { [answer]: 'We have nobody who does that.', [evidence]: 'see the wiki' })
  const understood = await cardWith('ada', /Is that right\?|Which is closer to you/)
  await ada.press(understood, ada.buttons(understood).find((label) => label === 'Yes, that is us') ?? 'Level 1')
  await cardWith('ada', 'That was the last question.')
  // Also for whoever opens the chat on another device.
  await server.until(() => /: between 1 and 2\.[\s\S]*: not sure\./.test(words(card)))
  expect(cards('ada')).toEqual([card])
  expect(server.nothingWrong()).toEqual([])
}, 60_000)

it('what is typed is taken as well: a number, own words, back, a pause over a restart; a question in the middle is one', async () => {
  const { server } = bot
  const bob = server.user('bob')
  const says = async (typed: string, then: string | RegExp) => {
    bob.dm(typed)
    return cardWith('bob', then)
  }
  await begin(bob, 'Typing')
  await says('2', at(2))
  await says('between 2 and 3', at(3))
  await says(STATEMENT, 'Is that right?')
  await says('no', /^(?![\s\S]*Is that right)[\s\S]*› 3 of 5/)
  // There are no threads that would say whether it belongs to the card: it is answered below, and the card waits.
  bob.dm('What does the KMM expect of automation at level 3?')
  await server.until(() => dmOf('bob').find(({ text }) => text.includes('[1]')), 10_000)
  await cardWith('bob', at(3))
  await says('back', at(2))
  await says('pause', 'Paused at question 2 of 5.')
  await bot.restart()
  await says('resume', 'You answered: between 2 and 3.')
  await says('3', at(3))
  await says('2', at(4))
  await says('not sure', at(5))
  await says('n/a', 'Why does it not apply to you?')
  const end = await says('we serve no traffic', 'not applicable: we serve no traffic')
  expect(words(end)).toContain('That was the last question.')
  await server.until(() => cards('bob').length === 1)
  expect(server.nothingWrong()).toEqual([])
}, 60_000)

it('a press on a card that has moved on changes nothing, and shows how it stands', async () => {
  const { server } = bot
  const root = server.user('root')
  const card = await begin(root, 'Twice')
  const level = (server.card(card)?.body as unknown[]).flatMap(
    (each) => JSON.stringify(each).match(/"data":(\{"press":\{"on":"assess\.answer".*?\}\}\})/)?.[1] ?? [],
  )
  const old = { verb: 'assess.answer', data: JSON.parse(level[0] ?? '{}') }
  await root.press(card, 'Level 3')
  await cardWith('root', at(2))
  await root.pressRaw(card, old)
  await cardWith('root', 'This has moved on since')
  const runs = await stored(({ assessments }) => assessments.runsOf(tenant(), root.aadObjectId, { open: true }))
  expect(runs).toHaveLength(1)
  expect(server.nothingWrong()).toEqual([])
}, 30_000)
