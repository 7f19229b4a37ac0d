/** The core that every surface asks: read the question, search, decide, compose, verify. */
import type { Corpus } from '../corpus/passage.ts'
import { MAX_QUESTION_CHARACTERS, readQuestion } from '../questions/typed-text.ts'
import type { QuestionReader, Understanding } from '../questions/understand.ts'
import type { LexicalIndex } from '../retrieval/lexical-index.ts'
import type { Retrieval, Retriever } from '../retrieval/retriever.ts'
import type { Vocabulary } from '../retrieval/vocabulary.ts'
import { introductionsAskedFor } from './about-models.ts'
import { type Answer, type AnswerEvent, type AnswerPart, type AskRequest, type Assistant, type Citation, type Outcome, renderPlainText } from './answer.ts'
import { planAnswer } from './choose-passages.ts'
import { cite, compose, headingOf } from './compose.ts'
import { CONFIDENCE, type ConfidenceModel, confidenceOf, measure } from './confidence.ts'
import { isInstruction } from './guard.ts'
import { findMisplaced, type Misplaced } from './misplaced.ts'
import { findFalsePremise } from './premises.ts'
import { askForQuestion, askForTopic, coverage, isTooVague, needsTopic, notAnInstruction, notCovered, unknownModel } from './replies.ts'
import { findUnmentioned } from './unmentioned.ts'
import { verifyQuotes } from './verify-quotes.ts'

const RETRIEVED = 10

export interface AssistantParts {
  corpus: Corpus
  reader: QuestionReader
  retriever: Retriever
  lexical: LexicalIndex
  vocabulary: Vocabulary
  confidence?: ConfidenceModel
  /** Told when a quote did not stand in its passage: a fault of ours that no reader may see. */
  onWithdrawn?(count: number): void
}

interface Decision {
  outcome: Outcome
  parts: AnswerPart[]
  citations: Citation[]
}

export function createAssistant(parts: AssistantParts): Assistant {
  const { reader, retriever } = parts
  return {
    async ask(request, onEvent) {
      const started = performance.now()
      const question = readQuestion(request.question)
      const history = request.history?.map((turn) => turn.slice(0, MAX_QUESTION_CHARACTERS))
      const understanding = within(reader.read(question, history), request.model)
      const retrieval = await retriever.search(understanding, request.model)
      const searched = performance.now()
      const decision = decide(request, understanding, retrieval, parts)
      const ended = performance.now()
      const answer: Answer = {
        ...(request.id === undefined ? {} : { id: request.id }),
        question: request.question,
        outcome: decision.outcome,
        text: renderPlainText(decision.parts),
        parts: decision.parts,
        citations: decision.citations,
        retrieved: retrieval.ranked.slice(0, RETRIEVED).map((each) => each.passage.id),
        answerer: 'extractive',
        ms: { search: round(searched - started), answer: round(ended - searched), total: round(performance.now() - started) },
      }
      tell(answer, onEvent)
      return answer
    },
  }
}

function decide(request: AskRequest, understanding: Understanding, retrieval: Retrieval, parts: AssistantParts): Decision {
  const { corpus, lexical } = parts
  const { ranked } = retrieval
  const answer = (): Decision => ({ outcome: 'answered', ...compose(planAnswer(understanding, ranked, corpus), understanding, corpus, lexical) })
  const decision = refuse(request, understanding, retrieval, parts) ?? answer()

  const { withdrawn, ...verified } = verifyQuotes(decision, corpus)
  if (withdrawn > 0) parts.onWithdrawn?.(withdrawn)
  const nothingLeft = decision.outcome === 'answered' && verified.citations.length === 0
  return nothingLeft ? say('declined', notCovered(corpus, ranked)) : { outcome: decision.outcome, ...verified }
}

/** Why there is no answer, from the plainest reason to the finest; nothing when there is one. */
function refuse(request: AskRequest, understanding: Understanding, retrieval: Retrieval, parts: AssistantParts): Decision | undefined {
  const { corpus, lexical, vocabulary, confidence = CONFIDENCE } = parts
  if (request.model !== undefined && corpus.model(request.model) === undefined) return say('declined', unknownModel(request.model, corpus))
  if (isInstruction(understanding.question)) return say('declined', notAnInstruction(corpus))
  const isAboutModels = introductionsAskedFor(understanding, corpus).length > 0
  if (!isAboutModels && isTooVague(understanding)) return say('clarify', askForQuestion(corpus))
  if (needsTopic(understanding)) return say('clarify', askForTopic(understanding, corpus))

  const correction = findFalsePremise(understanding, corpus) ?? findUnmentioned(understanding, corpus, lexical, vocabulary)
  if (correction !== undefined) return say('declined', `${correction} ${coverage(corpus)}`)
  const misplaced = findMisplaced(understanding, corpus)
  if (misplaced !== undefined) return putRight(misplaced, corpus)

  const isSure = isAboutModels || confidenceOf(measure(understanding, retrieval, lexical, vocabulary), confidence) >= confidence.threshold
  return isSure ? undefined : say('declined', notCovered(corpus, retrieval.ranked))
}

/** Says where something belongs, and shows the passage that says so. */
function putRight({ correction, passage, quote }: Misplaced, corpus: Corpus): Decision {
  return {
    outcome: 'declined',
    parts: [{ sentences: [{ text: correction }] }, { heading: headingOf(passage, corpus), sentences: [{ text: quote, citation: 1 }] }],
    citations: [cite(passage, quote, 1)],
  }
}

/** Who asks within one model means that model, whatever the question names. */
function within(understanding: Understanding, model: string | undefined): Understanding {
  return model === undefined ? understanding : { ...understanding, places: { ...understanding.places, models: [model] } }
}

function say(outcome: Outcome, text: string): Decision {
  return { outcome, parts: [{ sentences: [{ text }] }], citations: [] }
}

function tell(answer: Answer, onEvent: ((event: AnswerEvent) => void) | undefined): void {
  if (onEvent === undefined) return
  for (const { heading, sentences } of answer.parts) {
    if (heading !== undefined) onEvent({ type: 'heading', text: heading })
    for (const sentence of sentences) onEvent({ type: 'sentence', ...sentence })
  }
  onEvent({ type: 'done', answer })
}

function round(ms: number): number {
  return Math.round(ms * 100) / 100
}
