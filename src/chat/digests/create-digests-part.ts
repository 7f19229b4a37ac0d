/** Digests in chats: set up in plain words or by a form, listed, previewed, paused, changed, deleted; and how one looks that is sent. */
import type { Team, TenantId } from '../../assessments/records.ts'
import type { DigestContent } from '../../digests/content/digest-content.ts'
import { createDigestKeeper } from '../../digests/keep-digests.ts'
import { UserError } from '../../shared/errors.ts'
import type { Exchange, Who } from '../exchange.ts'
import type { Feature } from '../feature.ts'
import { readArgs } from '../press-args.ts'
import { type Inline, plainReply, type Reply, words } from '../reply.ts'
import { teamsMeant } from '../teams/find-team.ts'
import { teamOfPlace } from '../teams/team-of-place.ts'
import { ASK_AGAIN, ofWords } from './args.ts'
import type { DigestsDeps } from './deps.ts'
import { digestsFor, mayChangeDigest } from './digest-access.ts'
import { type Doing, digestPresses } from './digest-presses.ts'
import { digestParts, listReply, standing, understoodReply } from './digest-replies.ts'
import { isMeant, readWords, type Typed } from './read-words.ts'
import { reassessing } from './reassessing.ts'
import { renderDigest } from './render-digest.ts'
import { setUpAsTyped } from './set-up.ts'

export interface DigestsPart extends Feature {
  /** What the person's page says of them. */
  digestLines(who: Who): Promise<readonly (readonly Inline[])[]>
  /** The message that is sent. */
  render(content: DigestContent, tenant: TenantId): Promise<Reply>
}

/** A page is for reading, the list for the rest. */
const MOST_LINES = 5

export function createDigestsPart(deps: DigestsDeps): DigestsPart {
  const keeper = createDigestKeeper({ store: deps.digests, now: deps.now })
  const doing = digestPresses(deps, keeper)

  const run = async (exchange: Exchange, typed: string, named?: string): Promise<void> => {
    const { who, place } = exchange
    const { tenant, person } = who
    const here = await teamOfPlace(tenant, place, deps)
    const own = await deps.assessments.store.assessments.teamsOf(tenant, person)
    const teams = here === undefined || own.some(({ id }) => id === here.id) ? own : [...own, here]
    const read = readWords(typed, { teams, corpus: deps.corpus() })
    switch (read.kind) {
      case 'list':
        return exchange.whisper(await listReply(exchange, here, deps))
      case 'new':
        return doing.openNew(exchange)
      case 'agreement':
        return agree(exchange, read, doing, deps)
      case 'one':
        return doOne(exchange, read, here, doing, deps)
      case 'wanted':
        return setUpAsTyped(exchange, typed, named === undefined ? read.wanted : { ...read.wanted, team: named }, keeper, deps)
    }
  }

  return {
    commands: [
      {
        name: 'digest',
        usage: '[every other Monday at 9 in Berlin]',
        description: 'what has changed, sent by itself: set up in plain words; alone it lists those there are',
        isMeant: (typed) => isMeant(typed, deps.corpus(), deps.now()),
        run,
      },
    ],
    presses: {
      ...doing.presses,
      ...reassessing(deps).presses,
      'digest.create': (exchange, args) => {
        const { team, words: typed } = readArgs(ofWords, args, ASK_AGAIN)
        return run(exchange, typed, team)
      },
    },
    forms: doing.forms,
    render: async (content, tenant) => renderDigest(content, await deps.summarise?.(content, tenant)),
    digestLines: async (who) => {
      const digests = await digestsFor(who, undefined, deps)
      const lines = await Promise.all(
        digests
          .slice(0, MOST_LINES)
          .map(async (digest): Promise<Inline[]> => [...(await digestParts(who, digest, deps)), words(`. ${standing(digest, deps.now())}`)]),
      )
      const more = digests.length - lines.length
      return more > 0 ? [...lines, [words(`And ${more} more: “digest” lists them.`)]] : lines
    },
  }
}

async function agree(exchange: Exchange, { team: named, agreed }: Extract<Typed, { kind: 'agreement' }>, doing: Doing, deps: DigestsDeps): Promise<void> {
  const [team, ...others] = await teamsMeant(exchange, named, deps)
  if (team === undefined) throw new UserError('You are in no team yet: an assessment makes one.')
  const example = `${exchange.ways.command}digest ${agreed ? 'agree' : 'withdraw'} ${team.name}`
  if (others.length > 0) throw new UserError(`You are in several teams: name the one you mean, as in “${example}”.`)
  return doing.agree(exchange, team.id, agreed)
}

/** By its number in the list, or the only one there is. */
async function doOne(
  exchange: Exchange,
  { what, number }: Extract<Typed, { kind: 'one' }>,
  here: Team | undefined,
  doing: Doing,
  deps: DigestsDeps,
): Promise<void> {
  const { who, ways } = exchange
  const all = await digestsFor(who, here?.id, deps)
  if (all.length === 0) {
    const [team, ...others] = what === 'preview' ? await teamsMeant(exchange, '', deps) : []
    if (team !== undefined && others.length === 0) return doing.previewUsual(exchange, team.id)
    const example = `${ways.command}digest every Monday at 9`
    throw new UserError(`There is no digest yet. Set one up in plain words, for example “${example}”.`)
  }
  if (number !== undefined && all[number - 1] === undefined) throw new UserError(`There is no digest ${number}: “digest” lists the ${all.length} there are.`)
  const mine = what === 'preview' ? all : (await Promise.all(all.map(async (each) => ((await mayChangeDigest(who, each, deps)) ? [each] : [])))).flat()
  const meant = number === undefined ? (mine.length > 0 ? mine : all) : all.slice(number - 1, number)
  const [digest, ...others] = meant
  if (digest === undefined || others.length > 0)
    return exchange.whisper(await listReply(exchange, here, deps, `Which one? Name its number, as in “${ways.command}digest ${what} 2”.`))
  switch (what) {
    case 'preview':
      return doing.preview(exchange, digest.id)
    case 'change':
      return doing.openChange(exchange, digest.id)
    case 'pause':
      return exchange.whisper(plainReply(await doing.pause(exchange, digest.id)))
    case 'resume':
      return exchange.whisper(await understoodReply(who, await doing.resume(exchange, digest.id), 'It goes on:', [], deps))
    case 'delete':
      return exchange.whisper(plainReply(await doing.remove(exchange, digest.id)))
  }
}
