/** What can be done with a digest: seen, changed, paused, resumed, deleted, and explained. */
import type { Team } from '../../assessments/records.ts'
import { digestToTry, periodUntilNow } from '../../digests/as-of-now.ts'
import { whyOf } from '../../digests/content/digest-lines.ts'
import { AGREED, ORGANISATION_SETTING } from '../../digests/content/organisation-items.ts'
import type { DigestKeeper } from '../../digests/keep-digests.ts'
import type { Digest } from '../../digests/records.ts'
import { describeSchedule, nextThree } from '../../digests/schedule-wording.ts'
import { UserError } from '../../shared/errors.ts'
import type { Exchange, Who } from '../exchange.ts'
import type { ChatDeps, Feature } from '../feature.ts'
import { readArgs } from '../press-args.ts'
import { type FormErrors, type PressArgs, type Reply, words } from '../reply.ts'
import { button, note, text } from '../simple-blocks.ts'
import { belongsTo } from '../teams/access.ts'
import { teamToChange, teamToRead } from '../teams/find-team.ts'
import { ownTeamOfPlace, teamOfPlace } from '../teams/team-of-place.ts'
import { zoneOf } from '../teams/zone-of.ts'
import { ASK_AGAIN, ofAgreement, ofDigest, ofEdit, ofNew } from './args.ts'
import type { DigestsDeps } from './deps.ts'
import { assertInPlace, digestToChange, digestToRead, digestToSee } from './digest-access.ts'
import { type Around, digestForm, readForm } from './digest-form.ts'
import { aroundOf } from './digest-form-around.ts'
import { agreementButton, listReply, understoodReply } from './digest-replies.ts'
import { asPreview, renderDigest } from './render-digest.ts'
import { chooseTeam, setUp } from './set-up.ts'

const NOT_AGREED = 'no'

/** What the buttons do, and the words that say the same. */
export interface Doing extends Pick<Feature, 'presses' | 'forms'> {
  openNew(exchange: Exchange, about?: { team?: string | undefined; leads?: boolean | undefined }): Promise<void>
  openChange(exchange: Exchange, digest: string): Promise<void>
  preview(exchange: Exchange, digest: string): Promise<void>
  /** What a team without digests would get. */
  previewUsual(exchange: Exchange, team: string): Promise<void>
  /** @returns what is said of it */
  pause(exchange: Exchange, digest: string): Promise<string>
  resume(exchange: Exchange, digest: string): Promise<Digest>
  /** @returns what is said of it */
  remove(exchange: Exchange, digest: string): Promise<string>
  agree(exchange: Exchange, team: string, agreed: boolean): Promise<void>
}

export function digestPresses(deps: DigestsDeps, keeper: DigestKeeper): Doing {
  const { digests } = deps

  /** Where it was pressed, the list as it is now. */
  const relist = async (exchange: Exchange, said: string): Promise<void> => {
    const team = await teamOfPlace(exchange.who.tenant, exchange.place, deps)
    await exchange.replace(await listReply(exchange, team, deps, said))
  }

  const doing = {
    async openNew(exchange: Exchange, of: { team?: string | undefined; leads?: boolean | undefined } = {}): Promise<void> {
      const { who, place } = exchange
      const here = place.kind === 'personal' ? undefined : place.id
      const about = { ...(of.leads === true ? { leads: true } : {}), ...(here === undefined ? {} : { place: here }) }
      const named = of.team ?? (of.leads === true ? undefined : (await teamHere(exchange, deps))?.id)
      if (named === undefined && here === undefined && of.leads !== true) return chooseTeam(exchange, deps)
      const around = await aroundArgs(who, { ...about, ...(named === undefined ? {} : { team: named }) }, deps)
      await exchange.open(digestForm(around, { ...about, ...(named === undefined ? {} : { team: named }) }))
    },

    async openChange(exchange: Exchange, id: string): Promise<void> {
      const { who, place } = exchange
      const before = await digestToChange(who, id, deps)
      const here = place.kind === 'personal' ? undefined : place.id
      const around = await aroundOf(who, { before, ...(here === undefined ? {} : { here }) }, deps)
      await exchange.open(digestForm(around, { digest: id, ...(here === undefined ? {} : { place: here }) }))
    },

    async preview(exchange: Exchange, id: string): Promise<void> {
      const digest = await digestToRead(exchange.who, id, deps)
      await exchange.working('Putting it together')
      await exchange.whisper(asPreview(await composed(exchange.who, digest, deps)))
    },

    async previewUsual(exchange: Exchange, id: string): Promise<void> {
      const { who } = exchange
      const team = await teamToRead(who, id, deps)
      const digest = digestToTry({ kind: 'weekly', teams: [team.id] }, { person: who.person, zone: await zoneOf(who, deps), now: deps.now() })
      const reply = asPreview(await composed(who, digest, deps, false))
      const begin = { ...button('Set up a digest', { on: 'digest.new', with: { team: team.id } }), style: 'primary' as const }
      await exchange.whisper({
        ...reply,
        blocks: [...reply.blocks, note('There is no digest yet: a weekly one would say this.'), { kind: 'buttons', items: [begin] }],
      })
    },

    async pause(exchange: Exchange, id: string): Promise<string> {
      await keeper.pause(exchange.who.tenant, (await digestToChange(exchange.who, id, deps)).id)
      return 'Paused: nothing is sent until somebody resumes it.'
    },

    async resume(exchange: Exchange, id: string): Promise<Digest> {
      return keeper.resume(exchange.who.tenant, (await digestToChange(exchange.who, id, deps)).id)
    },

    async remove(exchange: Exchange, id: string): Promise<string> {
      const { schedule } = await digestToChange(exchange.who, id, deps)
      await digests.removeDigest(exchange.who.tenant, id)
      return `Deleted: it came ${describeSchedule(schedule)}.`
    },

    /** The team's people decide that for themselves. */
    async agree(exchange: Exchange, id: string, agreed: boolean): Promise<void> {
      const { who } = exchange
      const team = await teamToRead(who, id, deps)
      if (!(await belongsTo(who, team, deps))) throw new UserError(`Whether ${team.name} is in digests for leads is for its people to say.`)
      await deps.store.saveSetting(who.tenant, 'team', team.id, ORGANISATION_SETTING, agreed ? AGREED : NOT_AGREED)
      await exchange.whisper(await agreedReply(exchange, team, agreed, deps))
    },
  }

  const onDigest = (what: (exchange: Exchange, id: string) => Promise<void>) => (exchange: Exchange, args: PressArgs) =>
    what(exchange, readArgs(ofDigest, args, ASK_AGAIN).digest)

  return {
    ...doing,
    presses: {
      'digest.new': (exchange, args) => doing.openNew(exchange, readArgs(ofNew, args, ASK_AGAIN)),
      'digest.edit': onDigest(doing.openChange),
      'digest.preview': onDigest(doing.preview),
      'digest.pause': onDigest(async (exchange, id) => relist(exchange, await doing.pause(exchange, id))),
      // In the message itself, which stays.
      'digest.mute': onDigest(async (exchange, id) => {
        const said = await doing.pause(exchange, id)
        await exchange.whisper({
          summary: said,
          blocks: [text(said), { kind: 'buttons', items: [button('Resume', { on: 'digest.resume', with: { digest: id } })] }],
        })
      }),
      'digest.resume': onDigest(async (exchange, id) => {
        const digest = await doing.resume(exchange, id)
        await exchange.replace(await understoodReply(exchange.who, digest, 'It goes on:', [], deps))
      }),
      'digest.delete': onDigest(async (exchange, id) => relist(exchange, await doing.remove(exchange, id))),
      'digest.why': onDigest(async (exchange, id) => exchange.whisper(await whyReply(exchange.who, await digestToSee(exchange.who, id, deps), deps))),
      'digest.agree': (exchange, args) => {
        const { team, agreed } = readArgs(ofAgreement, args, ASK_AGAIN)
        return doing.agree(exchange, team, agreed)
      },
    },
    forms: {
      'digest.edit': {
        async check(who, { with: args, values }): Promise<FormErrors | undefined> {
          const read = readForm(values, await aroundArgs(who, args, deps))
          return 'errors' in read ? read.errors : undefined
        },
        async submit(exchange, { with: args, values }) {
          const { who } = exchange
          const around = await aroundArgs(who, args, deps)
          const read = readForm(values, around)
          // A platform may hand in what was never checked.
          if ('errors' in read) throw new UserError(Object.values(read.errors).join(' '))
          if (around.before === undefined) {
            const { wish, assumed } = read
            const teams = wish.teams.length > 0 ? wish.teams : [(await beginTeam(exchange, args, deps)).id]
            return setUp(exchange, { ...wish, teams }, assumed, keeper, deps)
          }
          const changed = await keeper.change(who.tenant, around.before.id, read.wish)
          await exchange.whisper(await understoodReply(who, changed, 'Saved:', read.assumed, deps))
        },
      },
    },
  }
}

/** That of the channel, in a direct message the person's only one. */
async function teamHere({ who, place }: Exchange, deps: DigestsDeps): Promise<Team | undefined> {
  if (place.kind !== 'personal') return teamOfPlace(who.tenant, place, deps)
  const [team, ...others] = await deps.assessments.store.assessments.teamsOf(who.tenant, who.person)
  return others.length === 0 ? team : undefined
}

/** Of the channel in which the form was asked for. */
async function beginTeam(exchange: Exchange, args: PressArgs, deps: DigestsDeps): Promise<Team> {
  const { place } = readArgs(ofEdit, args, ASK_AGAIN)
  if (place === undefined) throw new UserError('Which team? Set the digest up in the team’s channel.')
  await assertInPlace(exchange.who, exchange.place, place, deps)
  return ownTeamOfPlace({ who: exchange.who, place: { id: place, kind: 'channel' } }, deps)
}

/** @throws UserError where they may not do what the form is for */
async function aroundArgs(who: Who, args: PressArgs, deps: DigestsDeps): Promise<Around> {
  const { digest, team, leads, place } = readArgs(ofEdit, args, ASK_AGAIN)
  const here = place === undefined ? {} : { here: place }
  if (digest !== undefined) return aroundOf(who, { before: await digestToChange(who, digest, deps), ...here }, deps)
  if (team !== undefined) return aroundOf(who, { team: await teamToChange(who, team, deps), ...here }, deps)
  return aroundOf(who, { ...here, begins: leads !== true && place !== undefined }, deps)
}

/** As it would be this moment. */
async function composed({ tenant }: Who, digest: Digest, deps: DigestsDeps, isSetUp = true): Promise<Reply> {
  const now = deps.now()
  const content = await deps.compose({ tenant, digest, period: periodUntilNow(digest, now), late: false, now })
  return renderDigest(content, await deps.summarise?.(content, tenant), isSetUp)
}

async function whyReply({ tenant }: Who, digest: Digest, deps: Pick<ChatDeps, 'assessments' | 'now'>): Promise<Reply> {
  const found = await Promise.all(digest.teams.map((id) => deps.assessments.store.assessments.team(tenant, id)))
  const why = whyOf({ digest, teams: found.filter((team) => team !== undefined) })
  return {
    summary: 'Why you are getting this',
    blocks: [
      text(...why),
      text(digest.paused === undefined ? 'The next three:' : 'It is paused. Once it is resumed, the next three:'),
      { kind: 'list', items: nextThree(digest.schedule, deps.now()).map((each) => [words(each)]) },
    ],
  }
}

async function agreedReply(exchange: Exchange, team: Team, agreed: boolean, deps: Pick<ChatDeps, 'store'>): Promise<Reply> {
  const said = agreed
    ? `${team.name} may be shown in digests for leads: its levels beside those of other teams, by name, never as a ranking.`
    : `${team.name} is not shown in digests for leads any more.`
  return { summary: said, blocks: [text(said), { kind: 'buttons', items: [await agreementButton(exchange, team, deps)] }] }
}
