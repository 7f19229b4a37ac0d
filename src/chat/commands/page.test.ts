import { expect, it } from 'vitest'
import { type Chat, createChat } from '../create-chat.ts'
import { eachOverEngine } from '../testing/over-engine.ts'
import { createTestDeps, type TestDeps } from '../testing/test-deps.ts'
import { TENANT, textOf } from '../testing/test-platform.ts'

let deps: TestDeps
let chat: Chat
eachOverEngine(createTestDeps, (fresh) => {
  deps = fresh
  chat = createChat(deps)
})

const page = (options?: Parameters<TestDeps['platform']['exchange']>[0]) => chat.command(deps.platform.exchange(options), 'page')
const link = () => /https:\/\/page\.example\/\S*?(?=[)\s>]|$)/.exec(JSON.stringify(deps.platform.last().blocks).replaceAll('"', ' '))?.[0]

it('gives a link to who asked, with nothing of it in what a notification shows', async () => {
  await page({ place: { kind: 'personal' } })
  expect(deps.platform.shown.map(({ how }) => how)).toEqual(['whisper'])
  expect(link()).toBe('https://page.example/#/enter/U1/')
  expect(deps.platform.last().summary).toBe('Your link to the web page')
  expect(textOf(deps.platform.last())).toMatch(/works once, within ten minutes/)
  // The page calls them what the chat does.
  expect(await deps.database.assessments.person(TENANT, 'U1')).toMatchObject({ name: 'Ada' })
})

it('leads to the team of the channel where it is asked for, if they see its results', async () => {
  await chat.command(deps.platform.exchange(), 'assess kmm quick')
  const team = await deps.store.teamOfPlace(TENANT, 'C1')
  await page()
  expect(link()).toBe(`https://page.example/#/enter/U1/${team}`)
  await page({ person: 'U3' })
  expect(link()).toBe('https://page.example/#/enter/U3/')
})

it('says where it opens, or that there is no address', async () => {
  deps.pageLink = async () => ({ url: 'http://127.0.0.1:3000/#/enter/x', isLocal: true })
  chat = createChat(deps)
  await page()
  expect(textOf(deps.platform.last())).toMatch(/opens on the machine that I run on, and nowhere else/)
  deps.pageLink = async () => undefined
  chat = createChat(deps)
  await page()
  expect(textOf(deps.platform.last())).toMatch(/sets CAIRN_PUBLIC_URL/)
})
