/** A step of a run, done once an event and shown on its one card. */
import type { Respondent, Step } from '../../assessments/conversation.ts'
import { oneAtATime } from '../../assessments/one-at-a-time.ts'
import type { Run, TenantId } from '../../assessments/records.ts'
import type { Turn } from '../../assessments/turn.ts'
import type { Exchange } from '../exchange.ts'
import type { ChatDeps } from '../feature.ts'
import type { RunCards, Shown } from './run-cards.ts'
import { contextOf, type SaidOnce } from './turn-context.ts'
import { isSettled, turnReply } from './turn-reply.ts'

/** The event that was dealt with last, and its run: delivered again, it is shown again and not done again. */
const LAST_STEP = 'last-step'

export interface RunSteps {
  /** @param how it is shown @returns how the run stands now */
  take(exchange: Exchange, run: string, how: keyof RunCards, attempt: (who: Respondent) => Promise<Attempt>): Promise<Turn>
  /** What was pressed or handed in, on the card as it was shown. */
  press(exchange: Exchange, shown: { run: string; version: number }, step: Step): Promise<Turn>
  /** The run of an event that was dealt with and is delivered again. */
  runOf(exchange: Exchange): Promise<string | undefined>
}

export interface Attempt extends SaidOnce {
  turn: Turn
}

export interface StepHooks {
  /** Told of each step of a run, when it is shown. */
  afterStep?(tenant: TenantId, run: Run): Promise<void>
}

export function createRunSteps(deps: ChatDeps, hooks: StepHooks, cards: RunCards): RunSteps {
  // Two presses one after the other: the card ends where the run does.
  const inTurn = oneAtATime()
  const { conversation } = deps.assessments

  const runOf: RunSteps['runOf'] = async ({ who: { tenant, person }, key }) => {
    const last = await deps.store.setting(tenant, 'person', person, LAST_STEP)
    return last?.startsWith(`${key}\n`) ? last.slice(key.length + 1) : undefined
  }
  const once = async (exchange: Exchange, run: string, attempt: (who: Respondent) => Promise<Attempt>): Promise<Attempt> => {
    const { tenant, person } = exchange.who
    const respondent = respondentOf(exchange)
    if ((await runOf(exchange)) === run) return { turn: await conversation.show(respondent, run) }
    const done = await attempt(respondent)
    // The answer to a question changes nothing: it is looked up again.
    if (done.turn.aside === undefined) await deps.store.saveSetting(tenant, 'person', person, LAST_STEP, `${exchange.key}\n${run}`)
    return { ...done, turn: withoutRepeat(done.turn) }
  }
  const take: RunSteps['take'] = (exchange, run, how, attempt) =>
    inTurn(`${exchange.who.tenant}\n${run}`, async () => {
      const { turn, ...said } = await once(exchange, run, attempt)
      try {
        await cards[how](exchange, await shownNow(turn, exchange, said, deps))
      } finally {
        // Also where it can't be shown: it is done.
        await hooks.afterStep?.(exchange.who.tenant, turn.run)
      }
      return turn
    })

  return {
    take,
    runOf,
    press: (exchange, { run, version }, step) =>
      take(exchange, run, 'update', async (who) => ({ turn: await conversation.take(who, run, { ...step, version, key: exchange.key }) })),
  }
}

export function respondentOf({ who: { tenant, person }, platform }: Exchange): Respondent {
  return { tenant, person, surface: platform }
}

/** What was shown is older than the run: nothing is done, one learns where it stands. */
export function movedOn(turn: Turn): Turn {
  return { ...turn, notice: 'moved-on' }
}

async function shownNow(turn: Turn, { who }: Exchange, said: SaidOnce, deps: ChatDeps): Promise<Shown> {
  const context = await contextOf(turn, who, said, deps)
  return { run: turn.run, reply: turnReply(turn, context), settled: isSettled(turn, context) }
}

/** A key is an event's: somebody pressed once, and it was delivered twice. */
function withoutRepeat({ notice, ...turn }: Turn): Turn {
  return notice === undefined || notice === 'already-recorded' ? turn : { ...turn, notice }
}
