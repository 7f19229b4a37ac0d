/** A real browser for the page's tests: the one named, one that is installed, or the one that came with `npm ci`. */
import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import packagedChromium from '@sparticuz/chromium'
import { type Browser, chromium } from 'playwright-core'

const INSTALLED_NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable']

/** The package's own arguments switch web security off; these only keep the browser from phoning home. */
const LAUNCH_ARGUMENTS = ['--no-sandbox', '--disable-background-networking', '--disable-component-update', '--disable-sync', '--no-first-run']

export async function launchBrowser(env: NodeJS.ProcessEnv = process.env): Promise<Browser> {
  return chromium.launch({ executablePath: await findBrowser(env), args: LAUNCH_ARGUMENTS })
}

/** @throws Error that says what to install when there is no browser */
async function findBrowser(env: NodeJS.ProcessEnv): Promise<string> {
  if (env.CHROMIUM_PATH) return env.CHROMIUM_PATH
  const directories = (env.PATH ?? '').split(delimiter)
  const installed = directories.flatMap((directory) => INSTALLED_NAMES.map((name) => join(directory, name))).find((path) => existsSync(path))
  if (installed !== undefined) return installed
  try {
    return await packagedChromium.executablePath()
  } catch (cause) {
    throw new Error('There is no browser to test the page with: install chromium, or set CHROMIUM_PATH to one.', { cause })
  }
}
