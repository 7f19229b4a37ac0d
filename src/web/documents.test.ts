import pino from 'pino'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Corpus, createCorpus, type Model, type Passage } from '../corpus/passage.ts'
import { createWebServer } from './server.ts'
import { launchBrowser } from './testing/browser.ts'
import { createFakeAssistant } from './testing/fake-assistant.ts'
import { openPage } from './testing/open-page.ts'
import { createSmallCorpus, HOSTILE } from './testing/small-corpus.ts'
import { noAssessments } from './testing/test-server.ts'

const handbook: Model = {
  kind: 'document',
  id: 'handbook',
  title: `Handbook ${HOSTILE}`,
  shortTitle: 'Handbook',
  aliases: [],
  version: 'imported 2026-11-21',
  license: 'Imported from handbook.md on 2026-11-21.',
  shape: 'continuous',
  levelWord: 'Level',
  levels: [],
  sections: [{ id: 'care/backups', title: 'Backups', dimension: 'Care', aliases: [], levels: [] }],
}
const backups: Passage = {
  id: 'handbook/care/backups',
  model: 'handbook',
  section: 'care/backups',
  level: null,
  title: 'Handbook › Care › Backups',
  heading: 'Backups',
  url: 'file:handbook.md',
  indicator: null,
  text: 'Backups are made at night.',
  seeAlso: [],
  file: 'handbook.json',
  line: 1,
}

function withDocument(): Corpus {
  const { models, passages } = createSmallCorpus()
  return createCorpus(models, [...passages, backups], [handbook])
}

const START_MS = 60_000
const TEST_MS = 20_000

describe('imported documents', { timeout: TEST_MS }, () => {
  const corpus = withDocument()
  const app = createWebServer({
    assistant: () => createFakeAssistant(corpus),
    corpus: () => corpus,
    assessments: noAssessments,
    digests: noAssessments,
    ready: () => true,
    log: pino({ level: 'silent' }),
  })
  let browser: Browser
  let origin: string
  beforeAll(async () => {
    origin = await app.listen({ port: 0, host: '127.0.0.1' })
    browser = await launchBrowser()
  }, START_MS)
  afterAll(async () => {
    await browser?.close()
    await app.close()
  })

  it('stand beside the models, told apart by their kind', async () => {
    const { models } = (await (await fetch(`${origin}/api/models`)).json()) as { models: { id: string; kind: string }[] }
    expect(models.map(({ id, kind }) => [id, kind])).toEqual([
      ['gardens', 'model'],
      ['ponds', 'model'],
      ['handbook', 'document'],
    ])
  })

  it('share the last tab, and open section by section', async () => {
    const { page, complaints, close } = await openPage(browser, origin, '#/models')
    await page.getByRole('table').waitFor()
    expect(await page.locator('#model-tabs a').allInnerTexts()).toEqual(['Garden model', 'Pond ladder', 'Documents'])
    await page.getByRole('link', { name: 'Documents' }).click()
    await page.getByRole('heading', { name: 'Handbook' }).waitFor()
    expect(await page.locator('#model-content h2').textContent()).toBe(`Handbook ${HOSTILE}`)
    expect(await page.getByRole('table').count()).toBe(0)
    await page.getByRole('link', { name: 'Care › Backups' }).click()
    await page.locator('#passage').getByText('Backups are made at night.').waitFor()
    // A file has no address that a browser could open.
    expect(await page.locator('#passage .original').count()).toBe(0)
    await page.locator('#passage .crumbs a').click()
    await expect.poll(() => new URL(page.url()).hash).toBe('#/models/handbook')
    expect(await page.locator('#model-tabs a[aria-current]').textContent()).toBe('Documents')
    expect(complaints).toEqual([])
    await close()
  })
})
