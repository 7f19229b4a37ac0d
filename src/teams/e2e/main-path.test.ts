/**
 * The way through Cairn as people go it, in Microsoft's own local client. What that client can't do is held against the connector server instead:
 * file consent, dialogs, views of one's own, mentions in cards, deleting messages, and everything that Teams refuses.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type CairnProcess, startCairn } from '../../testing/cairn-process.ts'
import { createTemporaryDirectory, type TemporaryDirectory } from '../../testing/temporary-directory.ts'
import { launchBrowser } from '../../web/testing/browser.ts'
import { type ClientPage, openClientPage, PERSONAL_CHAT } from './testing/client-page.ts'
import { type LocalClient, startLocalClient } from './testing/local-client.ts'

let directory: TemporaryDirectory
let cairn: CairnProcess
let client: LocalClient
let browser: Awaited<ReturnType<typeof launchBrowser>>
let ada: ClientPage
/** When the digest is. */
let due: number

/** Time enough to finish an assessment before it is due; what is due is looked for every half minute. */
const DUE_MS = 75_000
const TICK_MS = 30_000
const MINUTE_MS = 60_000
const DIGEST = 'Why am I getting this?'

/** Cairn as people start it, Microsoft's client as it comes, a browser; nothing but loopback. */
beforeAll(async () => {
  directory = await createTemporaryDirectory()
  cairn = startCairn([], { directory: directory.path, env: { TEAMS_LOCAL: '1', LOG_LEVEL: 'warn' } })
  const [, url] = await cairn.wrote(/Cairn is at (\S+)/)
  client = await startLocalClient(`${url}/api/messages`, directory.path)
  browser = await launchBrowser()
  ada = await openClientPage(browser, client.url)
}, 90_000)

afterAll(async () => {
  await ada?.close()
  await browser?.close()
  await client?.stop()
  await cairn?.kill()
  await directory?.remove()
})

/** One after the other, as a person goes through it. */
describe('in Microsoft’s local Teams client', { timeout: 60_000 }, () => {
  it('Cairn introduces itself, and says aloud that nobody is asked who they are', async () => {
    await ada.sees('Where does your team stand?')
    expect(cairn.out()).toContain('TEAMS_LOCAL: Teams is open to every program on this machine')
  })

  it('a question is answered, marked as generated, each number with its source, which opens', async () => {
    await ada.say('What does KMM security level 2 ask for?')
    await ada.sees('AI generated')
    await ada.sees('Network policies and RBAC are enforced to control access.')
    await ada.page.getByRole('button', { name: '2', exact: true }).hover()
    await ada.sees('Kubernetes Maturity Model › Security and compliance › Level 2: Network policies')

    await ada.press('[1]')
    await ada.sees('Read the original on rtsab.github.io')
  })

  it('a vote is taken with its comment', async () => {
    await ada.press('Dislike')
    const dialog = ada.page.getByRole('dialog')
    await dialog.getByRole('textbox').fill('It is about something else.')
    await dialog.getByRole('button', { name: 'Submit' }).click()
    await ada.sees('We appreciate your feedback.')
    await dialog.getByRole('button', { name: 'Close' }).click()
  })

  it('“Ask Cairn about this” on a message elsewhere answers it in the personal chat, whatever was asked there before', async () => {
    const question = 'Who should be able to ssh into prod at level 3?'
    await ada.go('Platform leads')
    await ada.say(question)
    await ada.sees(question)
    await ada.useMessageAction('askAboutThis')
    const dialog = ada.page.getByRole('dialog')
    await dialog.getByText('I answer in our chat.').waitFor()
    await dialog.getByRole('button', { name: 'Close' }).click()
    await ada.go(PERSONAL_CHAT)
    await ada.sees('Human access to production has been removed')
  })

  it('a digest is set up in plain words', async () => {
    await ada.say('assess kmm quick')
    await ada.page.getByRole('textbox', { name: 'Team' }).fill('Payments')
    await ada.press('Start')
    await ada.sees('Payments › KMM, quick › 1 of 5')
    due = Math.floor((Date.now() + DUE_MS) / MINUTE_MS) * MINUTE_MS
    await ada.say(`digest every day at ${new Date(due).toISOString().slice(11, 16)} in UTC`)
    await ada.sees('The next three:')
    expect(await ada.page.getByText(DIGEST).count()).toBe(0)
  })

  it('an assessment is one card, answered by buttons and in one’s own words', async () => {
    for (const [i, level] of [1, 2, 3, 2].entries()) {
      await ada.sees(`Payments › KMM, quick › ${i + 1} of 5`)
      await ada.press(`Level ${level}`)
    }
    await ada.sees('Payments › KMM, quick › 5 of 5')
    expect(await ada.page.getByText(/Payments › KMM, quick › \d of 5/).count()).toBe(1)
    await ada.say('2')
    await ada.sees('That was the last question.')
  })

  it('its results come with the picture, which says the same in words, and with next steps', async () => {
    await ada.press('See the results')
    await ada.sees('Lowest: Culture and organization at level 1.')
    const picture = ada.page.getByRole('img', { name: /^Payments: KMM\. Radar, 5 sections on levels 1 to 5\. Culture and organization: level 1\./ })
    await picture.scrollIntoViewIfNeeded()
    expect((await picture.boundingBox())?.height).toBeGreaterThan(200)
    await ada.sees('Next steps')
    await ada.page.getByRole('button', { name: 'Make it an action' }).first().waitFor()
  })

  it('a round that was asked for in a group chat is set up privately, and its card comes to the group unasked', async () => {
    await ada.go('Platform leads')
    await ada.sees('I say what published maturity models hold')
    await ada.mention('round kmm quick')
    await ada.sees('I answered in our chat.')
    await ada.go(PERSONAL_CHAT)
    await ada.sees('Who sees what afterwards')
    await ada.press('Start')
    await ada.go('Platform leads')
    await ada.sees(/0 of \d (?:has|have) answered/)
  })

  it('help says what can be said', async () => {
    await ada.go(PERSONAL_CHAT)
    await ada.say('help')
    await ada.sees('what can be said here')
  })

  it('the digest arrives when it is due, unasked, with what has changed since', { timeout: 180_000 }, async () => {
    await ada.sees(DIGEST, due - Date.now() + TICK_MS + MINUTE_MS)
    expect(Date.now()).toBeGreaterThanOrEqual(due)
    await ada.sees('First assessed by KMM:')
    expect(await ada.page.getByText(DIGEST).count()).toBe(1)
  })

  it('nothing has gone wrong on the way', () => {
    expect(ada.faults).toEqual([])
    expect(cairn.out()).not.toMatch(/"level":[56]0/)
  })
})
