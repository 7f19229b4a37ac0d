import { expect, it } from 'vitest'
import { loadCorpus } from '../corpus/load-corpus.ts'
import type { Answer, Citation } from './answer.ts'
import { turnsOf } from './turns-of.ts'

const { corpus } = await loadCorpus()

function answerCiting(passages: readonly string[], more: Partial<Answer> = {}): Answer {
  const citations = passages.map((id, i): Citation => {
    const [passage] = corpus.passages.filter((each) => each.id === id)
    if (passage === undefined) throw new Error(`there is no ${id}`)
    const { model, section, level, title, url } = passage
    return { n: i + 1, passage: id, model, section, level, title, url, quote: '' }
  })
  return {
    question: 'asked',
    outcome: 'answered',
    text: 'Fairwinds says that at level 5. [1]',
    parts: [],
    citations,
    retrieved: [],
    answerer: 'extractive',
    ms: { search: 1, answer: 1, total: 2 },
    ...more,
  }
}

it.each<[string, readonly string[], Partial<Answer>, readonly string[]]>([
  ['the place of the first quote, and of no other', ['kmm/security/3', 'fairwinds/phases/5'], {}, ['level 3 in Security and compliance of the KMM']],
  ['a section without its level', ['cncf/people/culture'], {}, ['People › Culture of the CNCF model']],
  ['what a chat model wrote', ['kmm/security/3'], { answerer: 'gpt-5-mini' }, ['Fairwinds says that at level 5. [1]']],
  ['nothing of a question that was declined', ['kmm/security/3'], { outcome: 'declined' }, []],
  ['nothing of a question that was answered by another', [], { outcome: 'clarify' }, []],
  ['nothing of an answer that quotes nothing', [], {}, []],
])('after the question stands %s', (_what, passages, more, gist) => {
  expect(turnsOf('typed', answerCiting(passages, more), corpus)).toEqual(['typed', ...gist])
})

it('has nothing of what is no longer there', () => {
  const answer = answerCiting(['kmm/security/3'])
  const gone = answer.citations.map((citation) => ({ ...citation, section: 'removed' }))
  expect(turnsOf('typed', { ...answer, citations: gone }, corpus)).toEqual(['typed'])
})
