/**
 * A press inside a message, and out of it again.
 *
 * The value of a button, of a feedback button or of a menu's option is the JSON `["passage.open",{"passage":"…"}]`, without the second part where a
 * press has nothing with it. A button takes 2,000 characters of it, an option 150; what is longer than that can't be offered there.
 * Values come back from people's clients, so they are parsed as anything from outside; what doesn't fit is nothing.
 */
import { z } from 'zod'
import type { Press } from '../../chat/reply.ts'

export const LONGEST_IN_BUTTON = 2000
export const LONGEST_IN_OPTION = 150

const Name = z.string().regex(/^[a-z0-9.-]{1,80}$/)
const Args = z.record(z.string().min(1).max(80), z.union([z.string().max(LONGEST_IN_BUTTON), z.number(), z.boolean()]))
const Value = z.union([z.tuple([Name]), z.tuple([Name, Args])])

const Pressed = z.union([
  z.object({ type: z.enum(['button', 'feedback_buttons']), value: z.string() }).transform(({ value }) => value),
  z
    .object({ type: z.enum(['static_select', 'overflow']), selected_option: z.object({ value: z.string() }) })
    .transform(({ selected_option }) => selected_option.value),
])

/** A press whose parts have names. */
export const PressParts = z.object({ on: Name, with: Args })

/** Undefined where it is longer than that. */
export function pressCode(press: Press, most: number): string | undefined {
  const hasArgs = press.with !== undefined && Object.keys(press.with).length > 0
  const code = JSON.stringify(hasArgs ? [press.on, press.with] : [press.on])
  return code.length <= most ? code : undefined
}

/** @param action one of `actions` in the payload of a `block_actions` */
export function readPress(action: unknown): Press | undefined {
  const value = Pressed.safeParse(action).data
  if (value === undefined || value.length > LONGEST_IN_BUTTON) return undefined
  const [on, args] = Value.safeParse(jsonOf(value)).data ?? []
  return on === undefined ? undefined : { on, ...(args === undefined ? {} : { with: args }) }
}

export function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
