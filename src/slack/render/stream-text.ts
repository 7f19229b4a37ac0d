/** Text for an answer that is shown while it is written: Slack reads it as Markdown, and joins what is sent one after the other. */
import { cleaned } from '../../chat/render/clean-text.ts'
import { like } from './escape.ts'

/**
 * Signs that make links, mentions, pictures or formatting; the finished answer, which takes the place of this, has the real ones.
 * Most go wherever they stand, since what belongs together may be sent apart. Citations stay: a bracket with no parenthesis behind it links nothing.
 */
const ACTIVE = /[<>*`~@|\\]|(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])|(?<=\]|^)\(|(?<=\])\[|(?<=^(?:[ \t]*\[[^\]\n]*\])?):|(?<=^[ \t]*)#|:(?=[\w+'-]+:)/gmu

/** As long as the text, or shorter. */
export function streamText(text: string): string {
  return cleaned(text).replace(ACTIVE, like)
}
