/** All of Cairn in a Slack of its own: the service as it is started by people, and the server that stands for Slack. */
import { readFile } from 'node:fs/promises'
import { type PlatformBot, startPlatformBot } from '../../testing/platform-bot.ts'
import { type SlackServer, type SlackServerOptions, startSlackServer } from './slack-server.ts'

export type SlackBot = PlatformBot<SlackServer>

export interface SlackBotOptions extends SlackServerOptions {
  /** Read anew at each start. */
  env?: Readonly<Record<string, string>>
  /** For many workspaces, each of which installs the app. */
  oauth?: boolean
}

const MANIFEST = new URL('../../../manifest.json', import.meta.url)

/** The app has in Slack what its manifest asks for, and nothing else. */
export async function startSlackBot({ env = {}, mode = 'socket', oauth = false, ...options }: SlackBotOptions = {}): Promise<SlackBot> {
  const manifest = JSON.parse(await readFile(MANIFEST, 'utf8'))
  const server = await startSlackServer({ manifest, mode, ...options })
  return startPlatformBot({
    server,
    settings: () => ({ ...settingsFor(server, mode, { oauth }), ...env }),
    direct: (url) => server.setRequestUrl(`${url}/slack/events`),
  })
}

export function settingsFor(server: SlackServer, mode: 'socket' | 'http', { oauth = false } = {}): Record<string, string> {
  return {
    SLACK_API_URL: server.apiUrl,
    ...(oauth ? { SLACK_CLIENT_ID: server.clientId, SLACK_CLIENT_SECRET: server.clientSecret } : { SLACK_BOT_TOKEN: server.botToken() }),
    ...(mode === 'socket' ? { SLACK_APP_TOKEN: server.appToken } : { SLACK_SIGNING_SECRET: server.signingSecret }),
  }
}
