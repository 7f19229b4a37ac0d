/**
 * `npm run eval:fit-support`: fits the check of a chat model's sentences on eval/claims.jsonl and writes
 * src/generation/support.json. The threshold is the lowest at which cross-validation, by passage, lets at most
 * MAX_LET_THROUGH of the unsupported sentences through.
 */
import { readFileSync } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import * as z from 'zod'
import { loadConfig } from '../src/config.ts'
import { EXPANSIONS, loadExpansions } from '../src/corpus/expansions.ts'
import { createEmbedder, createEngine } from '../src/engine.ts'
import { findFault } from '../src/generation/check-sentence.ts'
import { givePassages } from '../src/generation/given-passages.ts'
import { findKnownNames } from '../src/generation/known-names.ts'
import { createSimilarities } from '../src/generation/sentence-similarity.ts'
import { measureSupport, SPEAKS_AGAINST, SUPPORT_FEATURES, type SupportFeature } from '../src/generation/support.ts'
import { probabilityOf } from '../src/shared/logistic.ts'
import { fitLogistic, rounded, type Sample } from './fit-logistic.ts'
import { mean } from './metrics.ts'

const MAX_LET_THROUGH = 0.1
const FOLDS = 5
const TARGET = join(import.meta.dirname, '..', 'src', 'generation', 'support.json')

const claim = z.object({ id: z.string(), passages: z.array(z.string()), sentence: z.string(), supported: z.boolean(), kind: z.string() })
const claims = readFileSync(join(import.meta.dirname, 'claims.jsonl'), 'utf8')
  .trim()
  .split('\n')
  .map((line) => claim.parse(JSON.parse(line)))

interface Measured extends Sample<SupportFeature> {
  kind: string
  fold: number
  fault: ReturnType<typeof findFault>
}

const directory = await mkdtemp(join(tmpdir(), 'cairn-fit-'))
const config = loadConfig({ CAIRN_DATA_DIR: directory })
const embedder = await createEmbedder(config)
try {
  const { corpus, lexical, vocabulary } = await createEngine({ config, embedder, onNotice: () => {} })
  const said = [...(await loadExpansions(EXPANSIONS)).values()].flatMap(({ asks, says }) => [...asks, ...says])
  const isKnownName = findKnownNames(
    corpus.passages.map((passage) => passage.text),
    said,
  )
  const parts = { corpus, lexical, vocabulary, isKnownName, similarities: createSimilarities(embedder.embeddings) }
  const order = [...new Set(claims.map(({ passages }) => passages[0]))]
  const measured: Measured[] = []
  for (const { passages, sentence, supported, kind } of claims) {
    const given = givePassages(
      passages.flatMap((id) => corpus.passage(id) ?? []),
      corpus,
      vocabulary,
    )
    measured.push({
      kind,
      positive: supported,
      // All sentences of a passage stand in one fold.
      fold: order.indexOf(passages[0]) % FOLDS,
      fault: findFault(sentence, given, parts),
      features: await measureSupport(sentence, given, parts),
    })
  }

  const weighed = measured.filter(({ fault }) => fault === undefined)
  const folds = Array.from({ length: FOLDS }, (_, fold) =>
    fitLogistic(
      SUPPORT_FEATURES,
      weighed.filter((each) => each.fold !== fold),
      SPEAKS_AGAINST,
    ),
  )
  const scores = new Map(
    measured.map((each) => [each, each.fault === undefined ? probabilityOf(each.features, folds[each.fold] as (typeof folds)[number]) : 0]),
  )
  const unsupported = measured.filter(({ positive }) => !positive).map((each) => scores.get(each) as number)
  const threshold = unsupported.toSorted((a, b) => b - a)[Math.floor(MAX_LET_THROUGH * unsupported.length)] as number

  await writeFile(TARGET, `${JSON.stringify(rounded({ ...fitLogistic(SUPPORT_FEATURES, weighed, SPEAKS_AGAINST), threshold: threshold + 0.001 }), null, 2)}\n`)
  const kept = (some: readonly Measured[]) => mean(some.map((each) => ((scores.get(each) as number) > threshold ? 1 : 0)))
  const percent = (share: number) => `${Math.round(share * 100)}%`.padStart(4)
  const line = (name: string, some: readonly Measured[]) => `  ${name.padEnd(18)} n ${String(some.length).padStart(3)}  kept ${percent(kept(some))}\n`
  process.stdout.write(`threshold ${threshold.toFixed(3)}, cross-validated by passage:\n`)
  for (const positive of [true, false]) {
    const half = measured.filter((each) => each.positive === positive)
    process.stdout.write(line(positive ? 'supported' : 'unsupported', half))
    for (const [kind, some] of Map.groupBy(half, (each) => each.kind)) process.stdout.write(line(`  ${kind}`, some))
  }
  const faults = measured.filter(({ positive, fault }) => positive && fault !== undefined)
  process.stdout.write(
    `supported sentences stopped by a rule: ${faults.length} (${[...Map.groupBy(faults, ({ fault }) => fault)].map(([fault, some]) => `${fault} ${some.length}`).join(', ')})\n`,
  )
} finally {
  await embedder.close()
  await rm(directory, { recursive: true, force: true })
}
