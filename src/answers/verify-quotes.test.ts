import { describe, expect, it } from 'vitest'
import { createCorpus, type Passage } from '../corpus/passage.ts'
import { cite } from './compose.ts'
import { verifyQuotes } from './verify-quotes.ts'

const passage: Passage = {
  id: 'm/s/1',
  model: 'm',
  section: 's',
  level: 1,
  title: 'M › S › Level 1',
  heading: 'Level 1',
  url: 'https://example.org',
  indicator: 'Backups run nightly.',
  text: 'Backups run nightly. Nobody restores them.',
  seeAlso: [],
  file: 'm.md',
  line: 1,
}
const corpus = createCorpus([], [passage])
const answer = (...quotes: string[]) => ({
  parts: [{ heading: 'H', sentences: quotes.map((text, i) => ({ text, citations: [i + 1] })) }],
  citations: quotes.map((quote, i) => cite(passage, quote, i + 1)),
})

describe('verifyQuotes', () => {
  it('leaves alone what stands in its passage', () => {
    const sound = answer('Backups run nightly.', 'Nobody restores them.')
    expect(verifyQuotes(sound, corpus)).toEqual({ ...sound, withdrawn: 0 })
  })

  it.each(['Backups run hourly.', 'backups run nightly.', 'Backups  run nightly.', ''])('withdraws a quote that differs by a letter: %j', (quote) => {
    const { citations, withdrawn } = verifyQuotes(answer(quote), corpus)
    expect([citations, withdrawn]).toEqual([[], 1])
  })

  it('numbers what is left without gaps', () => {
    const { parts, citations } = verifyQuotes(answer('Backups run hourly.', 'Nobody restores them.'), corpus)
    expect(citations.map((citation) => citation.n)).toEqual([1])
    expect(parts).toEqual([{ heading: 'H', sentences: [{ text: 'Nobody restores them.', citations: [1] }] }])
  })

  it('withdraws what cites a passage that is not there, and the part with it', () => {
    const { parts, withdrawn } = verifyQuotes(
      { ...answer('Backups run nightly.'), citations: [{ ...cite(passage, 'Backups run nightly.', 1), passage: 'm/s/9' }] },
      corpus,
    )
    expect([parts, withdrawn]).toEqual([[], 1])
  })
})
