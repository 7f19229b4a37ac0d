/**
 * `npm run eval:fit-citing`: fits which of the passages found are cited beside the best one, and writes src/answers/citing.json.
 * The threshold is the lowest at which cross-validation keeps MIN_PRECISION of the cited passages right.
 * Run it after a change to the ranking, then `npm run eval:fit`.
 */
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fitsBeside, planAnswer } from '../src/answers/choose-passages.ts'
import { CITING_FEATURES, type CitingModel, candidatesAfterBest, citingFeatures } from '../src/answers/citing.ts'
import { loadConfig } from '../src/config.ts'
import type { Corpus } from '../src/corpus/passage.ts'
import { createEmbedder, createEngine } from '../src/engine.ts'
import type { QuestionReader, Understanding } from '../src/questions/understand.ts'
import { readDirections } from '../src/retrieval/directions.ts'
import { readLineVectors } from '../src/retrieval/line-vectors.ts'
import { createRetriever, type Retrieval, type Retriever } from '../src/retrieval/retriever.ts'
import { fitLogistic, rounded, type Sample } from './fit-logistic.ts'
import { mean } from './metrics.ts'
import { type EvalQuestion, readAsked, readOwnSet } from './sets.ts'

/** A little above what is asked for: questions that were not looked at come out lower. */
const MIN_PRECISION = 0.75
const THRESHOLDS = Array.from({ length: 35 }, (_, i) => (i + 10) / 50)
const FOLDS = 5
const TARGET = join(import.meta.dirname, '..', 'src', 'answers', 'citing.json')

type Name = (typeof CITING_FEATURES)[number]
interface Asked {
  question: EvalQuestion
  understanding: Understanding
  retrieval: Retrieval
  samples: Sample<Name>[]
}
/** Cites nothing beside the best. */
const NONE: CitingModel = { weights: Object.fromEntries(CITING_FEATURES.map((name) => [name, 0])) as CitingModel['weights'], bias: -9, threshold: 1 }

const directory = await mkdtemp(join(tmpdir(), 'cairn-fit-'))
const config = loadConfig({ CAIRN_DATA_DIR: directory })
const embedder = await createEmbedder(config)
try {
  const { corpus, reader, index, lexical } = await createEngine({ config, embedder, onNotice: () => {} })
  const heard = { directions: readDirections(embedder.name), lineVectors: readLineVectors(embedder.name) }
  process.stdout.write('with vectors, cross-validated:\n')
  const compared = await fitWith(createRetriever({ corpus, lexical, vectors: index.store, ...heard }), corpus, reader)
  process.stdout.write('by words alone, cross-validated:\n')
  const byWords = await fitWith(createRetriever({ corpus, lexical }), corpus, reader)
  await writeFile(TARGET, `${JSON.stringify({ compared, byWords }, null, 2)}\n`)
  process.stdout.write(`thresholds ${compared.threshold} and ${byWords.threshold} written to ${TARGET}\n`)
} finally {
  await embedder.close()
  await rm(directory, { recursive: true, force: true })
}

async function fitWith(retriever: Retriever, corpus: Corpus, reader: QuestionReader): Promise<CitingModel> {
  const asked: Asked[] = []
  const own = readOwnSet(import.meta.dirname).answerable
  for (const question of [...own, ...readAsked(import.meta.dirname).answerable]) {
    const understanding = reader.read(question.question, question.history)
    const retrieval = await retriever.search(understanding)
    const { ranked } = retrieval
    const plan = planAnswer(understanding, retrieval, corpus, NONE)
    const isOpen = plan.kind === 'find' || plan.kind === 'next' || plan.kind === 'level'
    const candidates = isOpen && ranked[0] !== undefined ? candidatesAfterBest(ranked, fitsBeside(ranked[0].passage, understanding)) : []
    const samples = candidates.map((each) => ({
      features: citingFeatures(each, ranked, understanding),
      positive: question.gold.includes(each.passage.id),
    }))
    asked.push({ question, understanding, retrieval, samples })
  }
  const fitTo = (some: readonly Asked[]): CitingModel =>
    rounded(
      fitLogistic(
        CITING_FEATURES,
        some.flatMap((each) => each.samples),
      ),
    )
  const folds = Array.from({ length: FOLDS }, (_, fold) => fitTo(asked.filter((_, i) => i % FOLDS !== fold)))
  const figuresAt = (threshold: number) => {
    // What was asked in public helps to tell right from wrong; the operating point is set on our own questions.
    const cited = asked.slice(0, own.length).map(({ question, understanding, retrieval }, i) => {
      const { passages } = planAnswer(understanding, retrieval, corpus, { ...(folds[i % FOLDS] as CitingModel), threshold })
      const ids = passages.map(({ id }) => id)
      return {
        ids,
        right: ids.filter((id) => question.gold.includes(id)).length,
        all: (question.groups ?? [question.gold]).every((group) => ids.some((id) => group.includes(id))),
      }
    })
    const count = cited.reduce((sum, { ids }) => sum + ids.length, 0)
    return {
      threshold,
      recall: mean(cited.map(({ all }) => (all ? 1 : 0))),
      precision: cited.reduce((sum, { right }) => sum + right, 0) / count,
      each: count / cited.length,
    }
  }
  const figures = THRESHOLDS.map(figuresAt)
  const percent = (share: number) => `${(share * 100).toFixed(1)}%`
  for (const { threshold, recall, precision, each } of figures)
    process.stdout.write(
      `from ${threshold}: a right passage among the cited ${percent(recall)}, cited that are right ${percent(precision)}, ${each.toFixed(2)} a question\n`,
    )
  const chosen = figures.find(({ precision }) => precision >= MIN_PRECISION) ?? figures.at(-1)
  return { ...fitTo(asked), threshold: chosen?.threshold ?? 1 }
}
