/** What a channel reads when its round has closed: the results, where people are far apart, and what to do next. */
import type { TenantId } from '../../assessments/records.ts'
import { headline } from '../../assessments/results-wording.ts'
import type { RoundResults } from '../../assessments/round-results.ts'
import type { RoundStatus } from '../../assessments/round-status.ts'
import { UserError } from '../../shared/errors.ts'
import type { ChatDeps } from '../feature.ts'
import { chooseRound, showResults } from '../presses.ts'
import type { Block, Button, Reply } from '../reply.ts'
import { heading, text } from '../simple-blocks.ts'
import { countText } from './round-card.ts'
import { beforeAndNow, hiddenNote, spreadFlags } from './spread-flags.ts'

/** The team's profile, its picture and its next steps, from the part that shows results. */
export type ResultBlocks = (tenant: string, team: string, options: { model: string; person?: string; spreads?: boolean }) => Promise<Block[]>

type Deps = Pick<ChatDeps, 'assessments' | 'corpus'>

/** @param inOwnPlace whoever reads it may see the team's results; elsewhere each has to ask for them */
export async function closingPost(
  tenant: TenantId,
  status: RoundStatus,
  { inOwnPlace, resultBlocks }: { inOwnPlace: boolean; resultBlocks: ResultBlocks },
  deps: Deps,
): Promise<Reply> {
  const read = await readResults(tenant, status, deps)
  const end = endText(status)
  const seeResults: Button = { kind: 'button', label: 'Results', press: showResults(status.team, status.scope.model) }
  if ('why' in read) return post(status, end, [text(`Its results can’t be shown: ${read.why}.`)])
  const { results } = read
  if (results.figures.respondents === 0) {
    const again: Button = { kind: 'button', label: 'Start another round', press: chooseRound(status.team) }
    return post(status, end, [text('Nobody answered, so there are no results.'), { kind: 'buttons', items: [again] }])
  }
  if (!inOwnPlace) return post(status, end, [text('Its results are for the people of the team.'), { kind: 'buttons', items: [seeResults] }])

  const corpus = deps.corpus()
  const { model } = status.scope
  const [standing] = (await deps.assessments.results.results(tenant, status.team, { model })).models
  const blocks = await resultBlocks(tenant, status.team, { model, spreads: false })
  const afterPicture = blocks.findLastIndex(({ kind }) => kind === 'picture') + 1
  return {
    ...post(status, end, [
      ...beforeAndNow(results, corpus),
      ...hiddenNote(results, corpus),
      ...blocks.slice(0, afterPicture),
      ...spreadFlags(results, corpus),
      ...revoteButton(results),
      ...blocks.slice(afterPicture),
    ]),
    summary: `${status.name} is closed. ${end}${standing === undefined ? '' : ` ${headline(standing)}`}`,
  }
}

/** The file of the model may be gone. */
async function readResults(tenant: TenantId, { id }: RoundStatus, { assessments }: Deps): Promise<{ results: RoundResults } | { why: string }> {
  try {
    return { results: await assessments.rounds.results(tenant, id) }
  } catch (error) {
    if (error instanceof UserError) return { why: error.message }
    throw error
  }
}

function endText(status: RoundStatus): string {
  switch (status.closedBy) {
    case 'all-answered':
      return `All ${status.invited} have answered.`
    case 'starter':
      return `It was closed before its deadline. ${countText(status)}.`
    default:
      return `The deadline has passed. ${countText(status)}.`
  }
}

function revoteButton({ round, revoteOffered }: RoundResults): Block[] {
  if (revoteOffered.length === 0) return []
  return [
    text('Talk about it first: those who are far apart often mean different things. Then vote once more, on this alone.'),
    { kind: 'buttons', items: [{ kind: 'button', label: 'Vote once more on these', press: { on: 'round.revote', with: { round: round.id } } }] },
  ]
}

function post({ name }: RoundStatus, first: string, blocks: readonly Block[]): Reply {
  return { summary: `${name} is closed. ${first}`, blocks: [heading(`${name} is closed`), text(first), ...blocks] }
}
