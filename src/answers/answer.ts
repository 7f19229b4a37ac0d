/** What goes in and comes out of the core: every surface (web page, terminal, chat platforms) renders this. */
import * as z from 'zod'

/** One question, as `cairn ask --jsonl` and the web page send it. */
export const askRequest = z.object({
  id: z.string().optional(),
  question: z.string(),
  /** The user's and the bot's earlier turns, oldest first. */
  history: z.array(z.string()).optional(),
  /** Look only into this model. */
  model: z.string().optional(),
})
export type AskRequest = z.infer<typeof askRequest>

/**
 * `declined`: the documents don't cover it, or the premise is false.
 * `clarify`: the text asks one question back.
 */
export type Outcome = 'answered' | 'declined' | 'clarify'

export interface Citation {
  /** The number that the text cites, counted from 1. */
  n: number
  passage: string
  model: string
  section: string
  level: number | null
  title: string
  url: string
  /** A sentence of the passage, letter for letter. */
  quote: string
}

/** A sentence of the answer; `citations` are the `n` that back it, none where the bot speaks for itself. */
export interface Sentence {
  text: string
  citations: readonly number[]
}

/** Sentences that belong together, for example what one level of one model says. */
export interface AnswerPart {
  heading?: string
  sentences: readonly Sentence[]
}

export interface Answer {
  id?: string
  question: string
  outcome: Outcome
  /** The parts as plain text, with `[n]` after each cited sentence. */
  text: string
  parts: readonly AnswerPart[]
  citations: readonly Citation[]
  /** Ids of the ten best passages, best first. */
  retrieved: readonly string[]
  /** `extractive` or the chat model's name. */
  answerer: string
  /** What the check of a chat model's text took out; absent where nothing was written by one. */
  checks?: Checks
  ms: { search: number; answer: number; total: number }
}

export interface Checks {
  /** Sentences left out: their passages don't say that, or lack a number or a name of theirs. */
  sentencesDropped: number
  /** Markers that named no given passage, or one that doesn't support the sentence. */
  markersRemoved: number
}

/**
 * An answer as it comes into being: headings, or paragraphs without one, and sentences in reading order, then the whole.
 * `withdrawn`: what was sent so far does not stand; what follows takes its place.
 */
export type AnswerEvent =
  | { type: 'heading'; text: string }
  | { type: 'paragraph' }
  | ({ type: 'sentence' } & Sentence)
  | { type: 'withdrawn'; reason: string }
  | { type: 'done'; answer: Answer }

/** Who asks: set by the surface, never by what was typed. */
export interface Asker {
  /** Whose budget a chat model's tokens count against. */
  tenant: string
  /** The person's own "stop". */
  signal?: AbortSignal
}

export const LOCAL_ASKER: Asker = { tenant: 'local' }

export interface Assistant {
  /**
   * Answers one question; never throws for what a user typed.
   * @throws QuestionError when the question is too long or not text
   */
  ask(request: AskRequest, onEvent?: (event: AnswerEvent) => void, asker?: Asker): Promise<Answer>
}

/** The parts as plain text; a part's heading stands before its sentences. */
export function renderPlainText(parts: readonly AnswerPart[]): string {
  return parts
    .map(({ heading, sentences }) => {
      const body = sentences.map(({ text, citations }) => [text, citations.map((n) => `[${n}]`).join('')].filter(Boolean).join(' ')).join(' ')
      return heading === undefined ? body : `${heading}: ${body}`
    })
    .join('\n\n')
}
