import { beforeAll, describe, expect, it } from 'vitest'
import { EXPANSIONS, loadExpansions } from '../corpus/expansions.ts'
import { loadCorpus } from '../corpus/load-corpus.ts'
import type { Corpus } from '../corpus/passage.ts'
import { createQuestionReader } from '../questions/understand.ts'
import { createLexicalIndex } from '../retrieval/lexical-index.ts'
import { createRetriever } from '../retrieval/retriever.ts'
import { loadVocabulary } from '../retrieval/vocabulary.ts'
import { planAnswer } from './choose-passages.ts'
import { CITING } from './citing.ts'

let corpus: Corpus
let plan: (question: string, threshold?: number) => Promise<string[]>

beforeAll(async () => {
  corpus = (await loadCorpus()).corpus
  const vocabulary = loadVocabulary()
  const reader = createQuestionReader(corpus, vocabulary)
  const retriever = createRetriever({ corpus, lexical: createLexicalIndex(corpus.passages, vocabulary, await loadExpansions(EXPANSIONS)) })
  plan = async (question, threshold = CITING.byWords.threshold) => {
    const understanding = reader.read(question)
    const retrieval = await retriever.search(understanding)
    return planAnswer(understanding, retrieval, corpus, { ...CITING.byWords, threshold }).passages.map(({ id }) => id)
  }
})

describe('the passages that an answer cites', () => {
  it('are of each model that is compared, at the level that is named for it', async () => {
    expect(await plan('KMM culture 4 versus CNCF people culture 3, same thing?')).toEqual(['kmm/culture/4', 'cncf/people/culture/3'])
  })

  it('are of each level that is compared', async () => {
    expect(await plan('process/security level 2 vs 3 cncf')).toEqual(['cncf/process/security/2', 'cncf/process/security/3'])
  })

  it('stay at the level of their side, though the words fit another one better', async () => {
    expect((await plan('observability and tracing: level 2 versus level 4?')).map((id) => id.at(-1))).toEqual(expect.arrayContaining(['2', '4']))
  })

  it('are two of a side where both speak for it about as well, beside the best of the other', async () => {
    const models = (await plan('GitOps: how early does CNCF technology want it compared to the KMM?')).map((id) => id.split('/')[0])
    expect(models).toHaveLength(3)
    expect(new Set(models)).toEqual(new Set(['cncf', 'kmm']))
  })

  it('are the best one, and at most two more that are worth it', async () => {
    const question = 'where does gitops come in'
    expect(await plan(question, 1)).toHaveLength(1)
    expect(await plan(question, 0)).toHaveLength(3)
    expect((await plan(question, 0))[0]).toBe((await plan(question, 1))[0])
  })

  it('stay at the level that is asked for', async () => {
    const cited = await plan('which security tools at level 3 of the CNCF model?', 0)
    expect(cited.map((id) => id.at(-1))).toEqual(cited.map(() => '3'))
  })
})
