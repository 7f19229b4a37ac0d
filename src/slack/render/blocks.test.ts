import { describe, expect, it } from 'vitest'
import { type Block, type Inline, type Reply, strong, words } from '../../chat/reply.ts'
import { blockKitFaults } from '../testing/block-kit-rules.ts'
import { renderHome, renderReply } from './blocks.ts'

function rendered(...blocks: Block[]) {
  const message = renderReply({ summary: 'Summary', blocks })
  expect(blockKitFaults({ text: message.text, blocks: message.blocks })).toEqual([])
  return message.blocks as unknown as Record<string, unknown>[]
}

const press = { on: 'a.b', with: { id: 'x' } }
const button = (label: string) => ({ kind: 'button', label, press }) as const
const text = (value: string): Block => ({ kind: 'text', parts: [words(value)] })

describe('inline parts', () => {
  const parts: Inline[] = [
    strong('Level 3'),
    { kind: 'person', id: 'U1' },
    { kind: 'place', id: 'C1', name: '#payments' },
    { kind: 'time', at: '2026-12-24T16:00:00Z', zone: 'Europe/Berlin', form: 'moment' },
    { kind: 'link', label: 'the page', url: 'https://example.com/?a=1&b=2' },
  ]

  it('are elements of rich text, whose words Slack never parses', () => {
    expect(rendered({ kind: 'text', parts: [...parts, words(' <!channel> *x*')] })[0]).toMatchObject({
      elements: [
        {
          elements: [
            { type: 'text', text: 'Level 3', style: { bold: true } },
            { type: 'user', user_id: 'U1' },
            { type: 'channel', channel_id: 'C1' },
            { type: 'date', timestamp: 1798128000, fallback: '24 December 2026 at 17:00 (Europe/Berlin)' },
            { type: 'link', url: 'https://example.com/?a=1&b=2', text: 'the page' },
            { type: 'text', text: ' <!channel> *x*' },
          ],
        },
      ],
    })
  })

  it('beside a button are mrkdwn, in which nothing else acts', () => {
    const [section] = rendered({ kind: 'option', parts: [...parts, words(' <!channel> *x*')], button: button('Pick') })
    expect(section?.text).toEqual({
      type: 'mrkdwn',
      text: '*Level 3*<@U1><#C1><!date^1798128000^{date_short_pretty} at {time}|24 December 2026 at 17:00 (Europe/Berlin)><https://example.com/?a=1&amp;b=2|the page> &lt;!channel&gt; ∗x∗',
      verbatim: true,
    })
  })

  it('of an unknown form are words', () => {
    const odd: Inline[] = [
      { kind: 'person', id: '<!here>' },
      { kind: 'place', id: 'x', name: '#team' },
      { kind: 'time', at: 'soon', zone: 'x', form: 'day' },
      { kind: 'link', label: 'run', url: 'javascript:x' },
    ]
    expect(JSON.stringify(rendered({ kind: 'text', parts: odd }))).toContain(
      '{"type":"text","text":"@<!here>"},{"type":"text","text":"#team"},{"type":"text","text":"soon"},{"type":"text","text":"run"}',
    )
  })
})

describe('an option', () => {
  it('is its wording, as it is, with the button beside it', () => {
    expect(rendered({ kind: 'option', parts: [strong('Level 3'), words(': kube_config')], button: button('Pick') })).toEqual([
      {
        type: 'section',
        text: { type: 'mrkdwn', text: '*Level 3*: kube_config', verbatim: true },
        accessory: { type: 'button', action_id: 'a.b:0', text: { type: 'plain_text', text: 'Pick', emoji: false }, value: '["a.b",{"id":"x"}]' },
      },
    ])
  })

  it('that has signs of formatting in it rather loses what is bold', () => {
    const [section] = rendered({ kind: 'option', parts: [strong('Level 3'), words(': run *.sh')], button: button('Pick') })
    expect(section?.text).toEqual({ type: 'plain_text', text: 'Level 3: run *.sh', emoji: false })
  })

  it('that is longer than a section goes on in the next one', () => {
    const sentence = 'Teams release when they want & as often as they want. '
    const sections = rendered({ kind: 'option', parts: [strong('Level 3: '), words(sentence.repeat(100))], button: button('Pick') })
    expect(sections.length).toBeGreaterThan(1)
    expect(sections.map(({ accessory }) => accessory !== undefined)).toEqual([true, ...sections.slice(1).map(() => false)])
    const all = sections.map((section) => (section.text as { text: string }).text).join('')
    expect(all.replaceAll('&amp;', '&')).toBe(`*Level 3:* ${sentence.repeat(100)}`)
  })
})

describe('controls', () => {
  it('too many for a row or a menu go on in another one', () => {
    const rows = rendered({ kind: 'buttons', items: Array.from({ length: 26 }, (_, i) => button(`B${i}`)) })
    expect(rows.map(({ elements }) => (elements as unknown[]).length)).toEqual([25, 1])
    const home = renderHome({
      summary: 'x',
      blocks: [
        {
          kind: 'buttons',
          items: [{ kind: 'menu', label: 'Team', options: Array.from({ length: 150 }, (_, i) => ({ label: `T${i}`, press: { on: 'a.b', with: { i } } })) }],
        },
      ],
    })
    expect(blockKitFaults({ view: home })).toEqual([])
    expect(home.blocks).toMatchObject([
      { elements: [{ placeholder: { text: 'Team (1 of 2)' } }, { placeholder: { text: 'Team (2 of 2)' }, options: { length: 50 } }] },
    ])
  })

  it('of a menu that say too much for it are buttons', () => {
    const long = { on: 'ask.this', with: { question: 'x'.repeat(200) } }
    const [row] = rendered({
      kind: 'buttons',
      items: [
        {
          kind: 'menu',
          label: 'Ask',
          options: [
            { label: 'Short', press },
            { label: 'Long', press: long },
          ],
        },
      ],
    })
    expect(row).toMatchObject({ elements: [{ type: 'static_select' }, { type: 'button', text: { text: 'Long' } }] })
  })

  it('that Slack has no room for at all are named', () => {
    const far = { on: 'a.b', with: { x: 'x'.repeat(2500) } }
    expect(rendered({ kind: 'buttons', items: [button('Near'), { kind: 'button', label: 'Far', press: far }] })).toMatchObject([
      { type: 'actions', elements: [{ text: { text: 'Near' } }] },
      { type: 'context', elements: [{ text: 'Slack has no room for this: Far.' }] },
    ])
  })

  it('ask first where they should', () => {
    const [row] = rendered({ kind: 'buttons', items: [{ ...button('Delete'), style: 'danger', confirm: 'Delete all answers?' }] })
    expect(row).toMatchObject({
      elements: [
        {
          style: 'danger',
          confirm: { title: { text: 'Delete' }, text: { text: 'Delete all answers?' }, confirm: { text: 'Delete' }, deny: { text: 'Cancel' } },
        },
      ],
    })
  })

  it('for feedback are buttons where Slack has no feedback', () => {
    expect(renderHome({ summary: 'x', blocks: [{ kind: 'feedback', answer: 'a1' }] }).blocks).toMatchObject([
      { type: 'actions', elements: [{ text: { text: 'Helpful' } }, { text: { text: 'Not helpful' } }] },
    ])
  })
})

describe('sources', () => {
  const items = (count: number) =>
    Array.from({ length: count }, (_, i) => ({
      n: i + 1,
      title: `Passage ${i}`,
      quote: 'A sentence.',
      url: 'https://example.com/',
      open: { on: 'passage.open', with: { passage: `p${i}` } },
    }))

  it('open by a button each, or by a menu where they are many', () => {
    expect(rendered({ kind: 'sources', items: items(5) })[1]).toMatchObject({ type: 'actions', elements: { length: 5 } })
    expect(rendered({ kind: 'sources', items: items(6) })[1]).toMatchObject({
      elements: [{ type: 'static_select', placeholder: { text: 'Open a passage' }, options: [{ text: { text: '[1] Passage 0' } }, {}, {}, {}, {}, {}] }],
    })
  })
})

describe('a table', () => {
  const table: Block = { kind: 'table', caption: 'Levels', head: ['Section', 'Level'], rows: [['Build', '3'], ['Run']] }
  const rows = (count: number) => Array.from({ length: count }, (_, i) => [`S${i}`, '1'])

  it('is Slack’s own, even and without empty cells', () => {
    expect(rendered(table)[1]).toEqual({
      type: 'table',
      rows: [
        ['Section', 'Level'],
        ['Build', '3'],
        ['Run', '–'],
      ].map((row) => row.map((cell) => ({ type: 'raw_text', text: cell }))),
      column_settings: [{ is_wrapped: true }, { is_wrapped: true }],
    })
  })

  it('is a list where Slack takes none: a second one, a large one, one on the Home', () => {
    const lines = { type: 'rich_text', elements: [{ type: 'rich_text_list' }] }
    expect(rendered(table, table)[3]).toMatchObject(lines)
    expect(rendered({ ...table, rows: rows(100) })[1]).toMatchObject(lines)
    const home = renderHome({ summary: 'x', blocks: [table] })
    expect(blockKitFaults({ view: home })).toEqual([])
    expect(JSON.stringify(home.blocks[1])).toContain('{"type":"text","text":"Build","style":{"bold":true}},{"type":"text","text":" – Level: 3"}')
  })
})

describe('a reply', () => {
  it('without anything to show is its summary', () => {
    expect(rendered()).toMatchObject([{ elements: [{ elements: [{ text: 'Summary' }] }] }])
    expect(renderReply({ summary: ' ', blocks: [text('')] })).toMatchObject({ text: '…', blocks: [{ elements: [{ elements: [{ text: '…' }] }] }] })
  })

  it('hands over its pictures and names them, or says in words what they show', () => {
    const picture = { title: 'Radar', alt: 'Build 3, Run 2.', file: 'radar.png', png: () => Buffer.alloc(0) }
    const reply: Reply = { summary: 'x', blocks: [{ kind: 'picture', picture }] }
    expect(renderReply(reply)).toMatchObject({ pictures: [picture], blocks: [{ elements: [{ text: 'Picture: Radar' }] }] })
    expect(renderHome(reply).blocks).toMatchObject([{ elements: [{ text: 'Radar: Build 3, Run 2.' }] }])
  })

  it('with a heading that is too long shows it all the same', () => {
    const long = 'Words '.repeat(40).trim()
    expect(rendered({ kind: 'heading', text: long })).toMatchObject([{ type: 'rich_text', elements: [{ elements: [{ text: long, style: { bold: true } }] }] }])
  })
})

describe('a reply that Slack has no room for', () => {
  const note = (what: RegExp) => ({ type: 'context', elements: [{ text: expect.stringMatching(what) as string }] })

  it('becomes shorter at its end, says so, and keeps its buttons', () => {
    const blocks = rendered(...Array.from({ length: 80 }, (_, i) => text(`Paragraph ${i}.`)), { kind: 'buttons', items: [button('Next')] })
    expect(blocks.at(-1)).toMatchObject({ type: 'actions' })
    expect(blocks.at(-2)).toMatchObject(note(/^… and 32 more parts: Slack has no room/))
    expect(blocks.length).toBe(50)
  })

  it('is cut within a text, at the end of a sentence', () => {
    const blocks = rendered(text('A sentence of the answer. '.repeat(1000)), { kind: 'feedback', answer: 'a1' })
    expect(blocks.map(({ type }) => type)).toEqual(['rich_text', 'context', 'context_actions'])
    expect(JSON.stringify(blocks[0])).toMatch(/answer\."\},\{"type":"text","text":" …"\}/)
    expect(blocks[1]).toMatchObject(note(/^There is more: Slack has no room/))
  })

  it('counts what is missing of a list', () => {
    const [list] = rendered({ kind: 'list', items: Array.from({ length: 300 }, (_, i) => [words(`Item ${i} of the long list of things to do`)]) })
    const items = (list?.elements as { elements: { elements: { text: string }[] }[] }[])[0]?.elements ?? []
    expect(items.at(-1)?.elements[0]?.text).toBe(`… and ${300 - (items.length - 1)} more`)
  })
})
