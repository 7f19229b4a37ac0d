import axe, { type AxeResults } from 'axe-core'
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { TENANT } from '../../chat/testing/test-platform.ts'
import { type AssessServer, createAssessServer } from '../testing/assess-server.ts'
import { launchBrowser } from '../testing/browser.ts'
import { openPage, type Visit } from '../testing/open-page.ts'

const START_MS = 60_000
const PAGE_TEST_MS = 30_000
const STEP_MS = 8_000
const PHONE: BrowserContextOptions = { viewport: { width: 360, height: 740 }, isMobile: true, hasTouch: true }

let server: AssessServer
let browser: Browser
let origin: string
let visits: Visit[] = []

beforeAll(async () => {
  ;[server, browser] = await Promise.all([createAssessServer(), launchBrowser()])
  origin = await server.app.listen({ port: 0, host: '127.0.0.1' })
}, START_MS)
afterAll(async () => {
  await browser?.close()
  await server?.close()
})
afterEach(async () => {
  const complaints = visits.flatMap((visit) => visit.complaints)
  for (const visit of visits) await visit.close()
  visits = []
  expect(complaints).toEqual([])
})

let teams = 0
/** Somebody new on the page of their own new team; where it has channels, they come from the chat. */
async function openTeam({ places, options = {} }: { places?: readonly string[]; options?: BrowserContextOptions } = {}): Promise<{ page: Page; visit: Visit }> {
  const name = `Digested ${++teams}`
  const entry = places === undefined ? undefined : await entryOf(name, places)
  const visit = await openPage(browser, origin, entry ?? '#/assess', { reducedMotion: 'reduce', timezoneId: 'Europe/Berlin', ...options })
  visits.push(visit)
  const { page } = visit
  page.setDefaultTimeout(STEP_MS)
  if (entry !== undefined) {
    await page.getByRole('button', { name: 'Go on' }).click()
    await page.getByRole('heading', { name: 'Digests' }).waitFor()
    return { page, visit }
  }
  const id = await page.evaluate(async (team) => {
    const post = (path: string, body: object) =>
      fetch(path, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }).then((response) => response.json())
    await post('/api/me', { name: 'Ada' })
    return (await post('/api/teams', { name: team })).id as string
  }, name)
  await page.goto(`${origin}/#/assess/team/${id}`)
  await page.getByRole('heading', { name: 'Digests' }).waitFor()
  return { page, visit }
}

/** A link that somebody got in the channel of their team. */
async function entryOf(name: string, places: readonly string[]): Promise<string> {
  const { person, code } = await server.arrive('Ada', places)
  const team = { id: name, name, createdAt: '2026-01-05T08:00:00.000Z' }
  await server.store.assessments.saveTeam(TENANT, team)
  await server.store.assessments.addMember(TENANT, team.id, person)
  for (const place of places) await server.store.chat.linkPlace(TENANT, place, team.id)
  return `#/enter/${code}/${encodeURIComponent(team.id)}`
}

async function violations(page: Page): Promise<string[]> {
  await page.evaluate(axe.source)
  const found = (await page.evaluate('axe.run()')) as AxeResults
  return found.violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.target.join(' ')} ${node.failureSummary}`))
}

describe('digests on a team’s page', { timeout: PAGE_TEST_MS }, () => {
  it('are set up, previewed, changed, paused and deleted', async () => {
    const { page, visit } = await openTeam({ places: ['Cpay', 'Cops'] })
    await page.getByText('Set up a digest').click()
    await page.getByLabel('When', { exact: true }).fill('every other Friday at 8')
    await page.getByRole('button', { name: 'Preview' }).click()
    await page.getByText('It comes every other Friday at 08:00 Berlin time.').waitFor()
    expect(await page.locator('.aside li').first().innerText()).toMatch(/^Friday .*, 08:00 \(Europe\/Berlin\)$/)
    await page.getByText('Nothing is new: by itself it would not be sent.').waitFor()
    expect(await visit.focused()).toMatch(/^Digested/)
    await page.getByLabel('Where it goes').selectOption({ label: '#ops' })
    await page.getByRole('button', { name: 'Set it up' }).click()
    await page.getByText('What changed, every other Friday at 08:00 Berlin time').first().waitFor()
    expect(await visit.focused()).toBe('Digests')
    expect(await page.locator('#assess-live').innerText()).toBe('The digest is set up.')
    const row = page.locator('section[aria-labelledby=digests] .rows > li')
    expect(await row.innerText()).toMatch(/#ops · set up by Ada \(you\)/)

    await row.getByRole('button', { name: /^Preview/ }).click()
    await row.getByRole('heading', { name: /^Digested/ }).waitFor()
    await row.getByRole('button', { name: /^Change/ }).click()
    await row.getByText('The longer one').click()
    await row.getByRole('button', { name: 'Save' }).click()
    await page.getByText('The longer one, every other Friday').first().waitFor()
    await row.getByRole('button', { name: /^Pause/ }).click()
    await row.getByText(/^Paused\. Once it goes on/).waitFor()
    await row.getByRole('button', { name: /^Resume/ }).click()
    await row.getByText(/^Next: /).waitFor()
    expect(await violations(page)).toEqual([])
    await row.getByRole('button', { name: /^Delete/ }).click()
    expect(await visit.focused()).toMatch(/^Delete it for good/)
    await row.getByRole('button', { name: /^Delete it for good/ }).click()
    await row.waitFor({ state: 'detached' })
    expect(await visit.focused()).toBe('Digests')
  })

  it('go to oneself alone without a channel, and later to one', async () => {
    const { page } = await openTeam({ places: ['Cpay'] })
    await page.getByText('Set up a digest').click()
    await page.getByLabel('Where it goes').selectOption({ label: 'To you alone' })
    await page.getByRole('button', { name: 'Set it up' }).click()
    const row = page.locator('section[aria-labelledby=digests] .rows > li')
    await row.getByText('to you alone · set up by Ada (you)').waitFor()
    await row.getByRole('button', { name: /^Change/ }).click()
    expect(await row.getByLabel('Where it goes').inputValue()).toBe('')
    await row.getByLabel('Where it goes').selectOption({ label: '#pay' })
    await row.getByRole('button', { name: 'Save' }).click()
    await row.getByText('#pay · set up by Ada (you)').waitFor()
  })

  it('can be read by who comes from no chat, and it is said how to get there', async () => {
    const { page } = await openTeam()
    await page.getByText('See what a digest would say').click()
    await page.getByText('It is sent in Slack or Teams: say “page” to Cairn there').waitFor()
    expect(await page.getByRole('button', { name: 'Set it up' }).count()).toBe(0)
    await page.getByLabel('When', { exact: true }).fill('banana')
    await page.keyboard.press('Enter')
    await page.getByRole('alert').waitFor()
    expect(await page.getByRole('alert').innerText()).toMatch(/“banana” can't be read as part of a schedule/)
    await page.getByLabel('When', { exact: true }).fill('weekly')
    await page.keyboard.press('Enter')
    await page.getByText(/No weekday given: Monday\./).waitFor()
    expect(await page.getByRole('alert').count()).toBe(0)
  })

  it('for leads have the team in them where its people say so', async () => {
    const { page } = await openTeam()
    await page.getByRole('button', { name: 'Be in digests for leads' }).click()
    await page.getByText(/may be shown in digests that put teams side by side/).waitFor()
    await page.getByRole('button', { name: 'Leave digests for leads' }).click()
    await page.getByRole('button', { name: 'Be in digests for leads' }).waitFor()
  })

  it.each<[string, BrowserContextOptions]>([
    ['light', { colorScheme: 'light' }],
    ['dark', { colorScheme: 'dark' }],
    ['on a phone', PHONE],
  ])('keep the rules of axe, %s', async (_, options) => {
    const { page } = await openTeam({ places: ['Cpay'], options })
    await page.getByText('Set up a digest').click()
    await page.getByRole('button', { name: 'Preview' }).click()
    await page.getByRole('heading', { name: /^Digested/, level: 3 }).waitFor()
    expect(await violations(page)).toEqual([])
    expect(await page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth')).toBe(0)
    await page.getByRole('button', { name: 'Set it up' }).click()
    await page.locator('section[aria-labelledby=digests] .rows > li').waitFor()
    expect(await violations(page)).toEqual([])
  })
})
