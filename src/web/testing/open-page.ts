/** Opens the page as a visitor would, and keeps everything the browser complains about. */
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'

export interface Visit {
  page: Page
  /** Console errors, uncaught exceptions, blocked or missing files, requests to anywhere else: must stay empty. */
  complaints: readonly string[]
  /** The text of the element that has the focus. */
  focused(): Promise<string>
  close(): Promise<void>
}

/** The browser logs every 4xx and 5xx and every cut connection; the tests of failures cause those of /api/ themselves. */
const FAILED_REQUEST = /^Failed to load resource/

export async function openPage(browser: Browser, origin: string, hash = '', options: BrowserContextOptions = {}): Promise<Visit> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, ...options })
  const page = await context.newPage()
  const complaints: string[] = []
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type()) && !FAILED_REQUEST.test(message.text())) complaints.push(message.text())
  })
  page.on('pageerror', (error) => complaints.push(String(error)))
  page.on('request', (request) => {
    if (new URL(request.url()).origin !== origin) complaints.push(`asked ${request.url()}`)
  })
  page.on('response', (response) => {
    if (response.status() >= 400 && !response.url().startsWith(`${origin}/api/`)) complaints.push(`${response.status()} for ${response.url()}`)
  })
  await page.goto(`${origin}/${hash}`)
  await page.locator('.suggestion').first().waitFor({ state: 'attached' })
  return { page, complaints, focused: () => page.evaluate('document.activeElement.innerText.replace(/\\s+/g, " ")'), close: () => context.close() }
}
