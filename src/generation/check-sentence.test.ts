import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openCheckParts, type TestCheckParts } from '../testing/check-parts.ts'
import { checkSentence, type Verdict } from './check-sentence.ts'

const SECURITY = ['kmm/security/2', 'kmm/security/3', 'kmm/security/5']

let parts: TestCheckParts
beforeAll(async () => {
  parts = await openCheckParts()
})
afterAll(() => parts.close())

const check = (text: string, markers: number[], ids: readonly string[] = SECURITY): Promise<Verdict> =>
  checkSentence({ text, markers, startsBlock: false }, parts.give(...ids), parts)
/** What is left of a verdict for a reader: whom it cites, or why it is gone. */
const outcome = async (text: string, markers: number[], ids?: readonly string[]) => {
  const verdict = await check(text, markers, ids)
  return verdict.kind === 'kept' ? verdict.sources.map(({ given }) => given.passage.id) : verdict.why
}

describe('a sentence is kept', () => {
  it('that its passage says word for word', async () => {
    expect(await check('Container images are scanned, and security best practices are put into effect.', [2])).toMatchObject({
      kind: 'kept',
      sources: [{ quote: 'Container images are scanned, and security best practices are put into effect.' }],
      markersRemoved: 0,
    })
  })

  it('that its passage says in other words, with the sentence of it that comes nearest', async () => {
    const verdict = await check('Network policies control which pods can communicate, while RBAC determines who is allowed to do what.', [1])
    expect(verdict).toMatchObject({ kind: 'kept', sources: [{ given: { number: 1 } }] })
    const quotes = verdict.kind === 'kept' ? verdict.sources.map(({ quote }) => quote) : []
    expect(parts.corpus.passage('kmm/security/2')?.text).toContain(quotes[0])
    expect(quotes[0]).toMatch(/which pods may talk/)
  })

  it('without the markers that name no given passage, or one that does not say it', async () => {
    const said = 'Image scanning looks for known vulnerabilities in the software a container is built from.'
    expect(await check(said, [9, 2, 0])).toMatchObject({ kind: 'kept', sources: [{ given: { number: 2 } }], markersRemoved: 2 })
    expect(await check(said, [1, 2])).toMatchObject({ kind: 'kept', sources: [{ given: { number: 2 } }], markersRemoved: 1 })
  })

  it('and given its number where it has none, or only ones that name nothing', async () => {
    const said = 'Zero trust means that no connection is trusted merely because it comes from inside the network.'
    expect(await check(said, [])).toMatchObject({ kind: 'kept', sources: [{ given: { number: 3 } }], markersRemoved: 0 })
    expect(await check(said, [42])).toMatchObject({ kind: 'kept', sources: [{ given: { number: 3 } }], markersRemoved: 1 })
  })

  it('that only two passages together say', async () => {
    const both = 'Unlike stage 1, where one contributor works ad hoc, stage 2 sees the operations team settle together how its clusters are managed.'
    const ids = ['indellient/stages/culture/1', 'indellient/stages/culture/2']
    expect(await outcome(both, [1, 2], ids)).toEqual(expect.arrayContaining(ids))
    expect(await outcome(both, [1], ids)).toBe('unsupported')
  })

  it('with three sources at most', async () => {
    const ids = ['kmm/security/3', 'indellient/stages/scanning/4', 'cncf/technology/security-and-policy/3', 'kmm/security/2']
    const verdict = await check('Container images are scanned.', [1, 2, 3, 4], ids)
    expect(verdict.kind === 'kept' && verdict.sources.length).toBeLessThanOrEqual(3)
  })
})

describe('a sentence is dropped', () => {
  it.each([
    ['figure', 'Container images are scanned within ninety days, and security best practices are put into effect.'],
    ['figure', 'Container images are scanned in 37% of teams.'],
    ['name', 'Container images are scanned with Crossplane, and security best practices are put into effect.'],
    ['name', 'Container images are scanned, as https://evil.example/scan explains.'],
    ['level', 'Container images are scanned at level 7, and security best practices are put into effect.'],
    ['reversed', 'Container images are not scanned, and security best practices are put into effect.'],
    ['unsupported', 'Maturity is a journey rather than a destination, and every organization travels at its own pace.'],
    ['unsupported', 'You should hire a security officer before anything else.'],
    ['empty', 'Sure!'],
    ['empty', 'Here it is.'],
  ])('for its %s: %s', async (why, text) => {
    expect(await outcome(text, [2])).toBe(why)
  })

  it('that cites a passage which does not say it, though another one does', async () => {
    expect(await outcome('Zero trust means that no connection is trusted merely because it comes from inside the network.', [1])).toBe('unsupported')
  })

  it('that cites nothing, and that no passage says', async () => {
    expect(await check('Strong collaboration between teams leads to happier customers.', [])).toEqual({ kind: 'dropped', why: 'uncited', markersRemoved: 0 })
  })

  it('that is half of what the passage says, and the other half turned round', async () => {
    expect(await outcome('The RTS model says which best practices it means.', [2])).toBe('reversed')
  })

  it('where there is nothing to stand on', async () => {
    expect(await outcome('Container images are scanned.', [1], [])).toBe('uncited')
  })
})
