/** An assistant that quotes the small corpus and does what the question's first word tells it to. */
import { type Answer, type AnswerPart, type AskRequest, type Assistant, type Citation, type Outcome, renderPlainText } from '../../answers/answer.ts'
import type { Corpus } from '../../corpus/passage.ts'
import { UserError } from '../../shared/errors.ts'

const WITHDRAWN = 'The model went away, so this is quoted.'

export interface FakeAssistant extends Assistant {
  /** What was asked, oldest first. */
  readonly asked: readonly AskRequest[]
  /** Lets answers to "wait …" and "withdraw …" questions go on. */
  goOn(): void
}

/**
 * "hostile" quotes markup, "decline" and "clarify" have these outcomes, "refuse" is refused, "fail" fails at once,
 * "break" fails midway, "wait" waits midway, "withdraw" takes back what it said, "written" comes from a chat model; any other
 * question gets two parts from two models.
 */
export function createFakeAssistant(corpus: Corpus): FakeAssistant {
  const asked: AskRequest[] = []
  let waiting = Promise.withResolvers<void>()
  const assistant = {
    asked,
    goOn() {
      waiting.resolve()
      waiting = Promise.withResolvers()
    },
    async ask(request, onEvent) {
      asked.push(request)
      const [word] = request.question.split(' ')
      if (word === 'refuse') throw new UserError('The question has 5000 characters; at most 4,000 can be read.')
      if (word === 'fail') throw new Error(`the database fell over while it read "${request.question}"`)
      const answer = answerTo(word as string, request, corpus)
      if (word === 'withdraw') {
        onEvent?.({ type: 'sentence', text: 'A plan says who waters when.', citations: [1] })
        onEvent?.({ type: 'paragraph' })
        onEvent?.({ type: 'sentence', text: 'Weekends by rota.', citations: [2] })
        await waiting.promise
        onEvent?.({ type: 'withdrawn', reason: WITHDRAWN })
        await waiting.promise
      }
      for (const { heading, sentences } of answer.parts) {
        if (heading !== undefined) onEvent?.({ type: 'heading', text: heading })
        for (const sentence of sentences) {
          onEvent?.({ type: 'sentence', ...sentence })
          if (word === 'break') throw new Error(`lost the connection at "${request.question}"`)
          if (word === 'wait') await waiting.promise
        }
      }
      onEvent?.({ type: 'done', answer })
      return answer
    },
  } satisfies FakeAssistant
  return assistant
}

function answerTo(word: string, { question }: AskRequest, corpus: Corpus): Answer {
  const cite = (n: number, id: string, quote: string): Citation => {
    const { model, section, level, title, url } = corpus.passage(id) ?? missing(id)
    return { n, passage: id, model, section, level, title, url, quote }
  }
  const reply = (outcome: Outcome, parts: readonly AnswerPart[], citations: readonly Citation[] = []): Answer => ({
    question,
    outcome,
    text: renderPlainText(parts),
    parts,
    citations,
    retrieved: citations.map(({ passage }) => passage),
    answerer: 'extractive',
    ms: { search: 1, answer: 1, total: 2.4 },
  })
  if (word === 'decline') return reply('declined', [{ sentences: [{ text: 'The models say nothing about that.', citations: [] }] }])
  if (word === 'clarify') return reply('clarify', [{ sentences: [{ text: 'Which garden do you mean?', citations: [] }] }])
  if (word === 'withdraw') {
    const parts = [{ sentences: [{ text: 'Rain fills the pond.', citations: [1] }] }, { sentences: [{ text: WITHDRAWN, citations: [] }] }]
    return reply('answered', parts, [cite(1, 'ponds/stages/1', 'Rain fills the pond.')])
  }
  if (word === 'written') {
    const parts = [
      { sentences: [{ text: 'A plan tells who has to water.', citations: [1] }] },
      { sentences: [{ text: 'A pond is filled by rain.', citations: [2] }] },
    ]
    const citations = [cite(1, 'gardens/soil/water/2', 'A plan says who waters when.'), cite(2, 'ponds/stages/1', 'Rain fills the pond.')]
    return { ...reply('answered', parts, citations), answerer: 'gpt-5-mini' }
  }
  if (word === 'hostile') {
    const quote = 'Sensors water the beds.'
    return reply('answered', [{ heading: question, sentences: [{ text: question, citations: [1] }] }], [cite(1, 'gardens/soil/water/3', quote)])
  }
  return reply(
    'answered',
    [
      {
        heading: 'Garden model, Watering, Level 2',
        sentences: [
          { text: 'A plan says who waters when.', citations: [1] },
          { text: 'Weekends by rota.', citations: [2] },
        ],
      },
      { heading: 'Pond ladder, Stage 1', sentences: [{ text: 'Rain fills the pond.', citations: [3] }] },
    ],
    [
      cite(1, 'gardens/soil/water/2', 'A plan says who waters when.'),
      cite(2, 'gardens/soil/water/2', 'Weekends by rota.'),
      cite(3, 'ponds/stages/1', 'Rain fills the pond.'),
    ],
  )
}

function missing(id: string): never {
  throw new Error(`the small corpus has no ${id}`)
}
