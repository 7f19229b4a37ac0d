/**
 * `npm run eval`: how good answers and placements are, beside two baselines measured in the same run.
 * Exits with 1 when a figure of the project's own sets is under eval/thresholds.json.
 *   --sets DIRECTORY   also measure these sets (same form; not held against the thresholds)
 */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import type { Answer } from '../src/answers/answer.ts'
import { loadConfig } from '../src/config.ts'
import { createEmbedder, createEngine, type Engine } from '../src/engine.ts'
import { type Baseline, createBaselines } from './baselines.ts'
import { evaluateChatModels } from './chat-models.ts'
import { evaluateConversation } from './conversation.ts'
import { answerFigures, placementFigures, quantile, type RetrievalFigures, retrievalFigures } from './metrics.ts'
import { type EvalQuestion, type EvalSet, readAdopters, readAsked, readOtherSets, readOwnSet } from './sets.ts'
import thresholds from './thresholds.json' with { type: 'json' }

const { values: options } = parseArgs({ options: { sets: { type: 'string' } } })
const directory = await mkdtemp(join(tmpdir(), 'cairn-eval-'))
const config = loadConfig({ ...process.env, CAIRN_DATA_DIR: directory })
const embedder = await createEmbedder(config)
try {
  const engine = await createEngine({ config, embedder, onNotice: (notice) => process.stderr.write(`${notice}\n`) })
  const baselines = await createBaselines(engine.corpus, embedder)
  const own = { ...(await evaluate(readOwnSet(import.meta.dirname), engine, baselines)), ...placeAdopters(engine) }
  await evaluate(readAsked(import.meta.dirname), engine, baselines)
  if (options.sets !== undefined) for (const set of readOtherSets(options.sets)) await evaluate(set, engine, baselines)
  const questions = readOwnSet(import.meta.dirname).answerable.flatMap(({ question, history }) => (history === undefined ? [question] : []))
  const sets = [readOwnSet(import.meta.dirname), ...(options.sets === undefined ? [] : readOtherSets(options.sets))]
  for (const { name, placements } of sets) {
    const { count, exact, withinOne, vagueAskedBack, recordedOtherwise } = await evaluateConversation(placements, engine)
    print(`\n== ${name}: ${count} statements through an assessment`)
    print(table({ 'recorded exactly': exact, 'within one': withinOne, 'vague asked back': vagueAskedBack }))
    print(`  recorded otherwise than confirmed: ${recordedOtherwise}`)
  }
  process.exitCode = compare({ ...own, ...(await evaluateChatModels(questions, embedder, print)) })
} finally {
  await embedder.close()
  await rm(directory, { recursive: true, force: true })
}

async function evaluate(set: EvalSet, { assistant, placer, corpus }: Engine, baselines: readonly Baseline[]): Promise<Record<string, number>> {
  print(`\n== ${set.name}: ${set.answerable.length} answerable, ${set.unanswerable.length} unanswerable, ${set.placements.length} placements`)
  const ask = ({ id, question, history }: EvalQuestion) => assistant.ask({ id, question, ...(history === undefined ? {} : { history }) })
  const answered: { question: EvalQuestion; answer: Answer }[] = []
  for (const question of set.answerable) answered.push({ question, answer: await ask(question) })
  const unanswerable: Answer[] = []
  for (const question of set.unanswerable) unanswerable.push(await ask(question))

  const runs = answered.map(({ question, answer }) => ({ question, retrieved: answer.retrieved }))
  for (const [kind, group] of [['all', runs] as const, ...Map.groupBy(runs, (run) => run.question.kind)]) printRetrieval(kind, retrievalFigures(group))
  for (const baseline of baselines) {
    const found = []
    for (const question of set.answerable)
      found.push({ question, retrieved: await baseline.search([...(question.history ?? []), question.question].join(' ')) })
    printRetrieval(baseline.name, retrievalFigures(found))
  }

  const answers = answerFigures(answered, unanswerable, (id) => corpus.passage(id)?.text)
  const placed = []
  for (const statement of set.placements) placed.push({ statement, placement: placer.place(statement) })
  const placements = placementFigures(placed)
  const times = answered.map(({ answer }) => answer.ms.total)
  const { recallAt5, mrrAt10 } = retrievalFigures(runs)
  const paraphrased = retrievalFigures(runs.filter((run) => run.question.kind === 'paraphrase'))
  print(table({ ...answers }))
  print(
    table({
      'placed exactly': placements.exact,
      'within one': placements.withinOne,
      'among two': placements.amongTwo,
      'vague asked back': placements.vagueAskedBack,
      'clear asked back': placements.clearAskedBack,
    }),
  )
  print(`  latency p50 ${quantile(times, 0.5).toFixed(1)} ms, p95 ${quantile(times, 0.95).toFixed(1)} ms`)
  const { exact, withinOne } = placements
  return {
    recallAt5,
    mrrAt10,
    paraphraseRecallAt5: paraphrased.recallAt5,
    ...answers,
    placementExact: exact,
    placementWithinOne: withinOne,
    vagueAskedBack: placements.vagueAskedBack,
  }
}

/** Restated from what organizations wrote in public: nearer to what people will say than our own statements. */
function placeAdopters({ placer }: Engine): Record<string, number> {
  const statements = readAdopters(import.meta.dirname)
  const times: number[] = []
  const placed = statements.map((statement) => {
    const started = performance.now()
    const placement = placer.place(statement)
    times.push(performance.now() - started)
    return { statement, placement }
  })
  const { exact, amongTwo, withinOne, vagueAskedBack, clearAskedBack } = placementFigures(placed)
  print(`\n== adopters: ${statements.length} placements`)
  print(
    table({ 'placed exactly': exact, 'within one': withinOne, 'among two': amongTwo, 'vague asked back': vagueAskedBack, 'clear asked back': clearAskedBack }),
  )
  print(`  latency p50 ${quantile(times, 0.5).toFixed(1)} ms, p95 ${quantile(times, 0.95).toFixed(1)} ms`)
  return { adoptersExact: exact, adoptersAmongTwo: amongTwo, adoptersWithinOne: withinOne, adoptersVagueAskedBack: vagueAskedBack }
}

/** @returns the exit code */
function compare(figures: Readonly<Record<string, number>>): number {
  const { atLeast, atMost } = thresholds as { atLeast: Record<string, number>; atMost: Record<string, number> }
  const missed = [
    ...Object.entries(atLeast).flatMap(([name, bound]) =>
      (figures[name] ?? 0) >= bound ? [] : [`${name} is ${percent(figures[name])}, at least ${percent(bound)} is asked`],
    ),
    ...Object.entries(atMost).flatMap(([name, bound]) =>
      (figures[name] ?? 1) <= bound ? [] : [`${name} is ${percent(figures[name])}, at most ${percent(bound)} is allowed`],
    ),
  ]
  print(missed.length === 0 ? '\nAll thresholds are met.' : `\nUnder the thresholds of eval/thresholds.json:\n${missed.join('\n')}`)
  return missed.length === 0 ? 0 : 1
}

function printRetrieval(name: string, figures: RetrievalFigures): void {
  const { count, recallAt1, recallAt3, recallAt5, mrrAt10, ndcgAt10 } = figures
  print(
    `  ${name.padEnd(50)} n ${String(count).padStart(3)}  recall@1 ${percent(recallAt1)}  @3 ${percent(recallAt3)}  @5 ${percent(recallAt5)}  MRR@10 ${mrrAt10.toFixed(2)}  nDCG@10 ${ndcgAt10.toFixed(2)}`,
  )
}

function table(figures: Record<string, number>): string {
  return `  ${Object.entries(figures)
    .map(([name, value]) => `${name} ${percent(value)}`)
    .join(', ')}`
}

function percent(value: number | undefined): string {
  return value === undefined || Number.isNaN(value) ? '  – ' : `${Math.round(value * 100)}%`.padStart(4)
}

function print(line: string): void {
  process.stdout.write(`${line}\n`)
}
