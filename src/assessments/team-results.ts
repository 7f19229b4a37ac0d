/** What a team's answers say over time: its latest profile, what has changed, and how far its targets are. */
import type { Corpus } from '../corpus/passage.ts'
import type { Crosswalk } from '../crosswalk/crosswalk.ts'
import { UserError } from '../shared/errors.ts'
import type { AssessmentStore } from './assessment-store.ts'
import { type Comparison, compareTeams } from './comparison.ts'
import { type InTermsOf, inTermsOf } from './in-terms-of.ts'
import type { Action, Scope, Target, Team, TenantId } from './records.ts'
import { readSnapshots } from './snapshots.ts'
import { checkTarget } from './targets.ts'
import { type ModelResults, resultsByModel } from './team-model-results.ts'

/** How far back results reach, counted in snapshots of each model. */
export const SNAPSHOTS = 12

export interface TeamResult {
  team: Team
  /** Those that the team was assessed by, the latest first. */
  models: readonly ModelResults[]
  /** Open ones, of all models. */
  actions: readonly Action[]
  /** Assessed by what is no longer there. */
  gone: readonly { id: string; at: string; scope: Scope }[]
}

export interface TeamResults {
  /** @throws UserError when there is no such team */
  results(tenant: TenantId, team: string, options?: { model?: string; snapshots?: number }): Promise<TeamResult>
  /** Teams side by side, in the order given. @throws UserError when a team is not there or none was assessed by the model */
  compare(tenant: TenantId, teams: readonly string[], model: string): Promise<Comparison>
  /** @throws UserError when there is nothing to read, or the crosswalk doesn't cover both models */
  inTermsOf(tenant: TenantId, team: string, model: string, other: string): Promise<InTermsOf>
  /** @throws UserError when the section has no such level */
  setTarget(tenant: TenantId, target: Omit<Target, 'setAt'>): Promise<void>
  removeTarget(tenant: TenantId, team: string, model: string, section: string): Promise<void>
}

export interface TeamResultsDeps {
  store: AssessmentStore
  corpus(): Corpus
  crosswalk?: Crosswalk
  now(): Date
}

export function createTeamResults({ store, corpus, crosswalk, now }: TeamResultsDeps): TeamResults {
  const loadTeam = async (tenant: TenantId, id: string): Promise<Team> => {
    const team = await store.team(tenant, id)
    if (team === undefined) throw new UserError(`there is no team "${id}": list the teams to see those that there are`)
    return team
  }

  const results: TeamResults['results'] = async (tenant, id, { model, snapshots = SNAPSHOTS } = {}) => {
    const [team, targets, actions, read] = await Promise.all([
      loadTeam(tenant, id),
      store.targets(tenant, id),
      store.actions(tenant, id),
      readSnapshots(tenant, id, store, corpus(), { snapshots, ...(model === undefined ? {} : { model }) }),
    ])
    const byModel = Map.groupBy(read.snapshots, ({ scope }) => scope.model)
    const models = [...byModel].flatMap(([each, own]) => {
      const found = corpus().model(each)
      return found === undefined ? [] : [resultsByModel(found, own, { targets, actions, now: now() })]
    })
    const latestFirst = models.toSorted((a, b) => (b.snapshots[0]?.at ?? '').localeCompare(a.snapshots[0]?.at ?? ''))
    return { team, models: latestFirst, actions, gone: read.gone }
  }

  return {
    results,

    async compare(tenant, teams, model) {
      const order = corpus()
        .model(model)
        ?.sections.map(({ id }) => id)
      if (order === undefined) throw new UserError(`there is no model "${model}": use one of ${modelsOf(corpus())}`)
      const compared = await Promise.all(
        [...new Set(teams)].map(async (id) => {
          const { team, models } = await results(tenant, id, { model })
          return { team, results: models[0] }
        }),
      )
      const comparison = compareTeams(compared, order)
      if (comparison === undefined) throw new UserError(`none of these teams was assessed by "${model}" yet: start an assessment`)
      return comparison
    },

    async inTermsOf(tenant, team, model, other) {
      const otherModel = corpus().model(other)
      if (otherModel === undefined) throw new UserError(`there is no model "${other}": use one of ${modelsOf(corpus())}`)
      const outside = crosswalk === undefined ? model : [model, other].find((each) => !crosswalk.models.includes(each))
      if (crosswalk === undefined || outside !== undefined)
        throw new UserError(`the crosswalk doesn't cover "${outside}": it reads ${crosswalk?.models.join(', ') || 'no model'}`)
      if (model === other) throw new UserError(`"${model}" is the model itself: name another one`)
      const { models } = await results(tenant, team, { model })
      if (models[0] === undefined) throw new UserError(`the team was not assessed by "${model}" yet: start an assessment`)
      return inTermsOf(models[0], otherModel, crosswalk, corpus())
    },

    async setTarget(tenant, target) {
      await loadTeam(tenant, target.team)
      checkTarget(target, corpus())
      await store.setTarget(tenant, { ...target, setAt: now().toISOString() })
    },

    removeTarget: (tenant, team, model, section) => store.removeTarget(tenant, team, model, section),
  }
}

function modelsOf({ models }: Corpus): string {
  return models.map(({ id }) => id).join(', ')
}
