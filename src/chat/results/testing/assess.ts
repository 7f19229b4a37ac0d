/** Teams with results, as the conversation leaves them. */
import { catalogueOf } from '../../../assessments/catalogue.ts'
import type { AnswerValue, Round, Scope } from '../../../assessments/records.ts'
import { joinTeam } from '../../teams/team-of-place.ts'
import type { TestDeps } from '../../testing/test-deps.ts'
import { TENANT } from '../../testing/test-platform.ts'

export const KMM: Scope = { model: 'kmm', extent: 'quick' }

/** What each question is answered with, in order; the last one goes on. */
export type Answers = readonly (number | 'not sure' | AnswerValue)[]

export async function createTeam(
  deps: TestDeps,
  id: string,
  members: readonly string[] = ['U1'],
  { name = id, place }: { name?: string; place?: string } = {},
) {
  const team = { id, name, createdAt: deps.now().toISOString() }
  await deps.assessments.store.assessments.saveTeam(TENANT, team)
  for (const person of members) await joinTeam({ tenant: TENANT, person }, team, deps)
  if (place !== undefined) await deps.store.linkPlace(TENANT, place, id)
  return team
}

export async function assessAlone(deps: TestDeps, team: string, person: string, answers: Answers, scope: Scope = KMM): Promise<void> {
  const { run } = await deps.assessments.conversation.start({ tenant: TENANT, person, surface: 'slack' }, { team, scope })
  await answerAll(deps, run.id, person, scope, answers)
}

export async function startRound(
  deps: TestDeps,
  team: string,
  more: Partial<{ confidential: boolean; scope: Scope; invited: string[]; by: string }> = {},
): Promise<Round> {
  const { by = 'U1', confidential = false, scope = KMM, invited } = more
  const deadline = new Date(deps.now().getTime() + 7 * 24 * 60 * 60 * 1000).toISOString()
  return deps.assessments.rounds.start(TENANT, by, { team, name: 'Spring', scope, deadline, confidential, ...(invited === undefined ? {} : { invited }) })
}

export async function answerRound(deps: TestDeps, round: Round, person: string, answers: Answers): Promise<void> {
  const run = await deps.assessments.rounds.join(TENANT, round.id, person)
  await answerAll(deps, run.id, person, round.scope, answers)
}

async function answerAll(deps: TestDeps, run: string, person: string, scope: Scope, answers: Answers): Promise<void> {
  const who = { tenant: TENANT, person, surface: 'slack' as const }
  const { questions } = catalogueOf(scope, deps.corpus())
  for (const [i, question] of questions.entries()) {
    const said = answers[Math.min(i, answers.length - 1)] as Answers[number]
    const value: AnswerValue = said === 'not sure' ? { kind: 'not-sure' } : typeof said === 'number' ? { kind: 'level', level: said } : said
    await deps.assessments.conversation.take(who, run, { kind: 'answer', question: question.id, value })
  }
}
