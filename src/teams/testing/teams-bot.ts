/** All of Cairn in a Teams of its own: the service as it is started by people, and the server that stands for Microsoft. */
import { type PlatformBot, startPlatformBot } from '../../testing/platform-bot.ts'
import { startTeamsServer, type TeamsServer, type TeamsServerOptions } from './teams-server.ts'

export type TeamsBot = PlatformBot<TeamsServer>

export interface TeamsBotOptions extends TeamsServerOptions {
  /** Read anew at each start. */
  env?: Readonly<Record<string, string>>
}

export async function startTeamsBot({ env = {}, ...options }: TeamsBotOptions = {}): Promise<TeamsBot> {
  const server = await startTeamsServer(options)
  return startPlatformBot({
    server,
    settings: () => ({ ...server.settings, ...env }),
    direct: (url) => server.setMessagingEndpoint(`${url}/api/messages`),
  })
}
