/**
 * `npm run eval:fit`: fits the decline decision on the project's own questions and those asked in public, and writes src/answers/confidence.json.
 * Logistic regression, both classes weighed alike; the threshold is the highest at which
 * cross-validation declines at most MAX_WRONGLY_DECLINED of our own answerable questions.
 * Run it after a change to the corpus, the expansions, the vocabulary or the ranking.
 */
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type ConfidenceModel, confidenceOf, FEATURES, type Features, measure } from '../src/answers/confidence.ts'
import { isInstruction } from '../src/answers/guard.ts'
import { findMisplaced } from '../src/answers/misplaced.ts'
import { findFalsePremise } from '../src/answers/premises.ts'
import { findUnmentioned } from '../src/answers/unmentioned.ts'
import { loadConfig } from '../src/config.ts'
import { createEmbedder, createEngine } from '../src/engine.ts'
import { readDirections } from '../src/retrieval/directions.ts'
import { readLineVectors } from '../src/retrieval/line-vectors.ts'
import { createRetriever, type Retriever } from '../src/retrieval/retriever.ts'
import { fitLogistic, rounded } from './fit-logistic.ts'
import { mean } from './metrics.ts'
import { type EvalQuestion, readAsked, readOwnSet } from './sets.ts'

/** Of our own questions, of which a quarter share no word with the passage that answers them. What is declined cites nothing: fewer than may be. */
const MAX_WRONGLY_DECLINED = 0.03
const FOLDS = 5
/** The measurements overlap: with less of it they are set against each other, and unseen questions fare no better. */
const SHRINKAGE = 0.03
const TARGET = join(import.meta.dirname, '..', 'src', 'answers', 'confidence.json')

const directory = await mkdtemp(join(tmpdir(), 'cairn-fit-'))
const config = loadConfig({ CAIRN_DATA_DIR: directory })
const embedder = await createEmbedder(config)
try {
  const { corpus, reader, index, lexical, vocabulary } = await createEngine({ config, embedder, onNotice: () => {} })
  const heard = { directions: readDirections(embedder.name), lineVectors: readLineVectors(embedder.name) }
  /** What the rules catch never gets to the decision. */
  const measured = async (retriever: Retriever, questions: readonly EvalQuestion[]): Promise<Features[]> => {
    const features: Features[] = []
    for (const { question, history } of questions) {
      const understanding = reader.read(question, history)
      const caught =
        isInstruction(question) ||
        findFalsePremise(understanding, corpus) !== undefined ||
        findUnmentioned(understanding, corpus, lexical, vocabulary) !== undefined ||
        findMisplaced(understanding, corpus) !== undefined
      if (!caught) features.push(measure(understanding, await retriever.search(understanding), lexical, vocabulary))
    }
    return features
  }
  const own = readOwnSet(import.meta.dirname)
  const asked = readAsked(import.meta.dirname)
  const fitWith = async (how: string, retriever: Retriever): Promise<ConfidenceModel> => {
    const ours = await measured(retriever, own.answerable)
    const answerable = [...ours, ...(await measured(retriever, asked.answerable))]
    const unanswerable = await measured(retriever, [
      ...own.unanswerable.filter(({ kind }) => kind === 'off-topic' || kind === 'near-topic'),
      ...asked.unanswerable,
    ])

    const inFold = (i: number, fold: number) => i % FOLDS === fold
    const folds = Array.from({ length: FOLDS }, (_, fold) =>
      fitModel(
        answerable.filter((_, i) => !inFold(i, fold)),
        unanswerable.filter((_, i) => !inFold(i, fold)),
      ),
    )
    const held = (features: readonly Features[]) => features.map((each, i) => confidenceOf(each, folds[i % FOLDS] as ConfidenceModel))
    const [right, wrong] = [held(answerable), held(unanswerable)]
    // What was asked in public helps to tell the two apart; the operating point is set on our own questions.
    const ascending = right.slice(0, ours.length).toSorted((a, b) => a - b)
    const declined = Math.floor(MAX_WRONGLY_DECLINED * ours.length)
    // Halfway between the last that is declined and the first that isn't.
    const threshold = ((ascending[declined - 1] as number) + (ascending[declined] as number)) / 2

    const share = (values: readonly number[]) => `${Math.round(mean(values.map((value) => (value < threshold ? 1 : 0))) * 100)}%`
    process.stdout.write(
      `${how}: threshold ${threshold.toFixed(3)}; cross-validated, ${share(right)} of the answerable and ${share(wrong)} of the off-topic and near-topic questions are declined\n`,
    )
    return { ...fitModel(answerable, unanswerable), threshold: Math.round(threshold * 1000) / 1000 }
  }
  const compared = await fitWith('with vectors', createRetriever({ corpus, lexical, vectors: index.store, ...heard }))
  const byWords = await fitWith('by words alone', createRetriever({ corpus, lexical }))
  await writeFile(TARGET, `${JSON.stringify({ compared, byWords }, null, 2)}\n`)
} finally {
  await embedder.close()
  await rm(directory, { recursive: true, force: true })
}

function fitModel(positive: readonly Features[], negative: readonly Features[]): ConfidenceModel {
  const samples = [...positive.map((features) => ({ features, positive: true })), ...negative.map((features) => ({ features, positive: false }))]
  return rounded(fitLogistic(FEATURES, samples, undefined, SHRINKAGE))
}
