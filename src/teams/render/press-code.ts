/**
 * A press inside a card, and out of it again.
 *
 * A button's data is `{ press: { on, with } }`; a menu's is `{ menu: 'menu:1' }`, the id of the input whose chosen value is the press as JSON,
 * `["passage.open",{"passage":"…"}]`. Data comes back from people's clients, so it is parsed as anything from outside; what doesn't fit is nothing.
 */
import { z } from 'zod'
import type { Press } from '../../chat/reply.ts'

/** Longer ones are not offered, and not taken back. */
export const LONGEST_PRESS = 2000

const Name = z.string().regex(/^[a-z0-9.-]{1,80}$/)
const Args = z.record(z.string().min(1).max(80), z.union([z.string().max(LONGEST_PRESS), z.number(), z.boolean()]))
const Code = z.union([z.tuple([Name]), z.tuple([Name, Args])])

/** A press whose parts have names. */
export const PressParts = z.object({ on: Name, with: Args })
const Pressed = z.object({ press: z.object({ on: Name, with: Args.exactOptional() }) })
const Chosen = z.looseObject({ menu: z.string().regex(/^menu:\d{1,4}$/) })

const Executed = z.object({ action: z.object({ type: z.literal('Action.Execute'), data: z.unknown() }) })

/** Undefined where it is too long to be offered. */
export function pressCode({ on, with: args }: Press): string | undefined {
  const code = JSON.stringify(hasArgs(args) ? [on, args] : [on])
  return code.length <= LONGEST_PRESS ? code : undefined
}

export function pressData({ on, with: args }: Press): { press: Press } {
  return { press: hasArgs(args) ? { on, with: args } : { on } }
}

function hasArgs(args: Press['with']): args is NonNullable<Press['with']> {
  return args !== undefined && Object.keys(args).length > 0
}

/** @param value of an `adaptiveCard/action` invoke, or of a message that Action.Submit sent */
export function readPress(value: unknown): Press | undefined {
  const data = dataOf(value)
  const pressed = Pressed.safeParse(data).data?.press
  if (pressed !== undefined) return pressCode(pressed) === undefined ? undefined : pressed
  const chosen = Chosen.safeParse(data).data
  if (chosen === undefined || !Object.hasOwn(chosen, chosen.menu)) return undefined
  const code = chosen[chosen.menu]
  return typeof code === 'string' && code.length <= LONGEST_PRESS ? pressOf(code) : undefined
}

function pressOf(code: string): Press | undefined {
  const [on, args] = Code.safeParse(jsonOf(code)).data ?? []
  return on === undefined ? undefined : { on, ...(args === undefined ? {} : { with: args }) }
}

/** What the action carried, with what was filled in. */
export function dataOf(value: unknown): unknown {
  const executed = Executed.safeParse(value).data
  return executed === undefined ? value : executed.action.data
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
