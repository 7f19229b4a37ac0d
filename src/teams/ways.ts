/** What is called and done otherwise in Teams than elsewhere. */
import type { PlatformWays } from '../chat/exchange.ts'

export const WAYS: PlatformWays = {
  command: '',
  alone: 'our chat',
  toBeWrittenTo: 'Add this app for yourself (its name, then Add)',
  everybody: 'your organisation',
  hasDialogs: false,
}
