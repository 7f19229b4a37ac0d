/** Chat models with one habit each. They read our prompt and answer it, well or badly, so that what checks their answers can be tested. */
import type { ChatScript } from '../chat-server/chat-script.ts'
import { honest } from './honest.ts'
import { chatty, markdown, markerSoup, otherLanguage, uncited } from './misshapen.ts'
import { leakingPrompt } from './obeying.ts'
import { inventingNames, inventingNumbers, lyingAboutSources, negating, unsupported } from './untrue.ts'

/** Those that need nothing but the prompt, by name. `endless` is not among them: it wants a caller that gives up. */
export const SCRIPTED_MODELS: Readonly<Record<string, ChatScript>> = {
  honest,
  lyingAboutSources,
  inventingNumbers,
  inventingNames,
  unsupported,
  negating,
  uncited,
  markerSoup,
  markdown,
  chatty,
  otherLanguage,
  leakingPrompt,
}
