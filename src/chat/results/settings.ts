/** Whether somebody is reminded, who sees a team's results, and the way to have everything deleted. */
import type { Team } from '../../assessments/records.ts'
import { UserError } from '../../shared/errors.ts'
import type { PlatformWays, Who } from '../exchange.ts'
import type { ChatDeps, Feature } from '../feature.ts'
import { filledIn, readArgs } from '../press-args.ts'
import { muteReminders, remindersMuted } from '../reminder-setting.ts'
import { type Block, type Button, type Field, plainReply } from '../reply.ts'
import { note } from '../simple-blocks.ts'
import { isAdmin, mayChange, VISIBILITY_SETTING, type Visibility, visibilityOf } from '../teams/access.ts'
import { teamToChange, teamToRead } from '../teams/find-team.ts'
import { ASK_AGAIN, ofSettings, ofTeam } from './args.ts'

type Deps = Pick<ChatDeps, 'assessments' | 'directory' | 'store'>

/** The field's options. */
const REMINDED = 'on'
const MUTED = 'muted'

export function settings(deps: Deps): Pick<Feature, 'presses' | 'forms'> {
  const { store } = deps
  const records = deps.assessments.store.assessments

  return {
    presses: {
      'settings.open': async (exchange, args) => {
        const { team: id } = readArgs(ofSettings, args, ASK_AGAIN)
        const { who } = exchange
        const team = id === undefined ? undefined : await teamToRead(who, id, deps)
        const changes = team !== undefined && (await mayChange(who, team, deps))
        await exchange.open({
          title: 'Settings',
          blocks: await deletionBlocks(who, team, deps),
          fields: [await reminderField(who, deps), ...(changes ? [await visibilityField(who.tenant, team, exchange.ways, deps)] : [])],
          submit: { on: 'settings.save', label: 'Save', with: team === undefined ? {} : { team: team.id } },
        })
      },
      'settings.delete-me': async (exchange) => {
        const { tenant, person } = exchange.who
        await records.deletePerson(tenant, person)
        await exchange.whisper(
          plainReply(
            'Your answers, your questions and your name are deleted.',
            'What your teams still have says nothing of you. If you use Cairn again, it begins with nothing.',
          ),
        )
      },
      'settings.delete-team': async (exchange, args) => {
        const team = await teamToRead(exchange.who, readArgs(ofTeam, args, ASK_AGAIN).team, deps)
        if (!(await mayDelete(exchange.who, team, deps)))
          throw new UserError(`Everything of ${team.name} can be deleted by who started one of its rounds, and by administrators: ask one of them.`)
        await records.deleteTeam(exchange.who.tenant, team.id)
        await exchange.whisper(plainReply(`Everything of ${team.name} is deleted: its rounds, answers, targets and actions.`))
      },
    },
    forms: {
      'settings.save': {
        async submit(exchange, { with: args, values }) {
          const { team: id } = readArgs(ofSettings, args, ASK_AGAIN)
          const { who } = exchange
          const reminders = filledIn(values.reminders)
          if (reminders !== undefined) await muteReminders(who, reminders === MUTED, deps)
          const visibility = filledIn(values.visibility)
          if (id !== undefined && visibility !== undefined) {
            const team = await teamToChange(who, id, deps)
            const to: Visibility = visibility === 'workspace' ? 'workspace' : 'members'
            await store.saveSetting(who.tenant, 'team', team.id, VISIBILITY_SETTING, to)
          }
          await exchange.whisper(plainReply('Saved.'))
        },
      },
    },
  }
}

async function reminderField(who: Who, deps: Deps): Promise<Field> {
  return {
    kind: 'choice',
    id: 'reminders',
    label: 'Reminders of rounds and of your actions',
    options: [
      { value: REMINDED, label: 'Remind me', description: 'At most once a day, in your working hours.' },
      { value: MUTED, label: 'Don’t remind me' },
    ],
    initial: (await remindersMuted(who, deps)) ? MUTED : REMINDED,
  }
}

async function visibilityField(tenant: string, { id, name }: Team, { everybody }: PlatformWays, deps: Deps): Promise<Field> {
  return {
    kind: 'choice',
    id: 'visibility',
    label: 'Who sees the results?',
    hint: `Of ${name}.`,
    options: [
      { value: 'members', label: 'The team', description: 'Its people, those in its channels, and administrators.' },
      { value: 'workspace', label: 'Everybody here', description: `Everybody in ${everybody}.` },
    ],
    initial: await visibilityOf(tenant, id, deps),
  }
}

async function deletionBlocks(who: Who, team: Team | undefined, deps: Deps): Promise<Block[]> {
  const items: Button[] = [
    {
      kind: 'button',
      label: 'Delete my data',
      style: 'danger',
      confirm: 'Your answers, your questions and your name are deleted, in all teams. This can’t be undone.',
      press: { on: 'settings.delete-me' },
    },
    ...(team === undefined || !(await mayDelete(who, team, deps))
      ? []
      : [
          {
            kind: 'button' as const,
            label: 'Delete the team',
            style: 'danger' as const,
            confirm: `Everything of ${team.name} is deleted for everybody: its rounds, answers, targets and actions. This can’t be undone; an export keeps a copy.`,
            press: { on: 'settings.delete-team', with: { team: team.id } },
          },
        ]),
  ]
  return [
    note('Cairn keeps your answers, and for some time your questions, to show what has changed and to follow up. You can have them deleted.'),
    { kind: 'buttons', items },
  ]
}

/** Who started one of its rounds, and administrators. */
async function mayDelete(who: Who, { id }: Pick<Team, 'id'>, deps: Deps): Promise<boolean> {
  const rounds = await deps.assessments.store.assessments.rounds(who.tenant, id)
  return rounds.some(({ startedBy }) => startedBy === who.person) || isAdmin(who, deps)
}
