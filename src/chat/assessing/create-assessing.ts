/** Assessments in a chat: started with a word or a form, answered in direct messages, one card a run. */
import { offersOf } from '../../assessments/offers.ts'
import { oneAtATime } from '../../assessments/one-at-a-time.ts'
import type { Run, Scope } from '../../assessments/records.ts'
import { UserError } from '../../shared/errors.ts'
import type { Exchange } from '../exchange.ts'
import type { ChatDeps, Feature } from '../feature.ts'
import { readArgs } from '../press-args.ts'
import { readWords } from '../scopes/read-words.ts'
import { scopeKey } from '../scopes/scope-key.ts'
import { ownTeamByName } from '../teams/team-by-name.ts'
import { LONGEST_TEXT, ofChoice, ofRun, RESUME_OR_ASSESS } from './args.ts'
import { CHOOSE_FORM, checkChoice, chooseForm, readChoice } from './choose-form.ts'
import { createRunCards } from './run-cards.ts'
import { createRunSteps, respondentOf, type StepHooks } from './run-steps.ts'
import { stepPresses } from './step-presses.ts'
import { stepForms } from './step-submissions.ts'
import { isTeamClear, teamById, teamChoice, teamOfWhere } from './team-to-assess.ts'
import { tellWhere } from './tell-where.ts'
import { typedRun } from './typed-run.ts'

export interface ToAssess {
  /** The team's id. */
  team: string
  scope: Scope
}

export interface Assessing extends Feature {
  /** One that is open already goes on. @throws UserError when the team is gone, or closed to the person */
  start(exchange: Exchange, request: ToAssess): Promise<void>
  /** Goes on where it stands. @throws UserError when there is no such run of this person */
  openRun(exchange: Exchange, run: string): Promise<void>
  /** @returns whether what was typed was meant for a run, and was given to it */
  takeTyped(exchange: Exchange, typed: string): Promise<boolean>
}

export interface AssessingHooks extends StepHooks {
  /** The whole team answers. */
  startRound?(exchange: Exchange, request: ToAssess): Promise<void>
}

const STILL_OPEN = 'This one is still open and goes on where you left it. To begin anew, pause it and give it up.'

export function createAssessing(deps: ChatDeps, hooks: AssessingHooks): Assessing {
  const { conversation, store } = deps.assessments
  const cards = createRunCards(deps)
  const steps = createRunSteps(deps, hooks, cards)
  // Two presses on "Start" start one.
  const inTurn = oneAtATime()
  const offers = () => {
    const found = offersOf(deps.corpus())
    if (found.length === 0) throw new UserError('There is no model to assess by. Ask an administrator to add one.')
    return found
  }

  const openRun = async (exchange: Exchange, id: string, isNew = false): Promise<void> => {
    const { run } = await steps.take(exchange, id, 'show', async (who) => {
      const turn = await conversation.show(who, id)
      const isPaused = turn.view.kind === 'paused'
      return {
        turn: isPaused ? await conversation.take(who, id, { kind: 'resume', key: exchange.key }) : turn,
        ...(isNew && turn.run.version > 1 ? { lead: STILL_OPEN } : {}),
      }
    })
    if (exchange.place.kind !== 'personal') await tellWhere(exchange, run, deps)
  }

  const start = async (exchange: Exchange, { team: id, scope }: ToAssess): Promise<void> => {
    const { tenant, person } = exchange.who
    const team = await teamById(exchange, id, deps)
    const run = await inTurn(`${tenant}\n${person}`, async () => {
      const open = (await store.assessments.runsOf(tenant, person, { open: true })).find((each) => isSame(each, team.id, scope))
      return open ?? (await conversation.start(respondentOf(exchange), { team: team.id, scope })).run
    })
    await openRun(exchange, run.id, true)
  }

  const choose = async (exchange: Exchange, { team, ...initial }: { team?: string; scope?: Scope; name?: string }): Promise<void> => {
    const teams = await teamChoice(exchange, team, deps)
    await exchange.open(chooseForm(offers(), { ...initial, teams, rounds: hooks.startRound !== undefined }))
  }

  const command = async (exchange: Exchange, typed: string): Promise<void> => {
    const available = offers()
    const wanted = readWords(typed, { offers: available, corpus: deps.corpus(), command: `${exchange.ways.command}assess` })
    const { scope, team: name } = wanted
    if (scope !== undefined && (name !== undefined || (await isTeamClear(exchange, deps)))) {
      const team = name === undefined ? await teamOfWhere(exchange, deps) : await ownTeamByName(exchange, name, deps)
      return start(exchange, { team: team.id, scope })
    }
    const first = scope ?? available.find(({ model }) => model === wanted.model)?.scopes[0]?.scope
    await choose(exchange, { ...(first === undefined ? {} : { scope: first }), ...(name === undefined ? {} : { name }) })
  }

  return {
    commands: [{ name: 'assess', usage: '[model] [scope]', description: 'find out where your team stands, in a few questions', run: command }],

    presses: {
      'assess.choose': async (exchange, args) => {
        const { team } = readArgs(ofChoice, args, RESUME_OR_ASSESS)
        return choose(exchange, team === undefined ? {} : { team })
      },
      'assess.go-on': async (exchange, args) => openRun(exchange, readArgs(ofRun, args, RESUME_OR_ASSESS).run),
      ...stepPresses(deps, steps),
    },

    forms: {
      [CHOOSE_FORM]: {
        check: async (_, submission) => checkChoice(submission, offersOf(deps.corpus())),
        async submit(exchange, submission) {
          const choice = readChoice(submission, offers())
          if (choice === undefined) throw new UserError('What you chose is no longer there to assess by. Choose again.')
          const { scope, who, team: id, name } = choice
          const team = await (name !== undefined
            ? ownTeamByName(exchange, name, deps)
            : id !== undefined
              ? teamById(exchange, id, deps)
              : teamOfWhere(exchange, deps))
          if (who === 'team' && hooks.startRound !== undefined) return hooks.startRound(exchange, { scope, team: team.id })
          return start(exchange, { scope, team: team.id })
        },
      },
      ...stepForms(deps, steps),
    },

    start,
    openRun: (exchange, run) => openRun(exchange, run),

    async takeTyped(exchange, typed) {
      const before = await steps.runOf(exchange)
      if (before !== undefined) {
        await steps.take(exchange, before, 'move', async (who) => ({ turn: await conversation.show(who, before) }))
        return true
      }
      const meant = await typedRun(exchange, typed, deps)
      if (meant === undefined) return false
      if (typed.length > LONGEST_TEXT) throw new UserError(`An answer has at most ${LONGEST_TEXT} characters. Say it in fewer words.`)
      if (meant.do === 'open') await openRun(exchange, meant.run.id)
      else {
        if (meant.asks) await exchange.working('is looking it up')
        await steps.take(exchange, meant.run.id, 'move', async (who) => ({
          turn: await conversation.take(who, meant.run.id, { kind: 'text', text: typed, key: exchange.key }),
        }))
      }
      return true
    },
  }
}

function isSame(run: Run, team: string, scope: Scope): boolean {
  return run.round === undefined && run.team === team && scopeKey(run.scope) === scopeKey(scope)
}
