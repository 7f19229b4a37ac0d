/** Puts a digest's content together from what is stored. Nothing in it is estimated, and nothing written by a model. */
import type { AssessmentStore } from '../../assessments/assessment-store.ts'
import type { Team, TenantId } from '../../assessments/records.ts'
import { drawHeatmap } from '../../assessments/result-pictures.ts'
import type { Corpus, Model } from '../../corpus/passage.ts'
import { UserError } from '../../shared/errors.ts'
import type { Digest } from '../records.ts'
import { type AskedQuestion, askedThemes } from './asked-themes.ts'
import type { DigestContent, DigestItem, DigestModel, Period } from './digest-content.ts'
import { digestPicture } from './digest-picture.ts'
import { monthlyItems } from './monthly-items.ts'
import { byName, heatmapOf, sideBySide, type TeamThenAndNow } from './organisation-items.ts'
import { readHistory, type TeamHistory } from './team-history.ts'
import { dueActions, isRunning, nextStep, openRounds, staleQuestion } from './team-items.ts'
import { whatChanged } from './what-changed.ts'

export interface DigestRequest {
  tenant: TenantId
  digest: Digest
  period: Period
  late: boolean
  now: Date
}

export interface DigestDeps {
  store: AssessmentStore
  corpus(): Corpus
  /** The teams that agreed to be in digests for the organisation. */
  agreed(tenant: TenantId): Promise<readonly string[]>
  /** What people asked since then; without copies of answers that were shared. */
  askedSince(tenant: TenantId, since: string): Promise<readonly AskedQuestion[]>
}

/** @throws UserError when no team of it is left */
export async function composeDigest(request: DigestRequest, deps: DigestDeps): Promise<DigestContent> {
  const { tenant, digest, period, late, now } = request
  const found = await Promise.all(digest.teams.map((id) => deps.store.team(tenant, id)))
  const teams = found.filter((team) => team !== undefined)
  const [team] = teams
  if (team === undefined) throw new UserError('The team of this digest is no longer there: delete the digest.')
  const said = digest.kind === 'organisation' ? await ofOrganisation(request, teams, deps) : await ofTeam(request, team, deps)
  return { digest, period, late, at: now.toISOString(), ...said }
}

type Said = Pick<DigestContent, 'teams' | 'model' | 'items' | 'picture'>

async function ofTeam(request: DigestRequest, team: Team, deps: DigestDeps): Promise<Said> {
  const { tenant, digest, period, now } = request
  const { store } = deps
  const corpus = deps.corpus()
  const [members, targets, actions, rounds] = await Promise.all([
    store.members(tenant, team.id),
    store.targets(tenant, team.id),
    store.actions(tenant, team.id),
    store.rounds(tenant, team.id),
  ])
  const history = await readHistory(tenant, team.id, digest.model, { store, corpus, targets, actions, now })
  const [before, after, current] = await thenAndNow(history, period, now)
  const isMeant = ({ model }: { model: string }) => digest.model === undefined || model === digest.model
  const running = await Promise.all(
    rounds.filter((round) => isMeant(round.scope) && isRunning(round, now)).map(async (round) => ({ round, runs: await store.runsOfRound(tenant, round.id) })),
  )
  const telling = { members: new Set(members.map(({ id }) => id)), zone: digest.schedule.zone, now }

  const changed = whatChanged(before, after)
  const { model } = history
  const standing: DigestItem[] =
    model === undefined || current === undefined
      ? [{ kind: 'no-results', gone: history.gone }]
      : [...nextStep(current, actions, corpus, telling), ...staleQuestion(model, current, running, corpus)]
  const monthly = digest.kind !== 'monthly' ? [] : [...(current === undefined ? [] : monthlyItems(current, now)), ...(await themesOf(request, deps))]
  const moved = changed.flatMap((item) => (item.kind === 'changed' ? item.sections.map(({ section }) => section) : []))
  const picture = current === undefined ? undefined : digestPicture(team.name, current, moved)
  return {
    teams: [{ id: team.id, name: team.name }],
    ...(model === undefined ? {} : { model: toldModel(model) }),
    items: [...changed, ...standing, ...dueActions(actions.filter(isMeant), telling), ...openRounds(running, telling), ...monthly],
    ...(picture === undefined ? {} : { picture }),
  }
}

async function themesOf({ tenant, period }: DigestRequest, deps: DigestDeps): Promise<DigestItem[]> {
  return askedThemes(await deps.askedSince(tenant, period.from), period, deps.corpus())
}

async function ofOrganisation({ tenant, digest, period, now }: DigestRequest, chosen: readonly Team[], deps: DigestDeps): Promise<Said> {
  const { store } = deps
  const corpus = deps.corpus()
  const agreed = new Set(await deps.agreed(tenant))
  const teams = chosen.filter(({ id }) => agreed.has(id)).toSorted(byName)
  const historyOf = async (team: Team, wanted: string | undefined) => {
    const targets = await store.targets(tenant, team.id)
    return readHistory(tenant, team.id, wanted, { store, corpus, targets, actions: [], now })
  }
  const model =
    digest.model === undefined
      ? mostAssessedBy(await Promise.all(teams.map((team) => historyOf(team, undefined))))
      : corpus.models.find(({ id }) => id === digest.model)
  const told = teams.map(({ id, name }) => ({ id, name }))
  if (model === undefined) return { teams: told, items: [{ kind: 'no-results', gone: digest.model === undefined ? [] : [digest.model] }] }

  const compared = await Promise.all(
    teams.map(async (team): Promise<TeamThenAndNow> => {
      const [before, after, current] = await thenAndNow(await historyOf(team, model.id), period, now)
      return {
        team,
        ...(before === undefined ? {} : { before }),
        ...(after === undefined ? {} : { after }),
        ...(current === undefined ? {} : { current }),
      }
    }),
  )
  const comparison = heatmapOf(compared, model)
  return {
    teams: told,
    model: toldModel(model),
    items: [sideBySide(compared, chosen.length)],
    ...(comparison === undefined ? {} : { picture: drawHeatmap(comparison) }),
  }
}

/** Before the period, at its end, and now, which for a late one is a little after that. */
async function thenAndNow(history: TeamHistory, { from, to }: Period, now: Date) {
  return Promise.all([history.at(from), history.at(to), history.at(now.toISOString())])
}

/** Of the models by which teams were assessed last, the one of most teams; of several the first by name. */
function mostAssessedBy(histories: readonly TeamHistory[]): Model | undefined {
  const byModel = Map.groupBy(
    histories.flatMap(({ model }) => model ?? []),
    ({ id }) => id,
  )
  const [most] = [...byModel.values()].toSorted((a, b) => b.length - a.length || (a[0]?.id ?? '').localeCompare(b[0]?.id ?? ''))
  return most?.[0]
}

function toldModel({ id, shortTitle, levelWord, levels }: Model): DigestModel {
  return { id, shortTitle, levelWord, levels: levels.length }
}
