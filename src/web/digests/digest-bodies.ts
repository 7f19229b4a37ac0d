/** What the routes of digests read, checked before anything is done with it. */
import * as z from 'zod'
import { DIGEST_KINDS } from '../../digests/digest-kinds.ts'
import { readSchedule } from '../../digests/read-schedule.ts'
import type { Schedule } from '../../digests/schedule.ts'
import { UserError } from '../../shared/errors.ts'
import { id } from '../assess/bodies.ts'

const LONGEST = 2_000
const kind = z.enum(DIGEST_KINDS)
/** The browser's, by whose clock somebody means what they write. */
const zone = z.string().max(100)

export const whenBody = z.object({ when: z.string().max(LONGEST), zone })
/** Without a place it goes to its maker alone. */
export const digestBody = whenBody.extend({ kind, model: id.nullable(), place: id.nullable(), sendWhenEmpty: z.boolean() })
export const pauseBody = z.object({ paused: z.boolean() })
export const agreementBody = z.object({ agreed: z.boolean() })
/** Of an address: the digest that is meant, or one that nobody has set up. */
export const previewQuery = z.object({ digest: id.optional(), kind: kind.optional(), model: id.optional() })

export function schedule({ when, zone: reader }: z.infer<typeof whenBody>, now: Date): { schedule: Schedule; assumed: string[] } {
  const read = readSchedule(when, { now, zone: reader })
  if ('problem' in read) throw new UserError(read.problem)
  return read
}
