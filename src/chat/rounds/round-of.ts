/** The round that a button means, and whether the person may change it: a button may be older than that. */
import * as z from 'zod'
import type { Round, TenantId } from '../../assessments/records.ts'
import { UserError } from '../../shared/errors.ts'
import type { Exchange } from '../exchange.ts'
import type { ChatDeps } from '../feature.ts'
import { id, readArgs } from '../press-args.ts'
import type { PressArgs } from '../reply.ts'
import { mayManage } from '../teams/access.ts'

const ofRound = z.object({ round: id })

type Deps = Pick<ChatDeps, 'assessments' | 'directory'>

/** @throws UserError where there is none, or no more */
export async function roundOf(tenant: TenantId, args: PressArgs, { assessments }: Pick<ChatDeps, 'assessments'>): Promise<Round> {
  const round = await assessments.store.assessments.round(tenant, readArgs(ofRound, args).round)
  if (round === undefined) throw new UserError('This round is no longer there. Say “round” in your team’s channel to start another one.')
  return round
}

/** @throws UserError to everybody but who started it and administrators */
export async function managedRound({ who }: Pick<Exchange, 'who'>, args: PressArgs, deps: Deps): Promise<Round> {
  const round = await roundOf(who.tenant, args, deps)
  if (await mayManage(who, round, deps)) return round
  throw new UserError(`Only ${await starterOf(who.tenant, round, deps)} and administrators can do that, since it changes the round for everybody.`)
}

/** The same, and answers still count. @throws UserError */
export async function openManagedRound(exchange: Pick<Exchange, 'who'>, args: PressArgs, deps: Deps): Promise<Round> {
  const round = await managedRound(exchange, args, deps)
  const { tenant, person } = exchange.who
  // Whoever looks at a round whose deadline has passed closes it.
  const { state } = await deps.assessments.rounds.status(tenant, round.id, person)
  if (state === 'closed') throw new UserError(`“${round.name}” is closed, so there is nothing more to change.`)
  return round
}

/** What whoever started it is called: others are told to ask them. */
export async function starterOf(tenant: TenantId, { startedBy }: Round, { assessments }: Pick<ChatDeps, 'assessments'>): Promise<string> {
  return (await assessments.store.assessments.person(tenant, startedBy))?.name ?? 'who started it'
}
