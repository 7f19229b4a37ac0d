/** Asks for what is missing before an assessment can begin: what, who answers, and for which team. */
import type { Offer } from '../../assessments/offers.ts'
import type { Scope, Team } from '../../assessments/records.ts'
import { filledIn } from '../press-args.ts'
import { type Field, type Form, type FormErrors, type Submission, words } from '../reply.ts'
import { scopeKey } from '../scopes/scope-key.ts'
import { LONGEST_TEAM_NAME } from '../teams/team-by-name.ts'

export const CHOOSE_FORM = 'assess.start'

/** Where the team comes from. */
export type TeamChoice =
  /** It is clear already. */
  | { kind: 'known'; team: Pick<Team, 'id' | 'name'> }
  /** A channel speaks for one, unless another is named. */
  | { kind: 'place'; name: string }
  | { kind: 'own'; teams: readonly Team[] }

export interface ChosenAssessment {
  scope: Scope
  who: 'me' | 'team'
  team?: string
  /** A team's name that was typed. */
  name?: string
}

/** @param name of the team, where it was named already @param rounds whether the whole team can be asked */
export function chooseForm(
  offers: readonly Offer[],
  { scope, teams, name, rounds }: { scope?: Scope; teams: TeamChoice; name?: string; rounds: boolean },
): Form {
  const scopes = offers.flatMap((offer) => offer.scopes)
  const initial = scope ?? scopes[0]?.scope
  return {
    title: 'Start an assessment',
    blocks: teams.kind === 'known' ? [{ kind: 'text', parts: [words(`For ${teams.team.name}.`)] }] : [],
    fields: [
      {
        id: 'what',
        kind: 'choice',
        label: 'What to assess by',
        options: scopes.map((each) => ({ value: scopeKey(each.scope), label: each.said })),
        ...(initial === undefined ? {} : { initial: scopeKey(initial) }),
      },
      ...(rounds ? [WHO] : []),
      ...teamFields(teams, name),
    ],
    submit: { on: CHOOSE_FORM, with: teams.kind === 'known' ? { team: teams.team.id } : { nameTeam: teams.kind === 'own' }, label: 'Start' },
  }
}

const WHO: Field = {
  id: 'who',
  kind: 'choice',
  label: 'Who answers',
  options: [
    { value: 'me', label: 'I do, now' },
    { value: 'team', label: 'The whole team, each privately (a round)' },
  ],
  initial: 'me',
}

function teamFields(choice: TeamChoice, name: string | undefined): Field[] {
  if (choice.kind === 'known') return []
  const line = { id: 'name', kind: 'line', longest: LONGEST_TEAM_NAME, ...(name === undefined ? {} : { initial: name }) } as const
  if (choice.kind === 'place') return [{ ...line, label: 'Another team', hint: `Leave it empty to assess ${choice.name}.`, optional: true }]
  const [first] = choice.teams
  if (first === undefined) return [{ ...line, label: 'Team', hint: 'What your team is called. A new name makes a new team.' }]
  return [
    { id: 'team', kind: 'choice', label: 'Team', options: choice.teams.map(({ id, name }) => ({ value: id, label: name })), initial: first.id },
    { ...line, label: 'Or a new team’s name', optional: true },
  ]
}

/** What it chooses is still there; a team that was named counts before the one in the list. */
export function readChoice({ with: args, values }: Submission, offers: readonly Offer[]): ChosenAssessment | undefined {
  const what = filledIn(values.what)
  const scope = offers.flatMap(({ scopes }) => scopes).find((each) => scopeKey(each.scope) === what)?.scope
  if (scope === undefined) return undefined
  const name = filledIn(values.name)?.replace(/[\s\p{Cc}]+/gu, ' ')
  const team = typeof args.team === 'string' ? args.team : filledIn(values.team)
  return {
    scope,
    who: filledIn(values.who) === 'team' ? 'team' : 'me',
    ...(name === undefined ? (team === undefined ? {} : { team }) : { name }),
  }
}

export function checkChoice(submission: Submission, offers: readonly Offer[]): FormErrors | undefined {
  const choice = readChoice(submission, offers)
  if (choice === undefined) return { what: 'Choose what to assess by.' }
  if ((choice.name ?? '').length > LONGEST_TEAM_NAME) return { name: `Use at most ${LONGEST_TEAM_NAME} characters.` }
  // In a channel its own team is meant.
  return submission.with.nameTeam === true && choice.team === undefined && choice.name === undefined ? { name: 'Name the team.' } : undefined
}
