/** Starts a round: in which channel and for which team, who is asked, and the card that shows it. */
import * as z from 'zod'
import type { Round, Scope, Team, TenantId } from '../../assessments/records.ts'
import { checkEnough, DEFAULT_SHOWN_FROM } from '../../assessments/round-request.ts'
import { UserError } from '../../shared/errors.ts'
import type { Exchange, Place, PlatformWays, Who } from '../exchange.ts'
import type { ChatDeps, FormHandler } from '../feature.ts'
import { id, readArgs } from '../press-args.ts'
import { plainReply } from '../reply.ts'
import { scopeKey } from '../scopes/scope-key.ts'
import { isAdmin, mayChange } from '../teams/access.ts'
import { joinTeam, ownTeamOfPlace } from '../teams/team-of-place.ts'
import { zoneOf } from '../teams/zone-of.ts'
import type { Begun, RoundCards } from './round-cards.ts'
import { type Reading, readStart, startForm } from './start-request.ts'

/** The channel that the card goes to, and the team where it is not the channel's own. */
const target = z.object({ place: id, team: id.optional() })

const NOT_SHOWN: Readonly<Record<Exclude<Begun, 'shown'>, (ways: PlatformWays) => string>> = {
  'to-starter': ({ alone }) => `The round is open, but I can’t post in that channel, so its card is in ${alone}. Add me to the channel before the next one.`,
  later: () => 'The round is open. Its card could not be posted just now and follows.',
}

export async function openStartForm(exchange: Exchange, request: { team?: string; scope?: Scope }, deps: ChatDeps): Promise<void> {
  const { who, place } = exchange
  const { tenant } = who
  const team = request.team === undefined ? undefined : await teamOf(who, request.team, deps)
  const card = place.kind !== 'personal' ? place.id : team === undefined ? undefined : await placeWith(who, team, deps)
  if (card === undefined) throw new UserError('A round is shown in a channel: say “round” in the channel of the team.')
  const present = await deps.directory(tenant).members(tenant, card)
  const invited = present.length === 0 ? [who.person] : present
  const { scope } = request
  const to = { place: card, ...(team === undefined ? {} : { team: team.id }) }
  await exchange.open(startForm(to, { invited, ...(scope === undefined ? {} : { scope }) }, await readingOf(who, deps)))
}

export function startHandler(deps: ChatDeps, cards: RoundCards): FormHandler {
  return {
    async check(who, { values }) {
      const read = readStart(values, await readingOf(who, deps))
      return 'errors' in read ? read.errors : undefined
    },

    async submit(exchange, submission) {
      const { who } = exchange
      const { place, team: named } = readArgs(target, submission.with)
      const read = readStart(submission.values, await readingOf(who, deps))
      if ('errors' in read) throw new UserError(Object.values(read.errors).join(' '))
      const { people, ...request } = read.request
      await assertInPlace(exchange, place, deps)
      const invited = await peopleAmong(exchange, people, deps)
      checkEnough(invited, { confidential: request.confidential, shownFrom: DEFAULT_SHOWN_FROM })
      const team = named === undefined ? await ownTeamOfPlace({ who, place: placeOf(exchange, place) }, deps) : await teamOf(who, named, deps)
      await joinAll(who.tenant, team, invited, deps)
      const before = await sameRound(who, { ...request, team: team.id }, deps)
      const round = before ?? (await deps.assessments.rounds.start(who.tenant, who.person, { ...request, team: team.id, invited }))
      const begun = await cards.begin(who.tenant, round, place)
      if (begun !== 'shown') await exchange.whisper(plainReply(NOT_SHOWN[begun](exchange.ways)))
      else if (exchange.place.id !== place) await exchange.whisper(plainReply(`The round is open. Its card is in ${await nameOf(who.tenant, place, deps)}.`))
    },
  }
}

/** Of those whom somebody named the people: bots don't answer. @throws UserError where nobody is left */
export async function peopleAmong(
  { who: { tenant }, ways }: Pick<Exchange, 'who' | 'ways'>,
  persons: readonly string[],
  { directory }: Pick<ChatDeps, 'directory'>,
): Promise<string[]> {
  const found: string[] = []
  for (const person of persons) {
    const known = await directory(tenant).person(tenant, person)
    if (known !== undefined && !known.isBot) found.push(person)
  }
  if (found.length === 0) throw new UserError(`None of those who were named can answer: name people of ${ways.everybody}.`)
  return found
}

/** Only members of a team are invited to its rounds. */
export async function joinAll(
  tenant: TenantId,
  team: Pick<Team, 'id'>,
  persons: readonly string[],
  deps: Pick<ChatDeps, 'assessments' | 'directory'>,
): Promise<void> {
  for (const person of persons) await joinTeam({ tenant, person }, team, deps)
}

async function readingOf(who: Who, deps: ChatDeps): Promise<Reading> {
  return { corpus: deps.corpus(), zone: await zoneOf(who, deps), now: deps.now() }
}

/** @throws UserError when there is none, or it is somebody else's */
async function teamOf(who: Who, team: string, deps: ChatDeps): Promise<Team> {
  const found = await deps.assessments.store.assessments.team(who.tenant, team)
  if (found === undefined) throw new UserError('This team is no longer there. Say “round” in your team’s channel to start one.')
  if (await mayChange(who, found, deps)) return found
  throw new UserError(`Rounds of ${found.name} are started by its people: ask one of them, or an administrator.`)
}

/** Of the team's channels the first that the person is in. */
async function placeWith({ tenant, person }: Who, { id }: Team, { store, directory }: ChatDeps): Promise<string | undefined> {
  for (const place of await store.placesOfTeam(tenant, id)) if ((await directory(tenant).members(tenant, place)).includes(person)) return place
  return undefined
}

/** Where somebody may not post themselves, they don't through the bot either. @throws UserError */
async function assertInPlace({ who, place }: Exchange, id: string, deps: ChatDeps): Promise<void> {
  if (place.id === id || (await deps.directory(who.tenant).members(who.tenant, id)).includes(who.person) || (await isAdmin(who, deps))) return
  throw new UserError('You are not in that channel: start the round in a channel that you are in.')
}

function placeOf({ place }: Exchange, id: string): Place {
  return place.id === id ? place : { id, kind: 'channel' }
}

/** A form that is delivered again, or handed in twice, starts one round. */
async function sameRound(
  { tenant, person }: Who,
  wanted: Pick<Round, 'team' | 'name' | 'scope' | 'deadline'>,
  { assessments }: ChatDeps,
): Promise<Round | undefined> {
  const { team, name, scope, deadline } = wanted
  return (await assessments.store.assessments.rounds(tenant, team)).find(
    (round) =>
      round.state === 'open' && round.startedBy === person && round.name === name && round.deadline === deadline && scopeKey(round.scope) === scopeKey(scope),
  )
}

async function nameOf(tenant: TenantId, place: string, { directory }: ChatDeps): Promise<string> {
  return (await directory(tenant).placeName(tenant, place)) ?? 'its channel'
}
