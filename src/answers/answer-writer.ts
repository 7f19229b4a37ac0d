/** What answers ask of a chat model, in the terms of answers. Absent: answers are quoted. */
import type { Passage } from '../corpus/passage.ts'
import type { AnswerPart, Asker, Checks, Citation, Sentence } from './answer.ts'

export interface Restated {
  /** The question in English, understood without the turns before it. */
  question: string
  /** The language it was asked in, by its English name; undefined for English. */
  language: string | undefined
}

export interface Written {
  parts: AnswerPart[]
  citations: Citation[]
  checks: Checks
}

/**
 * `uncounted`: what it costs can't be written down. `unverified`: nothing of what was written stood up to the check.
 * `no-answer`: the model found none in the passages.
 */
export type WriterTrouble = 'time-out' | 'unreachable' | 'refused' | 'unreadable' | 'budget' | 'uncounted' | 'unverified' | 'no-answer'

/** There is no text of a chat model; the answer is quoted instead. */
export class WriterError extends Error {
  override readonly name = 'WriterError'
  readonly trouble: WriterTrouble
  /** What the check took out before nothing was left. */
  readonly checks: Checks | undefined

  constructor(trouble: WriterTrouble, message: string, options: ErrorOptions & { checks?: Checks } = {}) {
    super(message, options)
    this.trouble = trouble
    this.checks = options.checks
  }
}

export interface AnswerWriter {
  /** The chat model's name. */
  readonly name: string
  /** Undefined where nothing needs restating, or the model did not do it well: the rules then read the question. */
  restate(question: string, history: readonly string[], asker: Asker): Promise<Restated | undefined>
  /**
   * Each sentence is checked against its passages before `onSentence` gets it.
   * @throws WriterError
   */
  write(
    request: { question: string; history: readonly string[]; passages: readonly Passage[] },
    asker: Asker,
    onSentence: (sentence: Sentence, startsPart: boolean) => void,
  ): Promise<Written>
  /** The sentences in that language, one for one; one that can't be had safely stays as it is. */
  translate(sentences: readonly string[], language: string, asker: Asker): Promise<readonly string[]>
}
