/** The digests of a team: listed, read as they would be now, set up, paused, changed, deleted. Whoever made one changes it. */
import { randomUUID } from 'node:crypto'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Team, TenantId } from '../../assessments/records.ts'
import { digestToTry, periodUntilNow } from '../../digests/as-of-now.ts'
import { composeDigest } from '../../digests/content/compose-digest.ts'
import type { DigestContent } from '../../digests/content/digest-content.ts'
import { AGREED, byName, ORGANISATION_SETTING } from '../../digests/content/organisation-items.ts'
import { DIGEST_KINDS, KIND_WORDS } from '../../digests/digest-kinds.ts'
import { createDigestKeeper, type DigestWish, isSameDigest, MOST_DIGESTS } from '../../digests/keep-digests.ts'
import type { Digest, DigestAddress } from '../../digests/records.ts'
import { scheduleAsTyped } from '../../digests/schedule-wording.ts'
import { UserError } from '../../shared/errors.ts'
import { type AssessRouteDeps, ownTeam, param, Refusal } from '../assess/access.ts'
import { read } from '../assess/bodies.ts'
import type { Visitor } from '../assess/identity.ts'
import { namesIn } from '../assess/names.ts'
import { agreementBody, digestBody, pauseBody, previewQuery, schedule, whenBody } from './digest-bodies.ts'
import { type DigestsView, type PreviewView, type UnderstoodView, understood, viewDigest, viewPreview } from './digest-view.ts'
import type { WebDigests } from './web-digests.ts'

export interface DigestRouteDeps extends AssessRouteDeps {
  digests: () => WebDigests
}

const NO_PLACE =
  'A digest is sent in Slack or Teams: say “page” to Cairn there, and this page opens with your teams from there. Here it can be read as it would be.'
const NOT_AGREED = 'no'

export function registerDigestRoutes(api: FastifyInstance, deps: DigestRouteDeps): void {
  const keeper = () => createDigestKeeper({ store: deps.digests().store, now: deps.digests().now })

  api.get('/api/teams/:team/digests', async (request) => {
    const { visitor, team } = await ownTeam(request, deps)
    return viewDigests(team, visitor, deps)
  })

  api.post('/api/teams/:team/digests', async (request) => {
    const { visitor, team } = await ownTeam(request, deps)
    const { store, now } = deps.digests()
    const { tenant } = visitor
    const wish = await wishOf(request.body, visitor, team, undefined, deps)
    const others = await store.digestsOfTeam(tenant, team.id)
    if (others.length >= MOST_DIGESTS) throw new UserError(`There are ${MOST_DIGESTS} digests already: delete one of them first.`)
    if (!others.some((each) => each.paused === undefined && isSameDigest(each, wish, now()))) await keeper().create(tenant, randomUUID(), visitor.person, wish)
    return viewDigests(team, visitor, deps)
  })

  /** What was understood, before anything is made of it. */
  api.post('/api/teams/:team/digests/days', async (request): Promise<UnderstoodView & { assumed: string[] }> => {
    await ownTeam(request, deps)
    const now = deps.digests().now()
    const { assumed, ...found } = schedule(read(whenBody, request.body), now)
    return { ...understood(found.schedule, now), assumed }
  })

  api.post('/api/teams/:team/digests/agreement', async (request) => {
    const { visitor, team } = await ownTeam(request, deps)
    const { agreed } = read(agreementBody, request.body)
    await deps.digests().chats.saveSetting(visitor.tenant, 'team', team.id, ORGANISATION_SETTING, agreed ? AGREED : NOT_AGREED)
    return viewDigests(team, visitor, deps)
  })

  api.get('/api/teams/:team/digests/preview', async (request): Promise<PreviewView> => {
    const { visitor, team } = await ownTeam(request, deps)
    const content = await contentFor(request, visitor, team, deps)
    const { store } = deps.assessments()
    const people = content.items.flatMap((item) => (item.kind === 'rounds' ? item.rounds.flatMap(({ left = [] }) => left) : []))
    return viewPreview(content, await namesIn(store.assessments, visitor.tenant, team.id, people))
  })

  api.get<{ Params: { format: string }; Querystring: { theme?: unknown } }>('/api/teams/:team/digests/picture.:format', async (request, reply) => {
    const { visitor, team } = await ownTeam(request, deps)
    const { picture } = await contentFor(request, visitor, team, deps)
    if (picture === undefined) throw new Refusal(404, 'This digest has no picture yet: it comes with the first results.')
    return sendPicture(reply, picture, request.params.format, request.query.theme)
  })

  api.post('/api/teams/:team/digests/:digest', async (request) => {
    const { visitor, team, digest } = await ownDigest(request, deps)
    await keeper().change(visitor.tenant, digest.id, await wishOf(request.body, visitor, team, digest, deps))
    return viewDigests(team, visitor, deps)
  })

  api.post('/api/teams/:team/digests/:digest/pause', async (request) => {
    const { visitor, team, digest } = await ownDigest(request, deps)
    await (read(pauseBody, request.body).paused ? keeper().pause(visitor.tenant, digest.id) : keeper().resume(visitor.tenant, digest.id))
    return viewDigests(team, visitor, deps)
  })

  api.post('/api/teams/:team/digests/:digest/delete', async (request) => {
    const { visitor, team, digest } = await ownDigest(request, deps)
    await deps.digests().store.removeDigest(visitor.tenant, digest.id)
    return viewDigests(team, visitor, deps)
  })
}

async function viewDigests(team: Team, visitor: Visitor, deps: DigestRouteDeps): Promise<DigestsView> {
  const { tenant, person, rules } = visitor
  const { store, now } = deps.digests()
  const records = deps.assessments().store.assessments
  const shown = (await store.digestsOfTeam(tenant, team.id)).filter((digest) => isFor(digest, person))
  const open = await placesFor(visitor, team, deps)
  const called = async (place: string) => (await rules?.placeName(tenant, place)) ?? 'a channel'
  const name = await namesIn(
    records,
    tenant,
    team.id,
    shown.map(({ createdBy }) => createdBy),
  )
  return {
    digests: await Promise.all(
      shown.map(async (digest) =>
        viewDigest(digest, { person, now: now(), name, ...(digest.to.kind === 'place' ? { place: await called(digest.to.place) } : {}) }),
      ),
    ),
    places: await Promise.all(open.map(async (id) => ({ id, name: await called(id) }))),
    direct: rules !== undefined,
    kinds: DIGEST_KINDS.map((kind) => ({ kind, ...KIND_WORDS[kind] })),
    models: deps.corpus().models.map(({ id, shortTitle }) => ({ id, shortTitle })),
    agreed: (await agreedTeams(tenant, deps)).includes(team.id),
  }
}

/** What goes to one person alone is theirs. */
function isFor({ to, createdBy }: Digest, person: string): boolean {
  return to.kind === 'place' || to.person === person || createdBy === person
}

/** @throws Refusal when it is none of the team's, or somebody else's */
async function ownDigest(request: FastifyRequest, deps: DigestRouteDeps): Promise<{ visitor: Visitor; team: Team; digest: Digest }> {
  const { visitor, team } = await ownTeam(request, deps)
  const digest = await digestOf(param(request, 'digest'), team, visitor, deps)
  if (digest.createdBy !== visitor.person) throw new Refusal(403, 'Whoever set this digest up changes it: ask them.')
  return { visitor, team, digest }
}

async function digestOf(id: string, team: Team, { tenant, person }: Visitor, deps: DigestRouteDeps): Promise<Digest> {
  const digest = await deps.digests().store.digest(tenant, id)
  if (digest === undefined || !digest.teams.includes(team.id) || !isFor(digest, person))
    throw new Refusal(404, 'This digest is no longer there: open the page again.')
  return digest
}

/** @param before what is changed: where it goes, and what it is about, may stay */
async function wishOf(body: unknown, visitor: Visitor, team: Team, before: Digest | undefined, deps: DigestRouteDeps): Promise<DigestWish> {
  const { now } = deps.digests()
  const wanted = read(digestBody, body)
  const { kind, model, sendWhenEmpty } = wanted
  if (before !== undefined && (before.kind === 'organisation') !== (kind === 'organisation'))
    throw new UserError('A digest of teams side by side stays one: set another one up.')
  if (model !== null && model !== before?.model && deps.corpus().model(model) === undefined)
    throw new UserError('This model is no longer there: choose another.')
  // Read again, every other week would be counted from now.
  const isSameTime = before !== undefined && wanted.when.trim() === scheduleAsTyped(before.schedule)
  return {
    kind,
    teams: before?.teams ?? (await teamsFor(kind, visitor.tenant, team, deps)),
    to: await addressOf(wanted.place, visitor, team, before, deps),
    schedule: isSameTime ? before.schedule : schedule(wanted, now()).schedule,
    sendWhenEmpty,
    ...(model === null ? {} : { model }),
  }
}

/** Where it goes now, it may stay. @throws UserError */
async function addressOf(place: string | null, visitor: Visitor, team: Team, before: Digest | undefined, deps: DigestRouteDeps): Promise<DigestAddress> {
  if (before !== undefined && place === (before.to.kind === 'place' ? before.to.place : null)) return before.to
  if (visitor.rules === undefined) throw new UserError(NO_PLACE)
  if (place === null) return { kind: 'person', person: visitor.person }
  if (!(await placesFor(visitor, team, deps)).includes(place)) throw new UserError('This channel is none of the team’s, or you are not in it: choose another.')
  return { kind: 'place', place }
}

/** The team's channels in which the visitor may have something posted. */
async function placesFor({ tenant, person, rules }: Visitor, { id }: Team, { digests }: DigestRouteDeps): Promise<string[]> {
  if (rules === undefined) return []
  const places = await digests().chats.placesOfTeam(tenant, id)
  return (await Promise.all(places.map(async (place) => ((await rules.mayPost({ tenant, person }, place)) ? [place] : [])))).flat()
}

async function teamsFor(kind: Digest['kind'], tenant: TenantId, team: Team, deps: DigestRouteDeps): Promise<string[]> {
  if (kind !== 'organisation') return [team.id]
  const all = await deps.assessments().store.assessments.teams(tenant)
  const agreed = new Set(await agreedTeams(tenant, deps))
  const shown = all.filter(({ id }) => agreed.has(id)).toSorted(byName)
  if (shown.length === 0) throw new UserError('No team has agreed to be shown beside others yet: its people do so on its page, under “Digests”.')
  return shown.map(({ id }) => id)
}

async function agreedTeams(tenant: TenantId, { digests }: DigestRouteDeps): Promise<readonly string[]> {
  return digests().chats.withSetting(tenant, 'team', ORGANISATION_SETTING, AGREED)
}

/** One that there is, or that there might be. */
async function contentFor(request: FastifyRequest, visitor: Visitor, team: Team, deps: DigestRouteDeps): Promise<DigestContent> {
  const { tenant } = visitor
  const { digest: id, kind = 'weekly', model } = read(previewQuery, request.query)
  const { chats, now } = deps.digests()
  const about = { kind, ...(model === undefined ? {} : { model }) }
  const digest =
    id === undefined
      ? digestToTry({ ...about, teams: await teamsFor(kind, tenant, team, deps) }, { person: visitor.person, zone: 'UTC', now: now() })
      : await digestOf(id, team, visitor, deps)
  return composeDigest(
    { tenant, digest, period: periodUntilNow(digest, now()), late: false, now: now() },
    {
      store: deps.assessments().store.assessments,
      corpus: deps.corpus,
      agreed: (of) => agreedTeams(of, deps),
      askedSince: (of, since) => chats.askedSince(of, since),
    },
  )
}

function sendPicture(reply: FastifyReply, picture: NonNullable<DigestContent['picture']>, format: string, theme: unknown): FastifyReply {
  const look = theme === 'dark' ? 'dark' : 'light'
  return format === 'png' ? reply.type('image/png').send(picture.png(look)) : reply.type('image/svg+xml; charset=utf-8').send(picture.svg(look))
}
