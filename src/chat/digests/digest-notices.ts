/** What the maker of a digest is told when it can't be sent. */
import type { AssessmentStore } from '../../assessments/assessment-store.ts'
import type { TenantId } from '../../assessments/records.ts'
import type { Digest } from '../../digests/records.ts'
import { type Button, type Inline, type Reply, words } from '../reply.ts'
import { button } from '../simple-blocks.ts'

export interface NamingDeps {
  assessments: { store: { assessments: Pick<AssessmentStore, 'team'> } }
}

/** It rests from now on. */
export async function undeliverableNotice(tenant: TenantId, digest: Digest, deps: NamingDeps): Promise<Reply> {
  const why = digest.to.kind === 'place' ? 'The channel is archived or gone, or I am no longer in it.' : 'They are no longer there, or can’t be written to.'
  return notice(
    await namesOf(tenant, digest, deps),
    digest,
    'could not be sent',
    [words(`${why} It is paused. Change where it is sent, or resume it when it can be sent there again.`)],
    [button('Change', { on: 'digest.edit', with: { digest: digest.id } }), button('Resume', { on: 'digest.resume', with: { digest: digest.id } })],
  )
}

/** The next one comes as planned. */
export async function failedNotice(tenant: TenantId, digest: Digest, deps: NamingDeps, next: string): Promise<Reply> {
  return notice(await namesOf(tenant, digest, deps), digest, `could not be sent for six hours`, [
    words('I have stopped trying. What it would have said is in the next one, '),
    { kind: 'time', at: next, zone: digest.schedule.zone, form: 'moment' },
    words('.'),
  ])
}

function notice(teams: string, { to }: Digest, what: string, more: readonly Inline[], buttons: readonly Button[] = []): Reply {
  const where: Inline = to.kind === 'place' ? { kind: 'place', id: to.place, name: 'its channel' } : { kind: 'person', id: to.person }
  return {
    summary: `The digest of ${teams} ${what}.`,
    blocks: [
      { kind: 'text', parts: [words(`The digest of ${teams} to `), where, words(` ${what}. `), ...more] },
      ...(buttons.length === 0 ? [] : [{ kind: 'buttons', items: buttons } as const]),
    ],
  }
}

const NAMED = 3

async function namesOf(tenant: TenantId, { teams }: Digest, { assessments }: NamingDeps): Promise<string> {
  const named = await Promise.all(teams.slice(0, NAMED).map((id) => assessments.store.assessments.team(tenant, id)))
  const names = named.flatMap((team) => team?.name ?? [])
  const more = teams.length - names.length
  if (more > 0) return `${names.join(', ')} and ${more} more`
  return names.length < 2 ? names.join() : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`
}
