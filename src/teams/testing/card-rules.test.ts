import { describe, expect, it } from 'vitest'
import { cardFaults, messageFaults } from './card-rules.ts'

const base = { type: 'AdaptiveCard', version: '1.5' }
const execute = { type: 'Action.Execute', title: 'Go', verb: 'go', data: { k: 1 } }
const words = { type: 'TextBlock', text: 'Words', wrap: true }
const input = { type: 'Input.Text', id: 'a', label: 'A' }
const choices = { type: 'Input.ChoiceSet', id: 'a', label: 'A', choices: [{ title: 'A', value: 'a' }] }
const png = (side: number) => {
  const header = Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex')
  const sides = Buffer.alloc(8)
  sides.writeUInt32BE(side, 0)
  sides.writeUInt32BE(side, 4)
  return `data:image/png;base64,${Buffer.concat([header, sides]).toString('base64')}`
}
const image = { type: 'Image', url: png(100), altText: 'A picture' }
const mention = { type: 'mention', text: '<at>Ada</at>', mentioned: { id: '29:1', name: 'Ada' } }
const card = (...body: unknown[]) => ({ ...base, body })
const textRun = (text: string) => ({ type: 'RichTextBlock', inlines: [{ type: 'TextRun', text }] })

describe('a card that Teams takes', () => {
  it.each([
    card(words),
    card(textRun('<b>*Words*</b>')),
    card({ type: 'ActionSet', actions: [execute] }),
    card({ type: 'ActionSet', actions: [{ type: 'Action.ShowCard', title: 'More', card: { type: 'AdaptiveCard', body: [words] } }] }),
    card({ type: 'Table', columns: [{ width: 1 }], rows: [{ type: 'TableRow', cells: [{ type: 'TableCell', items: [words] }] }] }),
    card({ ...choices, choices: [], 'choices.data': { type: 'Data.Query', dataset: 'graph.microsoft.com/users' }, isMultiSelect: true, value: '29:1,29:2' }),
    card(image),
    { ...card({ ...words, text: 'Hello <at>Ada</at>' }), msteams: { entities: [mention] } },
    { ...card(words), refresh: { action: execute, userIds: ['29:1'] } },
    // Pictures don't count.
    card({ ...image, url: `data:image/png;base64,${'A'.repeat(40_000)}` }),
  ])('has no faults: %#', (good) => {
    expect(cardFaults(good)).toEqual([])
  })
})

describe('a card that Teams does not take', () => {
  it.each<[unknown, RegExp]>([
    ['card', /no Adaptive Card/],
    [{ type: 'Card' }, /no Adaptive Card/],
    [{ ...card(words), version: '1.6' }, /version 1\.6/],
    [{ type: 'AdaptiveCard', body: [words] }, /version undefined/],
    [card(), /body is empty/],
    [card({ ...words, text: 'x'.repeat(14_000) }), /bytes in UTF-16/],
    [card({ ...words, text: '漢'.repeat(9_500) }), /bytes in UTF-8/],
    [card({ ...words, text: '' }), /TextBlock has no text/],
    [card({ ...words, bogus: 1 }), /TextBlock has no bogus/],
    [card({ ...words, size: 'Huge' }), /adaptivecards: InvalidPropertyValue/],
    [card({ type: 'Carousel', pages: [] }), /adaptivecards: UnknownElementType/],
    [card({ ...words, text: 'On {{DATE(2026-12-24T17:00:00Z)}}' }), /filled in as a template/],
    [card(textRun('\u0024{x}')), /filled in as a template/],
    [card({ ...words, text: 'a\ud800' }), /half a character/],
    [card({ type: 'ActionSet', actions: Array.from({ length: 7 }, () => execute) }), /7 actions, at most 6/],
    [card({ type: 'ActionSet', actions: [] }), /ActionSet has no actions/],
    [card({ type: 'ActionSet', actions: [{ ...execute, verb: undefined }] }), /has no verb/],
    [card({ type: 'ActionSet', actions: [{ ...execute, data: 'x' }] }), /carries no data/],
    [card({ type: 'ActionSet', actions: [{ ...execute, title: ' ' }] }), /has no title/],
    [card({ type: 'ActionSet', actions: [{ type: 'Action.OpenUrl', title: 'x', url: 'javascript:x' }] }), /must open a web page/],
    [card(input, input), /the id a is there twice/],
    [card({ ...input, label: undefined }), /has no label/],
    [card({ ...input, isRequired: true }), /without an errorMessage/],
    [card({ ...input, maxLength: 2, value: 'abc' }), /begins too long/],
    [card({ type: 'Input.Date', id: 'a', label: 'A', value: 'soon' }), /begins with no date/],
    [card({ ...choices, choices: [] }), /has no choices/],
    [card({ ...choices, value: 'b' }), /begins with what is no choice/],
    [card({ ...choices, choices: [...choices.choices, ...choices.choices] }), /two choices have one value/],
    [card({ ...choices, isMultiSelect: true, choices: [{ title: 'A', value: 'a,b' }] }), /has a comma/],
    [card({ ...choices, 'choices.data': { type: 'Data.Query', dataset: 'cities' } }), /what Teams does not know/],
    [card({ ...image, altText: '' }), /has no altText/],
    [card({ ...image, url: 'http://example.com/x.png' }), /https address/],
    [card({ ...image, url: png(2000) }), /more than 1024 pixels/],
    [card({ ...image, url: `data:image/png;base64,${'A'.repeat(1_500_000)}` }), /more than a megabyte/],
    [card({ ...words, text: 'Hello <at>Ada</at>' }), /mentions nobody/],
    [{ ...card(textRun('<at>Ada</at>')), msteams: { entities: [mention] } }, /in rich text mentions nobody/],
    [{ ...card(words), msteams: { entities: [mention] } }, /is not in the text/],
    [{ ...card(words), refresh: { action: execute, userIds: Array.from({ length: 61 }, String) } }, /more than 60/],
  ])('has a fault: %#', (bad, fault) => {
    expect(cardFaults(bad).join('\n')).toMatch(fault)
  })
})

describe('a message', () => {
  const claim = (position: number, more: object = {}) => ({
    '@type': 'Claim',
    position,
    appearance: { '@type': 'DigitalDocument', name: 'Name', abstract: 'Abstract', ...more },
  })
  const root = { type: 'https://schema.org/Message', '@type': 'Message', '@context': 'https://schema.org', '@id': '', additionalType: ['AIGeneratedContent'] }
  const said = (text: string, ...entities: unknown[]) => ({ type: 'message', text, entities })
  const attached = (...attachments: unknown[]) => ({ type: 'message', attachments })
  const suggesting = { suggestedActions: { actions: [{ type: 'imBack', title: 'Ask', value: 'ask' }] } }

  it.each([
    said('Words.'),
    said('It is so [1][2].', { ...root, citation: [claim(1), claim(2, { url: 'https://example.com/', keywords: ['a'] })] }),
    said('Hello <at>Ada</at>', mention),
    { ...said('Words.'), channelData: { feedbackLoopEnabled: true } },
    { ...said('Words.'), ...suggesting, conversation: { conversationType: 'personal' } },
    attached({ contentType: 'application/vnd.microsoft.card.adaptive', content: card(words) }),
    attached({ contentType: 'image/png', contentUrl: 'data:image/png;base64,AAAA' }),
    {
      ...said('Words.', { type: 'streaminfo', streamType: 'final' }),
      attachments: [{ contentType: 'application/vnd.microsoft.card.adaptive', content: card(words) }],
    },
    { type: 'typing' },
  ])('that Teams takes has no faults: %#', (good) => {
    expect(messageFaults(good)).toEqual([])
  })

  it.each<[unknown, RegExp]>([
    [undefined, /no activity/],
    [{ type: 'message', text: ' ' }, /the message is empty/],
    [said('x'.repeat(40_001)), /bytes in UTF-16, at most 80000/],
    [attached({ contentType: 'image/png', contentUrl: `data:image/png;base64,${'A'.repeat(256_001)}` }), /bytes, at most 256000/],
    [{ ...said('x'), textFormat: 'html' }, /textFormat/],
    [{ ...said('x'), attachments: [{ contentType: 'application/vnd.microsoft.card.adaptive', content: card(words) }] }, /splits/],
    [attached({ contentType: 'application/vnd.microsoft.card.adaptive', content: card() }), /body is empty/],
    [attached({ contentType: 'text/html' }), /of the kind text\/html/],
    [attached({ contentType: 'image/png', contentUrl: 'http://x' }), /has no address/],
    [said('[1]', root, root), /more than one root message entity/],
    [said('[1]', { ...root, '@type': 'Massage' }), /no type or context/],
    [said('[1]', { ...root, '@id': 'x' }), /has an @id/],
    [said('[1]', { ...root, citations: [] }), /has no citations/],
    [said('[1]', { ...root, additionalType: ['Other'] }), /additionalType/],
    [said('[2]', { ...root, citation: [claim(1)] }), /citation 1 is not in the text/],
    [said('[1]', { ...root, citation: [claim(1), claim(1)] }), /one position/],
    [said('[1]', { ...root, citation: [{ position: 1 }] }), /not of the form/],
    [said('[1]', { ...root, citation: [claim(1, { name: 'x'.repeat(81) })] }), /name of at most 80/],
    [said('[1]', { ...root, citation: [claim(1, { abstract: '' })] }), /abstract of at most 160/],
    [said('[1]', { ...root, citation: [claim(1, { url: 'data:x' })] }), /must open a web page/],
    [said('[1]', { ...root, citation: [claim(1, { keywords: ['a', 'b', 'c', 'd'] })] }), /keywords/],
    [
      said(Array.from({ length: 11 }, (_, i) => `[${i + 1}]`).join(''), { ...root, citation: Array.from({ length: 11 }, (_, i) => claim(i + 1)) }),
      /11 citations/,
    ],
    [said('Hello Ada', mention), /is not in the text/],
    [said('Hello <at>Ada</at>'), /mentions nobody/],
    [said('Hello <at>Ada</at>', { ...mention, mentioned: { id: '' } }), /names nobody/],
    [{ ...said('x'), channelData: { feedbackLoopEnabled: 'yes' } }, /feedbackLoopEnabled/],
    [{ ...said('x'), channelData: { feedbackLoop: { type: 'own' } } }, /feedbackLoop is unknown/],
    [{ ...said('x'), suggestedActions: { actions: Array.from({ length: 4 }, () => ({ type: 'imBack', title: 'a', value: 'a' })) } }, /4 suggested actions/],
    [{ ...said('x'), suggestedActions: { actions: [{ type: 'openUrl', title: 'a', value: 'a' }] } }, /imBack/],
    [{ ...attached({ contentType: 'image/png', contentUrl: 'https://x/' }), ...suggesting }, /not shown beneath a card/],
    [{ ...said('x'), ...suggesting, conversation: { conversationType: 'channel' } }, /in personal chats only/],
  ])('that Teams does not take has a fault: %#', (bad, fault) => {
    expect(messageFaults(bad).join('\n')).toMatch(fault)
  })
})
