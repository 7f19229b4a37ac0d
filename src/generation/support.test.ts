import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { probabilityOf } from '../shared/logistic.ts'
import { openCheckParts, type TestCheckParts } from '../testing/check-parts.ts'
import { measureSupport, SPEAKS_AGAINST, SUPPORT, SUPPORT_FEATURES } from './support.ts'

let parts: TestCheckParts
beforeAll(async () => {
  parts = await openCheckParts()
})
afterAll(() => parts.close())

const measure = (sentence: string, ...ids: string[]) => measureSupport(sentence, parts.give(...ids), parts)

describe('support', () => {
  it('is full for what the passage itself says', async () => {
    const features = await measure('Network policies and RBAC are enforced to control access.', 'kmm/security/2')
    expect(features).toMatchObject({ lexicalShare: 1, negation: 0, stronger: 0, advice: 0 })
    expect(features.similarity).toBeCloseTo(1, 2)
    expect(probabilityOf(features, SUPPORT)).toBeGreaterThan(SUPPORT.threshold)
  })

  it('is not weakened by a lead-in that says where it stands', async () => {
    const plain = await measure('Network policies and RBAC are enforced to control access.', 'kmm/security/2')
    for (const frame of ['At level 2 of the KMM, network', 'According to the Kubernetes Maturity Model, network', 'The KMM level says that network']) {
      const { similarity, ...others } = await measure(`${frame} policies and RBAC are enforced to control access.`, 'kmm/security/2')
      expect({ ...others, similarity: plain.similarity }).toEqual(plain)
      expect(similarity).toBeGreaterThan(0.95)
    }
  })

  it.each([
    ['negation', 'Network policies are not enforced.'],
    ['stronger', 'Network policies must always be enforced everywhere.'],
    ['advice', 'You should enforce network policies.'],
  ] as const)('has %s against it: %s', async (feature, sentence) => {
    expect((await measure(sentence, 'kmm/security/2'))[feature]).toBeGreaterThan(0)
    expect((await measure('Network policies are enforced.', 'kmm/security/2'))[feature]).toBe(0)
  })

  it('is less where another level of the section says it better', async () => {
    const sentence = 'Container images are scanned for known vulnerabilities.'
    const [right, wrong] = [await measure(sentence, 'kmm/security/3'), await measure(sentence, 'kmm/security/2')]
    expect(right.siblingGap).toBeGreaterThan(0)
    expect(wrong.siblingGap).toBeLessThan(0)
    expect(probabilityOf(right, SUPPORT)).toBeGreaterThan(probabilityOf(wrong, SUPPORT))
  })

  it('is a number for whatever is asked of it', async () => {
    for (const sentence of ['', '…', '。', 'Der die das', 'x'.repeat(2000)]) {
      for (const value of Object.values(await measure(sentence, 'kmm/security/3'))) expect(value).toBeGreaterThanOrEqual(-1)
    }
  })
})

describe('the fitted weights', () => {
  it('let nothing that is shared speak against, and nothing that is added speak for', () => {
    expect(Object.keys(SUPPORT.weights)).toEqual([...SUPPORT_FEATURES])
    for (const feature of SUPPORT_FEATURES) expect(SUPPORT.weights[feature] * (SPEAKS_AGAINST.includes(feature) ? -1 : 1), feature).toBeGreaterThanOrEqual(0)
  })

  it('keep half of the supported claims and at most one unsupported in five, of a quarter of eval/claims.jsonl', async () => {
    const claims: { passages: string[]; sentence: string; supported: boolean }[] = readFileSync(new URL('../../eval/claims.jsonl', import.meta.url), 'utf8')
      .trimEnd()
      .split('\n')
      .filter((_, i) => i % 4 === 0)
      .map((line) => JSON.parse(line))
    const kept = { true: 0, false: 0 }
    for (const { sentence, passages, supported } of claims) {
      if (probabilityOf(await measure(sentence, ...passages), SUPPORT) >= SUPPORT.threshold) kept[`${supported}`]++
    }
    const supported = claims.filter((claim) => claim.supported).length
    expect(kept.true).toBeGreaterThan(0.5 * supported)
    expect(kept.false).toBeLessThan(0.2 * (claims.length - supported))
  }, 120_000)
})
