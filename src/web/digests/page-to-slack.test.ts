/** All of it: a link asked for in Slack, digests set up on the page by whom it is for, and what then comes in Slack. */
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { type SlackBot, startSlackBot } from '../../slack/testing/slack-bot.ts'
import { launchBrowser } from '../testing/browser.ts'
import { openPage } from '../testing/open-page.ts'

const START_MS = 120_000
const TEST_MS = 120_000
const STEP_MS = 10_000
const LINK = /http:\/\/127\.0\.0\.1:\d+(\/#\/enter\/[\w-]{32}\/[\w-]+)/
const FRIDAY = '2026-03-06T15:00:00.000Z'
const MONDAYS = ['2026-03-09T08:00:30.000Z', '2026-03-16T08:00:30.000Z']

let bot: SlackBot
let browser: Browser
beforeAll(async () => {
  vi.useFakeTimers({ toFake: ['Date'], shouldAdvanceTime: true, now: new Date(FRIDAY) })
  ;[bot, browser] = await Promise.all([startSlackBot(), launchBrowser()])
}, START_MS)
afterAll(async () => {
  await browser?.close()
  await bot?.close()
  vi.useRealTimers()
})

/** Cairn starts anew then, and looks at once for what is due. */
async function goTo(time: string): Promise<void> {
  vi.setSystemTime(new Date(time))
  await bot.restart()
}
const digestsIn = (channel: string) => bot.server.messagesIn(channel).flatMap(({ metadata }) => digestKeyOf(metadata))
const digestsFor = (person: string) => bot.server.dm(person).flatMap(({ metadata }) => digestKeyOf(metadata))
function digestKeyOf(metadata: { event_payload: Record<string, unknown> } | undefined): string[] {
  const day = /^digest:.*:(\d{4}-\d{2}-\d{2})$/.exec(String(metadata?.event_payload.key))?.[1]
  return day === undefined ? [] : [day]
}
/** The link that somebody is shown, and nobody else. */
async function linkFor(person: string, channel: string): Promise<string> {
  const before = bot.server.ephemeralFor(person).length
  await bot.server.user(person).command(channel, '/maturity', 'page')
  const shown = await bot.server.until(() => bot.server.ephemeralFor(person)[before])
  const [, path = ''] = LINK.exec(JSON.stringify(shown.blocks)) ?? []
  expect(shown.text).not.toMatch(LINK)
  return path
}

describe('a digest that is set up on the page', { timeout: TEST_MS }, () => {
  it('comes to the channel and to oneself, not while it is paused, and never when it was deleted', async () => {
    const { server } = bot
    await server.user('U1').command('C1', '/maturity', 'assess kmm quick')
    await server.until(() => server.dm('U1').length > 0)
    const path = await linkFor('U1', 'C1')
    expect(server.messagesIn('C1').filter(({ text }) => LINK.test(text))).toEqual([])

    const visit = await openPage(browser, bot.app.url, path.slice(1), { timezoneId: 'Europe/Berlin', reducedMotion: 'reduce' })
    const { page } = visit
    page.setDefaultTimeout(STEP_MS)
    await page.getByRole('button', { name: 'Go on' }).click()
    await page.getByRole('heading', { name: '#payments', level: 1 }).waitFor()
    const rows = page.locator('section[aria-labelledby=digests] .rows > li')
    const setUp = async (when: string, where: string) => {
      const count = await rows.count()
      await page.getByText('Set up a digest').click()
      await page.getByLabel('When', { exact: true }).fill(when)
      await page.getByLabel('Where it goes').selectOption({ label: where })
      await page.getByText('Send it also when nothing is new').click()
      await page.getByRole('button', { name: 'Set it up' }).click()
      await rows.nth(count).waitFor()
    }
    await setUp('every Monday at 9', '#payments')
    expect(await rows.first().innerText()).toMatch(/Next: Monday 9 March 2026, 09:00 \(Europe\/Berlin\)/)
    await setUp('every Monday at 9', 'To you alone')
    await setUp('every Monday at 8', '#payments')
    await rows
      .nth(2)
      .getByRole('button', { name: /^Delete/ })
      .click()
    await rows
      .nth(2)
      .getByRole('button', { name: /^Delete it for good/ })
      .click()
    await rows.nth(2).waitFor({ state: 'detached' })
    expect(visit.complaints).toEqual([])

    await goTo(MONDAYS[0] as string)
    await server.until(() => digestsIn('C1').length > 0 && digestsFor('U1').length > 0, STEP_MS)
    await visit.close()

    // Another day: the browser is no longer known, so Ada asks for another link.
    const again = await openPage(browser, bot.app.url, (await linkFor('U1', 'C1')).slice(1))
    await again.page.getByRole('button', { name: 'Go on' }).click()
    const inChannel = again.page.locator('section[aria-labelledby=digests] .rows > li', { hasText: '#payments' })
    await inChannel.getByRole('button', { name: /^Pause/ }).click()
    await inChannel.getByText(/^Paused\. Once it goes on/).waitFor()
    await again.close()

    await goTo(MONDAYS[1] as string)
    await server.until(() => digestsFor('U1').length > 1, STEP_MS)
    expect(digestsFor('U1')).toEqual(['2026-03-09', '2026-03-16'])
    expect(digestsIn('C1')).toEqual(['2026-03-09'])
    expect(server.nothingWrong()).toEqual([])
    expect(bot.log()).not.toMatch(/#\/enter\//)
  })
})
