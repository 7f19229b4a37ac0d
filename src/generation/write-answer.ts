/** An answer in a chat model's words, of which only what its passages say gets through. */
import type { AnswerPart, Asker, Checks, Citation, Sentence } from '../answers/answer.ts'
import { WriterError, type Written } from '../answers/answer-writer.ts'
import { cite } from '../answers/compose.ts'
import type { Passage } from '../corpus/passage.ts'
import type { ChatCalls } from './chat-calls.ts'
import { type CheckParts, checkSentence, type Source, type Verdict } from './check-sentence.ts'
import { type GivenPassage, givePassages } from './given-passages.ts'
import { createSentenceReader, type MarkedSentence } from './marked-sentences.ts'
import { asData, type PromptFile } from './prompt-files.ts'

const NO_ANSWER = /^\W*no answer\W*$/i
/** Earlier turns that the model gets to see, each cut to this. */
const HISTORY_TURNS = 4
const TURN_CHARACTERS = 600

export interface WriteParts extends CheckParts {
  calls: ChatCalls
  prompt: PromptFile
}

export interface WriteRequest {
  question: string
  history: readonly string[]
  passages: readonly Passage[]
}

/** @throws WriterError when there is no text, or nothing of it stands up to the check */
export async function writeAnswer(
  { question, history, passages }: WriteRequest,
  asker: Asker,
  onSentence: (sentence: Sentence, startsPart: boolean) => void,
  parts: WriteParts,
): Promise<Written> {
  const given = givePassages(passages, parts.corpus, parts.vocabulary)
  if (given.length === 0) throw new WriterError('no-answer', 'there is no passage to answer from')
  const prompt = await parts.prompt({ passages: numbered(given), history: asTurns(history), question: asData(question) })
  // The passages' sentences are embedded while the model thinks.
  const [first = '', ...others] = given.flatMap((each) => each.sentences.map((sentence) => sentence.text))
  void parts.similarities(first, others)

  const draft = createDraft(onSentence)
  const reader = createSentenceReader()
  const seen = new Set<string>()
  let broken = false
  // One after the other: sentences are shown in the order in which they were written.
  let checked: Promise<void> = Promise.resolve()
  const check = (sentences: readonly MarkedSentence[]) => {
    for (const sentence of sentences) {
      checked = checked.then(async () => {
        // A model that goes round in circles says it once.
        if (broken || NO_ANSWER.test(sentence.text) || seen.has(sentence.text)) return
        seen.add(sentence.text)
        const verdict = await checkSentence(sentence, given, parts)
        if (!broken) draft.add(sentence, verdict)
      })
    }
    checked.catch(() => {})
  }
  const reply = await parts.calls.ask(prompt, asker, { onText: (piece) => check(reader.push(piece)) }).catch((error: unknown) => {
    // Nothing may be shown once the caller was told that there is no answer.
    broken = true
    throw error
  })
  check(reader.end(reply.isWhole))
  await checked

  if (draft.citations.length > 0) return { parts: draft.parts, citations: draft.citations, checks: draft.checks }
  if (NO_ANSWER.test(reply.text)) throw new WriterError('no-answer', 'the chat model found no answer in the passages')
  throw new WriterError('unverified', 'nothing of what the chat model wrote could be verified', { checks: draft.checks })
}

interface Draft {
  parts: AnswerPart[]
  citations: Citation[]
  checks: Checks
  add(sentence: MarkedSentence, verdict: Verdict): void
}

/** The sentences that stood up, with their citations numbered as they come. */
function createDraft(onSentence: (sentence: Sentence, startsPart: boolean) => void): Draft {
  const parts: { sentences: Sentence[] }[] = []
  /** The first sentence of a paragraph may be one that is dropped. */
  let startsNext = true
  const citations: Citation[] = []
  const checks: Checks = { sentencesDropped: 0, markersRemoved: 0 }
  const numberOf = ({ given: { passage }, quote }: Source): number => {
    const known = citations.find((citation) => citation.passage === passage.id && citation.quote === quote)
    if (known !== undefined) return known.n
    const citation = cite(passage, quote, citations.length + 1)
    citations.push(citation)
    return citation.n
  }
  return {
    parts,
    citations,
    checks,
    add({ text, startsBlock }, verdict) {
      checks.markersRemoved += verdict.markersRemoved
      startsNext ||= startsBlock
      if (verdict.kind === 'dropped') {
        checks.sentencesDropped++
        return
      }
      const sentence: Sentence = { text, citations: verdict.sources.map(numberOf) }
      const starts = startsNext
      startsNext = false
      if (starts) parts.push({ sentences: [] })
      parts.at(-1)?.sentences.push(sentence)
      onSentence(sentence, starts)
    },
  }
}

function numbered(given: readonly GivenPassage[]): string {
  return given.map(({ number, passage, text }) => `[${number}] ${oneLine(passage.title)}\n${asData(text)}`).join('\n\n')
}

export function asTurns(history: readonly string[]): string {
  const turns = history.slice(-HISTORY_TURNS).map((turn) => `- ${oneLine(turn).slice(0, TURN_CHARACTERS)}`)
  return turns.length === 0 ? '(none)' : turns.join('\n')
}

function oneLine(text: string): string {
  return asData(text.replace(/\s+/g, ' ').trim())
}
