/** A team's results in chats: shown, shared, exported, aimed at and acted on; the person's own page; settings. */
import { dayIn } from '../../assessments/calendar-day.ts'
import type { Exchange, Who } from '../exchange.ts'
import type { ChatDeps, Feature } from '../feature.ts'
import { readArgs } from '../press-args.ts'
import { showResults } from '../presses.ts'
import type { Block, Reply } from '../reply.ts'
import { teamsMeant, teamToRead } from '../teams/find-team.ts'
import { actionForms } from './action-forms.ts'
import { actorOf } from './actor.ts'
import { ASK_AGAIN, ofFile, ofTeam, ofTeamAndModel } from './args.ts'
import { sendAgain, sendExport } from './export-files.ts'
import { type HomeOptions, homeReply } from './home.ts'
import { resultBlocks } from './result-blocks.ts'
import { settings } from './settings.ts'
import { choiceReply, noTeamReply, ownReply, sharedReply } from './show-results.ts'
import { targetForm } from './target-form.ts'

export interface Results extends Feature {
  /**
   * By one model, the latest assessed where none is named. Whether they may be shown is for the caller to know.
   * @param person whose day decides what is overdue
   * @param spreads whether what lies far apart is in them
   */
  resultBlocks(tenant: string, team: string, options?: { model?: string; person?: string; spreads?: boolean }): Promise<Block[]>
  /** What the person's page shows. */
  home(who: Who): Promise<Reply>
}

const EXPORT = /^export(?:\s+(?<team>.+))?$/is

export function createResults(deps: ChatDeps, options: HomeOptions = {}): Results {
  const acting = actionForms(deps)
  const aiming = targetForm(deps)
  const setting = settings(deps)

  const run = async (exchange: Exchange, typed: string): Promise<void> => {
    const exports = EXPORT.exec(typed.trim())
    const teams = await teamsMeant(exchange, exports === null ? typed.trim() : (exports.groups?.team ?? '').trim(), deps)
    const [team, ...others] = teams
    if (team === undefined) return exchange.whisper(noTeamReply())
    if (others.length > 0) return exchange.whisper(choiceReply(teams, exchange.ways, exports === null ? showResults : exportOf))
    if (exports !== null) return sendExport(exchange, team, deps)
    return exchange.whisper(await ownReply(exchange.who, exchange.place, team, undefined, deps))
  }

  return {
    commands: [
      {
        name: 'results',
        usage: '[export] [team]',
        description: 'where a team stands, what has changed and what to do next; with “export” as files to keep',
        run,
      },
    ],
    presses: {
      ...acting.presses,
      ...aiming.presses,
      ...setting.presses,
      'results.show': async (exchange, args) => {
        const { team, model } = readArgs(ofTeamAndModel, args, ASK_AGAIN)
        const { who, place } = exchange
        await exchange.whisper(await ownReply(who, place, await teamToRead(who, team, deps), model, deps))
      },
      'results.share': async (exchange, args) => {
        const { team, model } = readArgs(ofTeamAndModel, args, ASK_AGAIN)
        const { who } = exchange
        await exchange.say(await sharedReply(who, await teamToRead(who, team, deps), model, deps))
      },
      'results.export': async (exchange, args) => sendExport(exchange, await teamToRead(exchange.who, readArgs(ofTeam, args, ASK_AGAIN).team, deps), deps),
      'results.file': async (exchange, args) => {
        const { team, file } = readArgs(ofFile, args, ASK_AGAIN)
        await sendAgain(exchange, await teamToRead(exchange.who, team, deps), file, deps)
      },
    },
    forms: { ...acting.forms, ...aiming.forms, ...setting.forms },

    async resultBlocks(tenant, team, { model, person, spreads = true } = {}) {
      const result = await deps.assessments.results.results(tenant, team, model === undefined ? {} : { model })
      const timezone = person === undefined ? undefined : (await actorOf({ tenant, person }, team, deps)).timezone
      const shown = { others: false, spreads, today: dayIn(timezone, deps.now()), ...(model === undefined ? {} : { model }) }
      return resultBlocks(result, shown, deps.corpus())
    },
    home: (who) => homeReply(who, options, deps),
  }
}

function exportOf(team: string) {
  return { on: 'results.export', with: { team } }
}
