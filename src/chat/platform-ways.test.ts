/** What people read fits the platform that they are on, wherever they speak to the bot. */
import { expect, it } from 'vitest'
import { type Chat, createChat } from './create-chat.ts'
import { DeliveryError, type PlatformWays } from './exchange.ts'
import { openSettings } from './presses.ts'
import { eachOverEngine } from './testing/over-engine.ts'
import { createTestDeps, type TestDeps } from './testing/test-deps.ts'
import { CARDS, DIALOGS, textOf } from './testing/test-platform.ts'

let deps: TestDeps
let chat: Chat
eachOverEngine(createTestDeps, (fresh) => {
  deps = fresh
  chat = createChat(deps)
})

async function readIn(ways: PlatformWays): Promise<string> {
  const { platform } = deps
  const exchange = () => platform.exchange({ ways })
  const startRound = (name: string, person: string) =>
    chat.submit(exchange(), {
      on: 'round.start',
      with: { place: 'C1' },
      values: { scope: 'kmm quick', name, day: '2026-03-05', time: '17:00', privacy: 'named', people: [person] },
    })
  for (const typed of ['help', 'reslts', 'assess kmm quick', 'assess nonsense', 'results', 'home', 'digest', 'digest new'])
    await chat.command(exchange(), typed)
  await startRound('Of nobody', 'U-unknown')
  for (const fails of [() => chat.command(exchange(), 'assess kmm quick'), () => startRound('Spring', 'U2')]) {
    platform.failures.push(new DeliveryError('gone', 'no such person'))
    await fails()
  }
  const [team] = await deps.database.assessments.teams(exchange().who.tenant)
  await chat.press(exchange(), openSettings(team?.id))
  return JSON.stringify([platform.shown.map(({ reply }) => [textOf(reply), reply]), platform.forms])
}

it('where there are dialogs, commands with a slash and direct messages', async () => {
  const read = await readIn(DIALOGS)
  for (const said of [
    '- /maturity help',
    'Did you mean “/maturity results”',
    'is in your direct messages',
    'Allow direct messages from this app',
    'Everybody in this workspace',
    'sent in this workspace',
    'name people of this workspace',
    'its card is in your direct messages',
  ])
    expect(read).toContain(said)
})

it('where there are none of these', async () => {
  const read = await readIn(CARDS)
  for (const said of [
    '- help',
    'Did you mean “results”',
    'is in our chat',
    'Add this app for yourself',
    'Everybody in your organisation',
    'sent in your organisation',
    'name people of your organisation',
    'its card is in our chat',
  ])
    expect(read).toContain(said)
  expect(read).not.toMatch(/\/maturity|direct message|(?:this|the) workspace|modal|dialog/i)
})
