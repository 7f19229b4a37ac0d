/** Text for an answer that is shown while it is written: each part must go on exactly where the one before it ended. */
import { cleaned } from '../../chat/render/clean-text.ts'
import { inert } from './escape.ts'

/** @param text all of it so far; when it grows, what is returned only grows too */
export function streamText(text: string): string {
  return paragraphs(inert(cleaned(text)))
}

/** Teams joins lines that nothing stands between. */
export function paragraphs(text: string): string {
  return text.replace(/\n+/g, '\n\n')
}
