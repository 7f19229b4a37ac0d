/** All methods that the server knows. */
import { assistantMethods } from './assistant.ts'
import { chatMethods } from './chat.ts'
import { streamMethods } from './chat-stream.ts'
import { conversationMethods } from './conversations.ts'
import { fileMethods } from './files.ts'
import { type Installing, installMethods } from './install.ts'
import type { Method } from './method.ts'
import { peopleMethods } from './people.ts'
import { viewMethods } from './views.ts'

export function createMethods(options: Installing & { uploadUrl(id: string): string }): Readonly<Record<string, Method>> {
  return {
    ...chatMethods,
    ...streamMethods,
    ...conversationMethods,
    ...peopleMethods,
    ...viewMethods,
    ...assistantMethods,
    ...fileMethods(options.uploadUrl),
    ...installMethods(options),
  }
}
