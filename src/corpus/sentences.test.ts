import { describe, expect, it } from 'vitest'
import { BUILT_IN_CORPUS, readModelFiles } from './load-corpus.ts'
import { splitSentences } from './sentences.ts'

it('parts sentences', () => {
  expect(splitSentences('Teams try containers. Do they like it? Yes!')).toEqual(['Teams try containers.', 'Do they like it?', 'Yes!'])
})

it.each(['e.g.', 'i.e.', 'vs.', 'approx.', 'incl.', 'Dr.'])('goes on after %s', (abbreviation) => {
  const text = `Tools (${abbreviation} Helm) or ${abbreviation} Argo are used.`

  expect(splitSentences(`${text} Then more.`)).toEqual([text, 'Then more.'])
})

it.each(['Version 4.0 covers more on AI.', 'Errors fell by 2.5 percent at acme.io in 2023.'])('keeps a decimal or a name with a dot whole: %s', (sentence) => {
  expect(splitSentences(`${sentence} Next.`)).toEqual([sentence, 'Next.'])
})

it('takes each list item for itself, without its dash', () => {
  expect(splitSentences('Two things:\n\n- the first\n- the second. With more.')).toEqual(['Two things:', 'the first', 'the second.', 'With more.'])
})

it('keeps a sentence that ends with an abbreviation at the end of the text', () => {
  expect(splitSentences('Tools, e.g.')).toEqual(['Tools, e.g.'])
})

it('finds nothing in nothing', () => {
  expect(splitSentences('')).toEqual([])
  expect(splitSentences(' \n\n ')).toEqual([])
})

describe('letter for letter', () => {
  const NOTHING = /^(?:\s|- )*$/

  /** The sentences stand in the text as they are, in order, and nothing but space and list dashes stands between them. */
  function expectToTile(text: string): void {
    let at = 0
    for (const sentence of splitSentences(text)) {
      const found = text.indexOf(sentence, at)
      expect(found, `"${sentence}" in its text`).toBeGreaterThanOrEqual(at)
      expect(text.slice(at, found)).toMatch(NOTHING)
      expect(sentence).toBe(sentence.trim())
      at = found + sentence.length
    }
    expect(text.slice(at)).toMatch(NOTHING)
  }

  it('holds for every passage that ships', async () => {
    const files = await readModelFiles(BUILT_IN_CORPUS)
    for (const { text } of files.flatMap((file) => file.passages)) expectToTile(text)
  })

  it('holds for texts thrown together at random', () => {
    const pieces = [
      'Word',
      'e.g.',
      'i.e. ',
      '4.0',
      '. ',
      '? ',
      '! ',
      '… ',
      ' ',
      '\n',
      '\n\n',
      '\n- ',
      '(etc.) ',
      '“Quote.” ',
      'Ünïcode',
      '團隊。',
      '🚀 ',
      'no. ',
      'a.b',
      '\t',
      '—',
    ]
    let seed = 42
    const pick = () => {
      seed = (seed * 1_103_515_245 + 12_345) % 2 ** 31
      return pieces[Math.floor((seed / 2 ** 31) * pieces.length)] as string
    }
    for (let i = 0; i < 500; i++) expectToTile(Array.from({ length: 30 }, pick).join(''))
  })
})
