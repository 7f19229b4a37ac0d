/** Looks how deep a document's elements lie in each other before a parser builds a tree of them. */
import { UserError } from '../shared/errors.ts'
import { MAX_NESTED_TAGS } from './limits.ts'

/** These have no end tag, or HTML lets writers leave it out, so that they would seem to lie in each other. */
const WITHOUT_END =
  /^(?:area|base|br|col|embed|hr|img|input|link|meta|param|source|track|wbr|p|li|dt|dd|tr|td|th|thead|tbody|tfoot|option|optgroup|colgroup|rp|rt|html|head|body)$/i

/** @throws UserError when elements lie too deep in each other */
export function refuseDeepNesting(markup: string): void {
  let depth = 0
  for (const [, slash, name = '', rest = ''] of markup.matchAll(/<(\/?)([a-z][\w:-]*)([^<>]*)>/gi)) {
    if (WITHOUT_END.test(name) || rest.endsWith('/')) continue
    depth = slash === '/' ? Math.max(0, depth - 1) : depth + 1
    if (depth > MAX_NESTED_TAGS) throw new UserError(`has more than ${MAX_NESTED_TAGS} tags within each other: nothing is read from such a document`)
  }
}
