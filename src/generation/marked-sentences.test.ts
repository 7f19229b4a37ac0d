import { describe, expect, it } from 'vitest'
import { createSentenceReader, type MarkedSentence } from './marked-sentences.ts'

const read = (text: string, size = Number.POSITIVE_INFINITY, isWhole = true): MarkedSentence[] => {
  const reader = createSentenceReader()
  const characters = [...text]
  const sentences: MarkedSentence[] = []
  for (let at = 0; at < characters.length; at += size) sentences.push(...reader.push(characters.slice(at, at + size).join('')))
  return [...sentences, ...reader.end(isWhole)]
}
const said = (text: string) => read(text).map((sentence) => sentence.text)
const cited = (text: string) => read(text).map(({ text: own, markers }) => [own, markers.join(' ')])

describe('a marker', () => {
  it.each([
    ['Images are scanned [1].', '1'],
    ['Images are scanned. [1]', '1'],
    ['Images are scanned.[1][2]', '1 2'],
    ['Images are scanned [1, 2] [3; 4].', '1 2 3 4'],
    ['Images are scanned [2-4].', '2 3 4'],
    ['Images are scanned [1 and 3].', '1 3'],
    ['Images are scanned [^1].', '1'],
    ['Images are scanned 【1】.', '1'],
    ['Images are scanned【3:1†source】.', '3'],
    ['Images are scanned ［2］.', '2'],
    ['Images are scanned [1†source].', '1'],
    ['Images are scanned (2).', '2'],
    ['Images are scanned. (2)', '2'],
    ['Images are scanned [1] (2) [3].', '1 2 3'],
    ['Images are scanned [passage 2: Security].', '2'],
    ['Images are scanned [sources 1 and 2].', '1 2'],
    ['Images are scanned [ref. 4] [no. 5] [#6] [+7] [ 8 ] [09].', '4 5 6 7 8 9'],
    ['Images are scanned [[1]].', '1'],
    ['Images are scanned [1][.', '1'],
    ['Images are scanned [1](https://evil.example/1).', '1'],
    ['Images are scanned<sup>1</sup> <sup>[2]</sup>.', '1 2'],
    ['Images are scanned (see [1]).', '1'],
    ['[1] Images are scanned.', '1'],
    ['Images are scanned [0] [1000] [5-2].', '0 5'],
  ])('is read and taken off: %s', (text, markers) => {
    expect(cited(text)).toEqual([['Images are scanned.', markers]])
  })

  it('that counts dozens names ten at most, and one above 99 names none of a hundred', () => {
    expect(read('Images are scanned [1-80].')[0]?.markers).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10])
    expect(read('Images are scanned [412].')[0]?.markers).toEqual([99])
  })

  it.each(['There are (2) ways to do it.', 'In the year 2021 it was new.', 'A list [with words] stays.'])('is not seen where there is none: %s', (text) => {
    expect(cited(text)).toEqual([[text, '']])
  })

  it('belongs to the sentence before it, behind the full stop too', () => {
    expect(cited('Teams test. [1] They also scan. [2][3] They rest.')).toEqual([
      ['Teams test.', '1'],
      ['They also scan.', '2 3'],
      ['They rest.', ''],
    ])
  })

  it.each([
    'Images are scanned [',
    'Images are scanned [1',
    'Images are scanned [1, ',
    'Images are scanned [see](https://evil.exa',
    'Images are scanned ![x',
  ])('that is cut in half leaves nothing behind: %s', (text) => {
    expect(said(`Teams test [1]. ${text}`)).toEqual(['Teams test.', 'Images are scanned.'])
  })

  it('can not be forged with private characters, nor hidden between invisible ones', () => {
    expect(cited('Teams\uE001 test. Ima\u200bges are \u202escanned [2\u200b].')).toEqual([
      ['Teams test.', ''],
      ['Images are scanned.', '2'],
    ])
  })
})

describe('a sentence', () => {
  it('is plain text, whatever Markdown it was written in', () => {
    expect(said('**Teams** _test_ `their`  [changes](https://evil.example). ![chart](https://evil.example/x.png?q=1)')).toEqual(['Teams test their changes.'])
    expect(said('**Teams test. They scan.** And rest.')).toEqual(['Teams test.', 'They scan.', 'And rest.'])
    expect(said('> Teams test.\n> They scan.')).toEqual(['Teams test.', 'They scan.'])
  })

  it('has no tags, scripts, comments or mentions, and nothing that was thought aloud', () => {
    expect(said('<b>Teams</b> <!-- note --> test<br/>. <script>alert(1). Two.</script><img src=x onerror=alert(1)> They scan.')).toEqual([
      'Teams test.',
      'They scan.',
    ])
    expect(said('<!channel> Teams test. <@U012AB3CD> They scan <https://evil.example|here>.')).toEqual(['Teams test.', 'They scan.'])
    expect(said('<think>Let me see.\n\nPassage 1 says so.</think>Teams test.')).toEqual(['Teams test.'])
    expect(said('Teams test. <script>alert(1). And so on.')).toEqual(['Teams test.'])
    expect(said('Teams test &lt;script&gt;alert(1)&lt;/script&gt; early.').join()).not.toMatch(/[<>]/)
  })

  it('is not cut at an abbreviation or a decimal, and less-than is no tag', () => {
    expect(said('Tools, e.g. Trivy, scan 3.5 images in < 200 s. It runs vs. weekly.')).toEqual([
      'Tools, e.g. Trivy, scan 3.5 images in < 200 s.',
      'It runs vs. weekly.',
    ])
  })

  it('gets the full stop that it lacks', () => {
    expect(said('- Teams test\n- They scan;\n\nAnd rest')).toEqual(['Teams test.', 'They scan.', 'And rest.'])
  })

  it('may end as Chinese and Japanese do', () => {
    expect(cited('镜像被扫描[1]。网络受限。[2]最后[3]')).toEqual([
      ['镜像被扫描。', '1'],
      ['网络受限。', '2'],
      ['最后.', '3'],
    ])
  })

  it('that was not finished is left out when the answer was cut short', () => {
    expect(read('Teams test [1]. They scan every im', 5, false).map((each) => each.text)).toEqual(['Teams test.'])
    expect(read('Teams test [1]. They scan. [', 5, false).map((each) => each.text)).toEqual(['Teams test.', 'They scan.'])
    expect(read('- Teams test\n- They sc', 5, false).map((each) => each.text)).toEqual(['Teams test.'])
  })
})

describe('a block', () => {
  const starts = (text: string) => read(text).map(({ text: own, startsBlock }) => (startsBlock ? `¶ ${own}` : own))

  it('is a paragraph or a list item; a line break alone begins none', () => {
    expect(starts('Teams test. They scan.\nThey rest.\n\nThey plan.\r\n\r\n1. They build.\n2) They ship. They watch.\n* They mend.')).toEqual([
      '¶ Teams test.',
      'They scan.',
      'They rest.',
      '¶ They plan.',
      '¶ They build.',
      '¶ They ship.',
      'They watch.',
      '¶ They mend.',
    ])
  })

  it('of headings, rules and code is no text', () => {
    expect(
      said('# Answer\n\nTeams test [1].\n\n---\n\n**Level 2**\n\n```yaml\nkind: Pod [1]\n\nmore: yes\n```\nThey scan [2].\n~~~\nnever closed. Really.'),
    ).toEqual(['Teams test.', 'They scan.'])
  })

  it('of a table is a sentence a row', () => {
    expect(cited('Before [1].\n\n| Level | What |\n|---|---|\n| two | policies | limits [2] |\n| three | scans [3] |\n\nAfter [1].')).toEqual([
      ['Before.', '1'],
      ['Level: What.', ''],
      ['two: policies, limits.', '2'],
      ['three: scans.', '3'],
      ['After.', '1'],
    ])
  })
})

describe('the stream', () => {
  const PIECES = [
    ...[
      'One thing is so',
      'Two. ',
      'e.g. ',
      'level 3. ',
      '12 teams',
      '[1]',
      '[2',
      '(1)',
      ' ',
      '\n',
      '\n\n',
      '- ',
      '1. ',
      '**',
      '_',
      '```\n',
      '~~~\n',
      '<b>',
      '</b>',
    ],
    ...[
      '<script>',
      '</script>',
      '<think>',
      '<',
      '](https://a.b/c)',
      '|',
      '|---|\n',
      '# ',
      '> ',
      '。',
      '这是',
      '!',
      '"',
      'U.S. ',
      '3.5',
      '; ',
      '\r\n',
      '【3†source】',
    ],
    ...['[1-3]', '<!channel>', '(see ', '🪨', '\\', '&lt;', '---\n', 'Then more is said.'],
  ]
  /** Always the same: a test that fails today fails tomorrow. */
  function randomTexts(count: number): string[] {
    let seed = 42
    const next = (below: number) => {
      seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0
      return Math.floor((seed / 2 ** 32) * below)
    }
    return Array.from({ length: count }, () => Array.from({ length: 2 + next(12) }, () => PIECES[next(PIECES.length)]).join(''))
  }

  it('gives the same sentences in whatever pieces it comes', () => {
    for (const text of randomTexts(400)) {
      const whole = read(text)
      for (const size of [1, 2, 7]) expect(read(text, size), `${JSON.stringify(text)} in pieces of ${size}`).toEqual(whole)
    }
  })

  it('gives a sentence out as soon as the next one begins', () => {
    const reader = createSentenceReader()
    expect(reader.push('Teams test [1].')).toEqual([])
    expect(reader.push(' [2] ')).toEqual([])
    expect(reader.push('They')).toEqual([{ text: 'Teams test.', markers: [1, 2], startsBlock: true }])
    expect(reader.push(' scan')).toEqual([])
    expect(reader.end()).toEqual([{ text: 'They scan.', markers: [], startsBlock: false }])
  })

  it('has nothing in it where nothing comes', () => {
    expect(read('')).toEqual([])
    expect(read(' \n\n [1] … \n```\n', 1)).toEqual([])
  })
})
