/** The press in what somebody pressed: the value of a button, of a feedback button or of a menu's option is its code. */
import { z } from 'zod'
import { pressOf } from '../../chat/render/press-code.ts'
import type { Press } from '../../chat/reply.ts'

const Pressed = z.union([
  z.object({ type: z.enum(['button', 'feedback_buttons']), value: z.string() }).transform(({ value }) => value),
  z
    .object({ type: z.enum(['static_select', 'overflow']), selected_option: z.object({ value: z.string() }) })
    .transform(({ selected_option }) => selected_option.value),
])

/** @param action one of `actions` in the payload of a `block_actions` */
export function readPress(action: unknown): Press | undefined {
  const value = Pressed.safeParse(action).data
  return value === undefined ? undefined : pressOf(value)
}
