/** Ada at the page of Microsoft's local client: writes, presses, reads. */
import type { Browser, Locator, Page } from 'playwright-core'

export interface ClientPage {
  page: Page
  /** What the page itself got wrong. */
  faults: readonly string[]
  /** By the chat's name in the list. */
  go(chat: string): Promise<void>
  say(text: string): Promise<void>
  /** "@Cairn …": elsewhere than alone with it the bot hears nothing else. */
  mention(text: string): Promise<void>
  /** The last button of that name: older cards stay above. */
  press(name: string): Promise<void>
  /** What an app has put into the menu of messages, on the last one. The client knows no manifest, and asks for the command's id. */
  useMessageAction(command: string): Promise<void>
  /** Waits until it is shown. */
  sees(text: string | RegExp, ms?: number): Promise<Locator>
  close(): Promise<void>
}

export const PERSONAL_CHAT = 'Personal Chat'
const BOT = 'Cairn'
const PATIENCE_MS = 15_000

export async function openClientPage(browser: Browser, url: string): Promise<ClientPage> {
  const context = await browser.newContext({ viewport: { width: 1500, height: 1000 } })
  const page = await context.newPage()
  page.setDefaultTimeout(PATIENCE_MS)
  // It asks Microsoft's servers for fonts and animations, and does without.
  await page.route(
    ({ hostname }) => hostname !== '127.0.0.1',
    (route) => route.abort(),
  )
  const faults: string[] = []
  page.on('pageerror', (error) => faults.push(String(error)))
  await page.goto(url)

  const send = () => page.getByRole('button', { name: 'Send Message' }).click()
  const write = () => page.getByRole('textbox').last().click()
  const go = (chat: string) => page.getByRole('treeitem', { name: chat }).click()
  await go(PERSONAL_CHAT)
  return {
    page,
    faults,
    go,
    async say(text) {
      await write()
      await page.keyboard.type(text)
      await send()
    },
    async mention(text) {
      await write()
      await page.keyboard.type(`@${BOT}`)
      await page.getByRole('menuitem', { name: BOT }).click()
      await page.keyboard.type(` ${text}`)
      await send()
    },
    press: (name) => page.getByRole('button', { name, exact: true }).last().click(),
    async useMessageAction(command) {
      await page.getByRole('button', { name: 'Show more information' }).last().click()
      await page.getByRole('menuitem', { name: 'Action Command' }).click()
      const dialog = page.getByRole('dialog')
      await dialog.getByRole('textbox').first().fill(command)
      await dialog.getByRole('button', { name: 'Create' }).click()
    },
    async sees(text, ms = PATIENCE_MS) {
      const found = page.getByText(text).last()
      await found.waitFor({ timeout: ms })
      return found
    },
    close: () => context.close(),
  }
}
