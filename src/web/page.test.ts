import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { launchBrowser } from './testing/browser.ts'
import { openPage, type Visit } from './testing/open-page.ts'
import { HOSTILE } from './testing/small-corpus.ts'
import { createTestServer, type TestServer } from './testing/test-server.ts'

/** A cold start unpacks the browser first. */
const BROWSER_START_MS = 60_000
const PAGE_TEST_MS = 20_000

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

async function open(hash = '', options: BrowserContextOptions = {}): Promise<void> {
  visit = await openPage(browser, origin, hash, options)
  page = visit.page
}

async function ask(question: string): Promise<void> {
  await page.locator('#question').fill(question)
  await page.keyboard.press('Enter')
  await page.locator('.turn').last().locator('.answer:not([aria-busy])').waitFor()
}

const lastTurn = () => page.locator('.turn').last()
const panel = () => page.locator('#panel')
const citation = (n: number) =>
  lastTurn()
    .locator('button.cite')
    .nth(n - 1)

describe('asking', { timeout: PAGE_TEST_MS }, () => {
  it('shows what Cairn does and answers a suggested question', async () => {
    await open()
    expect(await page.locator('#welcome').textContent()).toContain('Every sentence of an answer rests on a passage')
    await page.locator('.suggestion').first().click()
    await lastTurn().locator('.sources').waitFor()
    expect(await page.locator('#welcome').isVisible()).toBe(false)
    expect(await lastTurn().locator('h3').allInnerTexts()).toEqual(['Garden model, Watering, Level 2', 'Pond ladder, Stage 1', 'Sources'])
    expect(await visit.focused()).toContain('Who should be able to ssh')
  })

  it('shows each sentence as it comes', async () => {
    await open()
    await page.route('**/api/ask', async (route) => {
      await page.locator('.waiting').waitFor()
      await route.continue()
    })
    await page.locator('#question').fill('wait and see')
    await page.keyboard.press('Enter')
    await page.getByText('A plan says who waters when.').waitFor()
    expect(await lastTurn().locator('.sentence').count()).toBe(1)
    expect(await page.locator('.waiting').count()).toBe(0)
    for (const next of ['Weekends by rota.', 'Rain fills the pond.']) {
      server.assistant.goOn()
      await page.getByText(next).waitFor()
    }
    expect(await lastTurn().locator('.sources').count()).toBe(0)
    server.assistant.goOn()
    await lastTurn().locator('.sources').waitFor()
    expect(await page.locator('#live').textContent()).toContain('A plan says who waters when. [1]')
  })

  it('takes back what was shown when it does not stand, and shows what takes its place', async () => {
    await open()
    await page.locator('#question').fill('withdraw it')
    await page.keyboard.press('Enter')
    await page.getByText('A plan says who waters when.').waitFor()
    expect(await lastTurn().locator('.part').count()).toBe(2)
    server.assistant.goOn()
    await lastTurn().locator('.note', { hasText: 'The model went away' }).waitFor()
    expect(await page.getByText('A plan says who waters when.').count()).toBe(0)
    server.assistant.goOn()
    await lastTurn().locator('.sources').waitFor()
    expect(await lastTurn().locator('.sentence').allInnerTexts()).toEqual([
      expect.stringContaining('Rain fills the pond.'),
      'The model went away, so this is quoted.',
    ])
    expect(await lastTurn().locator('.footnote').textContent()).toContain('Quoted word for word')
  })

  it('says which model wrote an answer', async () => {
    await open()
    await ask('written by a model?')
    expect(await lastTurn().locator('.part').count()).toBe(2)
    expect(await lastTurn().locator('h3').allInnerTexts()).toEqual(['Sources'])
    expect(await lastTurn().locator('.footnote').textContent()).toMatch(/^Written by gpt-5-mini in /)
  })

  it('groups the sources by passage', async () => {
    await open()
    await ask('how to water?')
    expect(await lastTurn().locator('.source .what').allInnerTexts()).toEqual(['Level 2: Hoses', 'Stage 1: Puddle'])
    await lastTurn().locator('.source').first().click()
    await panel().locator('mark').first().waitFor()
    expect(await panel().locator('mark').allInnerTexts()).toEqual(['A plan says who waters when.', 'Weekends by rota.'])
  })

  it('sends with a follow-up the last six turns, of quotes the place of the first, and none after a new start', async () => {
    await open()
    for (const question of ['one', 'two', 'three', 'decline four', 'written five', 'six']) await ask(question)
    expect(server.assistant.asked[0]).toEqual({ question: 'one', history: [] })
    const place = 'level 2 in Soil › Watering of the Garden model'
    const written = 'A plan tells who has to water. [1]\n\nA pond is filled by rain. [2]'
    expect(server.assistant.asked[2]?.history).toEqual(['one', place, 'two', place])
    expect(server.assistant.asked[5]?.history).toEqual([place, 'three', place, 'decline four', 'written five', written])

    await page.getByRole('button', { name: 'New conversation' }).click()
    await ask('seven')
    expect(await page.locator('.turn').count()).toBe(1)
    expect(server.assistant.asked.at(-1)?.history).toEqual([])
  })

  it('asks one model only when it is chosen', async () => {
    await open()
    await page.locator('#model').selectOption({ label: 'Pond ladder' })
    await ask('how deep?')
    expect(server.assistant.asked[0]?.model).toBe('ponds')
  })

  it('says when the models have no answer, and when it asks back', async () => {
    await open()
    await ask('decline this')
    expect(await lastTurn().locator('.note').textContent()).toBe('Not found in the models')
    await ask('clarify this')
    expect(await lastTurn().locator('.note').textContent()).toBe('Cairn asks back')
    expect(await lastTurn().locator('.sources, .footnote').count()).toBe(0)
  })

  it('begins a line with Shift+Enter and sends with Enter', async () => {
    await open()
    await page.locator('#question').pressSequentially('one')
    await page.keyboard.press('Shift+Enter')
    await page.locator('#question').pressSequentially('two')
    expect(server.assistant.asked).toEqual([])
    await page.keyboard.press('Enter')
    await lastTurn().locator('.sources').waitFor()
    expect(server.assistant.asked[0]?.question).toBe('one\ntwo')
  })

  it('counts down to the limit and sends nothing beyond it', async () => {
    await open()
    await page.locator('#question').fill('🪨'.repeat(3990))
    expect(await page.locator('#counter').textContent()).toBe('10 left')
    await page.locator('#question').fill('x'.repeat(4002))
    expect(await page.locator('#counter').textContent()).toBe('2 too many: shorten the question')
    await page.keyboard.press('Enter')
    expect(await page.locator('.turn').count()).toBe(0)
    expect(await page.locator('#question').inputValue()).toHaveLength(4002)
  })
})

describe('when asking fails', { timeout: PAGE_TEST_MS }, () => {
  it.each([
    ['refuse this', 'at most 4,000 can be read'],
    ['fail this', 'That failed on our side'],
    ['break this', 'That failed on our side'],
  ])('shows "%s" as text with a way out', async (question, said) => {
    await open()
    await ask(question)
    expect(await lastTurn().locator('.failure').textContent()).toContain(said)
    await page.getByRole('button', { name: 'Try again' }).click()
    await expect.poll(() => server.assistant.asked.length).toBe(2)
    await lastTurn().locator('.failure').waitFor()
    expect(await page.locator('.failure').count()).toBe(1)
  })

  it('recovers when the server comes back', async () => {
    await open()
    await page.route('**/api/ask', (route) => route.abort())
    await ask('anyone there?')
    expect(await lastTurn().locator('.failure').textContent()).toContain('Cairn cannot be reached')
    await page.unroute('**/api/ask')
    await page.getByRole('button', { name: 'Try again' }).click()
    await lastTurn().locator('.sources').waitFor()
    expect(await page.locator('.failure').count()).toBe(0)
  })

  it('stops an answer on request', async () => {
    await open()
    await page.locator('#question').fill('wait for ever')
    await page.keyboard.press('Enter')
    await page.getByRole('button', { name: 'Stop' }).click()
    await page.getByText('Stopped.', { exact: true }).last().waitFor()
    expect(await page.getByRole('button', { name: 'Ask' }).isVisible()).toBe(true)
  })
})

describe('the passage panel', { timeout: PAGE_TEST_MS }, () => {
  it('highlights the quoted sentence and gives the focus back', async () => {
    await open()
    await ask('how to water?')
    await citation(1).click()
    await panel().locator('mark').waitFor()
    expect(await panel().locator('mark').allInnerTexts()).toEqual(['A plan says who waters when.'])
    expect(await panel().locator('.crumbs').textContent()).toBe('Garden Maturity Model › Soil › Watering')
    expect(await panel().locator('.standing').textContent()).toBe('Level 2 of 3')
    expect(await panel().locator('.text li').allInnerTexts()).toEqual(['Mornings in summer.', 'Weekends by rota.'])
    expect(await visit.focused()).toBe('Level 2: Hoses')
    const original = page.getByRole('link', { name: 'Read the original on gardens.example' })
    expect([await original.getAttribute('target'), await original.getAttribute('rel')]).toEqual(['_blank', 'noopener noreferrer'])

    await page.keyboard.press('Escape')
    expect(await panel().isVisible()).toBe(false)
    expect(await visit.focused()).toContain('Source 1')
  })

  it('leads to related passages and to other levels, and back with the browser', async () => {
    await open()
    await ask('how to water?')
    await citation(1).click()
    await panel().getByRole('link', { name: 'Stage 1: Puddle' }).click()
    await expect.poll(() => visit.focused()).toBe('Stage 1: Puddle')
    await panel().getByRole('link', { name: 'Stage 2' }).click()
    await expect.poll(() => visit.focused()).toBe('Stage 2: Lake')
    await page.goBack()
    await page.goBack()
    await panel().locator('mark').waitFor()
    expect(await panel().locator('mark').textContent()).toBe('A plan says who waters when.')
    await page.goBack()
    await panel().waitFor({ state: 'hidden' })
    expect(await visit.focused()).toContain('Source 1')
  })

  it('opens from an address, with or without level, and says when there is nothing', async () => {
    await open('#/passage/gardens/introduction')
    await panel().waitFor()
    expect(await panel().textContent()).toContain('Gardens grow in levels.')
    await page.goto(`${origin}/#/passage/gardens/nothing/1`)
    await page.getByText('There is no such passage').waitFor()
    await page.goto(`${origin}/#/passage/%zz`)
    await page.getByText('No passage to show').waitFor()
  })
})

describe('browsing the models', { timeout: PAGE_TEST_MS }, () => {
  it('shows sections by level and opens a passage from the grid', async () => {
    await open()
    await page.getByRole('link', { name: 'Browse the models' }).click()
    await page.getByRole('table').waitFor()
    expect(await page.getByRole('columnheader').allInnerTexts()).toEqual([
      'Section',
      expect.stringMatching(/Level 1\s+Seed/),
      expect.stringMatching(/Level 2\s+Sprout/),
      'Level 3',
    ])
    expect(await page.locator('.dimension').textContent()).toBe('Soil')
    expect(await page.locator('.grid .cell').count()).toBe(4)
    expect(await page.locator('.background').textContent()).toContain('Introduction')
    await page.getByRole('link', { name: 'Hoses reach every bed.' }).click()
    await expect.poll(() => visit.focused()).toBe('Level 2: Hoses')
    await page.keyboard.press('Escape')
    expect(new URL(page.url()).hash).toBe('#/models')
    expect(await panel().isVisible()).toBe(false)
    expect(await visit.focused()).toContain('Hoses reach every bed.')
  })

  it('opens a model from an address and goes back with the browser', async () => {
    await open('#/models/ponds')
    await page.getByRole('heading', { name: 'The Pond Ladder' }).waitFor()
    await page.getByRole('link', { name: 'Garden model' }).click()
    await page.getByRole('heading', { name: 'Garden Maturity Model' }).waitFor()
    expect(await visit.focused()).toBe('Garden model')
    await page.goBack()
    await page.getByRole('heading', { name: 'The Pond Ladder' }).waitFor()
    await page.goto(`${origin}/#/models/roads`)
    await page.getByText('There is no such model.').waitFor()
  })
})

describe('the grid beside an open passage', { timeout: PAGE_TEST_MS }, () => {
  it('keeps its width and shows the cell that was opened', async () => {
    await open('#/models/gardens')
    const cell = page.locator('.cell').nth(2)
    const before = await cell.boundingBox()
    await cell.click()
    await panel().waitFor()
    const [after, edge] = [await cell.boundingBox(), await panel().boundingBox()]
    expect(after?.width).toBeCloseTo(before?.width ?? 0, 0)
    expect((after?.x ?? 0) + (after?.width ?? 0)).toBeLessThanOrEqual(edge?.x ?? 0)
    const head = await page.getByRole('columnheader').last().boundingBox()
    expect((head?.y ?? 0) + (head?.height ?? 0)).toBeLessThanOrEqual(after?.y ?? 0)
  })
})

describe('data that looks like markup', { timeout: PAGE_TEST_MS }, () => {
  it('is shown as text and never runs', async () => {
    await open()
    await ask(`hostile ${HOSTILE}`)
    expect(await lastTurn().locator('.asked').textContent()).toContain(HOSTILE)
    expect(await lastTurn().locator('.sentence').textContent()).toContain(HOSTILE)
    await citation(1).click()
    await panel().locator('mark').waitFor()
    expect(await panel().locator('.text').textContent()).toContain(HOSTILE)
    // The passage's address is a script: it gets no link.
    expect(await panel().locator('.original').count()).toBe(0)
    await page.goto(`${origin}/#/models/gardens`)
    await page.getByRole('table').waitFor()
    expect(await page.locator('main img[src="x"], main script, #panel script').count()).toBe(0)
    expect(await page.evaluate('window.ran')).toBeUndefined()
  })
})
