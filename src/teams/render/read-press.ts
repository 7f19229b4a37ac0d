/**
 * A press inside a card, and out of it again.
 *
 * A button's data is `{ press: { on, with } }`; a menu's is `{ menu: 'menu:1' }`, the id of the input whose chosen value is the code of the press.
 * Data comes back from people's clients, so it is parsed as anything from outside; what doesn't fit is nothing.
 */
import { z } from 'zod'
import { PressParts, pressCode, pressOf, withoutEmpty } from '../../chat/render/press-code.ts'
import type { Press } from '../../chat/reply.ts'

const Pressed = z.object({ press: z.object({ on: PressParts.shape.on, with: PressParts.shape.with.exactOptional() }) })
const Chosen = z.looseObject({ menu: z.string().regex(/^menu:\d{1,4}$/) })

const Executed = z.object({ action: z.object({ type: z.literal('Action.Execute'), data: z.unknown() }) })

export function pressData(press: Press): { press: Press } {
  return { press: withoutEmpty(press) }
}

/** @param value of an `adaptiveCard/action` invoke, or of a message that Action.Submit sent */
export function readPress(value: unknown): Press | undefined {
  const data = dataOf(value)
  const pressed = Pressed.safeParse(data).data?.press
  if (pressed !== undefined) return pressCode(pressed) === undefined ? undefined : pressed
  const chosen = Chosen.safeParse(data).data
  if (chosen === undefined || !Object.hasOwn(chosen, chosen.menu)) return undefined
  const code = chosen[chosen.menu]
  return typeof code === 'string' ? pressOf(code) : undefined
}

/** What the action carried, with what was filled in. */
export function dataOf(value: unknown): unknown {
  const executed = Executed.safeParse(value).data
  return executed === undefined ? value : executed.action.data
}
