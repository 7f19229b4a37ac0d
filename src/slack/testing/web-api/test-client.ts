/** The real web client on a server of its own, for tests of methods. */
import { type LogLevel, WebClient, type WebClientOptions } from '@slack/web-api'
import type { SlackServer } from '../slack-server.ts'

export function clientOf(server: SlackServer, options: WebClientOptions = {}, token: string | undefined = server.botToken()): WebClient {
  return new WebClient(token, { slackApiUrl: server.apiUrl, logLevel: 'none' as LogLevel, retryConfig: { retries: 5, minTimeout: 10 }, ...options })
}

/** What Slack says is wrong with a call. */
export async function codeOf(call: Promise<unknown>): Promise<string> {
  try {
    await call
    return 'ok'
  } catch (error) {
    return (error as { data?: { error: string } }).data?.error ?? String(error)
  }
}

export const section = (text: string) => ({ type: 'section' as const, text: { type: 'mrkdwn' as const, text } })
export const plain = (text: string) => ({ type: 'plain_text' as const, text })
