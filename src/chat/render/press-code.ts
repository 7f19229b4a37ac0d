/**
 * A press as text, `["passage.open",{"passage":"…"}]`, without the second part where a press has nothing with it; and out of it again.
 * It comes back from people's clients, so it is parsed as anything from outside; what doesn't fit is nothing.
 */
import { z } from 'zod'
import type { Press } from '../reply.ts'

/** Longer ones are not offered, and not taken back. */
export const LONGEST_PRESS = 2000

const Name = z.string().regex(/^[a-z0-9.-]{1,80}$/)
const Args = z.record(z.string().min(1).max(80), z.union([z.string().max(LONGEST_PRESS), z.number(), z.boolean()]))
const Code = z.union([z.tuple([Name]), z.tuple([Name, Args])])

/** A press whose parts have names. */
export const PressParts = z.object({ on: Name, with: Args })

/** Undefined where it is longer than that. */
export function pressCode(press: Press, most = LONGEST_PRESS): string | undefined {
  const { on, with: args } = withoutEmpty(press)
  const code = JSON.stringify(args === undefined ? [on] : [on, args])
  return code.length <= most ? code : undefined
}

/** Nothing with it, rather than an empty record. */
export function withoutEmpty({ on, with: args }: Press): Press {
  return args === undefined || Object.keys(args).length === 0 ? { on } : { on, with: args }
}

export function pressOf(code: string): Press | undefined {
  if (code.length > LONGEST_PRESS) return undefined
  const [on, args] = Code.safeParse(jsonOf(code)).data ?? []
  return on === undefined ? undefined : { on, ...(args === undefined ? {} : { with: args }) }
}

export function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
