import { beforeAll, describe, expect, it } from 'vitest'
import { loadCorpus } from '../corpus/load-corpus.ts'
import { createLexicalIndex } from '../retrieval/lexical-index.ts'
import { stemsOf, wordsOf } from '../retrieval/terms.ts'
import { loadVocabulary } from '../retrieval/vocabulary.ts'
import { figuresIn, type NameContext, namesIn, standsIn } from './figures-and-names.ts'
import { findKnownNames } from './known-names.ts'

describe('figures', () => {
  it.each([
    ['39% of teams, 15 percent of them and 8 per cent', ['39%', '15%', '8%']],
    ['1,000 nodes, 1000 pods', ['1000']],
    ['version 1.5 of 3.0 or 3', ['3']],
    ['a thousand and two dozen', ['1000', '2', '12']],
    ['ninety days, twice as fast', ['90', '2x']],
    ['one team', []],
    ['level 3, stages 2 and 4, phases 1 to 7', []],
    ['SLSA level 3', ['3']],
    ['٣ nodes', []],
    ['', []],
  ])('of "%s"', (text, figures) => {
    expect(figuresIn(text).toSorted()).toEqual(figures.toSorted())
  })
})

describe('names', () => {
  const vocabulary = loadVocabulary()
  let context: NameContext
  beforeAll(async () => {
    const { corpus } = await loadCorpus()
    const lexical = createLexicalIndex(corpus.passages, vocabulary)
    const isKnownName = findKnownNames(
      corpus.passages.map(({ text }) => text),
      ['we moved it all to Zorgle last year, and Zorgle is fine', 'the nodes run in a Datacenter and in a datacenter, a datacenter'],
    )
    context = { vocabulary, isEverydayWord: (stem) => lexical.has(stem), isKnownName }
  })

  it.each([
    ['Teams scan images with Crossplane, as Spotify does.', ['crossplane', 'spotify']],
    ['Crossplane scans images.', ['crossplane']],
    ['Containers run at level 3 of the Model.', []],
    ['According to Gartner, images are scanned.', ['gartner']],
    ['Scanning images helps. However, nobody looks.', []],
    ['It says: Images are scanned.', []],
    ['OpenTelemetry, x509 and SLSA count.', ['opentelemetry', 'x509', 'slsa']],
    ['They pay for splunk and zorgle.', ['splunk', 'zorgle']],
    ['They rent a datacenter.', []],
    ['See https://evil.example/x, www.evil.example or login.evil.example for more.', ['https://evil.example/x,', 'www.evil.example', 'login.evil.example']],
  ])('in "%s"', (sentence, names) => {
    expect(namesIn(sentence, context).filter((name) => !/^evil$/.test(name))).toEqual(names)
  })

  it('stand in a text as they are, written out, or abbreviated', () => {
    const stems = new Set(stemsOf(wordsOf('RBAC decides who may do what; Helm packages, and infrastructure as code is reviewed')))
    expect(standsIn('helm', stems, vocabulary)).toBe(true)
    expect(standsIn('iac', stems, vocabulary)).toBe(true)
    expect(standsIn('crossplane', stems, vocabulary)).toBe(false)
    expect(standsIn('…', stems, vocabulary)).toBe(false)
  })

  it('of the corpus are known, everyday words are not', () => {
    expect(['trivy', 'splunk', 'zorgle'].every(context.isKnownName)).toBe(true)
    expect(['teams', 'container', 'datacenter'].some(context.isKnownName)).toBe(false)
  })
})
