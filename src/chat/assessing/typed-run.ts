/** Which run a typed message is meant for, if it is meant for one and not for the bot that answers questions. */
import { type Reply as Meant, readReply } from '../../assessments/read-reply.ts'
import type { Run } from '../../assessments/records.ts'
import type { Card } from '../chat-store.ts'
import type { Exchange } from '../exchange.ts'
import type { ChatDeps } from '../feature.ts'
import { questionOf } from './own-run.ts'

export type TypedRun = { do: 'open'; run: Run } | { do: 'take'; run: Run; asks: boolean }

const RESUME = /^(?:resume|continue|go on|carry on)[.!]?$/i
/** Who comes back later and writes something means something else. */
const ACTIVE_MS = 60 * 60_000

export async function typedRun({ who, place }: Pick<Exchange, 'who' | 'place'>, text: string, deps: ChatDeps): Promise<TypedRun | undefined> {
  const isPersonal = place.kind === 'personal'
  if (!isPersonal && place.thread === undefined) return undefined
  const open = await deps.assessments.store.assessments.runsOf(who.tenant, who.person, { open: true })
  const shown = await cardsIn(place.id, open, who.tenant, deps)
  const inThread = place.thread === undefined ? undefined : shown.find(({ card }) => isIn(card, place.thread))
  if (RESUME.test(text.trim())) {
    const run = inThread?.run ?? (isPersonal ? await runToResume([...shown.map((each) => each.run), ...open], who.tenant, deps) : undefined)
    return run === undefined ? undefined : { do: 'open', run }
  }
  const found = inThread ?? (isPersonal ? shown[0] : undefined)
  if (found === undefined) return undefined
  const { run, card } = found
  const isActive = run.state === 'open' && deps.now().getTime() - Date.parse(later(run.updatedAt, card.at)) <= ACTIVE_MS
  if (inThread === undefined && !isActive) return undefined
  const kind = await kindOf(text, { who, run }, deps)
  // What has come to rest takes answers, and leaves the rest to whom else it may be meant for.
  if (run.state === 'paused' || (await isRoundClosed(who.tenant, run, deps))) return PLAIN.has(kind) ? { do: 'take', run, asks: false } : undefined
  return inThread === undefined && kind === 'aside' ? undefined : { do: 'take', run, asks: kind === 'aside' }
}

/** A paused one before all others. */
async function runToResume(runs: readonly Run[], tenant: string, deps: ChatDeps): Promise<Run | undefined> {
  const closed = await Promise.all(runs.map((run) => isRoundClosed(tenant, run, deps)))
  const going = runs.filter((_, i) => !closed[i])
  return going.find(({ state }) => state === 'paused') ?? going[0]
}

/** What can only be said to an assessment. */
const PLAIN: ReadonlySet<Meant['kind']> = new Set(['answer', 'not-applicable', 'confirm', 'reject', 'back'])

/** The runs whose cards stand in the place, the latest card first. */
async function cardsIn(place: string, open: readonly Run[], tenant: string, { store }: ChatDeps): Promise<{ run: Run; card: Card }[]> {
  const cards = await Promise.all(open.map((run) => store.card(tenant, 'run', run.id)))
  return open
    .flatMap((run, i) => {
      const card = cards[i]
      return card?.message.place === place ? [{ run, card }] : []
    })
    .toSorted((a, b) => b.card.at.localeCompare(a.card.at))
}

function isIn({ message }: Card, thread: string | undefined): boolean {
  return message.id === thread || message.thread === thread
}

async function kindOf(text: string, { who, run }: { who: Exchange['who']; run: Run }, deps: ChatDeps): Promise<Meant['kind']> {
  const question = await questionOf(who, run, run.current, deps)
  return question === undefined ? 'statement' : readReply(text, question, run.pending).kind
}

async function isRoundClosed(tenant: string, { round }: Run, { assessments }: ChatDeps): Promise<boolean> {
  return round !== undefined && (await assessments.store.assessments.round(tenant, round))?.state === 'closed'
}

function later(a: string, b: string): string {
  return a > b ? a : b
}
