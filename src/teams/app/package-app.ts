/** The app as Teams takes it: manifest and icons in one zip, with the app's id filled in. */
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { zipSync } from 'fflate'

const APP_ID = '{{MicrosoftAppId}}'
const ICONS = ['color.png', 'outline.png']

/**
 * The same id makes the same bytes.
 * @param appId the id of the app's registration, which is also the bot's
 */
export async function packageApp(appId: string): Promise<Uint8Array> {
  const manifest = (await fileOf('manifest.json')).toString('utf8').replaceAll(APP_ID, appId)
  const icons = await Promise.all(ICONS.map(async (name) => [name, await fileOf(name)] as const))
  // A zip holds local time, and none before this.
  const made = new Date(1980, 0, 1)
  return zipSync({ 'manifest.json': Buffer.from(manifest), ...Object.fromEntries(icons) }, { mtime: made })
}

function fileOf(name: string): Promise<Buffer> {
  return readFile(join(import.meta.dirname, name))
}
