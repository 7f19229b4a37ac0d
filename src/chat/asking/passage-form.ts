/** A passage to read in a dialog: where it stands, what a team can say yes or no to, its text, and the original. */
import type { Corpus, Passage } from '../../corpus/passage.ts'
import { UserError } from '../../shared/errors.ts'
import { type Block, type Form, type Inline, words } from '../reply.ts'

const ITEM = '- '
const TITLE_CHARACTERS = 24

/** @throws UserError when there is no such passage any more */
export function passageForm(id: string, corpus: Corpus): Form {
  const passage = corpus.passage(id)
  if (passage === undefined) throw new UserError('That passage is no longer there: its model has changed since. Ask again to see what it says now.')
  const shortTitle = corpus.model(passage.model)?.shortTitle ?? passage.model
  return { title: shortTitle.length <= TITLE_CHARACTERS ? shortTitle : 'Passage', blocks: passageBlocks(passage), fields: [] }
}

function passageBlocks({ heading, title, indicator, text, url }: Passage): Block[] {
  // The indicator is the text's first sentence: it is not said twice.
  const rest = indicator !== null && text.startsWith(indicator) ? text.slice(indicator.length).trimStart() : text
  return [
    { kind: 'heading', text: heading },
    { kind: 'note', parts: [words(title)] },
    ...(indicator === null ? [] : [{ kind: 'quote', parts: [words(indicator)] } as const]),
    ...rest.split(/\n{2,}/).flatMap((paragraph) => textBlocks(paragraph.split('\n'))),
    ...original(url),
  ]
}

/** Lines that begin with "- " are the items of a list. */
function textBlocks(lines: readonly string[]): Block[] {
  const blocks: Block[] = []
  let items: Inline[][] = []
  for (const line of lines.filter((each) => each.trim() !== '')) {
    if (!line.startsWith(ITEM)) {
      items = []
      blocks.push({ kind: 'text', parts: [words(line)] })
      continue
    }
    if (items.length === 0) blocks.push({ kind: 'list', items })
    items.push([words(line.slice(ITEM.length))])
  }
  return blocks
}

/** A team's own file may name any address; only web addresses become links. */
function original(address: string): Block[] {
  const url = URL.parse(address)
  if (url === null || !['https:', 'http:'].includes(url.protocol)) return []
  return [{ kind: 'text', parts: [{ kind: 'link', label: `Read the original on ${url.hostname}`, url: url.href }] }]
}
