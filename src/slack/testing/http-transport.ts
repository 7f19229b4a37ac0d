/** Delivery over HTTP: signed requests to the app's address, as the Events API, slash commands and interactivity send them. */
import { createHmac } from 'node:crypto'
import { type Ack, type Envelope, type EnvelopeKind, NotTaken, type Transport } from './deliveries.ts'
import type { Wire, World } from './world.ts'

/** `v0=…`, https://docs.slack.dev/authentication/verifying-requests-from-slack */
export function signatureOf(body: string, timestamp: string, secret: string): string {
  return `v0=${createHmac('sha256', secret).update(`v0:${timestamp}:${body}`).digest('hex')}`
}

export interface PostOptions {
  /** Seconds since 1970; now, unless told otherwise. */
  timestamp?: number
  signature?: string
  /** Instead of the app's. */
  secret?: string
  headers?: Record<string, string>
}

export interface HttpTransport extends Transport {
  setRequestUrl(url: string): void
  /** One signed request, or one that is wrong in the way of the options. */
  post(kind: EnvelopeKind, payload: Wire, options?: PostOptions): Promise<Response>
  /** @throws Error when the app does not hand the challenge back */
  verifyUrl(): Promise<void>
}

export function createHttpTransport(world: World, initialUrl: string | undefined): HttpTransport {
  let requestUrl = initialUrl

  async function post(kind: EnvelopeKind, payload: Wire, { timestamp = Math.floor(Date.now() / 1000), signature, secret, headers }: PostOptions = {}) {
    if (requestUrl === undefined) throw new Error('where is the app? setRequestUrl(…) says it')
    const { type, body } = encoded(kind, payload)
    return fetch(requestUrl, {
      method: 'POST',
      body,
      headers: {
        'content-type': type,
        'user-agent': 'Slackbot 1.0 (+https://api.slack.com/robots)',
        'x-slack-request-timestamp': String(timestamp),
        'x-slack-signature': signature ?? signatureOf(body, String(timestamp), secret ?? world.app.signingSecret),
        ...headers,
      },
      signal: AbortSignal.timeout(world.times.ackMs),
    })
  }

  async function send({ kind, payload, retry }: Envelope): Promise<Ack> {
    const headers: Record<string, string> =
      retry === undefined ? {} : { 'x-slack-retry-num': String(retry.num), 'x-slack-retry-reason': httpReason(retry.reason) }
    const at = performance.now()
    let response: Response
    let text: string
    try {
      response = await post(kind, payload, { headers })
      text = await response.text()
    } catch (error) {
      throw new NotTaken((error as Error).name === 'TimeoutError' ? 'timeout' : 'connection_failed')
    }
    if (!response.ok) throw new NotTaken('http_error', { final: response.headers.get('x-slack-no-retry') === '1' })
    return { ms: performance.now() - at, response: answerOf(text) }
  }

  return {
    send,
    post,
    setRequestUrl(url) {
      requestUrl = url
    },
    async verifyUrl() {
      const challenge = world.ids.next('challenge')
      const response = await post('events_api', { token: world.app.verificationToken, challenge, type: 'url_verification' })
      const text = await response.text()
      if (!response.ok || !text.includes(challenge)) throw new Error(`the app did not hand the challenge back: ${response.status} ${text}`)
    },
  }
}

function httpReason(reason: string): string {
  return reason === 'timeout' ? 'http_timeout' : reason
}

function encoded(kind: EnvelopeKind, payload: Wire): { type: string; body: string } {
  if (kind === 'events_api') return { type: 'application/json', body: JSON.stringify(payload) }
  const fields = kind === 'interactive' ? { payload: JSON.stringify(payload) } : (payload as Record<string, string>)
  return { type: 'application/x-www-form-urlencoded', body: new URLSearchParams(fields).toString() }
}

/** Nothing, words, or JSON. */
function answerOf(text: string): Wire {
  if (text === '') return {}
  try {
    const parsed: unknown = JSON.parse(text)
    return typeof parsed === 'object' && parsed !== null ? (parsed as Wire) : { text }
  } catch {
    return { text }
  }
}
