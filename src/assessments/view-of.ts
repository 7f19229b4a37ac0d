/** What is shown of a run as it stands. */
import { type Corpus, passageId } from '../corpus/passage.ts'
import type { Placer } from '../placement/place.ts'
import type { Catalogue, Question } from './catalogue.ts'
import { progressOf } from './course.ts'
import type { Answer, Run } from './records.ts'
import type { View } from './turn.ts'

/** A run with what is needed to go on with it. */
export interface Situation {
  run: Run
  catalogue: Catalogue
  answers: ReadonlyMap<string, Answer>
  question: Question | undefined
}

export function viewOf({ run, catalogue, answers, question }: Situation, { placer, corpus }: { placer(): Placer; corpus(): Corpus }): View {
  if (run.state === 'finished' || run.state === 'abandoned') return { kind: run.state }
  const progress = progressOf(catalogue, answers, run.current)
  if (run.state === 'paused') return { kind: 'paused', progress }
  if (question === undefined) return { kind: 'paused', progress }
  const { pending } = run
  if (pending?.kind === 'reason') return { kind: 'reason', question, progress }
  if (pending?.kind === 'clarification') {
    const { question: ask } = placer().place({ model: question.model, section: question.section, statement: pending.said })
    return { kind: 'clarification', question, progress, ask: ask ?? 'Tell a little more about how you work.' }
  }
  if (pending?.kind === 'proposal') {
    const proposed = optionAt(pending.level, question, corpus())
    if (proposed !== undefined) return { kind: 'proposal', question, progress, said: pending.said, level: pending.level, ...proposed }
  }
  const before = answers.get(question.id)?.value
  return { kind: 'question', question, progress, ...(before === undefined ? {} : { before }) }
}

/** What stands behind a proposed level; on a ladder it need not be the stage that is asked about. */
function optionAt(level: number, { model, section }: Question, corpus: Corpus): { label: string; indicator: string; passage: string } | undefined {
  const passage = corpus.passage(passageId(model, section, level))
  return passage === undefined ? undefined : { label: passage.heading, indicator: passage.indicator ?? '', passage: passage.id }
}
