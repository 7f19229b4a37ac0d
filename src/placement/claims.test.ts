import { describe, expect, it } from 'vitest'
import { splitIntoClaims } from './claims.ts'

const texts = (statement: string) => splitIntoClaims(statement).map(({ text }) => text)
const tenses = (statement: string) => splitIntoClaims(statement).map(({ tense }) => tense)

describe('splitIntoClaims', () => {
  it('parts sentences, clauses and asides', () => {
    expect(texts('We use Flux. Drift is reverted; nobody has access (but two of us)')).toEqual([
      'We use Flux.',
      'Drift is reverted',
      'nobody has access',
      'but two of us',
    ])
  })

  it('parts a sentence where it turns', () => {
    expect(texts('Images are scanned, but nothing is blocked, and we plan to sign them')).toEqual([
      'Images are scanned',
      'nothing is blocked',
      'we plan to sign them',
    ])
  })

  it('leaves version numbers, lists and addresses whole', () => {
    expect(texts('Kubernetes 1.29 with Argo CD, Vault and cert-manager on eks.example.org')).toHaveLength(1)
  })

  it.each([
    ['We used to copy jars over ssh. Now a pipeline does it.', ['past', 'now']],
    ['Before, a deployment took weeks, now it takes minutes', ['past', 'now']],
    ['Going forward everything is to be signed', ['planned']],
    ['We deploy with Helm and we want to add canaries', ['now', 'planned']],
    ['Alerts fire before customers notice', ['now']],
  ])('tells what was, is and is planned: %s', (statement, expected) => {
    expect(tenses(statement)).toEqual(expected)
  })

  it('has no claims in an empty statement', () => {
    expect(splitIntoClaims(' ')).toEqual([])
  })
})
