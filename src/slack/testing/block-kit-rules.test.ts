import { describe, expect, it } from 'vitest'
import { blockKitFaults } from './block-kit-rules.ts'

const plain = (text: string) => ({ type: 'plain_text', text })
const section = { type: 'section', text: { type: 'mrkdwn', text: '*hello*' } }
const button = (more: object = {}) => ({ type: 'button', text: plain('Go'), action_id: 'go', value: '1', ...more })
const actions = (...elements: object[]) => ({ type: 'actions', elements })
const option = (value: string, more: object = {}) => ({ text: plain(value), value, ...more })
const menu = (more: object = {}) => ({ type: 'static_select', action_id: 'm', options: [option('a'), option('b')], ...more })
const rich = (...elements: object[]) => ({ type: 'rich_text', elements: [{ type: 'rich_text_section', elements }] })
const input = (more: object = {}) => ({ type: 'input', block_id: 'i', label: plain('Name'), element: { type: 'plain_text_input', action_id: 'v' }, ...more })
const modal = (more: object = {}) => ({ type: 'modal', title: plain('Title'), submit: plain('Send'), blocks: [input()], ...more })
const many = <T>(count: number, item: T): T[] => Array.from({ length: count }, () => item)
const cells = (...texts: string[]) => texts.map((text) => ({ type: 'raw_text', text }))

describe('what Slack takes', () => {
  it.each([
    ['text', { text: 'hello' }],
    ['blocks', { text: 'x', blocks: [section, { type: 'divider' }, { type: 'header', text: plain('Title') }, actions(button(), menu())] }],
    ['blocks as JSON', { blocks: JSON.stringify([section]) }],
    [
      'rich text',
      { blocks: [rich({ type: 'text', text: 'a', style: { bold: true } }, { type: 'user', user_id: 'U1' }, { type: 'link', url: 'https://a.example' })] },
    ],
    ['a table', { blocks: [{ type: 'table', rows: [cells('a', 'b'), cells('c', 'd')], column_settings: [null, { is_wrapped: true }] }] }],
    [
      'feedback',
      {
        blocks: [
          {
            type: 'context_actions',
            elements: [
              {
                type: 'feedback_buttons',
                action_id: 'f',
                positive_button: { text: plain('+'), value: '1' },
                negative_button: { text: plain('-'), value: '0' },
              },
            ],
          },
        ],
      },
    ],
    ['a modal', { view: modal({ private_metadata: '{}', callback_id: 'form' }) }],
    ['a Home', { view: { type: 'home', blocks: [section, input()] } }],
    ['a chart', { blocks: [{ type: 'data_visualization', title: 'T', chart: { type: 'pie', segments: [{ label: 'a', value: 1 }] } }] }],
  ])('has no faults: %s', (_, payload) => {
    expect(blockKitFaults(payload)).toEqual([])
  })
})

describe('what Slack refuses', () => {
  it.each<[string, object, RegExp]>([
    ['nothing', {}, /missing/],
    ['a long text', { text: 'x'.repeat(4001) }, /4000 bytes/],
    ['a text with many bytes', { text: '漢'.repeat(1400) }, /4000 bytes/],
    ['blocks that are none', { blocks: 'x' }, /must be a list/],
    ['51 blocks', { blocks: many(51, { type: 'divider' }) }, /at most 50/],
    ['an unknown block', { blocks: [{ type: 'banner' }] }, /banner is not allowed/],
    ['an unknown field', { blocks: [{ ...section, colour: 'red' }] }, /colour is not known/],
    ['a missing field', { blocks: [{ type: 'actions' }] }, /elements is missing/],
    ['an empty text', { blocks: [{ type: 'section', text: plain('') }] }, /at least 1/],
    ['a long section', { blocks: [{ type: 'section', text: plain('x'.repeat(3001)) }] }, /at most 3000/],
    ['a long header', { blocks: [{ type: 'header', text: plain('x'.repeat(151)) }] }, /at most 150/],
    ['mrkdwn in a header', { blocks: [{ type: 'header', text: { type: 'mrkdwn', text: 'x' } }] }, /plain_text/],
    ['emoji in mrkdwn', { blocks: [{ type: 'section', text: { type: 'mrkdwn', text: 'x', emoji: true } }] }, /emoji is not known/],
    ['half a character', { blocks: [{ type: 'section', text: plain('\ud800') }] }, /half a character/],
    ['11 pieces of small print', { blocks: [{ type: 'context', elements: many(11, plain('x')) }] }, /at most 10/],
    ['26 buttons', { blocks: [actions(...Array.from({ length: 26 }, (_, i) => button({ action_id: `${i}` })))] }, /at most 25/],
    ['one action twice', { blocks: [actions(button(), button())] }, /same action_id twice/],
    ['one block_id twice', { blocks: many(2, { ...section, block_id: 'a' }) }, /same block_id/],
    ['a long label', { blocks: [actions(button({ text: plain('x'.repeat(76)) }))] }, /at most 75/],
    ['a long value', { blocks: [actions(button({ value: 'x'.repeat(2001) }))] }, /at most 2000/],
    ['a script', { blocks: [actions(button({ url: 'javascript:alert(1)' }))] }, /must begin with/],
    ['a colour of its own', { blocks: [actions(button({ style: 'default' }))] }, /primary, danger/],
    ['a half confirmation', { blocks: [actions(button({ confirm: { text: plain('Sure?') } }))] }, /title is missing/],
    ['a menu without options', { blocks: [actions(menu({ options: [] }))] }, /at least 1 items/],
    ['101 options', { blocks: [actions(menu({ options: Array.from({ length: 101 }, (_, i) => option(`${i}`)) }))] }, /at most 100/],
    ['a long option', { blocks: [actions(menu({ options: [option('x', { value: 'x'.repeat(151) })] }))] }, /at most 150/],
    ['two options alike', { blocks: [actions(menu({ options: [option('a'), option('a')] }))] }, /same value/],
    ['a strange beginning', { blocks: [actions(menu({ initial_option: option('c') }))] }, /not among its options/],
    ['11 radio buttons', { blocks: [actions({ type: 'radio_buttons', options: Array.from({ length: 11 }, (_, i) => option(`${i}`)) })] }, /at most 10/],
    ['a field in a message', { blocks: [input()] }, /not for a message/],
    ['two tables', { blocks: many(2, { type: 'table', rows: [cells('a')] }) }, /only_one_table_allowed/],
    ['an uneven table', { blocks: [{ type: 'table', rows: [cells('a', 'b'), cells('c')] }] }, /different lengths/],
    ['an empty cell', { blocks: [{ type: 'table', rows: [cells('')] }] }, /at least 1/],
    ['101 rows', { blocks: [{ type: 'table', rows: many(101, cells('a')) }] }, /at most 100/],
    ['a full table', { blocks: [{ type: 'table', rows: many(6, cells('x'.repeat(2000))) }] }, /characters in tables/],
    ['a long message', { blocks: many(5, { type: 'section', text: plain('x'.repeat(2900)) }) }, /msg_blocks_too_long/],
    ['a mention of nobody', { blocks: [rich({ type: 'user', user_id: 'ada' })] }, /user_id is not of the form/],
    ['rich text without text', { blocks: [rich({ type: 'text', text: '' })] }, /at least 1/],
    [
      'a list of text',
      { blocks: [{ type: 'rich_text', elements: [{ type: 'rich_text_list', style: 'bullet', elements: [{ type: 'text', text: 'a' }] }] }] },
      /text is not allowed here/,
    ],
    ['blocks in an attachment', { attachments: [{ blocks: [{ type: 'banner' }] }] }, /attachments\[0\]\.blocks\[0\]/],
    ['a view of no kind', { view: { blocks: [] } }, /modal or home/],
    ['a long title', { view: modal({ title: plain('x'.repeat(25)) }) }, /at most 24/],
    ['a modal without title', { view: { type: 'modal', blocks: [section] } }, /title is missing/],
    ['fields without a way to send them', { view: { type: 'modal', title: plain('T'), blocks: [input()] } }, /submit is missing/],
    ['much metadata', { view: modal({ private_metadata: 'x'.repeat(3001) }) }, /at most 3000/],
    ['a table in a modal', { view: modal({ blocks: [{ type: 'table', rows: [cells('a')] }] }) }, /not for a modal/],
    ['feedback on the Home', { view: { type: 'home', blocks: [{ type: 'context_actions', elements: [] }] } }, /not for a home/],
    ['101 blocks', { view: { type: 'home', blocks: many(101, section) } }, /at most 100/],
    ['a large view', { view: { type: 'home', blocks: many(100, { type: 'section', text: plain('x'.repeat(2900)) }) } }, /view_too_large/],
    [
      'a field that begins too long',
      { view: modal({ blocks: [input({ element: { type: 'plain_text_input', max_length: 3, initial_value: 'four' } })] }) },
      /begins with more/,
    ],
    [
      'a date of no day',
      { view: modal({ blocks: [input({ element: { type: 'datepicker', initial_date: '24.12.2026' } })] }) },
      /initial_date is not of the form/,
    ],
    [
      'two fields in focus',
      { view: modal({ blocks: ['a', 'b'].map((block_id) => input({ block_id, element: { type: 'plain_text_input', focus_on_load: true } })) }) },
      /focus_on_load/,
    ],
  ])('is named: %s', (_, payload, fault) => {
    expect(blockKitFaults(payload)).toContainEqual(expect.stringMatching(fault))
  })
})
