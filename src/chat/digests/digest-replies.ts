/** What is said about digests: what was understood of one, and the list of those there are. */
import { REMOVED_PERSON, type Team } from '../../assessments/records.ts'
import { sayFew } from '../../assessments/results-wording.ts'
import { KIND_WORDS } from '../../digests/digest-kinds.ts'
import type { Digest } from '../../digests/records.ts'
import { occurrencesAfter } from '../../digests/schedule-occurrences.ts'
import { describeSchedule, nextThree, sayOccurrence } from '../../digests/schedule-wording.ts'
import type { Exchange, Who } from '../exchange.ts'
import { type Block, type Button, type Inline, type Reply, strong, words } from '../reply.ts'
import { button, heading, note, text } from '../simple-blocks.ts'
import { belongsTo } from '../teams/access.ts'
import { type DigestsDeps, hasAgreed } from './deps.ts'
import { digestsFor, mayChangeDigest, placeName } from './digest-access.ts'

/** Who asks, and on which platform. */
type Asking = Pick<Exchange, 'who' | 'ways'>
type Deps = Pick<DigestsDeps, 'assessments' | 'corpus' | 'digests' | 'directory' | 'store' | 'now'>

const EXAMPLE = 'digest every other Monday at 9 in Berlin'
const MOST_SHOWN = 10

/** What was understood, with the days on which it comes: whoever sees that it is not what they meant changes it at once. */
export async function understoodReply(who: Who, digest: Digest, said: string, assumed: readonly string[], deps: Deps): Promise<Reply> {
  const { schedule, to } = digest
  const isUnseen = to.kind === 'place' && (await placeName(who.tenant, to.place, deps)) === undefined
  return {
    summary: `${said} ${describeSchedule(schedule)}.`,
    blocks: [
      text(strong(said), words(' '), ...(await digestParts(who, digest, deps)), `. ${sendsWhen(digest)}`),
      ...(assumed.length === 0 ? [] : [note(assumed.join(' '))]),
      ...(isUnseen ? [text('I can’t see that channel: add me to it before the first one is due.')] : []),
      text(digest.paused === undefined ? 'The next three:' : 'It is paused. Once it is resumed, the next three:'),
      { kind: 'list', items: nextThree(schedule, deps.now()).map((each) => [words(each)]) },
      {
        kind: 'buttons',
        items: [
          button('Preview', ofDigest('preview', digest)),
          button('Change', ofDigest('edit', digest)),
          ...(digest.paused === undefined ? [] : [button('Resume', ofDigest('resume', digest))]),
          deleteButton(digest),
        ],
      },
    ],
  }
}

/** @param said what has just happened */
export async function listReply({ who, ways }: Asking, team: Team | undefined, deps: Deps, said?: string): Promise<Reply> {
  const digests = await digestsFor(who, team?.id, deps)
  const shown = digests.slice(0, MOST_SHOWN)
  const items = await Promise.all(shown.map((digest, i) => listed(who, digest, i + 1, deps)))
  const more = digests.length - shown.length
  const title = team === undefined ? 'Your digests' : `Digests of ${team.name}`
  return {
    summary: said ?? `${title}: ${digests.length}`,
    blocks: [
      ...(said === undefined ? [] : [text(said)]),
      heading(title),
      ...(digests.length === 0
        ? [text('None yet. A digest tells what has changed, what comes next and what is due. Nothing is sent when nothing is new.')]
        : items.flat()),
      ...(more === 0 ? [] : [note(`And ${more} more: name one by its number, as in “${ways.command}digest change ${MOST_SHOWN + 1}”.`)]),
      note(`In plain words: ${ways.command}${EXAMPLE}`),
      ...(await footer({ who, ways }, team, deps)),
    ],
  }
}

async function listed(who: Who, digest: Digest, number: number, deps: Deps): Promise<Block[]> {
  const by: Inline[] = digest.createdBy === REMOVED_PERSON ? [] : [words(' Set up by '), { kind: 'person', id: digest.createdBy }, words('.')]
  const mine = await mayChangeDigest(who, digest, deps)
  const items: Button[] = [
    button('Preview', ofDigest('preview', digest)),
    ...(mine
      ? [
          button('Change', ofDigest('edit', digest)),
          digest.paused === undefined ? button('Pause', ofDigest('pause', digest)) : button('Resume', ofDigest('resume', digest)),
          deleteButton(digest),
        ]
      : []),
  ]
  return [text(strong(`${number}. `), ...(await digestParts(who, digest, deps)), `. ${standing(digest, deps.now())}`, ...by), { kind: 'buttons', items }]
}

async function footer(by: Asking, team: Team | undefined, deps: Deps): Promise<Block[]> {
  const start = button('New digest', { on: 'digest.new', with: team === undefined ? {} : { team: team.id } })
  const isOwn = team !== undefined && (await belongsTo(by.who, team, deps))
  return [{ kind: 'buttons', items: [{ ...start, style: 'primary' }, ...(isOwn ? [await agreementButton(by, team, deps)] : [])] }]
}

/** What is pressed is what is not so yet. */
export async function agreementButton({ who: { tenant }, ways }: Asking, { id, name }: Team, deps: Pick<Deps, 'store'>): Promise<Button> {
  const agreed = await hasAgreed(tenant, id, deps)
  const press = { on: 'digest.agree', with: { team: id, agreed: !agreed } }
  if (agreed) return button('Leave digests for leads', press)
  return {
    ...button('Be in digests for leads', press),
    confirm: `Digests that put teams side by side then show the levels of ${name}, to whom they are sent in ${ways.everybody}. Never a ranking, never who answered what.`,
  }
}

/** "Payments, every other Monday at 09:00 Berlin time, to #payments" */
export async function digestParts(who: Who, digest: Digest, deps: Pick<Deps, 'assessments' | 'corpus' | 'directory'>): Promise<Inline[]> {
  const { kind, schedule, model } = digest
  const by = model === undefined ? '' : ` by the ${deps.corpus().model(model)?.shortTitle ?? model}`
  const more = kind === 'monthly' ? `, ${KIND_WORDS.monthly.label.toLowerCase()}` : ''
  return [strong(await aboutText(who, digest, deps)), words(`${by}${more}, ${describeSchedule(schedule)}, `), ...(await toParts(who, digest, deps))]
}

const MOST_TEAMS = 3

async function aboutText({ tenant }: Who, { kind, teams }: Digest, { assessments }: Pick<Deps, 'assessments'>): Promise<string> {
  const found = await Promise.all(teams.slice(0, MOST_TEAMS).map((id) => assessments.store.assessments.team(tenant, id)))
  const names = found.flatMap((team) => team?.name ?? [])
  if (kind !== 'organisation') return names[0] ?? 'A team that is no longer there'
  const all = [...names, ...teams.slice(MOST_TEAMS)]
  return `${KIND_WORDS.organisation.label} (${sayFew(all, names.length)})`
}

async function toParts(who: Who, { to }: Digest, deps: Pick<Deps, 'directory'>): Promise<Inline[]> {
  if (to.kind === 'place') return [words('to '), { kind: 'place', id: to.place, name: (await placeName(who.tenant, to.place, deps)) ?? 'a channel' }]
  return to.person === who.person ? [words('to you alone')] : [words('to '), { kind: 'person', id: to.person }, words(' alone')]
}

export function standing({ paused, schedule }: Digest, now: Date): string {
  if (paused?.why === 'asked') return 'Paused.'
  if (paused !== undefined) return 'Paused, since it could not be delivered: change where it goes, or add me to the channel, and resume it.'
  const [next] = occurrencesAfter(schedule, now, 1)
  return next === undefined ? '' : `Next: ${sayOccurrence(next)}.`
}

function sendsWhen({ sendWhenEmpty }: Digest): string {
  return sendWhenEmpty ? 'Sent also when nothing is new.' : 'Nothing is sent when nothing is new.'
}

function ofDigest(what: string, { id }: Digest) {
  return { on: `digest.${what}`, with: { digest: id } }
}

function deleteButton(digest: Digest): Button {
  return { ...button('Delete', ofDigest('delete', digest)), style: 'danger', confirm: 'This digest is not sent any more. Nothing else is deleted.' }
}
