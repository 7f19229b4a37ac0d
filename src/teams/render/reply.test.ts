import { describe, expect, it } from 'vitest'
import { type Block, type Inline, type Source, strong, words } from '../../chat/reply.ts'
import { radar } from '../../pictures/radar.ts'
import { messageFaults } from '../testing/card-rules.ts'
import { activitiesOf } from './activities.ts'
import type { CardElement } from './card.ts'
import { peopleIn } from './mentions.ts'
import { type RenderOptions, renderReply } from './reply.ts'
import { formattedIn, objectsIn } from './testing/active-parts.ts'
import { HOSTILE } from './testing/hostile.ts'

const ADA = '29:1ada'
const BOB = '7faf8ab2-3d56-4244-b585-20c8a42ed2b8'
const names = new Map([
  [ADA, 'Ada Lovelace'],
  [BOB, 'Ada Lovelace'],
])

function rendered(blocks: readonly Block[], options: Partial<RenderOptions> = {}) {
  const reply = renderReply({ summary: 'Summary', blocks }, { conversation: 'channel', names, ...options })
  for (const activity of activitiesOf(reply)) expect(messageFaults(activity)).toEqual([])
  return reply
}

const cardOf = (...blocks: Block[]) => rendered(blocks).card?.body as CardElement[]
const press = { on: 'a.b', with: { id: 'x' } }
const button = (label: string) => ({ kind: 'button', label, press }) as const
const execute = (title: string) => ({ type: 'Action.Execute', title, verb: 'a.b', data: { press }, associatedInputs: 'none' })
const text = (...parts: (Inline | string)[]): Block => ({ kind: 'text', parts: parts.map((part) => (typeof part === 'string' ? words(part) : part)) })
const person = (id: string): Inline => ({ kind: 'person', id })
const run = (value: string, look: object = {}) => ({ type: 'TextRun', text: value, ...look })
const textsIn = (value: unknown) => objectsIn(value).flatMap((each) => (typeof each.text === 'string' ? [each.text] : []))

describe('inline parts', () => {
  it('are runs of rich text, which Teams never parses', () => {
    const parts = [
      strong('Level 3'),
      words(' *x* <b> '),
      { kind: 'text', text: 'kubectl', code: true } as const,
      { kind: 'text', text: ' now', emphasis: true } as const,
    ]
    expect(cardOf(text(...parts))).toEqual([
      {
        type: 'RichTextBlock',
        inlines: [run('Level 3', { weight: 'Bolder' }), run(' *x* <b> '), run('kubectl', { fontType: 'Monospace' }), run(' now', { italic: true })],
      },
    ])
  })

  it('are Markdown where a link is among them, in which nothing else acts', () => {
    const parts = [strong('Level 3'), words(' *x* [y](z) '), { kind: 'link', label: 'the [page]', url: 'https://example.com/(a)?b=c' } as const]
    expect(cardOf(text(...parts))).toEqual([{ type: 'TextBlock', text: '**Level 3** ∗x∗ [y]（z) [the ［page］](https://example.com/%28a%29?b=c)', wrap: true }])
    const [part] = cardOf(text({ kind: 'link', label: 'run', url: 'javascript:x' }))
    expect(part).toEqual({ type: 'RichTextBlock', inlines: [run('run')] })
  })

  it('of several lines are one element each, apart where a blank line was', () => {
    expect(cardOf(text('One\nTwo\n\nThree'))).toEqual([
      { type: 'RichTextBlock', inlines: [run('One')] },
      { type: 'RichTextBlock', inlines: [run('Two')], spacing: 'None' },
      { type: 'RichTextBlock', inlines: [run('Three')] },
    ])
  })

  it('show places by name and times in their zone, in words', () => {
    const at = '2026-12-24T16:00:00Z'
    const parts: Inline[] = [
      { kind: 'place', id: '19:x@thread.tacv2', name: 'Payments › General' },
      { kind: 'time', at, zone: 'Europe/Berlin', form: 'moment' },
      { kind: 'time', at, zone: 'Nowhere', form: 'day' },
      { kind: 'time', at: 'soon', zone: 'UTC', form: 'day' },
    ]
    expect(textsIn(cardOf(text(...parts)))).toEqual(['Payments › General', '24 December 2026 at 17:00 (Europe/Berlin)', '24 December 2026', 'soon'])
  })
})

describe('people', () => {
  it('are mentioned, two of one name apart', () => {
    const { card } = rendered([text(person(ADA), ' and ', person(BOB), ', ', person(ADA))])
    expect(textsIn(card?.body)).toEqual(['<at>Ada Lovelace</at> and <at>Ada Lovelace (2)</at>, <at>Ada Lovelace</at>'])
    expect(card?.msteams.entities).toEqual([
      { type: 'mention', text: '<at>Ada Lovelace</at>', mentioned: { id: ADA, name: 'Ada Lovelace' } },
      { type: 'mention', text: '<at>Ada Lovelace (2)</at>', mentioned: { id: BOB, name: 'Ada Lovelace (2)' } },
    ])
  })

  it('are only named where they read it anyway, and where nobody knows them', () => {
    const { card } = rendered([text(person(ADA), ' and ', person('29:other'), person('<at>x</at>'))], { conversation: 'personal' })
    expect(textsIn(card?.body)).toEqual(['Ada Lovelace', ' and ', 'somebody', 'somebody'])
    expect(card?.msteams.entities).toBeUndefined()
  })

  it('are found in everything that is said', () => {
    const blocks: Block[] = [
      text(person('a')),
      { kind: 'list', items: [[person('b'), person('a')]] },
      { kind: 'option', parts: [person('c')], button: button('x') },
      { kind: 'note', parts: [person('d')] },
      { kind: 'quote', parts: [person('e')] },
    ]
    expect(peopleIn(blocks)).toEqual(['a', 'b', 'c', 'd', 'e'])
  })
})

describe('a card', () => {
  it('has headings, quotes, notes and lists', () => {
    expect(cardOf({ kind: 'heading', text: 'Level 3\n*now*' })).toEqual([
      { type: 'TextBlock', text: 'Level 3 ∗now∗', wrap: true, size: 'Medium', weight: 'Bolder', style: 'heading' },
    ])
    expect(cardOf({ kind: 'quote', parts: [words('Said.')] })).toEqual([
      { type: 'Container', style: 'emphasis', items: [{ type: 'RichTextBlock', inlines: [run('Said.')] }] },
    ])
    expect(cardOf({ kind: 'note', parts: [words('Small.')] })).toEqual([{ type: 'RichTextBlock', inlines: [run('Small.', { size: 'Small', isSubtle: true })] }])
    expect(textsIn(cardOf({ kind: 'list', items: [[words('One')], [], [words('Two')]] }))).toEqual(['• ', 'One', '• ', 'Two'])
    expect(textsIn(cardOf({ kind: 'list', items: [[words('One')], [words('Two')]], ordered: true }))).toEqual(['1.', ' ', 'One', '2.', ' ', 'Two'])
  })

  it('draws a line with what stands below it', () => {
    expect(cardOf({ kind: 'divider' }, text('One'), { kind: 'divider' }, { kind: 'divider' }, text('Two'), { kind: 'divider' })).toEqual([
      { type: 'RichTextBlock', inlines: [run('One')] },
      { type: 'RichTextBlock', inlines: [run('Two')], separator: true, spacing: 'Medium' },
    ])
  })

  it('shows an option in full, with its button', () => {
    expect(cardOf({ kind: 'option', parts: [strong('Level 3'), words(': kube_config')], button: button('Pick') })).toEqual([
      {
        type: 'Container',
        items: [
          { type: 'RichTextBlock', inlines: [run('Level 3', { weight: 'Bolder' }), run(': kube_config')] },
          { type: 'ActionSet', actions: [execute('Pick')], spacing: 'Small' },
        ],
      },
    ])
  })

  it('has a table of its own, or a line for each row of a large one', () => {
    const table: Block = { kind: 'table', caption: 'Levels', head: ['Section', 'Level'], rows: [['Build', '3'], ['Run']] }
    const [caption, own] = cardOf(table)
    expect(textsIn(caption)).toEqual(['Levels'])
    expect(own).toMatchObject({ type: 'Table', columns: [{ width: 1 }, { width: 1 }], rows: [{}, {}, {}] })
    expect(textsIn(own)).toEqual(['Section', 'Level', 'Build', '3', 'Run', '–'])
    const large = cardOf({ ...table, rows: Array.from({ length: 40 }, (_, i) => [`S${i}`, '1']) })
    expect(large[1]).toMatchObject({ type: 'RichTextBlock', inlines: [{ text: 'S0', weight: 'Bolder' }, { text: ' – Level: 1' }] })
  })

  it('shows a picture small enough for Teams, with its words for who can not see it', () => {
    const drawn = radar({ title: 'Payments', levels: 4, levelNames: ['Provisional'], axes: [1, 2, 3].map((value) => ({ label: `A${value}`, value })) })
    const picture = { title: 'Radar', alt: 'Build 3, Run 2.', file: 'radar.png', png: () => drawn.png('light') }
    expect(drawn.png('light').readUInt32BE(16)).toBeGreaterThan(1024)
    const [image] = cardOf({ kind: 'picture', picture })
    expect(image).toMatchObject({ type: 'Image', altText: 'Build 3, Run 2.', msteams: { allowExpand: true } })
    expect((image as { url: string }).url).toMatch(/^data:image\/png;base64,/)
  })

  it('says in words what a picture shows that there is no room for', () => {
    const picture = { title: 'Radar', alt: 'Build 3, Run 2.', file: 'radar.png', png: () => Buffer.alloc(0) }
    expect(textsIn(cardOf({ kind: 'picture', picture }))).toEqual(['Radar: Build 3, Run 2.'])
  })

  it('has no more buttons in a row than Teams shows', () => {
    const rows = cardOf({ kind: 'buttons', items: Array.from({ length: 8 }, (_, i) => button(`B${i}`)) })
    expect(rows.map((row) => (row as { actions: unknown[] }).actions.length)).toEqual([6, 2])
  })

  it('asks first where it should: the button opens the question with the real one under it', () => {
    const [row] = cardOf({ kind: 'buttons', items: [{ ...button('Delete'), style: 'danger', confirm: 'Delete all answers?' }] })
    expect(row).toEqual({
      type: 'ActionSet',
      actions: [
        {
          type: 'Action.ShowCard',
          title: 'Delete',
          style: 'destructive',
          card: {
            type: 'AdaptiveCard',
            body: [
              { type: 'RichTextBlock', inlines: [run('Delete all answers?')] },
              { type: 'ActionSet', actions: [{ ...execute('Delete'), style: 'destructive' }] },
            ],
          },
        },
      ],
    })
  })

  it('has menus with a button that takes what is chosen, each under its own name', () => {
    const menu = (label: string) =>
      ({
        kind: 'menu',
        label,
        options: [
          { label: 'One', press },
          { label: 'Same', press },
          { label: 'Two', press: { on: 'c.d' } },
        ],
      }) as const
    const elements = cardOf({ kind: 'buttons', items: [button('Before'), menu('Team'), menu('Model')] })
    expect(elements.map((each) => ('id' in each ? each.id : each.type))).toEqual(['ActionSet', 'menu:1', 'ActionSet', 'menu:2', 'ActionSet'])
    expect(elements[1]).toMatchObject({
      label: 'Team',
      value: '["a.b",{"id":"x"}]',
      choices: [
        { title: 'One', value: '["a.b",{"id":"x"}]' },
        { title: 'Two', value: '["c.d"]' },
      ],
    })
    expect(elements[4]).toMatchObject({ actions: [{ title: 'Choose', data: { menu: 'menu:2' }, associatedInputs: 'auto' }] })
  })

  it('names the buttons that there is no room for', () => {
    const far = { on: 'a.b', with: { x: 'x'.repeat(2500) } }
    const elements = cardOf({ kind: 'buttons', items: [button('Near'), { kind: 'button', label: 'Far', press: far }] })
    expect(elements[0]).toMatchObject({ actions: [{ title: 'Near' }] })
    expect(textsIn(elements)).toEqual(['Teams has no room for this: Far.'])
  })

  it('asks for a vote with two buttons', () => {
    expect(cardOf(text('No.'), { kind: 'feedback', answer: 'a1' })[1]).toMatchObject({
      actions: [
        { title: 'Helpful', verb: 'ask.vote', data: { press: { on: 'ask.vote', with: { answer: 'a1', vote: 'up' } } } },
        { title: 'Not helpful', data: { press: { with: { vote: 'down' } } } },
      ],
    })
  })

  it('of a reply without anything to show is its summary', () => {
    expect(textsIn(cardOf())).toEqual(['Summary'])
    expect(renderReply({ summary: ' ', blocks: [text('')] }, { conversation: 'personal' })).toMatchObject({
      summary: '…',
      card: { body: [{ inlines: [{ text: '…' }] }] },
    })
  })
})

describe('an answer', () => {
  const source = (n: number): Source => ({
    n,
    title: `Passage ${n}`,
    quote: `Sentence ${n}.`,
    url: `https://example.com/${n}`,
    open: { on: 'passage.open', with: { passage: `p${n}` } },
  })
  const numbers = (count: number) => Array.from({ length: count }, (_, i) => i + 1)
  /** What tells an answer from everything else that has sources. */
  const asked: Block = { kind: 'feedback', answer: 'a1' }
  const answer = (count: number, ...more: Block[]): Block[] => [
    { kind: 'heading', text: 'Releases' },
    text(
      `They are automated ${numbers(count)
        .map((n) => `[${n}]`)
        .join('')}.`,
    ),
    { kind: 'sources', items: numbers(count).map(source) },
    ...more,
    asked,
  ]

  it('is a text with citations, the label and the thumbs of Teams, and a card that opens the passages', () => {
    const reply = rendered(answer(1, { kind: 'note', parts: [words('Written by x.')] }, { kind: 'buttons', items: [button('Share')] }))
    expect(reply).toMatchObject({
      text: '**Releases**\n\nThey are automated [1].\n\nWritten by x.',
      channelData: { feedbackLoopEnabled: true },
      feedback: 'a1',
    })
    expect(reply.entities).toEqual([
      {
        type: 'https://schema.org/Message',
        '@type': 'Message',
        '@context': 'https://schema.org',
        '@id': '',
        additionalType: ['AIGeneratedContent'],
        citation: [
          {
            '@type': 'Claim',
            position: 1,
            appearance: { '@type': 'DigitalDocument', name: 'Passage 1', abstract: 'Sentence 1.', url: 'https://example.com/1' },
          },
        ],
      },
    ])
    expect(reply.card?.body).toMatchObject([
      { type: 'TextBlock', text: '[1] Passage 1: “Sentence 1.” [example.com](https://example.com/1)' },
      { type: 'ActionSet', actions: [{ title: '[1]', verb: 'passage.open', tooltip: 'Open passage 1: Passage 1' }] },
      { type: 'ActionSet', actions: [{ title: 'Share' }] },
    ])
  })

  it('is sent as two messages, since Teams would split one', () => {
    const [said, shown, ...others] = activitiesOf(rendered(answer(1)))
    expect(others).toEqual([])
    expect(Object.keys(said ?? {})).toEqual(['type', 'text', 'textFormat', 'entities', 'channelData'])
    expect(shown).toMatchObject({ summary: 'Sources', attachments: [{ contentType: 'application/vnd.microsoft.card.adaptive' }] })
    expect(shown?.text).toBeUndefined()
  })

  it('cites at most ten, only what the text names; all are listed, many of them in a menu', () => {
    const reply = rendered(answer(12))
    expect(reply.entities).toMatchObject([{ citation: numbers(10).map((position) => ({ position })) }])
    expect(textsIn(reply.card?.body).filter((each) => each.startsWith('['))).toHaveLength(12)
    expect(objectsIn(reply.card?.body).find(({ type }) => type === 'Input.ChoiceSet')).toMatchObject({ label: 'Open a passage', choices: { length: 12 } })
    const unnamed = rendered([text('Nothing is cited.'), { kind: 'sources', items: [source(1)] }, asked])
    expect(unnamed.entities).toEqual([expect.not.objectContaining({ citation: expect.anything() as unknown })])
  })

  it('shortens the names and sentences of its citations, and opens nothing but web pages', () => {
    const long = { ...source(1), title: 'Name '.repeat(50), quote: 'Words '.repeat(100), url: 'javascript:x' }
    const [entity] = rendered([text('x [1]'), { kind: 'sources', items: [long] }, asked]).entities
    const [claim] = (entity as { citation: { appearance: Record<string, string> }[] }).citation
    expect(claim?.appearance.name).toMatch(/^Name .*…$/)
    expect(claim?.appearance.abstract).toMatch(/^Words .*…$/)
    expect(claim?.appearance).not.toHaveProperty('url')
  })

  it('keeps the ends of long titles, which tell passages apart', () => {
    const title = 'Cloud Native Maturity Model › Process › Software integration and release operations › Level 3: Scale'
    const [entity] = rendered([text('x [1]'), { kind: 'sources', items: [{ ...source(1), title }] }, asked]).entities
    expect(entity).toMatchObject({ citation: [{ appearance: { name: 'Cloud Native Maturity Model › … › Level 3: Scale' } }] })
  })

  it('mentions people in its text', () => {
    const reply = rendered([text('Asked by ', person(ADA), ' [1]'), { kind: 'sources', items: [source(1)] }, asked])
    expect(reply.text).toBe('Asked by <at>Ada Lovelace</at> [1]')
    expect(reply.entities[1]).toMatchObject({ type: 'mention', mentioned: { id: ADA } })
  })

  it('keeps lists and quotes, in forms that every client shows', () => {
    const blocks: Block[] = [
      { kind: 'list', items: [[words('One [1]')], [words('Two')]], ordered: true },
      { kind: 'quote', parts: [words('Said.\nTwice.')] },
    ]
    expect(rendered([...blocks, { kind: 'sources', items: [source(1)] }, asked]).text).toBe('**1.** One [1]\n\n**2.** Two\n\n> Said.\n\n> Twice.')
  })

  it('is nothing that merely has sources, such as results: one card in its order, without the label', () => {
    const results: Block[] = [
      { kind: 'heading', text: 'Payments' },
      { kind: 'table', caption: 'Levels', head: ['Section', 'Level'], rows: [['Build', '3']] },
      text('Next: automate [1].'),
      { kind: 'sources', items: [source(1)] },
      { kind: 'buttons', items: [button('Share')] },
    ]
    const reply = rendered(results)
    expect(reply).toMatchObject({ text: '', entities: [] })
    expect(reply.channelData).toBeUndefined()
    expect(activitiesOf(reply)).toMatchObject([{ summary: 'Summary' }])
    const said = textsIn(reply.card?.body)
    const at = ['Payments', 'Levels', 'Next: automate [1].', '[1] Passage 1'].map((start) => said.findIndex((each) => each.startsWith(start)))
    expect(at).not.toContain(-1)
    expect(at).toEqual(at.toSorted((a, b) => a - b))
  })

  it('is one card where only a card can stand', () => {
    const reply = rendered(answer(1), { citations: false })
    expect(reply).toMatchObject({ text: '', entities: [] })
    expect(textsIn(reply.card?.body).slice(0, 2)).toEqual(['Releases', 'They are automated [1].'])
    expect(JSON.stringify(reply.card)).toContain('Not helpful')
  })

  it.each(HOSTILE)('says what is hostile as it is: %j', (hostile) => {
    const link: Inline = { kind: 'link', label: hostile, url: 'https://example.com/' }
    const blocks: Block[] = [
      text(hostile, link, hostile),
      { kind: 'list', items: [[words(hostile)]] },
      { kind: 'note', parts: [words(hostile)] },
      { kind: 'sources', items: [{ ...source(1), title: hostile, quote: hostile }] },
      { kind: 'buttons', items: [{ kind: 'menu', label: hostile, options: [{ label: hostile, press }] }] },
    ]
    const reply = rendered([text('x [1]'), ...blocks, asked])
    const parsed = [reply.text, ...textsIn(objectsIn(reply.card).filter(({ type }) => type === 'TextBlock'))]
    const links = formattedIn(parsed.join('\n\n'))
    expect(links.map(({ kind, url }) => [kind, new URL(url ?? '').hostname])).toEqual(links.map(() => ['link', 'example.com']))
    expect(links.length).toBe(2)
  })
})

describe('a reply that Teams has no room for', () => {
  it('becomes shorter at its end, says so, and keeps its buttons', () => {
    const body = cardOf(...Array.from({ length: 300 }, (_, i) => text(`Paragraph ${i} of many.`)), { kind: 'buttons', items: [button('Next')] })
    expect(body.at(-1)).toMatchObject({ type: 'ActionSet' })
    expect(textsIn(body).at(-1)).toMatch(/^… and \d+ more parts: Teams has no room for all of it here\.$/)
    expect(body.length).toBeGreaterThan(100)
  })

  it('counts what is missing of lists, sources and menus', () => {
    const list = textsIn(cardOf({ kind: 'list', items: Array.from({ length: 300 }, (_, i) => [words(`Item ${i} of the long list of things to do`)]) }))
    expect(list.find((each) => each.startsWith('… and'))).toMatch(/^… and \d+ more$/)
    const options = Array.from({ length: 300 }, (_, i) => ({ label: `Option ${i}`, press: { on: 'a.b', with: { i } } }))
    const menu = cardOf({ kind: 'buttons', items: [{ kind: 'menu', label: 'Team', options }] })
    const { choices } = menu[0] as { choices: unknown[] }
    expect(choices.length).toBeGreaterThan(100)
    expect(textsIn(menu)[0]).toBe(`… and ${300 - choices.length} more`)
  })

  it('in scripts that take more bytes becomes shorter sooner', () => {
    const shown = textsIn(cardOf(text('漢字を書きます。'.repeat(3_000)))).join('')
    expect(Buffer.byteLength(shown)).toBeGreaterThan(20_000)
    expect(shown).toMatch(/Teams has no room for all of it here/)
  })

  it('as an answer is cut at the end of a sentence', () => {
    const source = { n: 1, title: 'T', quote: 'Q.', url: '', open: press }
    const { text: said } = rendered([
      text('A sentence of the answer [1]. '.repeat(2_000)),
      { kind: 'sources', items: [source] },
      { kind: 'feedback', answer: 'a1' },
    ])
    expect(said).toMatch(/answer \[1\]\. …\n\nThere is more: Teams has no room for all of it here\.$/)
    expect(said.length).toBeGreaterThan(11_000)
  })
})
