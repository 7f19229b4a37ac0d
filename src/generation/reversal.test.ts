import { describe, expect, it } from 'vitest'
import { loadCorpus } from '../corpus/load-corpus.ts'
import { splitSentences } from '../corpus/sentences.ts'
import { isReversed } from './reversal.ts'

const PASSAGE = [
  'Container images are scanned, and security best practices are put into effect.',
  'The model does not say which scanner to use for the images.',
  'No team relies on workarounds without a written reason.',
]

describe('a sentence that repeats a passage', () => {
  it.each([
    'Container images are not scanned, and security best practices are put into effect.',
    'It is no longer required that container images are scanned, and security best practices are put into effect.',
    'Container images are never scanned.',
    'The model does say which scanner to use for the images.',
    "Container images aren't scanned, and security best practices are put into effect.",
    'Every team relies on workarounds without a written reason.',
  ])('says the opposite with a negation more or less: %s', (sentence) => {
    expect(isReversed(sentence, PASSAGE)).toBe(true)
  })

  it.each([
    'Container images are scanned.',
    'Security best practices are put into effect.',
    "The model doesn't say which scanner to use for the images.",
    'Which scanner to use for the images, the model never says.',
    'A written plan says what to do when nobody is there.',
    '',
  ])('says the same, or something else: %s', (sentence) => {
    expect(isReversed(sentence, PASSAGE)).toBe(false)
  })

  it('never is one of the passage itself', async () => {
    const { corpus } = await loadCorpus()
    const wrong = corpus.passages.flatMap(({ text }) => {
      const sentences = splitSentences(text)
      return sentences.filter((sentence) => isReversed(sentence, sentences))
    })
    expect(wrong).toEqual([])
  })

  it('has nothing to be compared with where there is no passage', () => {
    expect(isReversed('Images are not scanned at all.', [])).toBe(false)
  })
})
