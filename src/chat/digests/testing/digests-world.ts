/** Digests in a chat that keeps what is said, on a real database and the built-in models. */
import type { Engine } from '../../../engine.ts'
import type { Exchange } from '../../exchange.ts'
import type { FormValues, Reply } from '../../reply.ts'
import { createTeam } from '../../results/testing/assess.ts'
import { createTestDeps, type TestDeps } from '../../testing/test-deps.ts'
import { pressOf, TENANT } from '../../testing/test-platform.ts'
import { createDigestsPart, type DigestsPart } from '../create-digests-part.ts'
import { composeFrom, type DigestsDeps } from '../deps.ts'

export const TEAM = 'payments'
/** A Wednesday. */
export const NOW = '2026-06-10T08:00:00.000Z'

type At = Parameters<TestDeps['platform']['exchange']>[0]

export interface DigestsWorld extends TestDeps, DigestsDeps {
  part: DigestsPart
  say(words: string, at?: At): Promise<Reply>
  press(label: string | RegExp, at?: At): Promise<Reply>
  pressRaw(on: string, args: Record<string, string | number | boolean>, at?: At): Promise<Reply>
  /** What is filled in instead of what stands there. */
  submit(values: FormValues, at?: At): Promise<Reply>
  check(values: FormValues, person?: string): ReturnType<NonNullable<DigestsPart['forms'][string]['check']>>
  all(): ReturnType<TestDeps['database']['digests']['digestsOfTeam']>
}

/** Payments has the channel C1, with Ada (U1) and Bob (U2) in it; Cleo (U3) is elsewhere, and U9 an administrator. */
export async function createDigestsWorld(engine: Engine, summarise?: DigestsDeps['summarise']): Promise<DigestsWorld> {
  const base = await createTestDeps(engine, { now: NOW })
  const deps = { ...base, digests: base.database.digests, compose: composeFrom(base), ...(summarise === undefined ? {} : { summarise }) }
  const part = createDigestsPart(deps)
  const { platform } = base
  await createTeam(base, TEAM, ['U1', 'U2'], { name: 'Payments', place: 'C1' })

  const run = async (at: At, what: (exchange: Exchange) => Promise<void> | undefined): Promise<Reply> => {
    const before = platform.shown.length
    await what(platform.exchange(at))
    return platform.shown.slice(before).at(-1)?.reply ?? { summary: '', blocks: [] }
  }
  const form = () => {
    const last = platform.forms.at(-1)
    if (last?.submit === undefined) throw new Error('no form is open')
    const initial = Object.fromEntries(last.fields.flatMap((field) => ('initial' in field ? [[field.id, field.initial]] : [])))
    return { submit: last.submit, initial }
  }
  const submission = (values: FormValues) => {
    const { submit, initial } = form()
    return { on: submit.on, with: submit.with ?? {}, values: { ...initial, ...values } }
  }
  return {
    ...deps,
    part,
    say: (words, at) => run(at, (exchange) => part.commands[0]?.run(exchange, words)),
    async press(label, at) {
      const { on, with: args = {} } = pressOf(platform.last(), label)
      return run(at, (exchange) => part.presses[on]?.(exchange, args))
    },
    pressRaw: (on, args, at) => run(at, (exchange) => part.presses[on]?.(exchange, args)),
    submit: (values, at) => run(at, (exchange) => part.forms['digest.edit']?.submit(exchange, submission(values))),
    check: (values, person = 'U1') => part.forms['digest.edit']?.check?.({ tenant: TENANT, person }, submission(values)) ?? Promise.resolve(undefined),
    all: () => base.database.digests.digestsOfTeam(TENANT, TEAM),
  }
}
