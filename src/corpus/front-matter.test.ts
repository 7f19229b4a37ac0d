import { describe, expect, it } from 'vitest'
import { parseModelFile } from './parse-model-file.ts'
import { formatProblem } from './problem.ts'

const FIELDS = {
  id: 'acme',
  title: 'Acme Model',
  author: 'Ann',
  version: '"1"',
  url: 'https://acme.example/model',
  license: 'our own',
  levels: '[Start, Grow]',
}

type Fields = Record<string, string | undefined>

function parse(changes: Fields = {}) {
  const fields: Fields = { ...FIELDS, ...changes }
  const yaml = Object.entries(fields).flatMap(([key, value]) => (value === undefined ? [] : [`${key}: ${value}`]))
  return parseModelFile(`---\n${yaml.join('\n')}\n---\n\n## Culture\n\n### Level 1\n\nText.\n`, 'acme.md')
}

function problemsOf(changes: Fields): string[] {
  return parse(changes).problems.map(formatProblem)
}

it('takes the least that a model needs and fills in the rest', () => {
  const { head, problems } = parse()

  expect(problems).toEqual([])
  expect(head).toMatchObject({ id: 'acme', levels: ['Start', 'Grow'], levelWord: 'Level', shape: 'continuous', aliases: [], sectionAliases: {} })
})

it('takes a version and a date as they are written', () => {
  expect(parse({ version: '2.1' }).head?.version).toBe('2.1')
  expect(parse({ version: undefined, date: '2023-10-05' }).head?.date).toBe('2023-10-05')
})

it('takes a number of levels, which then have no names', () => {
  expect(parse({ levels: '5' }).head?.levels).toEqual([undefined, undefined, undefined, undefined, undefined])
})

describe('what is out of form is told with file, line and reason', () => {
  it.each<[string, Fields, string[]]>([
    ['no id', { id: undefined }, ['acme.md:2: front matter "id" must be a short name such as "acme"']],
    ['an id that is no short name', { id: 'Acme Model' }, ['acme.md:2: front matter "id" must be lower-case letters, digits and hyphens']],
    ['an empty title', { title: '" "' }, ['acme.md:3: front matter "title" must be the name of the model']],
    ['neither publisher nor author', { author: undefined }, ['acme.md:2: front matter needs a publisher or an author']],
    ['neither version nor date', { version: undefined }, ['acme.md:2: front matter needs a version or a date']],
    ['a version that is a list', { version: '[1]' }, ['acme.md:5: front matter "version" must be a version']],
    ['an address that is none', { url: 'acme.example' }, ['acme.md:6: front matter "url" must be the http(s) address of the original']],
    ['an address of another kind', { url: 'file:///etc/passwd' }, ['acme.md:6: front matter "url" must be the http(s) address of the original']],
    ['no licence', { license: undefined }, ['acme.md:2: front matter "license" must be a licence note']],
    ['no levels', { levels: '[]' }, ['acme.md:8: front matter "levels" must be a list of level names, or how many levels there are']],
    ['too many levels', { levels: '21' }, ['acme.md:8: front matter "levels" must be a list of level names, or how many levels there are']],
    ['an unknown shape', { shape: 'round' }, ['acme.md:9: front matter "shape" must be "continuous" or "staged"']],
    [
      'a section with an odd id',
      { sections: '{Bad Name: 1-2}' },
      ['acme.md:9: front matter "sections.Bad Name" has a section id that is not lower-case words joined by hyphens'],
    ],
    [
      'a section with odd levels',
      { sections: '{culture: all}' },
      ['acme.md:9: front matter "sections.culture" must be levels such as "1-5" or "3", or "none"'],
    ],
    [
      'unknown keys',
      { licence: 'ours', levles: '3' },
      ['acme.md:9: front matter "licence" is not a known key', 'acme.md:10: front matter "levles" is not a known key'],
    ],
    [
      'several errors at once',
      { id: 'A', url: 'x', shape: 'round' },
      [
        'acme.md:2: front matter "id" must be lower-case letters, digits and hyphens',
        'acme.md:6: front matter "url" must be the http(s) address of the original',
        'acme.md:9: front matter "shape" must be "continuous" or "staged"',
      ],
    ],
  ])('%s', (_, changes, expected) => {
    expect(problemsOf(changes)).toEqual(expected)
  })

  it.each<[string, Fields, RegExp]>([
    ['aliases that are no list', { aliases: 'acme' }, /^acme\.md:9: front matter "aliases" .*array/],
    ['section aliases that are no lists', { sectionAliases: '{culture: people}' }, /^acme\.md:9: front matter "sectionAliases\.culture" .*array/],
    ['YAML that never closes a bracket', { aliases: '[acme' }, /^acme\.md:\d+: front matter is not valid YAML: Flow sequence/],
    ['YAML with an unclosed quote', { title: '"Acme' }, /^acme\.md:\d+: front matter is not valid YAML: /],
    ['YAML that names an anchor which is not there', { author: '*ann' }, /^acme\.md:2: front matter is not valid YAML: Unresolved alias/],
  ])('%s', (_, changes, expected) => {
    const [first] = problemsOf(changes)

    expect(first).toMatch(expected)
    expect(first, 'one line number, that of the file').not.toMatch(/ at line /)
  })

  it('a key that stands there twice, on its own line', () => {
    const source = '---\nid: acme\ntitle: One\ntitle: Two\n---\n\n## Culture\n\nText.\n'

    expect(parseModelFile(source, 'acme.md').problems.map(formatProblem)).toEqual(['acme.md:4: front matter is not valid YAML: Map keys must be unique'])
  })

  it.each([
    ['a list', '- acme\n- model'],
    ['a sentence', 'Acme is a model.'],
  ])('front matter that is %s', (_, yaml) => {
    expect(parseModelFile(`---\n${yaml}\n---\n\n## Culture\n\nText.\n`, 'acme.md').problems[0]).toMatchObject({
      file: 'acme.md',
      line: 2,
      reason: expect.stringMatching(/^front matter .*expected object/),
    })
  })

  it('front matter that is empty', () => {
    expect(parseModelFile('---\n---\n\n## Culture\n\nText.\n', 'acme.md').problems[0]).toMatchObject({
      line: 2,
      reason: 'front matter "id" must be a short name such as "acme"',
    })
  })

  it.each([
    ['missing', '# Acme\n\n## Culture\n\nText.\n'],
    ['not closed', '---\nid: acme\n\n## Culture\n\nText.\n'],
    ['not at the top', '\n# Acme\n\n---\nid: acme\n---\n'],
    ['in an empty file', ''],
  ])('front matter that is %s', (_, source) => {
    expect(parseModelFile(source, 'acme.md').problems).toEqual([
      { file: 'acme.md', line: 1, reason: expect.stringMatching(/^front matter is missing: begin the file with "---"/) },
    ])
  })

  it('front matter whose anchors would multiply without end', () => {
    const bomb = [
      'a: &a [x, x, x, x, x, x, x, x, x]',
      ...['b', 'c', 'd', 'e', 'f'].map((key, i) => `${key}: &${key} [${Array(9).fill(`*${'abcdef'[i]}`).join(', ')}]`),
    ]

    const { problems } = parseModelFile(`---\n${bomb.join('\n')}\n---\n\n## Culture\n\nText.\n`, 'acme.md')

    expect(problems[0]?.reason).toContain('not valid YAML')
  })
})

it('lets nothing of a file through whose front matter is out of form', () => {
  expect(parse({ id: 'Not An Id' })).toMatchObject({ passages: [] })
  expect(parse({ id: 'Not An Id' })).not.toHaveProperty('head')
})
