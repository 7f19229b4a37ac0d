import { beforeAll, describe, expect, it } from 'vitest'
import { offersOf } from '../../assessments/offers.ts'
import { loadCorpus } from '../../corpus/load-corpus.ts'
import type { Corpus } from '../../corpus/passage.ts'
import { readWords } from './read-words.ts'

let corpus: Corpus
beforeAll(async () => {
  corpus = (await loadCorpus()).corpus
})
const read = (typed: string) => readWords(typed, { offers: offersOf(corpus), corpus, command: '/maturity assess' })

describe('what follows "assess"', () => {
  it.each([
    ['kmm quick', { model: 'kmm', extent: 'quick' }],
    ['KMM', { model: 'kmm', extent: 'quick' }],
    ['kmm full', { model: 'kmm', extent: 'quick' }],
    ['quick kmm', { model: 'kmm', extent: 'quick' }],
    ['cncf full', { model: 'cncf', extent: 'full' }],
    ['cncf technology', { model: 'cncf', extent: 'dimension', dimension: 'Technology' }],
    ['CNCF model Tech', { model: 'cncf', extent: 'dimension', dimension: 'Technology' }],
    ['the CNCF Cloud Native Maturity Model, people', { model: 'cncf', extent: 'dimension', dimension: 'People' }],
    ['technology', { model: 'cncf', extent: 'dimension', dimension: 'Technology' }],
    ['indellient', { model: 'indellient', extent: 'quick' }],
    ['yonathan koren', { model: 'indellient', extent: 'quick' }],
    ['Kubernetes Maturity Model', { model: 'kmm', extent: 'quick' }],
    ['fairwinds kubernetes maturity model quick', { model: 'fairwinds', extent: 'quick' }],
    ['plural guide', { model: 'plural', extent: 'quick' }],
  ])('%s', (typed, scope) => {
    expect(read(typed)).toEqual({ model: scope.model, scope })
  })

  it.each([
    ['', {}],
    ['quick', {}],
    ['full', {}],
    ['the model', {}],
    ['cncf', { model: 'cncf' }],
    ['fairwinds', { model: 'fairwinds' }],
  ])('leaves something to choose: %j', (typed, wanted) => {
    expect(read(typed)).toEqual(wanted)
  })

  it.each([
    ['cncf full for Payments', 'Payments'],
    ['cncf full for “Search for everybody”', 'Search for everybody'],
    ['for #payments', '#payments'],
    ['cncf for <#C123|payments>', '#payments'],
  ])('names a team: %s', (typed, team) => {
    expect(read(typed).team).toBe(team)
  })

  it.each([
    ['kmn quick', 'There is no model “kmn” to assess by. Did you mean “kmm”? Write “/maturity assess kmm quick”.'],
    ['cnfc technology', 'There is no model “cnfc” to assess by. Did you mean “cncf”? Write “/maturity assess cncf technology”.'],
    ['farwinds', 'There is no model “farwinds” to assess by. Did you mean “fairwinds”? Write “/maturity assess fairwinds”.'],
    ['indelient model', 'There is no model “indelient” to assess by. Did you mean “indellient”? Write “/maturity assess indellient”.'],
    ['dora', 'There is no model “dora” to assess by. Use cncf, fairwinds, indellient, kmm or plural.'],
  ])('is put right: %s', (typed, message) => {
    expect(() => read(typed)).toThrow(message)
  })

  it.each([
    ['cncf tecnology', 'There is no “tecnology” in the CNCF model. Did you mean “technology”? Write “/maturity assess cncf technology”.'],
    ['cncf weather', 'There is no “weather” in the CNCF model. Use quick, people, policy, process, technology or full.'],
    ['kmm quick payments team', 'A team is named with “for”: “/maturity assess kmm quick for Payments”.'],
    [`kmm ${'x'.repeat(5_000)}`, `There is no “${'x'.repeat(39)}…” in the KMM.`],
  ])('says what the model has: %s', (typed, message) => {
    expect(() => read(typed)).toThrow(message)
  })
})
