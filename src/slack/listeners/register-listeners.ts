/** Everything that is listened to; the app's manifest has to ask Slack for the same. */
import type { App } from '@slack/bolt'
import { press } from './actions/press.ts'
import { maturity } from './commands/maturity.ts'
import { agentSessionStopped } from './events/agent-session-stopped.ts'
import { appHomeOpened } from './events/app-home-opened.ts'
import { appMention } from './events/app-mention.ts'
import { assistantThreadStarted } from './events/assistant-thread-started.ts'
import { directMessage } from './events/message.ts'
import { uninstalled } from './events/uninstalled.ts'
import type { ListenerDeps } from './listener-deps.ts'
import { askAboutThis } from './shortcuts/ask-about-this.ts'
import { submission } from './views/submission.ts'

const LISTENERS = [
  appMention,
  directMessage,
  appHomeOpened,
  agentSessionStopped,
  assistantThreadStarted,
  uninstalled,
  maturity,
  askAboutThis,
  press,
  submission,
]

export function registerListeners(app: App, deps: ListenerDeps): void {
  for (const listen of LISTENERS) listen(app, deps)
}
