/** The real Bolt against the server, over sockets and over HTTP: what the app's own tests rest on. */
import { App, HTTPReceiver, LogLevel, SocketModeReceiver } from '@slack/bolt'
import { afterEach, describe, expect, it } from 'vitest'
import { type SlackServer, type SlackServerOptions, startSlackServer } from './slack-server.ts'

const closing: (() => Promise<unknown>)[] = []

afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close()
})

const form = {
  type: 'modal' as const,
  callback_id: 'comment',
  private_metadata: 'kept',
  title: { type: 'plain_text' as const, text: 'Comment' },
  submit: { type: 'plain_text' as const, text: 'Send' },
  blocks: [
    {
      type: 'input' as const,
      block_id: 'why',
      label: { type: 'plain_text' as const, text: 'Why' },
      element: { type: 'plain_text_input' as const, action_id: 'text' },
    },
  ],
}

function button(label: string, action: string) {
  return {
    type: 'actions' as const,
    elements: [{ type: 'button' as const, action_id: action, value: `${action} value`, text: { type: 'plain_text' as const, text: label } }],
  }
}

/** An app that does a little of everything. */
async function startApp(options: SlackServerOptions & { clientPingTimeout?: number } = {}): Promise<{ server: SlackServer; app: App; seen: string[] }> {
  const server = await startSlackServer(options)
  closing.push(() => server.close())
  const clientOptions = { slackApiUrl: server.apiUrl, retryConfig: { retries: 8, minTimeout: 20, factor: 1.5 } }
  const { clientPingTimeout = 300 } = options
  const isHttp = options.mode === 'http'
  const receiver = isHttp
    ? new HTTPReceiver({ signingSecret: server.signingSecret, logLevel: LogLevel.ERROR })
    : new SocketModeReceiver({ appToken: server.appToken, clientPingTimeout, logLevel: LogLevel.ERROR, installerOptions: { clientOptions } })
  const app = new App({ token: server.botToken(), receiver, clientOptions, deferInitialization: true, logLevel: LogLevel.ERROR })
  await app.init()
  const seen: string[] = []
  app.event('app_mention', async ({ event, client }) => {
    seen.push(event.text)
    await client.chat.postMessage({ channel: event.channel, thread_ts: event.thread_ts ?? event.ts, text: 'Answer', blocks: [button('Helpful', 'vote')] })
  })
  app.command('/maturity', async ({ command, ack, respond }) => {
    await ack()
    seen.push(`${command.command} ${command.text}`)
    await respond({ text: 'Only for you', blocks: [button('Share', 'share')] })
  })
  app.action('vote', async ({ ack, body, client }) => {
    await ack()
    await client.views.open({ trigger_id: (body as { trigger_id: string }).trigger_id, view: form })
  })
  app.action('share', async ({ ack, respond }) => {
    await ack()
    await respond({ replace_original: true, text: 'Shared' })
    await respond({ response_type: 'in_channel', text: 'For all', replace_original: false })
  })
  app.view('comment', async ({ ack, view, body, client }) => {
    const said = view.state.values.why?.text?.value ?? ''
    if (said === 'bad') return void (await ack({ response_action: 'errors', errors: { why: 'Something better' } }))
    await ack()
    await client.chat.postMessage({ channel: body.user.id, text: `Thanks: ${said} ${view.private_metadata}` })
  })
  if (isHttp) {
    const http = (await app.start({ port: 0, host: '127.0.0.1' } as never)) as { address(): { port: number } }
    server.setRequestUrl(`http://127.0.0.1:${http.address().port}/slack/events`)
  } else await app.start()
  closing.push(() => app.stop())
  return { server, app, seen }
}

describe.each(['socket', 'http'] as const)('an app over %s', (mode) => {
  it('answers a mention, opens a modal from a button, and takes what is filled in', async () => {
    const { server, seen } = await startApp({ mode })
    const ada = server.user('U1')
    const question = ada.mention('C1', 'what is next?')
    const answer = await server.until(() => server.messagesIn('C1', { thread: question.ts })[1])
    expect(answer).toMatchObject({ text: 'Answer', bot_id: 'B1', thread_ts: question.ts, parent_user_id: 'U1' })
    expect(seen).toEqual([`<@${server.botUser()}> what is next?`])

    await ada.press(answer, 'Helpful')
    const view = await server.until(() => server.view('U1'))
    expect(await ada.submit(view)).toEqual({ errors: { why: 'Please complete this required field.' } })
    expect(await ada.submit(view, { Why: 'bad' })).toEqual({ errors: { why: 'Something better' } })
    expect(await ada.submit(view, { Why: 'good' })).toEqual({})
    expect(server.view('U1')).toBeUndefined()
    const [thanks] = await server.until(() => server.dm('U1').length > 0 && server.dm('U1'))
    expect(thanks?.text).toBe('Thanks: good kept')
    expect(server.nothingWrong()).toEqual([])
  })

  it('answers a command for one person, who shares it', async () => {
    const { server, seen } = await startApp({ mode })
    const ada = server.user('U1')
    // The app is no member of this channel.
    await ada.command('C3', '/maturity', 'ask why')
    expect(seen).toEqual(['/maturity ask why'])
    const [shown] = await server.until(() => server.ephemeralFor('U1').length > 0 && server.ephemeralFor('U1'))
    await ada.press(shown as NonNullable<typeof shown>, 'share')
    await server.until(() => server.messagesIn('C3').length > 0)
    expect(server.ephemeralFor('U1').map(({ text }) => text)).toEqual(['Shared'])
    expect(server.messagesIn('C3').map(({ text }) => text)).toEqual(['For all'])
    expect(server.nothingWrong()).toEqual([])
  })
})
