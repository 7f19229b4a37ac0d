/** What people do, in the form that Slack documents. */
import { WebClient } from '@slack/web-api'
import { afterEach, describe, expect, it } from 'vitest'
import { NotTaken } from './deliveries.ts'
import { type SlackServer, type SlackServerOptions, startSlackServer } from './slack-server.ts'
import { connect as connectClient, type Received } from './test-clients.ts'

const closing: (() => unknown)[] = []

afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close()
})

async function start(options: SlackServerOptions = {}): Promise<SlackServer> {
  const server = await startSlackServer(options)
  closing.push(() => server.close())
  return server
}

async function connect(server: SlackServer, acknowledges?: () => boolean): Promise<Received[]> {
  const client = await connectClient(server, acknowledges)
  closing.push(client.close)
  return client.received
}

describe('what people do', () => {
  it('fails when the app does not acknowledge it, and is tried again by the patient', async () => {
    const impatient = await start({ times: { ackMs: 40 } })
    await connect(impatient, () => false)
    await expect(impatient.user('U1').command('C1', '/maturity')).rejects.toThrow(NotTaken)
    const server = await start({ times: { ackMs: 40 }, patience: 2 })
    let seen = 0
    const received = await connect(server, () => ++seen === 3)
    await server.user('U1').command('C1', '/maturity', 'help')
    expect(new Set(received.map(({ body }) => body.trigger_id)).size).toBe(3)
  })

  it('comes in the form that Slack documents', async () => {
    const server = await start()
    const received = await connect(server)
    const client = new WebClient(server.botToken(), { slackApiUrl: server.apiUrl })
    const ada = server.user('U1')
    const question = ada.say('C1', 'a question')
    const text = (words: string) => ({ type: 'plain_text' as const, text: words })
    const options = ['one', 'two'].map((value) => ({ text: text(value), value }))
    await client.chat.postMessage({
      channel: 'C1',
      thread_ts: question.ts,
      text: 'options',
      blocks: [
        { type: 'section', text: text('First'), accessory: { type: 'button', action_id: 'pick-1', text: text('Choose'), value: '1' } },
        { type: 'section', text: text('Second'), accessory: { type: 'button', action_id: 'pick-2', text: text('Choose'), value: '2' } },
        { type: 'actions', elements: [{ type: 'static_select', action_id: 'menu', placeholder: text('Which'), options }] },
        {
          type: 'context_actions',
          elements: [
            {
              type: 'feedback_buttons',
              action_id: 'vote',
              positive_button: { text: text('Good'), value: 'up' },
              negative_button: { text: text('Bad'), value: 'down' },
            },
          ],
        } as never,
      ],
    })
    const message = server.messagesIn('C1', { thread: question.ts })[1] as NonNullable<ReturnType<typeof server.messagesIn>[number]>
    expect(ada.buttons(message)).toEqual(['Choose', 'Choose', 'one', 'two', 'Good', 'Bad'])
    await ada.press(message, { label: 'Choose', beside: 'Second' })
    await ada.select(message, 'two')
    await ada.press(message, 'Bad')
    await ada.shortcut(message, 'ask_about_this')
    await ada.command('C4', '/maturity', 'ask why')
    const bodies = received.map(({ body }) => body).filter(({ type }) => type !== 'event_callback')
    const who = { id: 'U1', username: 'ada', name: 'ada', team_id: 'T1' }
    const common = {
      team: { id: 'T1', domain: 't1' },
      user: who,
      enterprise: null,
      is_enterprise_install: false,
      api_app_id: server.appId,
      token: expect.any(String),
    }
    const reached = {
      trigger_id: expect.stringMatching(/^\d+\.\d+\.[0-9a-f]+$/),
      response_url: expect.stringContaining(server.apiUrl.replace('/api/', '/actions/T1/')),
    }
    expect(bodies[0]).toEqual({
      type: 'block_actions',
      ...common,
      ...reached,
      container: { type: 'message', message_ts: message.ts, channel_id: 'C1', is_ephemeral: false, thread_ts: question.ts },
      channel: { id: 'C1', name: 'payments' },
      message: expect.objectContaining({ ts: message.ts, thread_ts: question.ts, bot_id: 'B1', app_id: server.appId, blocks: expect.any(Array) }),
      state: { values: {} },
      actions: [
        {
          type: 'button',
          action_id: 'pick-2',
          block_id: expect.any(String),
          value: '2',
          text: { type: 'plain_text', text: 'Choose' },
          action_ts: expect.any(String),
        },
      ],
    })
    expect(bodies[1]).toMatchObject({ actions: [{ type: 'static_select', selected_option: { value: 'two' } }] })
    expect(bodies[2]).toMatchObject({ actions: [{ type: 'feedback_buttons', action_id: 'vote', value: 'down', text: { text: 'Bad' } }] })
    expect(bodies[3]).toMatchObject({ type: 'message_action', callback_id: 'ask_about_this', message_ts: message.ts, channel: { id: 'C1' }, ...reached })
    expect(bodies[4]).toMatchObject({
      command: '/maturity',
      text: 'ask why',
      channel_id: 'C4',
      channel_name: 'privategroup',
      user_id: 'U1',
      team_id: 'T1',
      ...reached,
    })
    await expect(ada.press(message, 'Nothing')).rejects.toThrow('there is nothing to press called Nothing among Choose')
    await expect(server.user('U3').command('C4', '/maturity')).rejects.toThrow('U3 is not in C4')
  })

  it('is handed on with what was typed escaped, and may be forged', async () => {
    const server = await start()
    const received = await connect(server)
    const ada = server.user('U1')
    const message = ada.mention('C1', '<@U2> <!channel> a < b & c <#C1> <@U77> https://example.org/?a=1&b=2')
    expect(message.text).toBe(`<@${server.botUser()}> <@U2> &lt;!channel&gt; a &lt; b &amp; c <#C1|payments> &lt;@U77&gt; <https://example.org/?a=1&amp;b=2>`)
    await ada.command('C1', '/maturity', 'ask <b> & co')
    await ada.pressRaw(message, { type: 'button', action_id: 'made-up', block_id: 'none', value: '{}', action_ts: '1.1' })
    const forged = { ...received.at(-1)?.body, actions: [] }
    await server.send('interactive', forged)
    await server.settled()
    expect(received.map(({ body }) => body).filter(({ type }) => type !== 'event_callback')).toMatchObject([
      { text: 'ask &lt;b&gt; &amp; co' },
      { type: 'block_actions', actions: [{ action_id: 'made-up' }] },
      { type: 'block_actions', actions: [] },
    ])
  })

  it('in modals and on the Home tab carries what stands in their fields', async () => {
    const server = await start()
    const client = new WebClient(server.botToken(), { slackApiUrl: server.apiUrl })
    const received = await connect(server)
    const ada = server.user('U1')
    const text = (words: string) => ({ type: 'plain_text' as const, text: words })
    const options = ['CNCF', 'KMM'].map((value) => ({ text: text(value), value: value.toLowerCase() }))
    const view = {
      type: 'modal' as const,
      callback_id: 'round',
      notify_on_close: true,
      title: text('Start'),
      submit: text('Start'),
      blocks: [
        {
          type: 'input' as const,
          block_id: 'model',
          label: text('Model'),
          element: { type: 'static_select' as const, action_id: 'v', options, initial_option: options[0] as never },
        },
        { type: 'input' as const, block_id: 'who', optional: true, label: text('Who'), element: { type: 'multi_users_select' as const, action_id: 'v' } },
        { type: 'input' as const, block_id: 'day', label: text('Day'), element: { type: 'datepicker' as const, action_id: 'v' } },
        { type: 'input' as const, block_id: 'parts', optional: true, label: text('Parts'), element: { type: 'checkboxes' as const, action_id: 'v', options } },
        { type: 'input' as const, block_id: 'note', label: text('Note'), element: { type: 'plain_text_input' as const, action_id: 'v', max_length: 5 } },
        { type: 'actions' as const, elements: [{ type: 'button' as const, action_id: 'help', text: text('Help') }] },
      ],
    }
    await ada.command('C1', '/maturity', 'round')
    await client.views.open({ trigger_id: received.at(-1)?.body.trigger_id as string, view })
    const shown = server.view('U1') as NonNullable<ReturnType<typeof server.view>>
    await ada.press(shown, 'Help', { Note: 'so' })
    expect(received.at(-1)?.body).toMatchObject({
      container: { type: 'view', view_id: shown.id },
      view: { state: { values: { note: { v: { value: 'so' } } } } },
    })
    expect(received.at(-1)?.body).not.toHaveProperty('response_url')
    await client.views.push({ trigger_id: received.at(-1)?.body.trigger_id as string, view: { ...view, title: text('Second') } })
    await ada.close(server.view('U1') as typeof shown)
    expect(received.at(-1)?.body).toMatchObject({ type: 'view_closed', is_cleared: false, view: { title: { text: 'Second' } } })
    expect(await ada.submit(shown, { Note: 'too long' })).toEqual({
      errors: { day: 'Please complete this required field.', note: 'This field allows at most 5 characters.' },
    })
    await expect(ada.submit(shown, { Nothing: 'x' })).rejects.toThrow('there is no field Nothing among Model (model)')
    await ada.submit(shown, { Model: 'KMM', Who: ['U2', 'U3'], day: '2026-12-24', Parts: ['cncf'], Note: 'yes' })
    expect(received.at(-1)?.body).toMatchObject({
      type: 'view_submission',
      view: {
        id: shown.id,
        hash: shown.hash,
        callback_id: 'round',
        state: {
          values: {
            model: { v: { type: 'static_select', selected_option: { value: 'kmm' } } },
            who: { v: { selected_users: ['U2', 'U3'] } },
            day: { v: { selected_date: '2026-12-24' } },
            parts: { v: { selected_options: [{ value: 'cncf' }] } },
            note: { v: { value: 'yes' } },
          },
        },
      },
    })
    expect(server.view('U1')).toBeUndefined()
    await client.views.publish({
      user_id: 'U1',
      view: { type: 'home', blocks: [{ type: 'actions', elements: [{ type: 'button', action_id: 'go', text: text('Go') }] }] },
    })
    ada.openHome()
    await server.settled()
    expect(received.at(-1)?.body).toMatchObject({ event: { type: 'app_home_opened', tab: 'home', view: { type: 'home' } } })
    await ada.press(server.home('U1') as typeof shown, 'Go')
    expect(received.at(-1)?.body).toMatchObject({ view: { type: 'home' }, actions: [{ action_id: 'go' }] })
  })

  it('includes the agent’s events, and those of the older panel', async () => {
    const server = await start()
    const received = await connect(server)
    const ada = server.user('U1')
    ada.openMessagesTab({ viewing: 'C1' })
    ada.viewChannel('C2')
    ada.joinChannel('C3')
    server.inviteBot('C3')
    ada.leaveChannel('C3')
    const older = await start({ agent: 'assistant_view' })
    const panel = await connect(older)
    older.user('U1').openMessagesTab({ viewing: 'C1' })
    older.user('U1').viewChannel('C2')
    const { thread_ts } = older.user('U1').dm('hello')
    await Promise.all([server.settled(), older.settled()])
    const eventsOf = (seen: typeof received) => seen.map(({ body }) => body.event as Record<string, unknown>)
    expect(eventsOf(received)).toMatchObject([
      { type: 'app_home_opened', tab: 'messages', user: 'U1', channel: ada.dmChannel, context: { entities: [{ value: 'C1' }] } },
      { type: 'app_context_changed', context: { entities: [{ value: 'C2' }] } },
      { type: 'member_joined_channel', user: 'UBOT1', channel: 'C3' },
      { type: 'member_left_channel', user: 'U1' },
    ])
    expect(eventsOf(panel)).toMatchObject([
      { type: 'message', subtype: 'assistant_app_thread', ts: thread_ts },
      { type: 'assistant_thread_started', assistant_thread: { user_id: 'U1', thread_ts, context: { channel_id: 'C1' } } },
      { type: 'assistant_thread_context_changed', assistant_thread: { context: { channel_id: 'C2' } } },
      { type: 'message', channel_type: 'im', text: 'hello', thread_ts },
    ])
  })
})
