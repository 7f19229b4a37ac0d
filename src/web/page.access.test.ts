/** Everybody can use the page: by keyboard, with a screen reader, on a small screen, in the dark. */
import axe, { type AxeResults } from 'axe-core'
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { launchBrowser } from './testing/browser.ts'
import { openPage, type Visit } from './testing/open-page.ts'
import { createTestServer, type TestServer } from './testing/test-server.ts'

const BROWSER_START_MS = 60_000
const PAGE_TEST_MS = 30_000
const PHONE: BrowserContextOptions = { viewport: { width: 360, height: 740 }, isMobile: true, hasTouch: true }

let browser: Browser
let server: TestServer
let origin: string
let visit: Visit
let page: Page

beforeAll(async () => {
  browser = await launchBrowser()
}, BROWSER_START_MS)
afterAll(() => browser.close())
beforeEach(async () => {
  server = createTestServer()
  origin = await server.app.listen({ port: 0, host: '127.0.0.1' })
})
afterEach(async () => {
  await visit.close()
  await server.app.close()
  expect(visit.complaints).toEqual([])
})

async function open(options: BrowserContextOptions = {}): Promise<void> {
  visit = await openPage(browser, origin, '', { reducedMotion: 'reduce', ...options })
  page = visit.page
}

async function ask(question: string): Promise<void> {
  await page.locator('#question').fill(question)
  await page.keyboard.press('Enter')
  await page.locator('.turn').last().locator('.answer:not([aria-busy])').waitFor()
}

/** Moves on with Tab (or back with Shift+Tab) until the focus is on the element. */
async function tabTo(selector: string, key: 'Tab' | 'Shift+Tab' = 'Tab'): Promise<void> {
  for (let presses = 0; presses < 40; presses++) {
    await page.keyboard.press(key)
    if (await page.evaluate(`document.activeElement.matches(${JSON.stringify(selector)})`)) return
  }
  throw new Error(`The focus never reached ${selector}`)
}

async function violations(): Promise<string[]> {
  await page.evaluate(axe.source)
  const found = (await page.evaluate('axe.run()')) as AxeResults
  return found.violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.target.join(' ')} ${node.failureSummary}`))
}

describe('by keyboard alone', { timeout: PAGE_TEST_MS }, () => {
  it('asks, reads a passage, returns and browses', async () => {
    await open()
    await page.keyboard.press('Tab')
    expect(await visit.focused()).toBe('Skip to content')
    await page.keyboard.press('Enter')
    await tabTo('#question')
    await page.keyboard.type('how to water?')
    await page.keyboard.press('Enter')
    await page.locator('.sources').waitFor()

    await tabTo('.source', 'Shift+Tab')
    await tabTo('.cite', 'Shift+Tab')
    await page.keyboard.press('Enter')
    await expect.poll(() => visit.focused()).toBe('Stage 1: Puddle')
    await page.keyboard.press('Escape')
    expect(await visit.focused()).toContain('Source 3')

    await tabTo('#to-models', 'Shift+Tab')
    await page.keyboard.press('Enter')
    await page.getByRole('table').waitFor()
    expect(await visit.focused()).toBe('The models')
    await tabTo('.cell')
    expect(await page.evaluate('getComputedStyle(document.activeElement).outlineStyle')).toBe('solid')
    await page.keyboard.press('Enter')
    await expect.poll(() => visit.focused()).toBe('Level 1: Seed')
    await tabTo('.original a')
  })
})

describe('on a phone', { timeout: PAGE_TEST_MS }, () => {
  it('never scrolls sideways, and lays the passage over the page', async () => {
    await open(PHONE)
    const overhang = () => page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth')
    expect(await overhang()).toBe(0)
    await ask(`how to water ${'x'.repeat(300)}?`)
    expect(await overhang()).toBe(0)

    await page.locator('button.cite').first().tap()
    await page.locator('#panel mark').waitFor()
    expect(await page.locator('#panel').boundingBox()).toEqual({ x: 0, y: 0, width: 360, height: 740 })
    expect(await page.getByRole('dialog', { name: 'Level 2: Hoses' }).isVisible()).toBe(true)
    expect(await page.evaluate('document.querySelector("main").inert')).toBe(true)
    expect(await overhang()).toBe(0)
    await page.getByRole('button', { name: 'Close' }).tap()
    expect(await page.evaluate('document.querySelector("main").inert')).toBe(false)

    await page.goto(`${origin}/#/models`)
    await page.getByRole('table').waitFor()
    expect(await overhang()).toBe(0)
  })
})

describe('for those who want less motion', () => {
  it.each(['reduce', 'no-preference'] as const)('follows the setting "%s"', async (reducedMotion) => {
    await open({ reducedMotion })
    expect(await page.evaluate('getComputedStyle(document.documentElement).scrollBehavior')).toBe(reducedMotion === 'reduce' ? 'auto' : 'smooth')
  })
})

describe('by the rules of axe', { timeout: PAGE_TEST_MS }, () => {
  it.each<[string, BrowserContextOptions]>([
    ['light', { colorScheme: 'light' }],
    ['dark', { colorScheme: 'dark' }],
    ['light on a phone', { colorScheme: 'light', ...PHONE }],
    ['dark on a phone', { colorScheme: 'dark', ...PHONE }],
  ])('breaks none, in every state (%s)', async (_scheme, options) => {
    await open(options)
    expect(await violations()).toEqual([])
    await ask('decline this')
    await ask('fail this')
    await ask('how to water?')
    expect(await violations()).toEqual([])
    await page.locator('button.cite').first().click()
    await page.locator('#panel mark').waitFor()
    expect(await violations()).toEqual([])
    await page.keyboard.press('Escape')
    await page.goto(`${origin}/#/models`)
    await page.getByRole('table').waitFor()
    expect(await violations()).toEqual([])
    await page.locator('.cell').first().click()
    await page.locator('#passage .text').waitFor()
    expect(await violations()).toEqual([])
  })
})
