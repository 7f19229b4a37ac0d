/** The message that stands for a round: what it is, until when, how many have answered, and never who. */
import type { Round } from '../../assessments/records.ts'
import { labelsOf } from '../../assessments/results-wording.ts'
import type { RoundStatus } from '../../assessments/round-status.ts'
import { catalogueOfRound } from '../../assessments/rounds.ts'
import { sayScope } from '../../assessments/wording.ts'
import type { Corpus } from '../../corpus/passage.ts'
import { UserError } from '../../shared/errors.ts'
import { answerRound, showResults } from '../presses.ts'
import { type Block, type Inline, type Reply, strong, words } from '../reply.ts'

export interface CardFacts {
  status: RoundStatus
  /** "KMM, quick: 5 questions, about 3 minutes" */
  scope: string
  /** Of a re-vote what it asks about again. */
  again: readonly string[]
  /** All the invited are known to be those who are asked: when they have answered, it is over. */
  closesByItself: boolean
  /** Where a time can't be shown in the reader's zone. */
  zone: string
}

export function roundCard(facts: CardFacts): Reply {
  return facts.status.state === 'open' ? openCard(facts) : closedCard(facts)
}

/** In the place of the card of a round that was deleted with its team. */
export const DELETED_CARD: Reply = {
  summary: 'This round was deleted.',
  blocks: [{ kind: 'text', parts: [words('This round was deleted.')] }],
}

export function countText({ answered, invited }: Pick<RoundStatus, 'answered' | 'invited'>): string {
  return `${answered} of ${invited} ${invited === 1 ? 'has' : 'have'} answered`
}

/** A round is shown also when the model that it asked about is no longer there. */
export function scopeText(round: Round, corpus: Corpus): string {
  try {
    return sayScope(catalogueOfRound(round, corpus))
  } catch (error) {
    if (error instanceof UserError) return corpus.model(round.scope.model)?.shortTitle ?? round.scope.model
    throw error
  }
}

export function sectionTitle(section: string, { scope }: Pick<Round, 'scope'>, corpus: Corpus): string {
  const sections = corpus.model(scope.model)?.sections ?? []
  return labelsOf(sections)[sections.findIndex(({ id }) => id === section)] ?? section
}

function openCard({ status, scope, again, closesByItself, zone }: CardFacts): Reply {
  const { id, name, deadline, privacy } = status
  const count = `${countText(status)}.`
  return {
    summary: `${name}: ${count}`,
    blocks: [
      { kind: 'heading', text: name },
      { kind: 'text', parts: [words(`${scope}. Everybody who is asked answers for themselves.`)] },
      ...asksAgain(again),
      {
        kind: 'text',
        parts: [words('Open until '), moment(deadline, zone), words(closesByItself ? ', or until all have answered.' : '.')],
      },
      { kind: 'text', parts: [strong(count)] },
      { kind: 'note', parts: [words(privacy)] },
      {
        kind: 'buttons',
        items: [
          { kind: 'button', label: 'Answer', press: answerRound(id), style: 'primary' },
          {
            kind: 'menu',
            label: 'Manage',
            options: [
              { label: 'Remind now', press: { on: 'round.remind', with: { round: id } } },
              { label: 'Invite people', press: { on: 'round.invite', with: { round: id } } },
              { label: 'Close now', press: { on: 'round.close', with: { round: id } } },
            ],
          },
        ],
      },
    ],
  }
}

function closedCard({ status, scope, again, zone }: CardFacts): Reply {
  const { name, closedAt, deadline, team } = status
  return {
    summary: `${name} is closed: ${countText(status)}.`,
    blocks: [
      { kind: 'heading', text: name },
      { kind: 'text', parts: [words(`${scope}.`)] },
      ...asksAgain(again),
      { kind: 'text', parts: [words('Closed on '), moment(closedAt ?? deadline, zone), words(`. ${countText(status)}.`)] },
      { kind: 'buttons', items: [{ kind: 'button', label: 'Results', press: showResults(team, status.scope.model) }] },
    ],
  }
}

function asksAgain(again: readonly string[]): Block[] {
  return again.length === 0 ? [] : [{ kind: 'text', parts: [words(`Once more on what lay far apart: ${again.join(', ')}.`)] }]
}

function moment(at: string, zone: string): Inline {
  return { kind: 'time', at, zone, form: 'moment' }
}
