/**
 * Sets a digest up, from plain words or from the form. It is made at once: nothing is sent before its first day, and what was
 * understood is said beside the buttons that change it.
 */
import { createHash } from 'node:crypto'
import type { Team } from '../../assessments/records.ts'
import { KIND_WORDS } from '../../digests/digest-kinds.ts'
import { type DigestKeeper, type DigestWish, isSameDigest, MOST_DIGESTS } from '../../digests/keep-digests.ts'
import { readSchedule } from '../../digests/read-schedule.ts'
import type { DigestAddress } from '../../digests/records.ts'
import { UserError } from '../../shared/errors.ts'
import type { Exchange } from '../exchange.ts'
import { chooseAssessment } from '../presses.ts'
import type { Press } from '../reply.ts'
import { button, note, text } from '../simple-blocks.ts'
import { teamsMeant, teamToChange } from '../teams/find-team.ts'
import { knownPerson } from '../teams/known-person.ts'
import { ownTeamOfPlace, teamOfPlace } from '../teams/team-of-place.ts'
import { zoneOf } from '../teams/zone-of.ts'
import type { DigestsDeps } from './deps.ts'
import { assertInPlace } from './digest-access.ts'
import { agreedTeams } from './digest-form-around.ts'
import { understoodReply } from './digest-replies.ts'
import type { Wanted } from './read-words.ts'

const MOST_CHOICES = 20
const NO_TEAM = 'A digest tells about a team, and you are in none yet. An assessment makes one: at most five questions, about three minutes.'
const NONE_AGREED = 'No team has agreed to be shown beside others yet. A team’s people say “digest agree” in its channel.'

export async function setUp(exchange: Exchange, wish: DigestWish, assumed: readonly string[], keeper: DigestKeeper, deps: DigestsDeps): Promise<void> {
  const { who } = exchange
  const { tenant, person } = who
  const id = idFor(exchange)
  const [team = ''] = wish.teams
  const others = (await (wish.kind === 'organisation' ? deps.digests.digestsBy(tenant, person) : deps.digests.digestsOfTeam(tenant, team))).filter(
    (each) => each.id !== id,
  )
  const same = others.find((each) => each.paused === undefined && isSameDigest(each, wish, deps.now()))
  if (same !== undefined) return exchange.whisper(await understoodReply(who, same, 'There is one like this already:', assumed, deps))
  if (others.length >= MOST_DIGESTS) throw new UserError(`There are ${MOST_DIGESTS} digests already: delete one of them first. “digest” lists them.`)
  await knownPerson(who, deps)
  const digest = await keeper.create(tenant, id, person, wish)
  await exchange.whisper(await understoodReply(who, digest, 'Set up:', assumed, deps))
}

/** What is delivered again makes no second one. */
function idFor({ who, key }: Pick<Exchange, 'who' | 'key'>): string {
  return `digest-${createHash('sha256')
    .update(JSON.stringify([who.tenant, key]))
    .digest('hex')
    .slice(0, 24)}`
}

/** @throws UserError saying what to write instead */
export async function setUpAsTyped(exchange: Exchange, typed: string, wanted: Wanted, keeper: DigestKeeper, deps: DigestsDeps): Promise<void> {
  const { who } = exchange
  const read = readSchedule(wanted.when, { now: deps.now(), zone: await zoneOf(who, deps) })
  if ('problem' in read) throw new UserError(/\bfor\b/i.test(wanted.when) ? `${read.problem} After “for” goes the name of a team of yours.` : read.problem)
  const { schedule, assumed } = read
  const to = await addressOf(exchange, wanted, deps)
  const rest = { to, schedule, sendWhenEmpty: false, ...(wanted.model === undefined ? {} : { model: wanted.model }) }
  if (wanted.organisation) {
    const teams = (await agreedTeams(who.tenant, deps)).map(({ id }) => id)
    if (teams.length === 0) throw new UserError(NONE_AGREED)
    return setUp(exchange, { kind: 'organisation', teams, ...rest }, assumed, keeper, deps)
  }
  const team = await teamFor(exchange, wanted.team, deps)
  if (team === undefined) return chooseTeam(exchange, deps, (id) => ({ on: 'digest.create', with: { team: id, words: typed } }))
  await setUp(exchange, { kind: schedule.kind === 'monthly' ? 'monthly' : 'weekly', teams: [team.id], ...rest }, assumed, keeper, deps)
}

async function addressOf({ who, place }: Exchange, wanted: Wanted, deps: DigestsDeps): Promise<DigestAddress> {
  if (wanted.place !== undefined) {
    await assertInPlace(who, place, wanted.place, deps)
    return { kind: 'place', place: wanted.place }
  }
  return wanted.direct || place.kind === 'personal' ? { kind: 'person', person: who.person } : { kind: 'place', place: place.id }
}

/** The one that was named, that of the channel, which gets one where it has none, or the person's only one. */
async function teamFor(exchange: Exchange, named: string | undefined, deps: DigestsDeps): Promise<Team | undefined> {
  const { who, place } = exchange
  if (named !== undefined) return teamToChange(who, named, deps)
  if (place.kind !== 'personal') {
    const here = await teamOfPlace(who.tenant, place, deps)
    return here === undefined ? ownTeamOfPlace(exchange, deps) : teamToChange(who, here.id, deps)
  }
  const [team, ...others] = await teamsMeant(exchange, '', deps)
  return others.length === 0 ? team : undefined
}

/** @param to what choosing one does; by default it opens the form */
export async function chooseTeam(exchange: Exchange, deps: DigestsDeps, to = (team: string): Press => ({ on: 'digest.new', with: { team } })): Promise<void> {
  const teams = await deps.assessments.store.assessments.teamsOf(exchange.who.tenant, exchange.who.person)
  const shown = teams.slice(0, MOST_CHOICES)
  const more = teams.length - shown.length
  const canLead = (await agreedTeams(exchange.who.tenant, deps)).length > 0
  await exchange.whisper({
    summary: 'Which team?',
    blocks: [
      text(teams.length === 0 ? NO_TEAM : 'Which team is it about?'),
      {
        kind: 'buttons',
        items: [
          ...shown.map(({ id, name }) => button(name, to(id))),
          ...(teams.length === 0 ? [button('Assess my team', chooseAssessment())] : []),
          ...(canLead ? [button(KIND_WORDS.organisation.label, { on: 'digest.new', with: { leads: true } })] : []),
        ],
      },
      ...(more > 0 ? [note(`And ${more} more: name it, as in “every Monday for Payments”.`)] : []),
    ],
  })
}
