/** The core that every surface asks: read the question, search, decide, compose, verify. */
import type { Corpus } from '../corpus/passage.ts'
import { productNames } from '../corpus/product-names.ts'
import { MAX_QUESTION_CHARACTERS, readQuestion } from '../questions/typed-text.ts'
import type { QuestionReader, Understanding } from '../questions/understand.ts'
import type { LexicalIndex } from '../retrieval/lexical-index.ts'
import type { Retrieval, Retriever } from '../retrieval/retriever.ts'
import { wordsOf } from '../retrieval/terms.ts'
import type { Vocabulary } from '../retrieval/vocabulary.ts'
import { introductionsAskedFor } from './about-models.ts'
import {
  type Answer,
  type AnswerEvent,
  type AnswerPart,
  type Asker,
  type AskRequest,
  type Assistant,
  type Citation,
  LOCAL_ASKER,
  type Outcome,
  renderPlainText,
} from './answer.ts'
import type { AnswerWriter, Restated } from './answer-writer.ts'
import { planAnswer } from './choose-passages.ts'
import { cite, compose, headingOf } from './compose.ts'
import { confidenceModelFor, confidenceOf, type Features, measure } from './confidence.ts'
import { isInstruction } from './guard.ts'
import { findMisplaced, type Misplaced } from './misplaced.ts'
import { findFalsePremise } from './premises.ts'
import { askForQuestion, askForTopic, coverage, isTooVague, needsTopic, notAnInstruction, notCovered, unknownModel } from './replies.ts'
import { findUnmentioned } from './unmentioned.ts'
import { verifyQuotes } from './verify-quotes.ts'
import { type Made, passagesToGive, translateParts, writeOrQuote } from './write-or-quote.ts'

const RETRIEVED = 10
const DOCUMENT_COVERAGE = 0.45
const WHAT_IS = /^(?:so )?(?:what(?:'s| is| are| does)|define|explain|meaning of)\b/i
const THING_WORDS = 2
const SAID_OF_IT =
  /\b(?:mention(?:s|ed)?|named|(?:say|says|said|tell|tells) (?:about|of|on)|(?:turns?|comes?|shows?) up|comes? in(?:to play)?|appears?|makes? sense|pays? off|recommend(?:s|ed)?|suggest(?:s|ed)?)\b/i

export interface AssistantParts {
  corpus: Corpus
  reader: QuestionReader
  retriever: Retriever
  lexical: LexicalIndex
  vocabulary: Vocabulary
  /** Absent: every answer is quoted. */
  writer?: AnswerWriter
  /** One sentence for the log: a fault of ours that no reader may see, or a chat model that let us down. */
  onNotice?(notice: string): void
}

interface Decision {
  outcome: Outcome
  parts: AnswerPart[]
  citations: Citation[]
}

/** What is known of a question once the passages are found. */
interface Found {
  understanding: Understanding
  retrieval: Retrieval
  history: readonly string[]
  /** Undefined for English. */
  language: string | undefined
}

export function createAssistant(parts: AssistantParts): Assistant {
  const { reader, retriever } = parts
  return {
    async ask(request, onEvent = () => {}, asker = LOCAL_ASKER) {
      const started = performance.now()
      const question = readQuestion(request.question)
      // What the bot said carries the numbers of its sources: they are no levels.
      const history = (request.history ?? []).map((turn) => turn.replace(/\s*\[\d+\]/g, '').slice(0, MAX_QUESTION_CHARACTERS))
      const restated = await restate(question, history, asker, parts)
      const understanding = within(restated === undefined ? reader.read(question, history) : reader.read(restated.question), request.model)
      const before = performance.now()
      const retrieval = await retriever.search(understanding, request.model)
      const searched = performance.now()
      const found: Found = { understanding, retrieval, history, language: restated?.language }
      const { told, checks, ...made } = await make(request, found, parts, asker, onEvent)
      const ended = performance.now()
      const answer: Answer = {
        ...(request.id === undefined ? {} : { id: request.id }),
        question: request.question,
        outcome: made.outcome,
        text: renderPlainText(made.parts),
        parts: made.parts,
        citations: made.citations,
        retrieved: retrieval.ranked.slice(0, RETRIEVED).map((each) => each.passage.id),
        answerer: made.answerer,
        ...(checks === undefined ? {} : { checks }),
        ms: { search: round(searched - before), answer: round(ended - searched), total: round(performance.now() - started) },
      }
      if (!told) tell(made.parts, onEvent)
      onEvent({ type: 'done', answer })
      return answer
    },
  }
}

async function restate(question: string, history: readonly string[], asker: Asker, { writer }: AssistantParts): Promise<Restated | undefined> {
  return writer === undefined || question === '' || isInstruction(question) ? undefined : writer.restate(question, history, asker)
}

async function make(
  request: AskRequest,
  { understanding, retrieval, history, language }: Found,
  parts: AssistantParts,
  asker: Asker,
  onEvent: (event: AnswerEvent) => void,
): Promise<Made> {
  const { corpus, lexical, writer } = parts
  const onNotice = (notice: string) => parts.onNotice?.(notice)
  const quoted = (decision: Decision): Made => ({
    ...verified(decision, retrieval, corpus, onNotice),
    answerer: 'extractive',
    told: false,
  })

  const refusal = isInstruction(request.question) ? say('declined', notAnInstruction(corpus)) : refuse(request, understanding, retrieval, parts)
  if (refusal !== undefined) {
    const decision = quoted(refusal)
    if (writer === undefined || language === undefined) return decision
    return { ...decision, parts: await translateParts(decision.parts, language, writer, asker, (sentence) => sentence.citations.length > 0) }
  }
  const plan = planAnswer(understanding, retrieval, corpus)
  const quote = () => quoted({ outcome: 'answered', ...compose(plan, understanding, corpus, lexical) })
  if (writer === undefined) return quote()
  const asked = { question: understanding.question, history, passages: passagesToGive(plan, understanding, retrieval), language }
  return writeOrQuote(asked, writer, quote, { corpus, asker, onEvent, onNotice })
}

function verified(decision: Decision, { ranked }: Retrieval, corpus: Corpus, onNotice: (notice: string) => void): Decision {
  const { withdrawn, ...sound } = verifyQuotes(decision, corpus)
  if (withdrawn > 0) onNotice(`${withdrawn} quotes did not stand in their passages and were withdrawn`)
  const nothingLeft = decision.outcome === 'answered' && sound.citations.length === 0
  return nothingLeft ? say('declined', notCovered(corpus, ranked)) : { outcome: decision.outcome, ...sound }
}

/** Why there is no answer, from the plainest reason to the finest; nothing when there is one. */
function refuse(request: AskRequest, understanding: Understanding, retrieval: Retrieval, parts: AssistantParts): Decision | undefined {
  const { corpus, lexical, vocabulary } = parts
  if (request.model !== undefined && corpus.model(request.model) === undefined) return say('declined', unknownModel(request.model, corpus))
  if (isInstruction(understanding.question)) return say('declined', notAnInstruction(corpus))
  const isAboutModels = introductionsAskedFor(understanding, corpus).length > 0
  if (!isAboutModels && isTooVague(understanding)) return say('clarify', askForQuestion(corpus))
  if (needsTopic(understanding)) return say('clarify', askForTopic(understanding, corpus))

  const correction = findFalsePremise(understanding, corpus) ?? findUnmentioned(understanding, corpus, lexical, vocabulary)
  if (correction !== undefined) return say('declined', `${correction} ${coverage(corpus)}`)
  const misplaced = findMisplaced(understanding, corpus)
  if (misplaced !== undefined) return putRight(misplaced, corpus)

  const features = measure(understanding, retrieval, lexical, vocabulary)
  const confidence = confidenceModelFor(retrieval)
  const isSure =
    isAboutModels ||
    confidenceOf(features, confidence) >= confidence.threshold ||
    isInDocument(features, retrieval, corpus) ||
    asksWhatOneThingIs(understanding, features, parts) ||
    asksWhatIsSaidOfIt(understanding, retrieval)
  return isSure ? undefined : say('declined', notCovered(corpus, retrieval.ranked))
}

/** "What is GitOps?": there is little to measure in one word, but where the texts use it, the best of them says what it is there. */
function asksWhatOneThingIs(
  { question, ownStems }: Understanding,
  { coverage: share, namesSection }: Features,
  { lexical, vocabulary }: AssistantParts,
): boolean {
  const isShort = WHAT_IS.test(question) && ownStems.length > 0 && ownStems.length <= THING_WORDS
  const isOfTheField = namesSection > 0 || ownStems.some((stem) => vocabulary.related([stem]).length > 0)
  return isShort && isOfTheField && share === 1 && ownStems.every((stem) => lexical.isInText(stem))
}

/** "Is KEDA mentioned?", "when does Crossplane make sense?": where the best passage names it, it is what the models say of it. */
function asksWhatIsSaidOfIt({ question }: Understanding, { ranked }: Retrieval): boolean {
  const inPassage = new Set(wordsOf(ranked[0]?.passage.text ?? ''))
  return SAID_OF_IT.test(question) && wordsOf(question).some((word) => productNames().has(word) && inPassage.has(word))
}

/** Nobody has written down what people ask about an imported document: where it has about half of what the question says, it answers. */
function isInDocument({ rarestCovered, coverage: share }: Features, { ranked }: Retrieval, corpus: Corpus): boolean {
  const best = ranked[0]?.passage
  return best !== undefined && corpus.model(best.model)?.kind === 'document' && rarestCovered >= DOCUMENT_COVERAGE && share >= DOCUMENT_COVERAGE
}

/** Says where something belongs, and shows the passage that says so. */
function putRight({ correction, passage, quote }: Misplaced, corpus: Corpus): Decision {
  return {
    outcome: 'declined',
    parts: [{ sentences: [{ text: correction, citations: [] }] }, { heading: headingOf(passage, corpus), sentences: [{ text: quote, citations: [1] }] }],
    citations: [cite(passage, quote, 1)],
  }
}

/** Who asks within one model means that model, whatever the question names. */
function within(understanding: Understanding, model: string | undefined): Understanding {
  return model === undefined ? understanding : { ...understanding, places: { ...understanding.places, models: [model] } }
}

function say(outcome: Outcome, text: string): Decision {
  return { outcome, parts: [{ sentences: [{ text, citations: [] }] }], citations: [] }
}

function tell(parts: readonly AnswerPart[], onEvent: (event: AnswerEvent) => void): void {
  for (const { heading, sentences } of parts) {
    onEvent(heading === undefined ? { type: 'paragraph' } : { type: 'heading', text: heading })
    for (const sentence of sentences) onEvent({ type: 'sentence', ...sentence })
  }
}

function round(ms: number): number {
  return Math.round(ms * 100) / 100
}
