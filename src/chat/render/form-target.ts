/** What a form carries besides its fields: what handing it in means, and where it was opened. It comes back from people's clients too. */
import { z } from 'zod'
import type { MessageRef, Place } from '../exchange.ts'
import type { PressArgs } from '../reply.ts'
import { PressParts } from './press-code.ts'

/** What is handed in, and what is pressed in it, is answered there. */
export interface OpenedFrom {
  place: Place
  /** The message whose button opened it. */
  pressed?: MessageRef
}

export interface FormTarget extends OpenedFrom {
  on: string
  with: PressArgs
}

const PlaceData = z.object({ id: z.string(), kind: z.enum(['personal', 'group', 'channel']), thread: z.string().exactOptional() })
const MessageData = z.object({ place: z.string(), id: z.string(), thread: z.string().exactOptional() })

export const FormTargetData = z.object({ ...PressParts.shape, place: PlaceData, pressed: MessageData.exactOptional() })
