import axe, { type AxeResults } from 'axe-core'
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { type AssessServer, createAssessServer } from '../testing/assess-server.ts'
import { launchBrowser } from '../testing/browser.ts'
import { openPage, type Visit } from '../testing/open-page.ts'

const START_MS = 60_000
const PAGE_TEST_MS = 30_000
/** Nothing that is waited for takes longer. */
const STEP_MS = 8_000
const PHONE: BrowserContextOptions = { viewport: { width: 360, height: 740 }, isMobile: true, hasTouch: true }
const BY_HAND = 'We have one cluster in the office and whoever has time runs kubectl apply by hand over ssh.'

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

/** Each is a browser of its own, and so another person. */
async function open(hash = '#/assess', options: BrowserContextOptions = {}): Promise<{ page: Page; visit: Visit }> {
  const visit = await openPage(browser, origin, hash, { reducedMotion: 'reduce', ...options })
  visits.push(visit)
  visit.page.setDefaultTimeout(STEP_MS)
  return { page: visit.page, visit }
}

let teams = 0
const newTeam = () => `Team ${++teams}`

async function startKmm(page: Page, name: string, team = newTeam()): Promise<string> {
  await page.locator('.pick', { hasText: 'KMM' }).click()
  await page.getByLabel('Your name').fill(name)
  await page.getByLabel('Team', { exact: true }).fill(team)
  await page.getByRole('button', { name: 'Start', exact: true }).click()
  await at(page, 1)
  return team
}
const at = (page: Page, number: number) => page.locator('.progress', { hasText: `${number} of 5` }).waitFor()
const option = (page: Page, level: number) => page.locator('.option', { hasText: `Level ${level}` })
async function type(page: Page, text: string): Promise<void> {
  await page.locator('#own-words').fill(text)
  await page.keyboard.press('Enter')
}
/** Answers what is left with one level. */
async function answerRest(page: Page, from: number, level: number): Promise<void> {
  for (let number = from; number <= 5; number++) {
    await at(page, number)
    await option(page, level).click()
  }
  await page.getByRole('heading', { name: 'That was the last question.' }).waitFor()
}

describe('an assessment', { timeout: PAGE_TEST_MS }, () => {
  it('is answered by buttons and in words, paused, taken up after a reload, and ends in results with a picture', async () => {
    const { page, visit } = await open()
    const team = await startKmm(page, 'Ada')
    expect(await visit.focused()).toBe('Culture and organization')
    expect(await page.locator('.options .indicator').allInnerTexts()).toEqual(
      [1, 2, 3, 4, 5].map((level) => server.engine.corpus.passage(`kmm/culture/${level}`)?.indicator),
    )
    await option(page, 3).click()

    await at(page, 2)
    await type(page, 'what does GitOps mean?')
    await page.locator('.aside .sources').waitFor()
    expect(await visit.focused()).toBe('what does GitOps mean?')
    await page.getByRole('button', { name: 'Between 2 and 3' }).click()

    await at(page, 3)
    await type(page, BY_HAND)
    await page.getByText('That sounds like level 1: Manual deployment').waitFor()
    await page.locator('.proposal .show-passage').click()
    expect(await page.locator('#panel mark').innerText()).toBe(server.engine.corpus.passage('kmm/automation/1')?.indicator)
    await page.keyboard.press('Escape')
    await page.getByText('Add a note as evidence').click()
    await page.locator('#note').fill('seen in the runbook')
    await page.getByRole('button', { name: 'Yes, that is us' }).click()

    await at(page, 4)
    await page.getByRole('button', { name: 'Pause' }).click()
    await page.getByRole('heading', { name: 'Paused at question 4 of 5' }).waitFor()
    await page.goto(`${origin}/#/assess`)
    await page.reload()
    await page.getByRole('link', { name: /KMM, quick.*Go on/ }).click()
    await page.getByRole('button', { name: 'Go on' }).click()
    await at(page, 4)
    await page.getByRole('button', { name: 'Back' }).click()
    await page.getByText('You answered: level 1.').waitFor()
    await option(page, 2).click()

    await at(page, 4)
    await page.getByRole('button', { name: 'Not applicable' }).click()
    await page.getByText('Why does it not apply to you?').waitFor()
    await type(page, 'the platform team does it')
    await page.locator('.notice', { hasText: 'is still part of how you work' }).waitFor()
    await answerRest(page, 4, 2)

    await page.getByRole('link', { name: 'See the results' }).click()
    await page.getByRole('heading', { name: team }).waitFor()
    expect(await page.locator('.headline').innerText()).toMatch(/Lowest: Architecture, Automation and CI\/CD, Security.*at level 2\s+5 of 5 answered/s)
    const picture = page.locator('.canvas img')
    expect(await picture.evaluate((image) => (image as HTMLImageElement).decode().then(() => (image as HTMLImageElement).naturalWidth))).toBeGreaterThan(500)
    await page.getByText('The same in words').click()
    expect(await page.locator('.picture details p').innerText()).toBe(await picture.getAttribute('alt'))
  })

  it('keeps what was typed when it could not be sent, and lets it be sent again', async () => {
    const { page } = await open()
    await startKmm(page, 'Ada')
    await page.route('**/step', (route) => route.abort())
    await type(page, BY_HAND)
    await page.getByRole('alert').waitFor()
    expect(await page.getByRole('alert').innerText()).toContain('Cairn cannot be reached')
    expect(await page.locator('#own-words').inputValue()).toBe(BY_HAND)
    await page.unroute('**/step')
    await page.getByRole('button', { name: 'Send' }).click()
    await page.locator('.proposal').waitFor()
  })

  it('sends one press only, however slow the network is', async () => {
    const { page } = await open()
    await startKmm(page, 'Ada')
    const { promise, resolve } = Promise.withResolvers<void>()
    let sent = 0
    await page.route('**/step', async (route) => {
      sent++
      await promise
      await route.continue()
    })
    await option(page, 2).click()
    // A person can press what only looks as if it waited.
    await option(page, 4).click({ force: true })
    expect(await option(page, 4).getAttribute('aria-disabled')).toBe('true')
    resolve()
    await at(page, 2)
    expect(sent).toBe(1)
  })

  it('tells somebody whose answer arrived although the network broke, and takes no other for it', async () => {
    const { page } = await open()
    await startKmm(page, 'Ada')
    await page.route('**/step', async (route) => {
      await route.fetch()
      await route.abort()
    })
    await option(page, 2).click()
    await page.getByRole('alert').waitFor()
    await page.unroute('**/step')
    await option(page, 4).click()
    await page.locator('.notice', { hasText: 'This has moved on since' }).waitFor()
    await at(page, 2)
    await page.getByRole('button', { name: 'Back' }).click()
    await page.getByText('You answered: level 2.').waitFor()
  })

  it('of stages is a checklist, or a yes or no', async () => {
    const { page } = await open()
    await page.locator('.pick', { hasText: 'Indellient' }).click()
    await page.getByLabel('Your name').fill('Ada')
    await page.getByLabel('Team', { exact: true }).fill(newTeam())
    await page.getByRole('button', { name: 'Start', exact: true }).click()
    const practices = page.locator('.practice')
    await practices.first().waitFor()
    for (let i = 0; i < (await practices.count()); i++) {
      await practices
        .nth(i)
        .getByLabel(i === 0 ? 'In place' : 'Partly')
        .check()
    }
    await page.getByRole('button', { name: 'Save these' }).click()
    await at(page, 2)
    await page.getByRole('button', { name: 'None yet' }).click()
    await at(page, 3)
  })
})

describe('results', { timeout: PAGE_TEST_MS }, () => {
  it('take a target, give steps to take on, change with an answer, and leave as files', async () => {
    const { page } = await open()
    const team = await startKmm(page, 'Ada')
    await answerRest(page, 1, 2)
    await page.getByRole('link', { name: 'See the results' }).click()
    await page.getByLabel('Target for Architecture').selectOption('Level 4')
    await page.locator('.gap', { hasText: '2 to go' }).waitFor()
    expect(await page.evaluate('document.activeElement.id')).toBe('target-1')
    const step = page.locator('.steps-list li').first()
    expect(await page.locator('#next-steps + ul h3').allInnerTexts()).toEqual(['Architecture'])
    await step.getByRole('button', { name: /Make it an action/ }).click()
    await page.getByRole('button', { name: /I take it/ }).click()
    await page.getByText('Ada (you)', { exact: true }).waitFor()
    await page.getByLabel(/Due date of/).fill('2099-12-24')
    await page.getByRole('button', { name: /^Done\s*:/ }).click()
    await page.getByText('Done: 1').waitFor()

    await page.locator('.profile', { hasText: 'Architecture' }).getByText('Why').click()
    expect(await page.locator('.why[open] li').innerText()).toMatch(/^Ada said level 2 on .*kmm\/architecture\/2$/s)

    for (const [name, file, holds] of [
      ['Results as CSV', `${team} results.csv`, 'section_title'],
      ['Everything of the team as JSON', `${team}.json`, '"cairn-team"'],
    ] as const) {
      const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name }).click()])
      expect(download.suggestedFilename()).toBe(file)
      const chunks = await (await download.createReadStream()).toArray()
      expect(Buffer.concat(chunks).toString()).toContain(holds)
    }

    await page.getByRole('link', { name: 'See or change my answers' }).click()
    await page.locator('.given', { hasText: 'Automation' }).getByText('Change').click()
    await page.locator('.given', { hasText: 'Automation' }).locator('.option', { hasText: 'Level 5' }).click()
    await page.locator('.given', { hasText: 'Automation' }).getByText('Level 5', { exact: true }).waitFor()
    await page.getByRole('link', { name: 'See the results' }).click()
    await page.locator('.profile', { hasText: 'Automation' }).getByText('Level 5: ').waitFor()
  })
})

describe('a team', { timeout: PAGE_TEST_MS }, () => {
  it('is joined by its link, and stands beside another team or in another model’s terms when that is asked for', async () => {
    const { page: ada } = await open()
    const team = await startKmm(ada, 'Ada')
    await answerRest(ada, 1, 2)
    await ada.getByRole('link', { name: 'See the results' }).click()
    await ada.locator('.headline').waitFor()
    await ada.getByText('Start a round').click()
    const link = await ada.getByLabel('Link into the team').inputValue()

    const { page: bob } = await open(new URL(link).hash)
    await bob.getByLabel('Your name').fill('Bob')
    await bob.getByRole('button', { name: 'Go on' }).click()
    await bob.getByRole('button', { name: 'Join the team' }).click()
    await bob.getByText('2 people: Ada and Bob (you)').waitFor()
    await bob.getByText('Read this in another model’s terms').click()
    await bob.getByRole('button', { name: 'Read', exact: true }).click()
    await bob.getByText('An approximation: ').waitFor()
    expect(await bob.locator('.readings li').count()).toBeGreaterThan(3)

    const other = newTeam()
    await bob.getByRole('link', { name: 'Assess', exact: true }).click()
    await bob.locator('.pick', { hasText: 'KMM' }).click()
    await bob.getByLabel('Team', { exact: true }).fill(other)
    await bob.getByRole('button', { name: 'Start', exact: true }).click()
    await answerRest(bob, 1, 4)
    await bob.getByRole('link', { name: 'See the results' }).click()
    await bob.getByText('Compare with another team').click()
    await bob.getByLabel('Another of your teams').selectOption(team)
    await bob.getByRole('button', { name: 'Compare' }).click()
    const heatmap = bob.locator('details .canvas img')
    await heatmap.waitFor()
    expect(await heatmap.getAttribute('alt')).toMatch(
      new RegExp(`Heatmap, 2 teams by 5 sections.*${other}: Culture and organization 4.*${team}: Culture and organization 2`),
    )
  })
})

describe('a round', { timeout: PAGE_TEST_MS }, () => {
  it('is answered in three browsers, and nobody sees the others before it closes', async () => {
    const { page: ada } = await open()
    const team = await startKmm(ada, 'Ada')
    await ada.getByRole('link', { name: team }).click()
    await ada.getByText('Start a round').click()
    await ada.getByLabel('Name', { exact: true }).fill('Autumn check')
    await ada.locator('.pick', { hasText: 'KMM' }).click()
    await ada.getByRole('button', { name: 'Start the round' }).click()
    await ada.getByText('0 of 1 have answered').waitFor()
    const link = await ada.getByLabel('Link to this round').inputValue()
    expect(link).toMatch(/\/#\/round\/[0-9a-f-]{36}$/)

    const others = await Promise.all([open(new URL(link).hash), open(new URL(link).hash)])
    const [bob, cleo] = others.map(({ page }) => page) as [Page, Page]
    for (const [page, name] of [
      [bob, 'Bob'],
      [cleo, 'Cleo'],
    ] as const) {
      await page.getByText('Named: nobody sees an answer').waitFor()
      await page.getByLabel('Your name').fill(name)
      await page.getByRole('button', { name: 'Join and answer' }).click()
      await at(page, 1)
    }
    await option(bob, 4).click()
    await answerRest(bob, 2, 2)
    await bob.getByRole('link', { name: 'Back to the round' }).click()
    await bob.getByText('1 of 3 have answered').waitFor()
    await bob.getByRole('button', { name: 'See or change my answers' }).waitFor()
    expect(await bob.locator('#assess').innerText()).not.toMatch(/Ada|Cleo|Level/)

    await ada.reload()
    await ada.getByText('1 of 3 have answered').waitFor()
    expect(await ada.locator('#assess').innerText()).not.toMatch(/Bob|Cleo|Level/)
    await ada.getByRole('button', { name: 'Answer', exact: true }).click()
    await at(ada, 1)
    await option(ada, 1).click()
    await answerRest(ada, 2, 2)
    await answerRest(cleo, 1, 2)

    await ada.getByRole('link', { name: 'Back to the round' }).click()
    await ada.getByText('3 of 3 have answered').waitFor()
    await ada.getByRole('button', { name: 'Close the round' }).click()
    await ada.getByRole('button', { name: 'Close it and show the figures' }).click()
    await ada.getByText('by who started it').waitFor()
    const section = ada.locator('.row-body', { hasText: 'Culture and organization' }).first()
    expect(await section.innerText()).toMatch(/Level 2: .*3 of 3 answers, from 1 to 4.*Worth talking about\s+Level 1: .*Level 4: /s)
    await section.getByText('Why').click()
    expect((await section.locator('.why strong').allInnerTexts()).sort()).toEqual(['Ada', 'Bob', 'Cleo'])
    await section.locator('.apart .quote').last().click()
    await ada.locator('#panel mark').waitFor()
    await ada.keyboard.press('Escape')
    await ada.getByRole('button', { name: 'Start the re-vote' }).click()
    await ada.getByRole('heading', { name: 'Autumn check (re-vote)' }).waitFor()
    await ada.getByText('0 of 3 have answered').waitFor()
    await ada.getByRole('button', { name: 'Answer', exact: true }).click()
    await ada.locator('.progress', { hasText: '1 of 1' }).waitFor()
  })
})

describe('everybody', { timeout: PAGE_TEST_MS }, () => {
  it('can answer by keyboard alone', async () => {
    const { page, visit } = await open()
    await startKmm(page, 'Ada')
    await page.keyboard.press('Tab')
    expect(await visit.focused()).toContain('Level 1')
    await page.keyboard.press('Enter')
    await at(page, 2)
    expect(await visit.focused()).toBe('Architecture')
    expect(await page.locator('#assess-live').textContent()).toBe('Question 2 of 5.')
  })

  it.each<[string, BrowserContextOptions]>([
    ['light', { colorScheme: 'light' }],
    ['dark on a phone', { colorScheme: 'dark', ...PHONE }],
  ])('can use every screen by the rules of axe, and nothing runs off it (%s)', async (_, options) => {
    const { page } = await open('#/assess', options)
    const check = async (screen: string) => {
      await page.evaluate(axe.source)
      const { violations } = (await page.evaluate('axe.run()')) as AxeResults
      expect([screen, violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.target.join(' ')} ${node.failureSummary}`))]).toEqual([
        screen,
        [],
      ])
      expect([screen, await page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth')]).toEqual([screen, 0])
    }
    await check('start')
    const team = await startKmm(page, 'Ada')
    await check('question')
    await option(page, 2).click()
    await at(page, 2)
    await type(page, 'what does GitOps mean?')
    await page.locator('.aside').waitFor()
    await option(page, 1).click()
    await at(page, 3)
    await type(page, BY_HAND)
    await page.locator('.proposal').waitFor()
    await check('proposal')
    await answerRest(page, 3, 3)
    await page.locator('.change summary').first().click()
    await check('finished')
    await page.getByRole('link', { name: 'See the results' }).click()
    await page
      .getByRole('button', { name: /Make it an action/ })
      .first()
      .click()
    await page.locator('.taken').first().waitFor()
    await page.getByText('Start a round').click()
    await page.locator('.why summary').first().click()
    await check('results')
    await page.getByLabel('Name', { exact: true }).fill(`${'long '.repeat(20)}name`)
    await page.getByRole('button', { name: 'Start the round' }).click()
    await page.getByText('0 of 1 have answered').waitFor()
    await check('round')
    await page.getByRole('button', { name: 'Close the round' }).click()
    await page.getByRole('button', { name: 'Close it and show the figures' }).click()
    await page.getByRole('heading', { name: 'What the team says' }).waitFor()
    await check('closed round')
    await page.getByRole('link', { name: team }).first().click()
    await page.locator('.headline').waitFor()
  })
})
