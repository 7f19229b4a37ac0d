/** The form in which a digest is set up or changed: what is in it, and what is read from it. */
import * as z from 'zod'
import type { Team } from '../../assessments/records.ts'
import type { Corpus } from '../../corpus/passage.ts'
import { DIGEST_KINDS, KIND_WORDS } from '../../digests/digest-kinds.ts'
import type { DigestWish } from '../../digests/keep-digests.ts'
import { readSchedule } from '../../digests/read-schedule.ts'
import type { Digest, DigestAddress, DigestKind } from '../../digests/records.ts'
import { scheduleAsTyped } from '../../digests/schedule-wording.ts'
import { filledIn } from '../press-args.ts'
import type { Field, FieldOption, Form, FormErrors, FormValues, PressArgs } from '../reply.ts'
import { note } from '../simple-blocks.ts'

export interface Around {
  /** What is changed; absent where one is set up. */
  before?: Digest
  /** What a new one is about; absent where it can only be for leads, or the team comes into being with it. */
  team?: Team
  /** The channel in which it was asked for speaks for no team yet. */
  begins: boolean
  /** Where it may go, what is meant first. */
  addresses: readonly { to: DigestAddress; label: string }[]
  /** Teams that may be put side by side. */
  agreed: readonly Team[]
  /** The channel in which it was asked for is not among the addresses, since the bot is not in it. */
  isHereUnseen: boolean
  corpus: Corpus
  zone: string
  now: Date
}

export interface Read {
  wish: DigestWish
  assumed: readonly string[]
}

/** A platform's menu holds no more. */
const MOST_OPTIONS = 100
const LONGEST_WHEN = 200
const LATEST = 'latest'
const ALWAYS = 'always'
const WITH_NEWS = 'with-news'
const FIRST = 'every Monday at 09:00'

export function digestForm(around: Around, carried: PressArgs): Form {
  const { before, team, zone, isHereUnseen } = around
  return {
    title: before === undefined ? 'New digest' : 'Change the digest',
    blocks: [
      ...(team === undefined ? [] : [note(`About ${team.name}.`)]),
      ...(isHereUnseen ? [note('I am not in this channel. To have it sent here, add me first.')] : []),
    ],
    fields: [
      ...kindField(around),
      {
        kind: 'line',
        id: 'when',
        label: 'When',
        hint: `In plain words, such as “first Tuesday of the month at 10:00”. Where no place is named, by the clock of ${zone}.`,
        initial: before === undefined ? FIRST : scheduleAsTyped(before.schedule),
        longest: LONGEST_WHEN,
      },
      whereField(around),
      modelField(around),
      ...teamsField(around),
      {
        kind: 'choice',
        id: 'empty',
        label: 'When nothing is new',
        options: [
          { value: WITH_NEWS, label: 'Send nothing' },
          { value: ALWAYS, label: 'Send it all the same' },
        ],
        initial: before?.sendWhenEmpty === true ? ALWAYS : WITH_NEWS,
      },
    ],
    submit: { on: 'digest.edit', with: carried, label: before === undefined ? 'Set it up' : 'Save' },
  }
}

/** What a digest is about stays; how much it says of a team can be changed. */
function kindsFor({ before, team, begins, agreed }: Around): readonly DigestKind[] {
  if (before !== undefined) return before.kind === 'organisation' ? ['organisation'] : ['weekly', 'monthly']
  return DIGEST_KINDS.filter((kind) => (kind === 'organisation' ? agreed.length > 0 : team !== undefined || begins))
}

function kindField(around: Around): Field[] {
  const kinds = kindsFor(around)
  if (kinds.length < 2) return []
  const options = kinds.map((kind) => ({ value: kind, label: KIND_WORDS[kind].label, description: KIND_WORDS[kind].about }))
  return [{ kind: 'choice', id: 'kind', label: 'What it tells', options, initial: around.before?.kind ?? (kinds[0] as string) }]
}

function whereField({ before, addresses }: Around): Field {
  const options = addresses.map(({ to, label }) => ({ value: keyOf(to), label }))
  const initial = before === undefined ? options[0]?.value : keyOf(before.to)
  return { kind: 'choice', id: 'where', label: 'Where it goes', options, ...(initial === undefined ? {} : { initial }) }
}

function modelField({ before, corpus }: Around): Field {
  const gone = before?.model === undefined || corpus.models.some(({ id }) => id === before.model) ? [] : [{ value: before.model, label: before.model }]
  const options: FieldOption[] = [
    { value: LATEST, label: 'The one assessed last' },
    ...corpus.models.map(({ id, shortTitle }) => ({ value: id, label: shortTitle })),
    ...gone,
  ]
  return { kind: 'choice', id: 'model', label: 'Model', options, initial: before?.model ?? LATEST }
}

function teamsField(around: Around): Field[] {
  const { before, agreed } = around
  if (!kindsFor(around).includes('organisation') || agreed.length === 0) return []
  const options = agreed.slice(0, MOST_OPTIONS).map(({ id, name }) => ({ value: id, label: name }))
  const initial = options.map(({ value }) => value).filter((id) => before?.teams.includes(id))
  return [
    {
      kind: 'choices',
      id: 'teams',
      label: 'Teams side by side',
      hint: 'Those that agreed to be shown. None chosen: all of them.',
      options,
      optional: true,
      ...(initial.length === 0 ? {} : { initial }),
    },
  ]
}

const chosenTeams = z.array(z.string()).catch([])

/** Or what is wrong with which field. Without a team where one comes into being. */
export function readForm(values: FormValues, around: Around): Read | { errors: FormErrors } {
  const { before, team, addresses, agreed, corpus, zone, now } = around
  const kinds = kindsFor(around)
  const kind = kinds.length < 2 ? kinds[0] : kinds.find((each) => each === filledIn(values.kind))
  const when = filledIn(values.when)
  // Read again, every other week would be counted from now.
  const isSame = before !== undefined && when === scheduleAsTyped(before.schedule)
  const read = isSame ? { schedule: before.schedule, assumed: [] } : readSchedule(when ?? '', { now, zone })
  const to = addresses.find((each) => keyOf(each.to) === filledIn(values.where))?.to
  const model = filledIn(values.model) ?? LATEST
  const isModel = model === LATEST || model === before?.model || corpus.models.some(({ id }) => id === model)
  const chosen = chosenTeams.parse(values.teams)
  const own = before?.teams ?? (team === undefined ? [] : [team.id])
  const teams = kind !== 'organisation' ? own : chosen.length === 0 ? agreed.map(({ id }) => id) : chosen
  const areAgreed = kind !== 'organisation' || chosen.every((id) => agreed.some((each) => each.id === id))
  const errors: FormErrors = {
    ...(kind === undefined ? { kind: 'Choose what it tells.' } : {}),
    ...('problem' in read ? { when: read.problem } : {}),
    ...(to === undefined ? { where: 'Choose where it goes: a channel that you are in, or you alone.' } : {}),
    ...(isModel ? {} : { model: 'This model is no longer there: choose another.' }),
    ...(!areAgreed || (kind === 'organisation' && agreed.length === 0) ? { teams: 'Choose among the teams that agreed to be shown.' } : {}),
  }
  if (kind === undefined || 'problem' in read || to === undefined || Object.keys(errors).length > 0) return { errors }
  const sendWhenEmpty = filledIn(values.empty) === ALWAYS
  return { wish: { kind, teams, to, schedule: read.schedule, sendWhenEmpty, ...(model === LATEST ? {} : { model }) }, assumed: read.assumed }
}

function keyOf(to: DigestAddress): string {
  return to.kind === 'place' ? `place:${to.place}` : `person:${to.person}`
}
