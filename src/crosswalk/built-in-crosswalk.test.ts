import { beforeAll, describe, expect, it } from 'vitest'
import { loadCorpus } from '../corpus/load-corpus.ts'
import type { Corpus } from '../corpus/passage.ts'
import { formatProblem } from '../corpus/problem.ts'
import { checkCrosswalk } from './check-crosswalk.ts'
import { type Crosswalk, createCrosswalk } from './crosswalk.ts'
import { CROSSWALK, loadCrosswalk } from './load-crosswalk.ts'

let corpus: Corpus
let crosswalk: Crosswalk
beforeAll(async () => {
  corpus = (await loadCorpus()).corpus
  crosswalk = createCrosswalk(await loadCrosswalk())
})

describe('the built-in crosswalk', () => {
  it('has no problems', async () => {
    expect((await checkCrosswalk(CROSSWALK, corpus.passages)).map(formatProblem)).toEqual([])
  })

  it('covers the five models', () => {
    expect(crosswalk.models).toEqual(corpus.models.map(({ id }) => id).sort())
  })

  it('answers or says why not, for every level passage and every other model', () => {
    const levels = corpus.passages.filter(({ level }) => level !== null)
    const silent = levels.flatMap(({ id, model }) =>
      crosswalk.models
        .filter((other) => other !== model)
        .filter((other) => !crosswalk.correspondencesOf(id).some((each) => each.model === other) && crosswalk.gapOf(id, other) === undefined)
        .map((other) => `${id} in ${other}`),
    )
    expect(silent).toEqual([])
  })

  it.each([
    ['fairwinds/phases/2', 'cncf/business-outcomes/1'],
    ['indellient/stages/iac/1', 'plural/stages/1'],
    ['kmm/security/3', 'indellient/stages/scanning/4'],
    ['plural/stages/self-service/3', 'cncf/people/teams-and-decentralization/4'],
    ['kmm/scalability/3', 'cncf/technology/platforms/3'],
  ])('knows that %s and %s ask for the same practices, either way round', (one, other) => {
    for (const [asked, found] of [
      [one, other],
      [other, one],
    ] as const) {
      expect(crosswalk.correspondencesOf(asked)).toContainEqual(expect.objectContaining({ strength: 'strong', passages: [asked, found] }))
    }
  })

  it('gives nothing rather than something false: AI workloads are in the CNCF model alone', () => {
    expect(crosswalk.correspondencesOf('cncf/technology/ai/2')).toEqual([])
    expect(crosswalk.gapOf('cncf/technology/ai/2', 'kmm')).toBe('KMM does not speak of artificial intelligence.')
  })
})
