/** Says in a channel where an assessment goes on. */
import type { Run } from '../../assessments/records.ts'
import type { Exchange, PlatformWays } from '../exchange.ts'
import type { ChatDeps } from '../feature.ts'
import { type Inline, words } from '../reply.ts'

/** Answers are private: whoever starts elsewhere is shown the way. */
export async function tellWhere(exchange: Exchange, run: Run, { store, messenger }: ChatDeps): Promise<void> {
  const { tenant } = exchange.who
  const card = await store.card(tenant, 'run', run.id)
  const url = card && (await messenger(tenant).linkTo(tenant, card.message))
  const sentence = sentenceFor(run, exchange.ways)
  const link: Inline[] = url === undefined ? [] : [words(' '), { kind: 'link', label: 'Go there', url }]
  await exchange.whisper({ summary: sentence, blocks: [{ kind: 'text', parts: [words(sentence), ...link] }] })
}

function sentenceFor({ state, version }: Run, { alone }: PlatformWays): string {
  if (state === 'finished') return `Your answers are in ${alone}.`
  return version === 1 ? `The first question is in ${alone}.` : `It goes on in ${alone}.`
}
