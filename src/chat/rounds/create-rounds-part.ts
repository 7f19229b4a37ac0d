/** Rounds in a chat: started in a team's channel, answered privately, closed where everybody can see what came out. */
import * as z from 'zod'
import { offersOf } from '../../assessments/offers.ts'
import type { Run, Scope, TenantId } from '../../assessments/records.ts'
import { UserError } from '../../shared/errors.ts'
import type { Exchange } from '../exchange.ts'
import type { ChatDeps, Command, Feature, PressHandler } from '../feature.ts'
import { id, readArgs } from '../press-args.ts'
import { openSettings, showResults } from '../presses.ts'
import { muteReminders } from '../reminder-setting.ts'
import { unlessUnderWay } from '../reminders/unless-under-way.ts'
import { type Reply, words } from '../reply.ts'
import { readWords } from '../scopes/read-words.ts'
import { teamsMeant } from '../teams/find-team.ts'
import type { ResultBlocks } from './closing-post.ts'
import { manageRound } from './manage-round.ts'
import { createReminders } from './reminders.ts'
import { revote } from './revote.ts'
import { createRoundCards } from './round-cards.ts'
import { roundOf, starterOf } from './round-of.ts'
import { openStartForm, startHandler } from './start-round.ts'

export interface RoundsPart extends Feature {
  /** The form that starts a round. @param request `team`: its id */
  startForm(exchange: Exchange, request: { team?: string; scope?: Scope }): Promise<void>
  /** To be told of each step of a run: the round's card follows. */
  afterStep(tenant: TenantId, run: Run): Promise<void>
  /** From time to time: ends rounds whose time is up, catches up with cards, reminds. One that is still under way is left to it. */
  tick(): Promise<void>
}

/** What other parts do for this one. */
export interface RoundsOthers {
  openRun(exchange: Exchange, runId: string): Promise<void>
  resultBlocks: ResultBlocks
}

const chosen = z.object({ team: id.exactOptional() })

const MUTED_REPLY: Reply = {
  summary: 'You are no longer reminded of anything.',
  blocks: [
    {
      kind: 'text',
      parts: [words('You are no longer reminded, neither of rounds nor of your actions. Both stay where they are, and in the settings reminders come back.')],
    },
    { kind: 'buttons', items: [{ kind: 'button', label: 'Settings', press: openSettings() }] },
  ],
}

export function createRoundsPart(deps: ChatDeps, others: RoundsOthers): RoundsPart {
  const cards = createRoundCards(deps, others.resultBlocks)
  const reminders = createReminders(deps)
  const managing = manageRound(deps, cards, reminders)
  const again = revote(deps, cards)
  const keepCards = unlessUnderWay(cards.keepAll)
  const remindAll = unlessUnderWay(reminders.remindAll)

  const startForm: RoundsPart['startForm'] = (exchange, request) => openStartForm(exchange, request, deps)

  const round: Command = {
    name: 'round',
    usage: '[model] [scope]',
    description: 'starts a round in this channel: everybody answers privately, then the team sees what came out',
    async run(exchange, typed) {
      const offers = offersOf(deps.corpus())
      const wanted = readWords(typed, { offers, corpus: deps.corpus(), command: `${exchange.ways.command}round` })
      const scope = wanted.scope ?? offers.find(({ model }) => model === wanted.model)?.scopes[0]?.scope
      const [team] = wanted.team === undefined ? [] : await teamsMeant(exchange, wanted.team, deps)
      await startForm(exchange, { ...(scope === undefined ? {} : { scope }), ...(team === undefined ? {} : { team: team.id }) })
    },
  }

  const answer: PressHandler = async (exchange, args) => {
    const { tenant, person } = exchange.who
    const { rounds } = deps.assessments
    const found = await roundOf(tenant, args, deps)
    const { state, team } = await rounds.status(tenant, found.id, person)
    if (state === 'closed') {
      await exchange.whisper(closedReply(found.name, team, found.scope.model))
      // Its deadline may have passed unseen.
      return cards.keep(tenant, found.id)
    }
    if (!found.invited.includes(person))
      throw new UserError(`You are not asked in “${found.name}”. ${await starterOf(tenant, found, deps)} can invite you: “Invite people” on the card.`)
    const run = await rounds.join(tenant, found.id, person)
    return others.openRun(exchange, run.id)
  }

  return {
    commands: [round],
    presses: {
      'round.choose': async (exchange, args) => startForm(exchange, readArgs(chosen, args)),
      'round.answer': answer,
      'round.mute': async (exchange) => {
        await muteReminders(exchange.who, true, deps)
        await exchange.whisper(MUTED_REPLY)
      },
      ...managing.presses,
      ...again.presses,
    },
    forms: { 'round.start': startHandler(deps, cards), ...managing.forms, ...again.forms },
    startForm,
    afterStep: async (tenant, run) => (run.round === undefined ? undefined : cards.keep(tenant, run.round)),
    async tick() {
      await keepCards()
      await remindAll()
    },
  }
}

function closedReply(name: string, team: string, model: string): Reply {
  const said = `“${name}” is closed: answers no longer count.`
  return {
    summary: said,
    blocks: [
      { kind: 'text', parts: [words(said)] },
      { kind: 'buttons', items: [{ kind: 'button', label: 'Results', press: showResults(team, model) }] },
    ],
  }
}
