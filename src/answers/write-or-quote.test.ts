import { beforeAll, describe, expect, it } from 'vitest'
import { loadCorpus } from '../corpus/load-corpus.ts'
import type { Corpus } from '../corpus/passage.ts'
import { type AnswerEvent, LOCAL_ASKER } from './answer.ts'
import { type AnswerWriter, WriterError, type WriterTrouble, type Written } from './answer-writer.ts'
import { cite } from './compose.ts'
import { type Made, writeOrQuote } from './write-or-quote.ts'

const QUOTE = 'Container images are scanned, and security best practices are put into effect.'

let corpus: Corpus
let quoted: Made
let written: Written
beforeAll(async () => {
  corpus = (await loadCorpus()).corpus
  const passage = corpus.passage('kmm/security/3') ?? expect.unreachable()
  const citations = [cite(passage, QUOTE, 1)]
  quoted = { outcome: 'answered', parts: [{ heading: 'KMM', sentences: [{ text: QUOTE, citations: [1] }] }], citations, answerer: 'extractive', told: false }
  const parts = [{ sentences: [{ text: 'Images get scanned.', citations: [1] }] }, { sentences: [{ text: 'They follow best practices.', citations: [1] }] }]
  written = { parts, citations, checks: { sentencesDropped: 1, markersRemoved: 2 } }
})

/** A model that says what it is told to. */
function writerOf(write: AnswerWriter['write'], translate: AnswerWriter['translate'] = async (sentences) => sentences): AnswerWriter {
  return { name: 'm', restate: async () => undefined, write, translate }
}

const sayAll: AnswerWriter['write'] = async (_request, _asker, onSentence) => {
  for (const { sentences } of written.parts) for (const sentence of sentences) onSentence(sentence, true)
  return written
}

async function make(writer: AnswerWriter, language?: string) {
  const events: AnswerEvent[] = []
  const notices: string[] = []
  const made = await writeOrQuote({ question: 'What?', history: [], passages: [], language }, writer, () => quoted, {
    corpus,
    asker: LOCAL_ASKER,
    onEvent: (event) => events.push(event),
    onNotice: (notice) => notices.push(notice),
  })
  return { made, events, notices }
}

describe('what a chat model writes', () => {
  it('is told sentence by sentence, with a sign between paragraphs', async () => {
    const { made, events } = await make(writerOf(sayAll))
    expect(events.map(({ type }) => type)).toEqual(['sentence', 'paragraph', 'sentence'])
    expect(made).toEqual({ outcome: 'answered', ...written, answerer: 'm', told: true })
  })

  it('in another language is told once it is translated, by whoever asked', async () => {
    const { made, events } = await make(
      writerOf(sayAll, async (sentences, language) => sentences.map((sentence) => `${language}: ${sentence}`)),
      'German',
    )
    expect([events, made.told]).toEqual([[], false])
    expect(made.parts.flatMap((part) => part.sentences.map(({ text }) => text))).toEqual(['German: Images get scanned.', 'German: They follow best practices.'])
    expect(made.citations.map(({ quote }) => quote)).toEqual([QUOTE])
  })
})

describe('where the chat model fails', () => {
  it.each<[WriterTrouble, RegExp]>([
    ['time-out', /did not answer in time/],
    ['unreachable', /can't be reached/],
    ['refused', /refused the request/],
    ['unreadable', /could not be read/],
    ['budget', /budget .* is used up/],
    ['uncounted', /can't be counted/],
    ['unverified', /could not be verified/],
    ['no-answer', /found no direct answer/],
  ])('(%s) the answer is quoted, with a note', async (trouble, said) => {
    const { made, events, notices } = await make(writerOf(() => Promise.reject(new WriterError(trouble, 'so it is'))))
    expect(made).toMatchObject({ answerer: 'extractive', citations: quoted.citations, told: false })
    expect(made.parts[0]).toEqual(quoted.parts[0])
    expect(made.parts.at(-1)?.sentences[0]?.text).toMatch(said)
    expect([events, notices]).toEqual([[], [`answered without the chat model (${trouble}): so it is`]])
    expect(made).not.toHaveProperty('checks')
  })

  it('what it had said is withdrawn first', async () => {
    const { made, events } = await make(
      writerOf(async (request, asker, onSentence) => {
        await sayAll(request, asker, onSentence)
        throw new WriterError('unreachable', 'it broke off', { checks: { sentencesDropped: 3, markersRemoved: 0 } })
      }),
    )
    expect(events.map(({ type }) => type)).toEqual(['sentence', 'paragraph', 'sentence', 'withdrawn'])
    expect(events.at(-1)).toEqual({ type: 'withdrawn', reason: made.parts.at(-1)?.sentences[0]?.text })
    expect(made).toMatchObject({ told: false, answerer: 'extractive', checks: { sentencesDropped: 3 } })
  })

  it('through a fault of ours, that is a fault', async () => {
    await expect(make(writerOf(() => Promise.reject(new Error('we broke it'))))).rejects.toThrow('we broke it')
  })
})
