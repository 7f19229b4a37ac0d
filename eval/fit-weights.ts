/**
 * `npm run eval:fit-weights`: fits how much each piece of evidence counts in the ranking, and writes src/retrieval/weights.json
 * when cross-validation finds the fitted weights no worse than today's. Coordinate search over a small grid on
 * eval/questions.jsonl and eval/asked.jsonl: one weight at a time takes the value with the best ranking, nearer to today's where two are equal.
 * The expansions are no second source: the index and the directions have seen each of their lines.
 * Run it after a change to the expansions, the directions or the vocabulary, then `npm run eval:fit-citing` and `npm run eval:fit`.
 */
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { loadConfig } from '../src/config.ts'
import { EXPANSIONS, loadExpansions } from '../src/corpus/expansions.ts'
import { createEmbedder, createEngine } from '../src/engine.ts'
import type { Understanding } from '../src/questions/understand.ts'
import { readDirections } from '../src/retrieval/directions.ts'
import { createLexicalIndex, FIELD_WEIGHTS, type FieldWeights } from '../src/retrieval/lexical-index.ts'
import { readLineVectors } from '../src/retrieval/line-vectors.ts'
import { rankPassages, type Signals, type Weights } from '../src/retrieval/rank.ts'
import { compareVectors, WEIGHTS } from '../src/retrieval/retriever.ts'
import { mean } from './metrics.ts'
import { type EvalQuestion, readAsked, readOwnSet } from './sets.ts'

const FOLDS = 4
const PASSES = 2
/** Less than this is chance: a weight stays what it is. */
const MIN_GAIN = 0.01
const TARGET = join(import.meta.dirname, '..', 'src', 'retrieval', 'weights.json')

interface All {
  fields: FieldWeights
  evidence: Weights
}

const GRID: { fields: Record<keyof FieldWeights, number[]>; evidence: Record<keyof Weights, number[]> } = {
  fields: { heading: [1, 1.5, 2, 2.5], asks: [1, 1.5, 2], says: [0.3, 0.6, 1] },
  evidence: {
    vector: [0, 0.1, 0.2, 0.3],
    asked: [0.2, 0.3, 0.5, 0.65, 0.8],
    said: [0, 0.5, 1, 1.5, 2, 2.5],
    model: [0.4, 0.6, 0.8],
    dimension: [0.1, 0.2, 0.3, 0.4],
    section: [0.3, 0.4, 0.5, 0.6],
    level: [0.5, 0.7, 0.9],
    shiftedLevel: [1, 1.3],
    levelWord: [0.1, 0.2, 0.3],
    anyLevel: [0, 0.1, 0.2],
    general: [0, 0.1, 0.2, 0.3],
  },
}

/** What of a question does not depend on the weights. BM25 is a sum over fields: the parts are kept. */
interface Prepared {
  question: EvalQuestion
  understanding: Understanding
  unweighed: Omit<Signals, 'lexical'>
  parts: Record<'text' | keyof FieldWeights, ReadonlyMap<string, number>>
}

const directory = await mkdtemp(join(tmpdir(), 'cairn-fit-'))
const config = loadConfig({ CAIRN_DATA_DIR: directory })
const embedder = await createEmbedder(config)
try {
  const { corpus, reader, index, vocabulary } = await createEngine({ config, embedder, onNotice: () => {} })
  const expansions = await loadExpansions(EXPANSIONS)
  const compared = { vectors: index.store, directions: readDirections(embedder.name), lineVectors: readLineVectors(embedder.name) }
  const indexWith = (weights: FieldWeights) => createLexicalIndex(corpus.passages, vocabulary, expansions, new Map(), weights)
  const plain = { heading: 1, asks: 1, says: 1 }
  const all = indexWith(plain)
  const doubled = { heading: indexWith({ ...plain, heading: 2 }), asks: indexWith({ ...plain, asks: 2 }), says: indexWith({ ...plain, says: 2 }) }
  const prepared: Prepared[] = []
  for (const question of [...readOwnSet(import.meta.dirname).answerable, ...readAsked(import.meta.dirname).answerable]) {
    const understanding = reader.read(question.question, question.history)
    const whole = all.score(understanding.terms).byPassage
    const part = (field: keyof FieldWeights) => minus(doubled[field].score(understanding.terms).byPassage, whole)
    const parts = { heading: part('heading'), asks: part('asks'), says: part('says') }
    const text = minus(minus(minus(whole, parts.heading), parts.asks), parts.says)
    const { similarity, heard } = await compareVectors(understanding.searchText, compared)
    const said = all.liken(understanding.terms).byPassage
    prepared.push({ question, understanding, unweighed: { similarity, heard: heard.byPassage, said }, parts: { ...parts, text } })
  }
  const ranksWith = (weights: All, some: readonly Prepared[]) =>
    some.map(({ question, understanding, unweighed, parts }) => {
      const ranked = rankPassages(corpus, understanding, { ...unweighed, lexical: put(parts, weights.fields) }, weights.evidence)
      return 1 + ranked.findIndex(({ passage }) => question.gold.includes(passage.id)) || Number.POSITIVE_INFINITY
    })

  const today: All = { fields: FIELD_WEIGHTS, evidence: WEIGHTS }
  const held = new Map<Prepared, number>()
  for (let fold = 0; fold < FOLDS; fold++) {
    const inFold = (_: Prepared, i: number) => i % FOLDS === fold
    const weights = search(today, (candidate) =>
      worth(
        ranksWith(
          candidate,
          prepared.filter((each, i) => !inFold(each, i)),
        ),
      ),
    )
    const tested = prepared.filter(inFold)
    for (const [i, rank] of ranksWith(weights, tested).entries()) held.set(tested[i] as Prepared, rank)
  }
  const crossValidated = prepared.map((each) => held.get(each) as number)
  const now = ranksWith(today, prepared)
  report("today's weights", now)
  report('fitted, cross-validated', crossValidated)
  if (worth(crossValidated) >= worth(now)) {
    const fitted = search(today, (candidate) => worth(ranksWith(candidate, prepared)))
    report('fitted on all questions', ranksWith(fitted, prepared))
    await writeFile(TARGET, `${JSON.stringify(fitted, null, 2)}\n`)
    process.stdout.write(`written to ${TARGET}\n`)
  } else {
    process.stdout.write('the fitted weights are worse on questions that they were not fitted on: nothing is written\n')
  }
} finally {
  await embedder.close()
  await rm(directory, { recursive: true, force: true })
}

function search(start: All, worthOf: (weights: All) => number): All {
  let best = start
  let most = worthOf(start)
  const consider = (candidate: All) => {
    const value = worthOf(candidate)
    if (value > most + MIN_GAIN) [best, most] = [candidate, value]
  }
  for (let pass = 0; pass < PASSES; pass++) {
    for (const [name, values] of Object.entries(GRID.evidence)) for (const value of values) consider({ ...best, evidence: { ...best.evidence, [name]: value } })
    for (const [name, values] of Object.entries(GRID.fields)) for (const value of values) consider({ ...best, fields: { ...best.fields, [name]: value } })
  }
  return best
}

/** The right passage first, or at least among those that an answer can draw on. */
function worth(ranks: readonly number[]): number {
  return mean(ranks.map((rank) => (rank <= 10 ? 1 / rank : 0) + (rank <= 5 ? 0.5 : 0)))
}

function put(parts: Prepared['parts'], weights: FieldWeights): Map<string, number> {
  const sum = new Map(parts.text)
  for (const field of ['heading', 'asks', 'says'] as const) for (const [id, score] of parts[field]) sum.set(id, (sum.get(id) ?? 0) + weights[field] * score)
  return sum
}

function minus(from: ReadonlyMap<string, number>, taken: ReadonlyMap<string, number>): Map<string, number> {
  return new Map([...from].map(([id, score]) => [id, score - (taken.get(id) ?? 0)]))
}

function report(name: string, ranks: readonly number[]): void {
  const within = (k: number) => `${Math.round(mean(ranks.map((rank) => (rank <= k ? 1 : 0))) * 1000) / 10}%`
  const mrr = mean(ranks.map((rank) => (rank <= 10 ? 1 / rank : 0)))
  process.stdout.write(`${name.padEnd(26)} recall@1 ${within(1)}  recall@5 ${within(5)}  MRR@10 ${mrr.toFixed(3)}\n`)
}
