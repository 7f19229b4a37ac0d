/** A command that was typed into a conversation, once more by a button: where forms are dialogs, typed text can't open one, a press can. */
import * as z from 'zod'
import type { Exchange } from '../exchange.ts'
import { readArgs } from '../press-args.ts'
import type { Form, Press, PressArgs } from '../reply.ts'
import { button, text } from '../simple-blocks.ts'

export const RUN_AGAIN = 'command.run'

/** A button carries no more, and no command of ours is longer. */
const LONGEST = 500
const ofCommand = z.object({ text: z.string().max(LONGEST) })

/** The same exchange, in which a form is opened by a button that leads to it. */
export function openedByButton(exchange: Exchange, typed: string): Exchange {
  // There a form is a card, which can be sent at any time, and a button in another conversation would forget where it was asked for.
  if (!exchange.ways.hasDialogs) return exchange
  const open = ({ title }: Form) =>
    exchange.whisper({
      summary: `${title}: this needs a few details.`,
      blocks: [text('This needs a few details.'), { kind: 'buttons', items: [{ ...button(title, runAgain(typed)), style: 'primary' }] }],
    })
  return { ...exchange, open }
}

/** @returns what was typed @throws UserError */
export function commandIn(args: PressArgs): string {
  return readArgs(ofCommand, args).text
}

function runAgain(typed: string): Press {
  return { on: RUN_AGAIN, with: { text: typed.slice(0, LONGEST) } }
}
