/** A next step becomes an action of the team, and an action gets somebody who does it and a day. */
import type { Action, Team } from '../../assessments/records.ts'
import { UserError } from '../../shared/errors.ts'
import type { Exchange, Who } from '../exchange.ts'
import type { ChatDeps, Feature } from '../feature.ts'
import { readArgs } from '../press-args.ts'
import { type Block, words } from '../reply.ts'
import { text } from '../simple-blocks.ts'
import { teamToChange, teamToRead } from '../teams/find-team.ts'
import { knownPerson } from '../teams/known-person.ts'
import { joinTeam } from '../teams/team-of-place.ts'
import { assertFine, type Plan, planFields, readPlan } from './action-fields.ts'
import { actionList } from './action-lines.ts'
import { actorOf } from './actor.ts'
import { ASK_AGAIN, ofAction, ofStep, ofTeam } from './args.ts'

type Deps = Pick<ChatDeps, 'assessments' | 'corpus' | 'directory' | 'store' | 'now'>

export function actionForms(deps: Deps): Pick<Feature, 'presses' | 'forms'> {
  const { actions } = deps.assessments

  /** The team and its action, for who may change it. @throws UserError */
  const own = async (who: Who, args: unknown): Promise<{ team: Team; action: Action; mine: boolean }> => {
    const { team: id, action: wanted, mine = false } = readArgs(ofAction, args, ASK_AGAIN)
    const team = await teamToChange(who, id, deps)
    const action = (await actions.list({ tenant: who.tenant, team: id }, { done: true })).find((each) => each.id === wanted)
    if (action === undefined) throw new UserError('There is no such action any more: ask for the results to see those there are.')
    if (mine && action.owner !== who.person)
      throw new UserError('This action is not yours any more, so nothing was changed. Ask for the results to see who has it.')
    return { team, action, mine }
  }
  /** The team and the step, for who may make an action of it; with the one that it is already. @throws UserError */
  const stepOf = async (who: Who, args: unknown) => {
    const { team: id, ...step } = readArgs(ofStep, args, ASK_AGAIN)
    const team = await teamToChange(who, id, deps)
    const open = (await actions.list({ tenant: who.tenant, team: id })).find((each) => each.passage === step.passage && each.text === step.text)
    return { team, step, open }
  }
  const change = async (who: Who, team: Team, action: Action, { owner, due }: Plan) => {
    const actor = await actorOf(who, team.id, deps)
    if (owner !== action.owner) {
      if (owner !== undefined) await joinTeam({ tenant: who.tenant, person: owner }, team, deps)
      await actions.assign(actor, action.id, owner)
    }
    if (due !== action.due) await actions.setDue(actor, action.id, due)
  }
  const openChange = (exchange: Exchange, action: Action, said?: string) =>
    exchange.open({
      title: 'Change the action',
      blocks: [...(said === undefined ? [] : [text(said)]), quote(action.text)],
      fields: planFields(action),
      submit: { on: 'action.change', label: 'Save', with: { team: action.team, action: action.id } },
    })
  const mark = (to: 'done' | 'reopen', said: string) => async (exchange: Exchange, args: unknown) => {
    const { team, action, mine } = await own(exchange.who, args)
    await actions[to]({ tenant: exchange.who.tenant, team: team.id }, action.id)
    const list = await actionList(exchange.who, team, deps, `${said}: ${action.text}`)
    // What somebody was told of their own may be about other teams too.
    await (mine ? exchange.whisper(list) : exchange.replace(list))
  }

  return {
    presses: {
      'action.list': async (exchange, args) => {
        const team = await teamToRead(exchange.who, readArgs(ofTeam, args, ASK_AGAIN).team, deps)
        await exchange.whisper(await actionList(exchange.who, team, deps))
      },
      'action.make': async (exchange, args) => {
        const { team, step, open } = await stepOf(exchange.who, args)
        if (open !== undefined) return openChange(exchange, open, `${team.name} has this as an action already.`)
        return exchange.open({
          title: 'Make it an action',
          blocks: [quote(step.text)],
          fields: planFields({}),
          submit: { on: 'action.make', label: 'Make it an action', with: { team: team.id, ...step } },
        })
      },
      'action.change': async (exchange, args) => openChange(exchange, (await own(exchange.who, args)).action),
      'action.done': mark('done', 'Done'),
      'action.reopen': mark('reopen', 'Open again'),
    },
    forms: {
      'action.make': {
        check: async (who, { with: args, values }) => {
          const { team, open } = await stepOf(who, args)
          return (await readPlan(who, team.id, values, open ?? {}, deps)).errors
        },
        async submit(exchange, { with: args, values }) {
          const { who } = exchange
          const { team, step, open } = await stepOf(who, args)
          const plan = assertFine(await readPlan(who, team.id, values, open ?? {}, deps))
          if (
            !deps
              .corpus()
              .model(step.model)
              ?.sections.some(({ id }) => id === step.section)
          )
            throw new UserError('The model has changed since, and this step is gone: ask for the results again.')
          await knownPerson(who, deps)
          const action = await actions.create({ tenant: who.tenant, team: team.id, person: who.person }, step)
          // Where somebody else was faster, what they chose stays but for what is chosen here.
          await change(who, team, action, { ...action, ...plan })
          await exchange.whisper(await actionList(who, team, deps, `It is an action of ${team.name} now: ${step.text}`))
        },
      },
      'action.change': {
        check: async (who, { with: args, values }) => {
          const { team, action } = await own(who, args)
          return (await readPlan(who, team.id, values, action, deps)).errors
        },
        async submit(exchange, { with: args, values }) {
          const { who } = exchange
          const { team, action } = await own(who, args)
          await change(who, team, action, assertFine(await readPlan(who, team.id, values, action, deps)))
          await exchange.whisper(await actionList(who, team, deps, `Saved: ${action.text}`))
        },
      },
    },
  }
}

function quote(text: string): Block {
  return { kind: 'quote', parts: [words(text)] }
}
