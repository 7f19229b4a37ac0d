/** The form that starts a round: what is in it, and what is read from it. */
import * as z from 'zod'
import { type OfferedScope, offersOf } from '../../assessments/offers.ts'
import type { Scope } from '../../assessments/records.ts'
import { checkEnough, checkName, DEFAULT_SHOWN_FROM } from '../../assessments/round-request.ts'
import type { Corpus } from '../../corpus/passage.ts'
import { UserError } from '../../shared/errors.ts'
import type { Form, FormErrors, FormValues, PressArgs } from '../reply.ts'
import { scopeKey } from '../scopes/scope-key.ts'
import { sentence } from '../sentence.ts'
import { deadlineFields, readDeadline } from './deadline-fields.ts'

export interface StartRequest {
  scope: Scope
  name: string
  deadline: string
  confidential: boolean
  people: readonly string[]
}

/** How the reader's clock and the models stand. */
export interface Reading {
  corpus: Corpus
  zone: string
  now: Date
}

export const people = z.object({ people: z.array(z.string().min(1).max(200)).max(2_000).catch([]) })
const given = z.object({ name: z.string().catch(''), privacy: z.enum(['named', 'confidential']).catch('named') })

export function startForm(target: PressArgs, { scope, invited }: { scope?: Scope; invited: readonly string[] }, { corpus, zone, now }: Reading): Form {
  const options = scopesIn(corpus).map((each) => ({ value: scopeKey(each.scope), label: each.said }))
  const initial = scope === undefined ? options[0]?.value : scopeKey(scope)
  return {
    title: 'Start a round',
    fields: [
      { id: 'scope', kind: 'choice', label: 'What to answer', options, ...(initial === undefined ? {} : { initial }) },
      { id: 'name', kind: 'line', label: 'Name', optional: true, longest: 200, hint: 'Left empty, it is called after the model and the month.' },
      ...deadlineFields(zone, now),
      {
        id: 'privacy',
        kind: 'choice',
        label: 'Who sees what afterwards',
        initial: 'named',
        options: [
          { value: 'named', label: 'Named', description: 'Who answered what is shown once it has closed.' },
          { value: 'confidential', label: 'Confidential', description: `Figures only, from ${DEFAULT_SHOWN_FROM} answers on.` },
        ],
      },
      { id: 'people', kind: 'people', label: 'Who is asked', hint: 'Everybody answers for themselves.', initial: invited },
    ],
    submit: { on: 'round.start', with: target, label: 'Start' },
  }
}

/** Or what is wrong with which field. */
export function readStart(values: FormValues, { corpus, zone, now }: Reading): { request: StartRequest } | { errors: FormErrors } {
  const scope = scopesIn(corpus).find((each) => scopeKey(each.scope) === values.scope)?.scope
  const { name, privacy } = given.parse(values)
  const invited = [...new Set(people.parse(values).people)]
  const confidential = privacy === 'confidential'
  const until = readDeadline(values, zone, now)
  const errors: FormErrors = {
    ...(scope === undefined ? { scope: 'Choose what to answer.' } : {}),
    ...(name.trim() === '' ? {} : wrong('name', () => checkName(name))),
    ...('errors' in until ? until.errors : {}),
    ...(invited.length === 0
      ? { people: 'Choose who is asked.' }
      : wrong('people', () => checkEnough(invited, { confidential, shownFrom: DEFAULT_SHOWN_FROM }))),
  }
  if (scope === undefined || 'errors' in until || Object.keys(errors).length > 0) return { errors }
  return { request: { scope, name: name.trim() || defaultName(scope, { corpus, zone, now }), deadline: until.deadline, confidential, people: invited } }
}

function scopesIn(corpus: Corpus): OfferedScope[] {
  return offersOf(corpus).flatMap(({ scopes }) => scopes)
}

/** "KMM March 2026" */
function defaultName({ model }: Scope, { corpus, zone, now }: Reading): string {
  const month = new Intl.DateTimeFormat('en-GB', { timeZone: zone, month: 'long', year: 'numeric' }).format(now)
  return `${corpus.model(model)?.shortTitle ?? model} ${month}`
}

function wrong(field: string, check: () => unknown): FormErrors {
  try {
    check()
    return {}
  } catch (error) {
    if (error instanceof UserError) return { [field]: sentence(error.message) }
    throw error
  }
}
