/** Figures of a run; each is a share between 0 and 1 unless it says otherwise. */
import type { Answer } from '../src/answers/answer.ts'
import type { Placement } from '../src/placement/placement.ts'
import type { EvalQuestion, EvalStatement } from './sets.ts'

export interface RetrievalFigures {
  count: number
  recallAt1: number
  recallAt3: number
  recallAt5: number
  mrrAt10: number
  ndcgAt10: number
}

export function retrievalFigures(runs: readonly { question: EvalQuestion; retrieved: readonly string[] }[]): RetrievalFigures {
  const ranks = runs.map(({ question, retrieved }) => rankOf(question, retrieved))
  const within = (k: number) => mean(ranks.map((rank) => (rank <= k ? 1 : 0)))
  return {
    count: runs.length,
    recallAt1: within(1),
    recallAt3: within(3),
    recallAt5: within(5),
    mrrAt10: mean(ranks.map((rank) => (rank <= 10 ? 1 / rank : 0))),
    ndcgAt10: mean(runs.map(({ question, retrieved }) => ndcg(question, retrieved))),
  }
}

/** Rank of the first right passage; infinite when there is none. */
function rankOf({ gold }: EvalQuestion, retrieved: readonly string[]): number {
  const at = retrieved.findIndex((id) => gold.includes(id))
  return at < 0 ? Number.POSITIVE_INFINITY : at + 1
}

/** All right passages count the same; an ideal list has them first. */
function ndcg({ gold }: EvalQuestion, retrieved: readonly string[]): number {
  const gain = (rank: number) => 1 / Math.log2(rank + 1)
  const got = retrieved.slice(0, 10).reduce((sum, id, i) => (gold.includes(id) ? sum + gain(i + 1) : sum), 0)
  const ideal = Array.from({ length: Math.min(10, new Set(gold).size) }, (_, i) => gain(i + 1)).reduce((sum, value) => sum + value, 0)
  return ideal === 0 ? 0 : got / ideal
}

export interface AnswerFigures {
  /** A right passage (one of each group) among the cited, of all answerable questions. */
  citationRecall: number
  /** Cited passages that are right, of all cited passages of answered questions. */
  citationPrecision: number
  /** All keywords of a right answer stand in the text. */
  keywords: number
  wronglyDeclined: number
  unanswerableDeclined: number
  /** Quotes that stand in their passage letter for letter. */
  quotesVerbatim: number
}

export function answerFigures(
  answered: readonly { question: EvalQuestion; answer: Answer }[],
  unanswerable: readonly Answer[],
  textOf: (passage: string) => string | undefined,
): AnswerFigures {
  const cited = (answer: Answer) => [...new Set(answer.citations.map((citation) => citation.passage))]
  const all = answered.flatMap(({ question, answer }) => cited(answer).map((passage) => question.gold.includes(passage)))
  const quotes = answered.flatMap(({ answer }) => answer.citations).map(({ passage, quote }) => textOf(passage)?.includes(quote) === true)
  return {
    citationRecall: mean(
      answered.map(({ question, answer }) =>
        (question.groups ?? [question.gold]).every((group) => cited(answer).some((passage) => group.includes(passage))) ? 1 : 0,
      ),
    ),
    citationPrecision: mean(all.map(Number)),
    keywords: mean(answered.filter(({ question }) => question.must.length > 0).map(({ question, answer }) => (hasKeywords(question, answer.text) ? 1 : 0))),
    wronglyDeclined: mean(answered.map(({ answer }) => (answer.outcome === 'answered' ? 0 : 1))),
    unanswerableDeclined: mean(unanswerable.map((answer) => (answer.outcome === 'answered' ? 0 : 1))),
    quotesVerbatim: mean(quotes.map(Number)),
  }
}

function hasKeywords({ must }: EvalQuestion, text: string): boolean {
  const lower = text.toLowerCase()
  return must.every((alternatives) => alternatives.split('|').some((keyword) => lower.includes(keyword)))
}

export interface PlacementFigures {
  count: number
  exact: number
  withinOne: number
  /** The right level is among the two likeliest. */
  amongTwo: number
  /** Too vague to place, and asked back. */
  vagueAskedBack: number
  /** Clear enough, and asked back all the same. */
  clearAskedBack: number
}

export function placementFigures(runs: readonly { statement: EvalStatement; placement: Placement }[]): PlacementFigures {
  const placeable = runs.filter(({ statement }) => statement.level !== null)
  const askedBack = (group: typeof runs) => mean(group.map(({ placement }) => (placement.outcome === 'unclear' ? 1 : 0)))
  const right = ({ statement }: (typeof runs)[number]) => [statement.level as number, ...statement.acceptable]
  return {
    count: runs.length,
    exact: mean(placeable.map((run) => (right(run).includes(run.placement.level) ? 1 : 0))),
    withinOne: mean(placeable.map((run) => (right(run).some((level) => Math.abs(level - run.placement.level) <= 1) ? 1 : 0))),
    amongTwo: mean(placeable.map((run) => (run.placement.candidates.slice(0, 2).some(({ level }) => right(run).includes(level)) ? 1 : 0))),
    vagueAskedBack: askedBack(runs.filter(({ statement }) => statement.level === null)),
    clearAskedBack: askedBack(placeable),
  }
}

export function mean(values: readonly number[]): number {
  return values.length === 0 ? Number.NaN : values.reduce((sum, value) => sum + value, 0) / values.length
}

/** @param share 0.5 for the median */
export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN
}
