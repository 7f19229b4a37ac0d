/** What the form of a digest is filled with for somebody: places they are in, teams that agreed, their clock. */
import type { Team, TenantId } from '../../assessments/records.ts'
import { byName } from '../../digests/content/organisation-items.ts'
import type { Digest, DigestAddress } from '../../digests/records.ts'
import type { Who } from '../exchange.ts'
import { zoneOf } from '../teams/zone-of.ts'
import { agreedIds, type DigestsDeps } from './deps.ts'
import { isIn, placeName } from './digest-access.ts'
import type { Around } from './digest-form.ts'

type Deps = Pick<DigestsDeps, 'assessments' | 'corpus' | 'directory' | 'store' | 'now'>

export interface About {
  before?: Digest
  team?: Team
  /** The channel in which it was asked for. */
  here?: string
  /** It speaks for no team yet, and may get one. */
  begins?: boolean
}

export async function aroundOf(who: Who, of: About, deps: Deps): Promise<Around> {
  const { before, team, here, begins = false } = of
  const [addresses, agreed, zone] = await Promise.all([addressesFor(who, of, deps), agreedTeams(who.tenant, deps), zoneOf(who, deps)])
  return {
    ...(before === undefined ? {} : { before }),
    ...(team === undefined ? {} : { team }),
    begins,
    addresses: here === undefined && before === undefined ? addresses.toSorted(personFirst) : addresses,
    agreed,
    isHereUnseen: here !== undefined && !addresses.some(({ to }) => to.kind === 'place' && to.place === here),
    corpus: deps.corpus(),
    zone: before?.schedule.zone ?? zone,
    now: deps.now(),
  }
}

/** By name. */
export async function agreedTeams(tenant: TenantId, deps: Pick<Deps, 'assessments' | 'store'>): Promise<Team[]> {
  const agreed = new Set(await agreedIds(tenant, deps))
  return (await deps.assessments.store.assessments.teams(tenant)).filter(({ id }) => agreed.has(id)).toSorted(byName)
}

/** Where it goes now, the channel here, the team's, and the person alone. */
async function addressesFor(who: Who, { before, team, here }: About, deps: Deps): Promise<Around['addresses'][number][]> {
  const { tenant, person } = who
  const teams = before?.teams ?? (team === undefined ? [] : [team.id])
  const ofTeams = before?.kind === 'organisation' ? [] : (await Promise.all(teams.map((id) => deps.store.placesOfTeam(tenant, id)))).flat()
  const wanted = [...new Set([...(here === undefined ? [] : [here]), ...ofTeams])]
  const open = await Promise.all(wanted.map(async (place) => ((await isIn(who, place, deps)) ? [place] : [])))
  const all: DigestAddress[] = [
    ...(before === undefined ? [] : [before.to]),
    ...open.flat().map((place) => ({ kind: 'place' as const, place })),
    { kind: 'person', person },
  ]
  const unique = [...new Map(all.map((to) => [JSON.stringify(to), to])).values()]
  return Promise.all(unique.map(async (to) => ({ to, label: await labelOf(who, to, deps) })))
}

async function labelOf({ tenant, person }: Who, to: DigestAddress, deps: Deps): Promise<string> {
  if (to.kind === 'place') return (await placeName(tenant, to.place, deps)) ?? 'The channel as now, which I can’t see'
  if (to.person === person) return 'To you alone'
  return `To ${(await deps.directory(tenant).person(tenant, to.person))?.name ?? 'somebody else'} alone, as now`
}

/** What is asked for in a direct message goes there. */
function personFirst(a: Around['addresses'][number], b: Around['addresses'][number]): number {
  return Number(b.to.kind === 'person') - Number(a.to.kind === 'person')
}
