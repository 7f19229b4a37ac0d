/** Whether free text keeps its placement on the way through an assessment: proposed, confirmed, asked about once where it is vague. */
import { createConversation, type Respondent } from '../src/assessments/conversation.ts'
import type { Turn } from '../src/assessments/turn.ts'
import type { Engine } from '../src/engine.ts'
import { openStore } from '../src/store/open-store.ts'
import { mean } from './metrics.ts'
import type { EvalStatement } from './sets.ts'

const WHO: Respondent = { tenant: 'local', person: 'reader', surface: 'terminal' }

export interface ConversationFigures {
  /** Statements of sections that an assessment asks about by their levels. */
  count: number
  /** The level that was recorded once the proposal was confirmed is right. */
  exact: number
  withinOne: number
  /** Vague statements that were asked about before anything was proposed. */
  vagueAskedBack: number
  /** What was recorded differs from what was shown and confirmed. */
  recordedOtherwise: number
}

export async function evaluateConversation(statements: readonly EvalStatement[], engine: Engine): Promise<ConversationFigures> {
  const store = await openStore('sqlite::memory:')
  let ids = 0
  const conversation = createConversation({
    store: store.assessments,
    corpus: () => engine.corpus,
    placer: () => engine.placer,
    assistant: () => engine.assistant,
    now: () => new Date(),
    newId: () => `run-${++ids}`,
  })
  await store.assessments.savePerson('local', { id: WHO.person, name: 'Reader' })
  await store.assessments.saveTeam('local', { id: 'team', name: 'Team', createdAt: new Date().toISOString() })

  const asked = statements.filter(({ model, section }) => engine.corpus.model(model)?.shape === 'continuous' && levelsOf(engine, model, section) > 1)
  const runs = []
  for (const statement of asked) {
    let turn = await conversation.start(WHO, { team: 'team', scope: { model: statement.model, extent: 'full' } })
    const say = (text: string): Promise<Turn> => conversation.take(WHO, turn.run.id, { kind: 'text', text })
    while (turn.run.current !== statement.section) turn = await say('not sure')
    // A question typed in the middle of an assessment is answered as one; these are all statements.
    turn = await say(statement.statement.replace(/\?\s*$/, '.'))
    const askedBack = turn.view.kind === 'clarification'
    if (askedBack) turn = await say('that is all there is to say')
    const proposed = turn.view.kind === 'proposal' ? turn.view.level : undefined
    turn = await say('yes')
    const answers = await store.assessments.answers('local', turn.run.id)
    const value = answers.find(({ question }) => question === statement.section)?.value
    runs.push({ statement, askedBack, proposed, recorded: value?.kind === 'level' ? value.level : undefined })
  }
  await store.close()
  const clear = runs.filter(({ statement }) => statement.level !== null)
  const near = (distance: number) =>
    mean(clear.map(({ statement, recorded = Number.NaN }) => (right(statement).some((level) => Math.abs(level - recorded) <= distance) ? 1 : 0)))
  return {
    count: runs.length,
    exact: near(0),
    withinOne: near(1),
    vagueAskedBack: mean(runs.filter(({ statement }) => statement.level === null).map(({ askedBack }) => (askedBack ? 1 : 0))),
    recordedOtherwise: runs.filter(({ proposed, recorded }) => proposed !== undefined && proposed !== recorded).length,
  }
}

function levelsOf({ corpus }: Engine, model: string, section: string): number {
  return corpus.section(model, section).filter((passage) => passage.level !== null).length
}

function right({ level, acceptable }: EvalStatement): number[] {
  return level === null ? [] : [level, ...acceptable]
}
