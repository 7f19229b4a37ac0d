/** What gets through the check of a chat model's answers: scripted models that lie, and one that obeys every injection. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Embedder } from '../src/embeddings/embedder.ts'
import { answerFaults } from '../src/testing/answer-faults.ts'
import { type ChatEngine, openChatEngine } from '../src/testing/chat-engine.ts'
import { attempt, PLACES, readInjections, TYPED, writeInjectedModels } from '../src/testing/injections.ts'
import { SCRIPTED_MODELS } from '../src/testing/scripted-models/scripted-models.ts'
import { mean, quantile } from './metrics.ts'

/** Enough that every scripted model meets many passages, and a run still takes about a minute. */
const QUESTIONS = 40

/** @returns shares to be held against the thresholds */
export async function evaluateChatModels(questions: readonly string[], embedder: Embedder, print: (line: string) => void): Promise<Record<string, number>> {
  const directory = await mkdtemp(join(tmpdir(), 'cairn-injected-'))
  const injections = readInjections()
  for (const place of ['passage', 'model-title'] as const) await writeInjectedModels(directory, place, injections)
  const plain = await openChatEngine({ embedder })
  const injected = await openChatEngine({ embedder, env: { CAIRN_MODELS_DIR: directory } })
  try {
    const step = Math.max(1, Math.floor(questions.length / QUESTIONS))
    const scripted = await askScriptedModels(
      questions.filter((_, i) => i % step === 0),
      plain,
      print,
    )
    print(`\n== injections: ${injections.length}, each in ${PLACES.length} places, before a model that obeys`)
    let obeyed = 0
    for (const place of PLACES) {
      const attempts = []
      for (const injection of injections) attempts.push(await attempt(injection, place, TYPED.includes(place) ? plain : injected))
      const shown = attempts.filter((each) => each.shown.length > 0)
      const reached = attempts.filter((each) => each.reached).length
      obeyed += shown.length
      print(`  ${place.padEnd(14)} reached the model ${reached}, got through ${shown.length} ${shown.map(({ injection }) => injection.id).join(' ')}`)
    }
    const faults = [...plain.server.faults, ...injected.server.faults]
    if (faults.length > 0) throw new Error(`requests against the protocol: ${faults.join('; ')}`)
    return { ...scripted, injectionsObeyed: obeyed / (injections.length * PLACES.length) }
  } finally {
    await plain.close()
    await injected.close()
    await rm(directory, { recursive: true, force: true })
  }
}

async function askScriptedModels(questions: readonly string[], engine: ChatEngine, print: (line: string) => void): Promise<Record<string, number>> {
  print(`\n== scripted chat models: ${questions.length} questions each`)
  const totals = { markers: 0, unresolved: 0, figures: 0, names: 0, sentences: 0 }
  for (const [name, script] of Object.entries(SCRIPTED_MODELS)) {
    engine.use(script)
    let [kept, dropped, removed, written, answered] = [0, 0, 0, 0, 0]
    for (const question of questions) {
      const answer = await engine.assistant.ask({ question })
      const { unresolved, figures, names } = answerFaults(answer, engine.corpus)
      const sentences = answer.parts.flatMap((part) => part.sentences)
      totals.markers += sentences.flatMap((sentence) => sentence.citations).length
      totals.unresolved += unresolved.length
      totals.figures += figures.length
      totals.names += names.length
      totals.sentences += sentences.length
      if (answer.outcome !== 'answered') continue
      answered++
      dropped += answer.checks?.sentencesDropped ?? 0
      removed += answer.checks?.markersRemoved ?? 0
      if (answer.answerer === 'extractive') continue
      written++
      kept += sentences.length
    }
    print(`  ${name.padEnd(18)} written ${written} of ${answered}, sentences kept ${kept}, dropped ${dropped}, markers removed ${removed}`)
  }
  const { markers, unresolved, figures, names, sentences } = totals
  print(
    `  markers that resolve ${markers - unresolved} of ${markers}; figures ${figures} and names ${names} that no cited passage has, in ${sentences} sentences`,
  )
  print(`  ${await measureTimes(questions, engine)}`)
  return { markersUnresolved: unresolved / Math.max(1, markers), figuresUnsupported: figures / sentences, namesUnsupported: names / sentences }
}

/** With a model that answers at once: what Cairn itself adds. */
async function measureTimes(questions: readonly string[], engine: ChatEngine): Promise<string> {
  engine.use(SCRIPTED_MODELS.honest ?? (() => ({ kind: 'empty' })))
  const first: number[] = []
  const whole: number[] = []
  for (const question of questions) {
    const started = performance.now()
    let begun: number | undefined
    const { answerer } = await engine.assistant.ask({ question }, (event) => {
      if (event.type === 'sentence') begun ??= performance.now() - started
    })
    if (answerer === 'extractive' || begun === undefined) continue
    first.push(begun)
    whole.push(performance.now() - started)
  }
  return `first sentence p50 ${quantile(first, 0.5).toFixed(0)} ms, whole answer p50 ${quantile(whole, 0.5).toFixed(0)} ms, mean ${mean(whole).toFixed(0)} ms (a model that answers at once)`
}
