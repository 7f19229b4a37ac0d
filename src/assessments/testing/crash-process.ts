/**
 * A process that holds conversations over standard input and output until somebody ends it: `node crash-process.ts DATABASE_URL`.
 * One JSON object a line. What comes back is an acknowledgement: it is written when the conversation has returned, not before.
 */
import { randomUUID } from 'node:crypto'
import { createInterface } from 'node:readline'
import { EXPANSIONS, loadExpansions } from '../../corpus/expansions.ts'
import { loadCorpus } from '../../corpus/load-corpus.ts'
import { createPlacer, type Placer } from '../../placement/place.ts'
import { loadVocabulary } from '../../retrieval/vocabulary.ts'
import { messageOf } from '../../shared/errors.ts'
import { openStore } from '../../store/open-store.ts'
import { createConversation, type Step } from '../conversation.ts'
import type { AnswerValue, Scope, Surface } from '../records.ts'
import type { Turn } from '../turn.ts'

export const CRASH_TENANT = 'local'
export const CRASH_TEAM = 'team'

export type Call = { person: string; surface?: Surface } & (
  | { do: 'start'; scope: Scope }
  | { do: 'list' }
  | { do: 'show'; run: string }
  | { do: 'take'; run: string; step: Step }
  | { do: 'amend'; run: string; answer: { key: string; question: string; value: AnswerValue } }
)

export type Reply = { turn: Turn } | { runs: string[] } | { error: string }

// Those who call it import what stands above.
if (import.meta.main) await serve(process.argv[2] as string)

async function serve(databaseUrl: string): Promise<void> {
  const { corpus } = await loadCorpus()
  const expansions = await loadExpansions(EXPANSIONS)
  const { assessments } = await openStore(databaseUrl)
  let placer: Placer | undefined
  const conversation = createConversation({
    store: assessments,
    corpus: () => corpus,
    placer: () => {
      placer ??= createPlacer({ corpus, vocabulary: loadVocabulary(), expansions })
      return placer
    },
    assistant: () => {
      throw new Error('nobody asks questions in between here')
    },
    now: () => new Date(),
    newId: randomUUID,
  })

  const answer = async (call: Call): Promise<Reply> => {
    const who = { tenant: CRASH_TENANT, person: call.person, surface: call.surface ?? 'web' }
    switch (call.do) {
      case 'start':
        return { turn: await conversation.start(who, { team: CRASH_TEAM, scope: call.scope }) }
      case 'list':
        return { runs: (await assessments.runsOf(CRASH_TENANT, call.person, { open: true })).map(({ id }) => id) }
      case 'show':
        return { turn: await conversation.show(who, call.run) }
      case 'take':
        return { turn: await conversation.take(who, call.run, call.step) }
      case 'amend':
        return { turn: await conversation.amend(who, call.run, call.answer) }
    }
  }

  const say = (line: object) => process.stdout.write(`${JSON.stringify(line)}\n`)
  say({ ready: true })
  for await (const line of createInterface({ input: process.stdin })) {
    const { id, ...call } = JSON.parse(line) as Call & { id: number }
    // Not awaited: many people answer at once.
    void answer(call as Call)
      .catch((error: unknown): Reply => ({ error: messageOf(error) }))
      .then((reply) => say({ id, ...reply }))
  }
}
