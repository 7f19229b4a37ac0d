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

/** A sentence of the answer; `citation` is the `n` that backs it, absent where the bot speaks for itself. */
export interface Sentence {
  text: string
  citation?: number
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
  ms: { search: number; answer: number; total: number }
}

/** An answer as it comes into being: headings and sentences in reading order, then the whole. */
export type AnswerEvent = { type: 'heading'; text: string } | { type: 'sentence'; text: string; citation?: number } | { type: 'done'; answer: Answer }

export interface Assistant {
  /**
   * Answers one question; never throws for what a user typed.
   * @throws QuestionError when the question is too long or not text
   */
  ask(request: AskRequest, onEvent?: (event: AnswerEvent) => void): Promise<Answer>
}

/** The parts as plain text; a part's heading stands before its sentences. */
export function renderPlainText(parts: readonly AnswerPart[]): string {
  return parts
    .map(({ heading, sentences }) => {
      const body = sentences.map(({ text, citation }) => (citation === undefined ? text : `${text} [${citation}]`)).join(' ')
      return heading === undefined ? body : `${heading}: ${body}`
    })
    .join('\n\n')
}
