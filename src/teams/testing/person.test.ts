/** What people do with cards: what they see, what they can press, what reaches the app of it. */
import { CardFactory, MessageFactory } from 'botbuilder'
import { afterEach, describe, expect, it } from 'vitest'
import type { TeamsServer } from './teams-server.ts'
import { startWithBot } from './test-bot.ts'
import type { TeamsMessage, Wire } from './world.ts'

const closing: (() => Promise<unknown>)[] = []

afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close()
})

/** The app answers the first message with `sent`, and what it then gets is kept. */
async function start(sent: Wire): Promise<{ server: TeamsServer; message: TeamsMessage; got: Wire[] }> {
  const got: Wire[] = []
  let isFirst = true
  const { server, close } = await startWithBot(async (context) => {
    const { activity } = context
    if (isFirst) {
      isFirst = false
      await context.sendActivity(sent)
      return
    }
    got.push({ type: activity.type, text: activity.text, value: activity.value, replyToId: activity.replyToId })
    const body = { statusCode: 200, type: 'application/vnd.microsoft.activity.message', value: 'ok' }
    if (activity.type === 'invoke') await context.sendActivity({ type: 'invokeResponse', value: { status: 200, body } })
  })
  closing.push(close)
  server.user('ada').dm('hello')
  const message = await server.until(() => server.dm('ada')[1])
  return { server, message, got }
}

const card = (body: Wire[], actions?: Wire[]) =>
  MessageFactory.attachment(
    CardFactory.adaptiveCard({ type: 'AdaptiveCard', version: '1.5', body, ...(actions === undefined ? {} : { actions }) }),
  ) as unknown as Wire
const text = (words: string, more: Wire = {}) => ({ type: 'TextBlock', text: words, ...more })
const execute = (title: string, verb: string, more: Wire = {}) => ({ type: 'Action.Execute', title, verb, data: { verb }, ...more })
const row = (words: string, verb: string) => ({
  type: 'ColumnSet',
  columns: [
    { type: 'Column', items: [text(words)] },
    { type: 'Column', items: [{ type: 'ActionSet', actions: [execute('Choose', verb)] }] },
  ],
})

describe('pressing', () => {
  it('finds the button beside the words, and sends the inputs of its card', async () => {
    const inputs = [
      { type: 'Input.Text', id: 'note', label: 'Note', value: 'as it was' },
      {
        type: 'Input.ChoiceSet',
        id: 'many',
        label: 'Which',
        isMultiSelect: true,
        choices: [
          { title: 'One', value: '1' },
          { title: 'Two', value: '2' },
        ],
      },
      { type: 'Input.Toggle', id: 'sure', label: 'Sure', title: 'I am sure' },
      { type: 'Input.Number', id: 'count', label: 'Count', min: 1, max: 5, errorMessage: '1 to 5' },
    ]
    const { server, message, got } = await start(card([row('First', 'one'), row('Second', 'two'), ...inputs]))
    const ada = server.user('ada')
    expect(await ada.press(message, { label: 'Choose', beside: 'Second' }, { Which: ['One', '2'], Sure: true, Count: 9 })).toEqual({
      errors: { count: '1 to 5' },
    })
    expect(await ada.press(message, { label: 'Choose', beside: 'Second' }, { Count: 3 })).toEqual({ notice: 'ok' })
    expect(got).toEqual([
      {
        type: 'invoke',
        text: undefined,
        replyToId: message.id,
        value: {
          action: { type: 'Action.Execute', title: 'Choose', verb: 'two', data: { verb: 'two', note: 'as it was', many: '1,2', sure: 'true', count: '3' } },
          trigger: 'manual',
        },
      },
    ])
    await expect(ada.press(message, 'Choose', { Which: 'Three' })).rejects.toThrow('there is no choice Three among One, Two')
    await expect(ada.press(message, 'Choose', { Whom: 'x' })).rejects.toThrow('there is no field Whom among Note (note), Which (many)')
    await expect(server.user('bob').press(message, 'Choose')).rejects.toThrow('bob is not in personal ada')
    expect(server.nothingWrong()).toEqual([])
  })

  it('shows and hides, without a word to the app', async () => {
    const inner = { type: 'AdaptiveCard', body: [{ type: 'Input.Text', id: 'inner', label: 'Inner' }], actions: [execute('Inside', 'inside')] }
    const body = [text('Hidden words', { id: 'more', isVisible: false }), { type: 'Input.Text', id: 'outer', label: 'Outer' }]
    const hidden = { type: 'ActionSet', id: 'buttons', isVisible: false, actions: [execute('Late', 'late')] }
    const actions = [
      { type: 'Action.ToggleVisibility', title: 'More', targetElements: ['more', { elementId: 'buttons', isVisible: true }] },
      { type: 'Action.ShowCard', title: 'Open', card: inner },
      execute('Outside', 'outside'),
      { type: 'Action.OpenUrl', title: 'Read', url: 'https://example.org' },
    ]
    const { server, message, got } = await start(card([...body, hidden], actions))
    const ada = server.user('ada')
    expect([ada.buttons(message), ada.fields(message)]).toEqual([['More', 'Open', 'Outside', 'Read'], ['Outer']])
    await ada.press(message, 'More')
    await ada.press(message, 'Open')
    expect([ada.buttons(message).toSorted(), ada.fields(message)]).toEqual([
      ['Inside', 'Late', 'More', 'Open', 'Outside', 'Read'],
      ['Outer', 'Inner'],
    ])
    ada.fill(message, { Outer: 'o', Inner: 'i' })
    await ada.press(message, 'Inside')
    await ada.press(message, 'Outside')
    expect(got.map(({ value }) => ((value as Wire).action as Wire).data)).toEqual([
      { verb: 'inside', outer: 'o', inner: 'i' },
      { verb: 'outside', outer: 'o' },
    ])
    await ada.press(message, 'More')
    await ada.press(message, 'Open')
    expect(ada.buttons(message)).toEqual(['Late', 'More', 'Open', 'Outside', 'Read'])
    await expect(ada.press(message, 'Read')).rejects.toThrow('Read is an Action.OpenUrl, which does not reach the app')
  })

  it('a submit or a suggestion is a message', async () => {
    const submits = [
      { type: 'Action.Submit', title: 'Send', data: { kept: true } },
      { type: 'Action.Submit', title: 'Ask', data: { msteams: { type: 'imBack', value: 'ask why' } } },
      { type: 'Action.Submit', title: 'Back', data: { msteams: { type: 'messageBack', text: 'back', value: { a: 1 } } } },
    ]
    const suggested = { type: 'message', text: 'Pick', suggestedActions: { to: [], actions: [{ type: 'imBack', title: 'Help', value: 'help' }] } }
    const { server, message, got } = await start(card([{ type: 'Input.Text', id: 'note', label: 'Note' }], submits))
    const ada = server.user('ada')
    await ada.press(message, 'Send', { Note: 'typed' })
    await ada.press(message, 'Ask')
    await ada.press(message, 'Back')
    await server.settled()
    const byText = (a: Wire, b: Wire) => String(a.text).localeCompare(String(b.text))
    expect(got.toSorted(byText)).toMatchObject([
      { type: 'message', text: 'ask why' },
      { type: 'message', text: 'back', value: { a: 1 }, replyToId: message.id },
      { type: 'message', value: { kept: true, note: 'typed' }, replyToId: message.id },
    ])
    const other = await start(suggested)
    await other.server.user('ada').press(other.message, 'Help')
    await other.server.settled()
    expect(other.got).toMatchObject([{ type: 'message', text: 'help' }])
  })
})
