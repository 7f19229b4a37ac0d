import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createTemporaryDirectory, type TemporaryDirectory } from '../testing/temporary-directory.ts'
import { checkCorpus } from './check-corpus.ts'
import { readOriginals } from './copied-runs.ts'
import { readModelFiles } from './load-corpus.ts'
import { formatProblem } from './problem.ts'

let directory: TemporaryDirectory
beforeEach(async () => {
  directory = await createTemporaryDirectory()
})
afterEach(() => directory.remove())

const HEAD = 'id: acme\ntitle: Acme Model\nauthor: Ann\nversion: 1\nurl: https://acme.example/model\nlicense: our own\nlevels: 2\n'
/** A text of so many words, of which the first five are an indicator. */
const words = (count: number) => `Teams do their work well. It goes on${' on'.repeat(count - 8)}.`

interface Sketch {
  more?: string
  body: string
}
const level = (number: number, text = words(50)) => `### Level ${number}\n\n${text}\n\n`
const complete = (section = 'Culture') => `## ${section}\n\n${level(1)}${level(2)}`
const source = ({ more = '', body }: Sketch) => `---\n${HEAD}${more}---\n\n${body}`

/** Problems of model files by name, each as "file:line: reason". */
async function check(files: Record<string, Sketch | string>, originals?: Record<string, string>): Promise<string[]> {
  for (const [name, content] of Object.entries(files)) await writeFile(join(directory.path, name), typeof content === 'string' ? content : source(content))
  const read = await readModelFiles(directory.path)
  if (originals === undefined) return checkCorpus(read).map(shown)

  const second = await createTemporaryDirectory()
  try {
    for (const [name, content] of Object.entries(originals)) await writeFile(join(second.path, name), content)
    return checkCorpus(read, await readOriginals(second.path)).map(shown)
  } finally {
    await second.remove()
  }
}
const shown = (problem: Parameters<typeof formatProblem>[0]) => formatProblem(problem).replaceAll(`${directory.path}/`, '')

function lineOf(text: string, sketch: Sketch): number {
  return source(sketch).split('\n').indexOf(text) + 1
}

it('has nothing to say about a model in order', async () => {
  expect(await check({ 'acme.md': { body: complete() } })).toEqual([])
})

describe('coverage', () => {
  it('misses a cell that the front matter promises', async () => {
    const file = { more: 'sections:\n  culture: 1-2\n  intro: none\n  tools: 2\n', body: `## Culture\n\n${level(1)}` }

    expect(await check({ 'acme.md': file })).toEqual([
      'acme.md:1: missing cell: there is no passage acme/culture/2',
      'acme.md:1: missing cell: there is no passage acme/intro',
      'acme.md:1: missing cell: there is no passage acme/tools/2',
    ])
  })

  it('without promises, misses what a section with one level lacks', async () => {
    expect(await check({ 'acme.md': { body: `## Introduction\n\n${words(40)}\n\n## Culture\n\n${level(2)}` } })).toEqual([
      'acme.md:1: missing cell: there is no passage acme/culture/1',
    ])
  })

  it('finds a section that was not promised', async () => {
    const file = { more: 'sections:\n  culture: 1-2\n', body: `${complete()}## Extra\n\n${words(40)}\n` }

    expect(await check({ 'acme.md': file })).toEqual([`acme.md:${lineOf('## Extra', file)}: the section extra is not among the front matter's sections`])
  })

  it('counts the sections of a dimension, also of one with several words, and the dimension itself', async () => {
    const file = {
      more: 'dimension: Ways of Working\nsections:\n  ways-of-working: none\n  culture: 1-2\n',
      body: `# Ways of working\n\n${words(40)}\n\n${complete()}`,
    }

    expect(await check({ 'acme.md': file })).toEqual([])
  })
})

describe('form', () => {
  it('finds an id that stands twice, in one file or in two', async () => {
    const one = { body: `${complete()}## Culture!\n\n### Level 1: Again\n\n${words(50)}\n` }
    const other = { body: `# Acme\n\n## Culture\n\n${level(2)}${level(1)}` }
    const [first, second] = [lineOf('### Level 1', one), lineOf('### Level 2', one)]

    expect(await check({ 'acme.md': one, 'other.md': other })).toEqual([
      `acme.md:${lineOf('### Level 1: Again', one)}: duplicate id acme/culture/1, first at acme.md:${first}`,
      `other.md:${lineOf('### Level 1', other)}: duplicate id acme/culture/1, first at acme.md:${first}`,
      `other.md:${lineOf('### Level 2', other)}: duplicate id acme/culture/2, first at acme.md:${second}`,
    ])
  })

  it.each([
    ['a question', `Do teams do their work well? ${words(40)}`],
    ['a list', `- one tool\n- another tool\n\n${words(40)}`],
    ['a heading-like phrase', `What a team does:\n\n${words(40)}`],
  ])('misses the indicator where a level begins with %s', async (_, text) => {
    const file = { body: `## Culture\n\n${level(1)}${level(2, text)}` }

    expect(await check({ 'acme.md': file })).toEqual([
      `acme.md:${lineOf('### Level 2', file)}: acme/culture/2 has no indicator: begin with one plain sentence that a team can say yes or no to`,
    ])
  })

  it('finds an indicator that no button can hold', async () => {
    const sentence = (length: number) => `${'x'.repeat(length - 1)}.`
    const file = { body: `## Culture\n\n${level(1, `${sentence(160)} ${words(40)}`)}${level(2, `${sentence(161)} ${words(40)}`)}` }

    expect(await check({ 'acme.md': file })).toEqual([
      `acme.md:${lineOf('### Level 2', file)}: the indicator of acme/culture/2 has 161 characters: at most 160`,
    ])
  })

  it('asks no indicator of a passage without level', async () => {
    expect(await check({ 'acme.md': { body: `## Introduction\n\nWhat is it?${' more'.repeat(40)}\n` } })).toEqual([])
  })

  it('passes on what is wrong with front matter and headings', async () => {
    const files = { 'acme.md': source({ body: complete() }).replace('id: acme', 'id: Acme'), 'other.md': { body: `${complete()}### Rung 3\n\n${words(40)}\n` } }

    expect(await check(files)).toEqual([
      'acme.md:2: front matter "id" must be lower-case letters, digits and hyphens',
      expect.stringMatching(/^other\.md:\d+: "Rung 3" is not a level/),
    ])
  })

  it('finds passages that are too short or too long', async () => {
    const file = { body: `## A\n\n${words(39)}\n\n## B\n\n${words(40)}\n\n## C\n\n${words(400)}\n\n## D\n\n${words(401)}\n` }

    expect(await check({ 'acme.md': file })).toEqual([
      `acme.md:${lineOf('## A', file)}: acme/a has 39 words: write 40 to 400`,
      `acme.md:${lineOf('## D', file)}: acme/d has 401 words: write 40 to 400`,
    ])
  })

  it('counts the words of any alphabet, but neither dashes nor numbers’ signs', async () => {
    expect(await check({ 'acme.md': { body: `## A\n\n${'слово — '.repeat(45)}\n` } })).toEqual([])
    expect(await check({ 'acme.md': { body: `## A\n\n${'- '.repeat(3)}word${' — word'.repeat(30)}\n` } })).toEqual([
      expect.stringContaining('acme/a has 31 words'),
    ])
  })

  it('finds a cross-reference that leads nowhere, but not one into another file', async () => {
    const acme = { body: `${complete()}See also: peer/culture/1, peer/culture/9\n` }
    const peer = source({ body: complete() }).replace('id: acme', 'id: peer')

    expect(await check({ 'acme.md': acme, 'peer.md': peer })).toEqual([
      `acme.md:${lineOf('### Level 2', acme)}: broken cross-reference: there is no passage peer/culture/9`,
    ])
  })
})

describe('wording, given the originals', () => {
  const NINE = 'platform teams measure how long each deployment takes them'
  const file = { body: `## Culture\n\n${level(1)}${level(2, `${words(40)} Here ${NINE}.`)}` }

  it('finds a copied run, with its place and its original', async () => {
    expect(await check({ 'acme.md': file }, { 'blog.html': `<p>In our view ${NINE}, always.</p>` })).toEqual([
      `acme.md:${lineOf('### Level 2', file)}: acme/culture/2 copies blog.html: "${NINE}"`,
    ])
  })

  it('finds one that a feed escapes', async () => {
    const feed = `<item><content>&lt;p&gt;In our view ${NINE.replaceAll(' ', '&amp;nbsp;')}&lt;/p&gt;</content></item>`

    expect(await check({ 'acme.md': file }, { 'feed.xml': feed })).toEqual([expect.stringContaining(`copies feed.xml: "${NINE}"`)])
  })

  it('takes no offence at a name of several words', async () => {
    const named = { body: `## A\n\n${words(40)} So the Cloud Native Computing Foundation and its members say.\n` }

    expect(await check({ 'acme.md': named }, { 'blog.txt': 'Thus the Cloud Native Computing Foundation and its members say little.' })).toEqual([])
  })

  it('does not look for any without them', async () => {
    expect(await check({ 'acme.md': file })).toEqual([])
  })
})
