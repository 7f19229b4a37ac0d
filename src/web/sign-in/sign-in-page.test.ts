import axe, { type AxeResults } from 'axe-core'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type AssessServer, createAssessServer } from '../testing/assess-server.ts'
import { launchBrowser } from '../testing/browser.ts'
import { openPage, type Visit } from '../testing/open-page.ts'

const START_MS = 60_000
const PAGE_TEST_MS = 30_000

let server: AssessServer
let browser: Browser
let origin: string
beforeAll(async () => {
  ;[server, browser] = await Promise.all([createAssessServer(), launchBrowser()])
  origin = await server.app.listen({ port: 0, host: '127.0.0.1' })
}, START_MS)
afterAll(async () => {
  await browser?.close()
  await server?.close()
})

async function open(code: string, options = {}): Promise<Visit> {
  const visit = await openPage(browser, origin, `#/enter/${code}`, options)
  await visit.page.getByRole('heading', { name: 'Your teams, from the chat' }).waitFor()
  return visit
}
async function violations(page: Page): Promise<string[]> {
  await page.evaluate(axe.source)
  const found = (await page.evaluate('axe.run()')) as AxeResults
  return found.violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.target.join(' ')} ${node.failureSummary}`))
}

describe('a link from a chat, in a browser', { timeout: PAGE_TEST_MS }, () => {
  it('opens nothing by itself, then the page as oneself, until one leaves', async () => {
    const { code } = await server.arrive('Ada')
    const preview = await open(code)
    await preview.close()
    const visit = await open(code)
    const { page } = visit
    expect(await violations(page)).toEqual([])
    expect(await visit.focused()).toBe('Your teams, from the chat')
    await page.getByRole('button', { name: 'Go on' }).click()
    await page.getByText('You are here as Ada, from Slack.').waitFor()
    // The code is not left in the address, nor in what lies behind it.
    expect(page.url()).toBe(`${origin}/#/assess`)
    expect(await page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth')).toBe(0)
    expect(await violations(page)).toEqual([])
    expect(await page.getByLabel('Your name').count()).toBe(0)
    await page.getByRole('button', { name: 'Leave' }).click()
    await page.getByLabel('Your name').waitFor()
    expect(visit.complaints).toEqual([])
    await visit.close()
  })

  it('that was used says so, and what to do', async () => {
    const { code } = await server.arrive('Ada')
    const first = await open(code)
    await first.page.getByRole('button', { name: 'Go on' }).click()
    await first.page.getByText('You are here as Ada').waitFor()
    await first.close()
    const { page, complaints, close } = await open(code, { colorScheme: 'dark', viewport: { width: 360, height: 740 } })
    await page.getByRole('button', { name: 'Go on' }).click()
    await page.getByRole('alert').waitFor()
    expect(await page.getByRole('alert').innerText()).toMatch(/^This link was used already.*say “page” to Cairn in the chat for a new one\.$/)
    expect(await violations(page)).toEqual([])
    expect(complaints).toEqual([])
    await close()
  })

  it('leads in where the page is for people of the chat alone, which others are told', async () => {
    const guarded = await createAssessServer({ publicUrl: 'http://127.0.0.1' })
    const elsewhere = await guarded.app.listen({ port: 0, host: '127.0.0.1' })
    const context = await browser.newContext()
    const page = await context.newPage()
    const faults: string[] = []
    page.on('pageerror', (error) => faults.push(String(error)))
    await page.goto(`${elsewhere}/#/assess`)
    await page.getByText('This page is for people of the chat: say “page” to Cairn there and open the link that you get.').first().waitFor()
    await page.goto(`${elsewhere}/#/enter/${(await guarded.arrive('Ada')).code}`)
    await page.getByRole('button', { name: 'Go on' }).click()
    await page.getByText('You are here as Ada, from Slack.').waitFor()
    await page.getByRole('button', { name: 'Leave' }).click()
    await page.getByText('This page is for people of the chat').first().waitFor()
    expect(faults).toEqual([])
    await context.close()
    await guarded.close()
  })
})
