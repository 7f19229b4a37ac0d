/**
 * `npm run eval:fit-placement`: fits the few constants of placement on the project's own statements and on those restated
 * from public ones, and writes src/placement/placement.json. Coordinate by coordinate over short lists of values, by the mean
 * logarithm of the probability of the right levels; what is printed is cross-validated: each fifth is judged by constants
 * fitted on the other four. Run it after a change to the corpus, the expansions, the signals or the vocabulary.
 */
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { EXPANSIONS, loadExpansions } from '../src/corpus/expansions.ts'
import { loadCorpus } from '../src/corpus/load-corpus.ts'
import { CLARITY_FEATURES, decide, measureClarity, type PlacementModel, weighLevels } from '../src/placement/decide.ts'
import type { Evidence } from '../src/placement/evidence.ts'
import { createPlacer } from '../src/placement/place.ts'
import { loadVocabulary } from '../src/retrieval/vocabulary.ts'
import { probabilityOf } from '../src/shared/logistic.ts'
import { fitLogistic, rounded } from './fit-logistic.ts'
import { mean } from './metrics.ts'
import { type EvalStatement, readAdopters, readOwnSet } from './sets.ts'

const TARGET = join(import.meta.dirname, '..', 'src', 'placement', 'placement.json')
const FOLDS = 5
const ROUNDS = 3
/** What is certain and wrong costs this much at most. */
const LEAST_PROBABILITY = 0.005
/** So many of the vague statements are to be asked back. */
const VAGUE_ASKED_BACK = 0.88

type Constant = Exclude<keyof PlacementModel, 'clear'>
const GRID: readonly (readonly [Constant, readonly number[]])[] = [
  ['words', [0.15, 0.2, 0.25, 0.3, 0.35, 0.4, 0.45, 0.5, 0.6]],
  ['signals', [0.1, 0.2, 0.25, 0.3, 0.35, 0.4, 0.45, 0.5, 0.6, 0.7, 0.8, 1]],
  ['denied', [0.25, 0.5, 0.75, 1, 1.5, 2]],
  ['past', [0, 0.2, 0.4, 0.6, 0.8, 1]],
  ['planned', [0, 0.2, 0.4, 0.6, 0.8, 1]],
]

/** Fitting begins here whatever the file holds, so that it ends the same. */
const START: PlacementModel = {
  words: 0.4,
  signals: 0.4,
  denied: 0.5,
  past: 0.5,
  planned: 0.5,
  clear: { weights: { top: 0, knownWords: 0, signals: 0 }, bias: 0, threshold: 0 },
}

interface Sample {
  statement: EvalStatement
  evidence: Evidence
  levels: readonly number[]
}

const [{ corpus }, expansions] = await Promise.all([loadCorpus(), loadExpansions(EXPANSIONS)])
const placer = createPlacer({ corpus, expansions, vocabulary: loadVocabulary() })
const gather = (statement: EvalStatement): Sample => ({ statement, ...placer.gather(statement) })
const sets = { own: readOwnSet(import.meta.dirname).placements.map(gather), adopters: readAdopters(import.meta.dirname).map(gather) }
const all = [...sets.own, ...sets.adopters]

const foldOf = new Map(all.map((sample, i) => [sample, i % FOLDS]))
const others = Array.from({ length: FOLDS }, (_, fold) => fitModel(all.filter((sample) => foldOf.get(sample) !== fold)))
const heldOut = (sample: Sample) => others[foldOf.get(sample) as number] as PlacementModel
const threshold = thresholdOf(all.filter((sample) => !isClear(sample)).map((sample) => clarityOf(sample, heldOut(sample))))
for (const [name, samples] of Object.entries(sets)) report(name, samples, (sample) => withThreshold(heldOut(sample)))

const fitted = withThreshold(fitModel(all))
await writeFile(TARGET, `${JSON.stringify(fitted, null, 2)}\n`)
process.stdout.write(`${JSON.stringify(fitted)}\n`)

function fitModel(samples: readonly Sample[]): PlacementModel {
  const clear = samples.filter(isClear)
  const model = search((candidate) => mean(clear.map((sample) => Math.log(Math.max(LEAST_PROBABILITY, probabilityOfRight(sample, candidate))))))
  const measured = samples.map((sample) => ({ features: clarityFeatures(sample, model), positive: isClear(sample) }))
  return { ...model, clear: rounded(fitLogistic(CLARITY_FEATURES, measured)) }
}

/** The first of equals wins, so that the same data gives the same constants. */
function search(worth: (model: PlacementModel) => number): PlacementModel {
  let best = START
  let bestWorth = worth(best)
  for (let round = 0; round < ROUNDS; round++) {
    for (const [name, values] of GRID) {
      for (const value of values) {
        const model = { ...best, [name]: value }
        const modelWorth = worth(model)
        if (modelWorth > bestWorth) [best, bestWorth] = [model, modelWorth]
      }
    }
  }
  return best
}

function clarityFeatures({ evidence, levels }: Sample, model: PlacementModel) {
  return measureClarity(evidence, weighLevels(evidence, levels.length, model))
}

function clarityOf(sample: Sample, model: PlacementModel): number {
  return probabilityOf(clarityFeatures(sample, model), model.clear)
}

/** Just above the vague statement that is the last to be asked back. */
function thresholdOf(vague: readonly number[]): number {
  const ascending = vague.toSorted((a, b) => a - b)
  return Math.ceil((ascending[Math.ceil(VAGUE_ASKED_BACK * ascending.length) - 1] as number) * 1000 + 1) / 1000
}

function withThreshold(model: PlacementModel): PlacementModel {
  return { ...model, clear: { ...model.clear, threshold } }
}

function isClear({ statement }: Sample): boolean {
  return statement.level !== null
}

function rightLevels({ statement }: Sample): number[] {
  return [statement.level as number, ...statement.acceptable]
}

function probabilityOfRight(sample: Sample, model: PlacementModel): number {
  const probabilities = weighLevels(sample.evidence, sample.levels.length, model)
  return sample.levels.reduce((sum, level, i) => (rightLevels(sample).includes(level) ? sum + (probabilities[i] as number) : sum), 0)
}

function report(name: string, samples: readonly Sample[], modelOf: (sample: Sample) => PlacementModel): void {
  const judged = samples.map((sample) => {
    const { probabilities, placed, unclear } = decide(sample.evidence, sample.levels.length, modelOf(sample))
    const chosen = sample.levels[placed]
    const ranked = sample.levels
      .map((level, i) => ({ level, probability: probabilities[i] as number }))
      .sort((a, b) => Number(b.level === chosen) - Number(a.level === chosen) || b.probability - a.probability)
    return { sample, ranked: ranked.map(({ level }) => level), top: ranked[0]?.probability ?? 0, unclear }
  })
  const clear = judged.filter(({ sample }) => isClear(sample))
  const share = (test: (each: (typeof judged)[number]) => boolean, group = clear) => `${Math.round(mean(group.map((each) => Number(test(each)))) * 100)}%`
  const isRight = (sample: Sample, level: number | undefined) => rightLevels(sample).some((right) => right === level)
  process.stdout.write(
    `${name}: ${clear.length} clear: exact ${share(({ sample, ranked }) => isRight(sample, ranked[0]))}, among two ${share(({ sample, ranked }) => ranked.slice(0, 2).some((level) => isRight(sample, level)))}, within one ${share(({ sample, ranked }) => rightLevels(sample).some((right) => Math.abs(right - (ranked[0] as number)) <= 1))}, said ${Math.round(mean(clear.map(({ top }) => top)) * 100)}%, asked back ${share(({ unclear }) => unclear)}; vague asked back ${share(
      ({ unclear }) => unclear,
      judged.filter(({ sample }) => !isClear(sample)),
    )}\n`,
  )
}
