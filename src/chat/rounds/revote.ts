/** Votes once more on what lay far apart, until a day that somebody chooses. */
import type { Round } from '../../assessments/records.ts'
import { revoteId } from '../../assessments/round-results.ts'
import { UserError } from '../../shared/errors.ts'
import type { Exchange, Who } from '../exchange.ts'
import type { ChatDeps, Feature } from '../feature.ts'
import { type PressArgs, plainReply, words } from '../reply.ts'
import { isAdmin } from '../teams/access.ts'
import { zoneOf } from '../teams/zone-of.ts'
import { deadlineFields, readDeadline } from './deadline-fields.ts'
import { sectionTitle } from './round-card.ts'
import type { RoundCards } from './round-cards.ts'
import { roundOf } from './round-of.ts'

export function revote(deps: ChatDeps, cards: RoundCards): Pick<Feature, 'presses' | 'forms'> {
  const { assessments, store, now, corpus } = deps
  const records = assessments.store.assessments

  /** With in whose name it is started. */
  const firstVote = async ({ who }: Pick<Exchange, 'who'>, args: PressArgs): Promise<{ round: Round; by: string }> => {
    const round = await roundOf(who.tenant, args, deps)
    if (round.startedBy === who.person || round.invited.includes(who.person)) return { round, by: who.person }
    if (await isAdmin(who, deps)) return { round, by: round.startedBy }
    throw new UserError(`Only those who were asked in “${round.name}” can vote on it once more.`)
  }
  /** Of this person, so that what is handed in twice starts one. */
  const begunBefore = async ({ tenant }: Who, first: Round, by: string): Promise<Round | undefined> => {
    const before = await records.round(tenant, revoteId(first.id))
    return before?.state === 'open' && before.startedBy === by && (await store.card(tenant, 'round', before.id)) === undefined ? before : undefined
  }

  return {
    presses: {
      'round.revote': async (exchange, args) => {
        const { tenant } = exchange.who
        const { round } = await firstVote(exchange, args)
        const { revoteOffered } = await assessments.rounds.results(tenant, round.id)
        if (revoteOffered.length === 0) throw new UserError(`“${round.name}” was voted on once more already, or nothing in it lies far apart.`)
        const sections = revoteOffered.map((section) => sectionTitle(section, round, corpus())).join(', ')
        await exchange.open({
          title: 'Vote once more',
          blocks: [{ kind: 'text', parts: [words(`The same people are asked once more about ${sections}.`)] }],
          fields: deadlineFields(await zoneOf(exchange.who, deps), now()),
          submit: { on: 'round.revote', with: { round: round.id }, label: 'Start' },
        })
      },
    },

    forms: {
      'round.revote': {
        async check(who, { values }) {
          const until = readDeadline(values, await zoneOf(who, deps), now())
          return 'errors' in until ? until.errors : undefined
        },
        async submit(exchange, { values, with: args }) {
          const { who } = exchange
          const { round: first, by } = await firstVote(exchange, args)
          const until = readDeadline(values, await zoneOf(who, deps), now())
          if ('errors' in until) throw new UserError(Object.values(until.errors).join(' '))
          const again = (await begunBefore(who, first, by)) ?? (await assessments.rounds.startRevote(who.tenant, first.id, by, until))
          const place = (await store.card(who.tenant, 'round', first.id))?.message.place ?? exchange.place.id
          const begun = await cards.begin(who.tenant, again, place)
          if (begun !== 'shown') await exchange.whisper(plainReply('The vote is open. Its card could not be posted just now and follows.'))
        },
      },
    },
  }
}
