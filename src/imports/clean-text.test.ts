import { describe, expect, it } from 'vitest'
import { cleanText, repairMisread } from './clean-text.ts'

const misread = (text: string) => new TextDecoder('windows-1252').decode(Buffer.from(text))

describe('misread text', () => {
  it.each(['It isn’t “new”.', 'Käse, Crème brûlée, Łódź', 'a → b', 'done 🎉', 'non-breaking\u00a0space', 'ﬁve'])('%s is put right', (text) => {
    expect(repairMisread(misread(text))).toBe(text)
  })

  it('is put right after two rounds', () => {
    expect(repairMisread(misread(misread('It isn’t.')))).toBe('It isn’t.')
  })

  it.each([
    '« thé\u00a0»',
    '«\u00a0voilà\u00a0»',
    'MAÑANA, SÃO PAULO',
    'Å–Ä',
    'naïve café',
    '© 2026 – 5 × 3 ± 1',
    'Ça va\u00a0?',
    'Straße',
  ])('is not seen in %s', (text) => {
    expect(repairMisread(text)).toBe(text)
  })

  it('that is one letter behind a sentence belongs to no word and goes', () => {
    expect(repairMisread('with scaling and optimization.ÃŸ\n')).toBe('with scaling and optimization.\n')
  })
})

describe('cleaning', () => {
  it('leaves out what nobody sees, and keeps what emoji need', () => {
    expect(cleanText('a\u0000b\u200bc\u202ed\u00ade\u{e0041}f\u2066g 👩\u200d💻 ✔\ufe0f\tx\ny')).toBe('abcdefg 👩\u200d💻 ✔\ufe0f\tx\ny')
  })
})
