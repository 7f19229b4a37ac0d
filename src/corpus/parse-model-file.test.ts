import { describe, expect, it } from 'vitest'
import { type ModelFile, parseModelFile } from './parse-model-file.ts'

const HEAD = `id: acme
title: Acme Model
author: Ann
version: 1
url: https://acme.example/model
license: our own
levels: [Start, Grow, Thrive]
`

function parse(body: string, { head = HEAD, more = '' }: { head?: string; more?: string } = {}): ModelFile {
  return parseModelFile(`---\n${head}${more}---\n\n${body}`, 'models/acme.md')
}

/** The line of the file on which `text` stands, counted from 1. */
function lineOf(text: string, body: string, more = ''): number {
  return `---\n${HEAD}${more}---\n\n${body}`.split('\n').findIndex((line) => line.includes(text)) + 1
}

describe('ids', () => {
  it('come from the words of the section heading, with the level last', () => {
    const { passages } = parse('## Release & Operations\n\nAn introduction.\n\n### Level 2: Pipelines\n\nText.\n')

    expect(passages.map(({ id, section, level }) => ({ id, section, level }))).toEqual([
      { id: 'acme/release-operations', section: 'release-operations', level: null },
      { id: 'acme/release-operations/2', section: 'release-operations', level: 2 },
    ])
  })

  it('keep a letter whose accent they drop', () => {
    expect(parse('## Café & Sécurité\n\nText.\n').passages[0]?.id).toBe('acme/cafe-securite')
  })

  it('are what the author writes in braces, which no title shows', () => {
    const [passage] = parse('## Culture and organization {#culture}\n\n### Level 1: Awareness\n\nText.\n').passages

    expect(passage?.id).toBe('acme/culture/1')
    expect(passage?.title).toBe('Acme Model › Culture and organization › Level 1: Awareness')
  })

  it('may hold a path of their own in braces', () => {
    expect(parse('## Tools {#stages/tools}\n\nText.\n').passages[0]?.id).toBe('acme/stages/tools')
  })

  it('begin with the dimension that the file holds', () => {
    const { passages } = parse('# Ways of working\n\n## Culture\n\n### Level 1: First\n\nText.\n', { more: 'dimension: Ways of Working\n' })

    expect(passages[0]?.id).toBe('acme/ways-of-working/culture/1')
    expect(passages[0]?.title).toBe('Acme Model › Ways of Working › Culture › Level 1: First')
  })

  it('must be given for a heading without Latin letters', () => {
    const body = '## 文化\n\nText.\n\n## 安全 {#security}\n\nText.\n'
    const { passages, problems } = parse(body)

    expect(problems).toEqual([
      { file: 'models/acme.md', line: lineOf('文化', body), reason: expect.stringContaining('has no id: add one, as in "## 文化 {#my-section}"') },
    ])
    expect(passages.at(-1)).toMatchObject({ id: 'acme/security', title: 'Acme Model › 安全' })
  })
})

describe('the title of a file', () => {
  it('opens an introduction of the dimension that the file holds', () => {
    const { passages, problems } = parse('# People\n\nPeople come first.\n\n## Culture\n\nText.\n', { more: 'dimension: People\n' })

    expect(problems).toEqual([])
    expect(passages[0]).toMatchObject({ id: 'acme/people', level: null, indicator: null, title: 'Acme Model › People', text: 'People come first.' })
  })

  it('takes no text in a file without dimension', () => {
    const body = '# Acme Model\n\nStray text.\n\n## Culture\n\nText.\n'
    const { passages, problems } = parse(body)

    expect(problems).toEqual([{ file: 'models/acme.md', line: lineOf('Stray', body), reason: 'text before the first heading belongs to no passage' }])
    expect(passages.map(({ id }) => id)).toEqual(['acme/culture'])
  })
})

describe('level headings', () => {
  it('take their name from the front matter when they are bare', () => {
    const { passages } = parse('## Culture\n\n### Level 2\n\nText.\n')

    expect(passages[0]).toMatchObject({ level: 2, heading: 'Level 2: Grow', title: 'Acme Model › Culture › Level 2: Grow' })
  })

  it('keep the name that they bring, also one that ends with a number', () => {
    const { passages } = parse('## Culture\n\n### Level 1: Awareness\n\nText.\n\n### Level 2: TLS 1.3\n\nText.\n')

    expect(passages.map(({ heading }) => heading)).toEqual(['Level 1: Awareness', 'Level 2: TLS 1.3'])
  })

  it('stay bare where the front matter only counts levels', () => {
    const { passages } = parse('## Culture\n\n### Level 3\n\nText.\n', { head: HEAD.replace('[Start, Grow, Thrive]', '3') })

    expect(passages[0]?.heading).toBe('Level 3')
  })

  it('use the word of the model', () => {
    const { passages, problems } = parse('## Stages\n\n### Stage 1\n\nText.\n', { more: 'levelWord: Stage\n' })

    expect(problems).toEqual([])
    expect(passages[0]).toMatchObject({ id: 'acme/stages/1', heading: 'Stage 1: Start' })
  })

  it.each([
    ['### Lvl 2: Odd', '"Lvl 2: Odd" is not a level: write "### Level 1: …"'],
    ['### Level two', '"Level two" is not a level: write "### Level 1: …"'],
    ['### Level 0', 'Level 0 does not exist: the front matter names 3'],
    ['### Level 4: Beyond', 'Level 4 does not exist: the front matter names 3'],
    ['#### Level 2', 'a heading of depth 4 is neither a section (##) nor a level (###)'],
  ])('out of form are reported, and their text goes to no other passage: %s', (heading, reason) => {
    const body = `## Culture\n\n### Level 1\n\nFirst.\n\n${heading}\n\nLost.\n\n### Level 3\n\nThird.\n`
    const { passages, problems } = parse(body)

    expect(problems).toEqual([{ file: 'models/acme.md', line: lineOf(heading, body), reason }])
    expect(passages.map(({ id, text }) => [id, text])).toEqual([
      ['acme/culture/1', 'First.'],
      ['acme/culture/3', 'Third.'],
    ])
  })

  it('before any section are reported', () => {
    expect(parse('### Level 1\n\nText.\n\n## Culture\n\nText.\n').problems).toEqual([
      { file: 'models/acme.md', line: 11, reason: 'a heading of depth 3 is neither a section (##) nor a level (###)' },
    ])
  })
})

describe('the text of a passage', () => {
  const textOf = (body: string) => parse(`## Culture\n\n${body}`).passages[0]?.text

  it('has its paragraphs parted by blank lines, without the author’s line wrapping', () => {
    expect(textOf('One long\nparagraph.\n\nAnother one.\n')).toBe('One long paragraph.\n\nAnother one.')
  })

  it('has list items on lines of their own', () => {
    expect(textOf('Two tools:\n\n- the first,\n  wrapped\n- the second\n')).toBe('Two tools:\n\n- the first, wrapped\n- the second')
    expect(textOf('1. the first\n2. the second\n')).toBe('- the first\n- the second')
  })

  it('is plain: marks, link targets and pictures are gone', () => {
    expect(textOf('Use **strong** `kubectl` and [GitOps](https://x.example) \\<pod\\>.\n')).toBe('Use strong kubectl and GitOps <pod>.')
  })

  it('never glues words of two lines or blocks together', () => {
    expect(textOf('A hard  \nbreak.\n')).toBe('A hard break.')
    expect(textOf('- outer\n  - inner\n')).toBe('- outer inner')
    expect(textOf('- first paragraph\n\n  second paragraph\n')).toBe('- first paragraph second paragraph')
    expect(textOf('> quoted\n>\n> twice\n')).toBe('quoted twice')
  })

  it('leaves out comments, and a heading with nothing else opens no passage', () => {
    expect(textOf('Said. <!-- unsaid -->\n\n<!-- also\nunsaid -->\n\nSaid again.\n')).toBe('Said.\n\nSaid again.')
    expect(parse('## Culture\n\n<!-- to be written -->\n\n### Level 1\n\nText.\n').passages.map(({ id }) => id)).toEqual(['acme/culture/1'])
  })

  it('begins with the indicator, if it has a level', () => {
    const { passages } = parse('## Culture\n\nNo indicator here.\n\n### Level 1\n\nTeams try e.g. containers. They learn.\n')

    expect(passages.map(({ indicator }) => indicator)).toEqual([null, 'Teams try e.g. containers.'])
  })

  it('ends before the cross-references', () => {
    const [passage] = parse('## Culture\n\nText.\n\nSee also: kmm/culture/1, cncf/people/culture/2.\n').passages

    expect(passage?.text).toBe('Text.')
    expect(passage?.seeAlso).toEqual(['kmm/culture/1', 'cncf/people/culture/2'])
  })

  it('knows no cross-references when none are written', () => {
    expect(parse('## Culture\n\nText.\n').passages[0]?.seeAlso).toEqual([])
  })
})

it('tells of each passage where it stands in the file and where the original is', () => {
  const body = '# Acme Model\n\n## Culture\n\n### Level 1\n\nText.\n'

  expect(parse(body).passages[0]).toMatchObject({ file: 'models/acme.md', line: lineOf('### Level 1', body), url: 'https://acme.example/model', model: 'acme' })
})

it('reads files with the line ends and the byte order mark of Windows', () => {
  const source = `\uFEFF---\n${HEAD}---\n\n## Culture\n\n### Level 1\n\nOne\nparagraph.\n`.replaceAll('\n', '\r\n')

  const { passages, problems } = parseModelFile(source, 'acme.md')

  expect(problems).toEqual([])
  expect(passages[0]).toMatchObject({ id: 'acme/culture/1', text: 'One paragraph.' })
})

it('reports a file in which nothing is said', () => {
  expect(parse('# Acme Model\n').problems).toEqual([{ file: 'models/acme.md', line: 1, reason: expect.stringContaining('there is no passage') }])
})
