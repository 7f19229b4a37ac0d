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
  for (const typed of ['help', 'reslts', 'assess kmm quick', 'assess nonsense', 'results', 'home']) await chat.command(exchange(), typed)
  platform.failures.push(new DeliveryError('gone', 'no such person'))
  await chat.command(exchange(), 'assess kmm quick')
  const [team] = await deps.database.assessments.teams(exchange().who.tenant)
  await chat.press(exchange(), openSettings(team?.id))
  const [visibility] = platform.forms.at(-1)?.fields.filter(({ id }) => id === 'visibility') ?? []
  return [...platform.shown.map(({ reply }) => textOf(reply)), JSON.stringify(visibility)].join('\n')
}

it('where there are dialogs, commands with a slash and direct messages', async () => {
  const read = await readIn(DIALOGS)
  for (const said of [
    '- /maturity help',
    'Did you mean “/maturity results”',
    'is in your direct messages',
    'Allow direct messages from this app',
    'in this workspace',
  ])
    expect(read).toContain(said)
})

it('where there are none of these', async () => {
  const read = await readIn(CARDS)
  for (const said of ['- help', 'Did you mean “results”', 'is in our chat', 'Add this app for yourself', 'in your organisation']) expect(read).toContain(said)
  expect(read).not.toMatch(/\/maturity|direct message|workspace\.|modal|dialog/i)
})
