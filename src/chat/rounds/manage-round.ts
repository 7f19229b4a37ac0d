/** What whoever started a round, or an administrator, can do with it: invite, remind, close. */
import type { Round } from '../../assessments/records.ts'
import { UserError } from '../../shared/errors.ts'
import type { Exchange } from '../exchange.ts'
import type { ChatDeps, Feature } from '../feature.ts'
import { plainReply, type Submission, words } from '../reply.ts'
import type { Reminders } from './reminders.ts'
import { countText } from './round-card.ts'
import type { RoundCards } from './round-cards.ts'
import { managedRound, openManagedRound } from './round-of.ts'
import { people } from './start-request.ts'
import { joinAll, peopleAmong } from './start-round.ts'

export function manageRound(deps: ChatDeps, cards: RoundCards, reminders: Reminders): Pick<Feature, 'presses' | 'forms'> {
  const { rounds } = deps.assessments
  const of = (round: Round) => ({ round: round.id })

  return {
    presses: {
      'round.remind': async (exchange, args) => {
        const round = await openManagedRound(exchange, args, deps)
        const count = await reminders.remind(exchange.who.tenant, round, { asked: true })
        await exchange.whisper(plainReply(remindedText(count)))
      },

      'round.invite': async (exchange, args) => {
        const round = await openManagedRound(exchange, args, deps)
        await exchange.open({
          title: 'Invite people',
          blocks: [{ kind: 'text', parts: [words(`They are asked in “${round.name}” besides those who are asked already.`)] }],
          fields: [{ id: 'people', kind: 'people', label: 'Who else is asked' }],
          submit: { on: 'round.invite', with: of(round), label: 'Invite' },
        })
      },

      'round.close': async (exchange, args) => {
        const round = await openManagedRound(exchange, args, deps)
        const status = await rounds.status(exchange.who.tenant, round.id, exchange.who.person)
        await exchange.open({
          title: 'Close the round?',
          blocks: [
            { kind: 'text', parts: [words(`${countText(status)}. Once “${round.name}” is closed, nobody can answer any more, and its results are shown.`)] },
          ],
          fields: [],
          submit: { on: 'round.close', with: of(round), label: 'Close now' },
        })
      },
    },

    forms: {
      'round.invite': {
        check: async (_who, { values }) => (people.parse(values).people.length === 0 ? { people: 'Choose who else is asked.' } : undefined),
        submit: (exchange, submission) => invite(exchange, submission, deps, cards),
      },

      'round.close': {
        async submit(exchange, submission) {
          const { tenant } = exchange.who
          const { id, startedBy } = await managedRound(exchange, submission.with, deps)
          // An administrator closes in the name of who started it.
          await rounds.close(tenant, id, startedBy)
          await cards.keep(tenant, id)
        },
      },
    },
  }
}

async function invite(exchange: Exchange, submission: Submission, deps: ChatDeps, cards: RoundCards): Promise<void> {
  const { tenant } = exchange.who
  const round = await openManagedRound(exchange, submission.with, deps)
  const named = people.parse(submission.values).people.filter((person) => !round.invited.includes(person))
  if (named.length === 0) throw new UserError('They are all asked already: nothing has changed.')
  const invited = await peopleAmong(exchange, named, deps)
  await joinAll(tenant, { id: round.team }, invited, deps)
  await deps.assessments.rounds.invite(tenant, round.id, round.startedBy, invited)
  await cards.keep(tenant, round.id)
  await exchange.whisper(plainReply(`${counted(invited.length)} invited. They answer by the button on the round’s card, and I remind them.`))
}

function remindedText(count: number): string {
  const others = 'Left out is who has answered, was reminded today, has muted reminders, or is not at work at this hour.'
  return count === 0 ? `Nobody could be reminded just now. ${others}` : `${counted(count)} reminded. ${others}`
}

function counted(count: number): string {
  return `${count} ${count === 1 ? 'person was' : 'people were'}`
}
