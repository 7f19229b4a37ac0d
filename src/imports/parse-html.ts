/** A web page to its article, or a piece of HTML to what it says. */
import { Readability } from '@mozilla/readability'
import { type Block, oneLine, type ParsedSource } from './block.ts'
import { type DomDocument, type DomElement, parseHtmlTree } from './dom.ts'
import { blocksOf } from './html-blocks.ts'
import { refuseDeepNesting } from './nesting.ts'
import { lengthOf, stripPage } from './strip-page.ts'

/** What the page itself marks as its content is taken over what was found by weighing, if that has lost more than this. */
const MAX_LOSS = 0.3

export function parseHtmlPage(html: string): ParsedSource {
  refuseDeepNesting(html)
  const document = parseHtmlTree(html)
  // Before anything is taken out, since it looks into the head of the page as well.
  const own = titleOf(document)
  stripPage(document)
  const found = weigh(document)
  const marked = markedContent(document)
  const best = found !== undefined && lengthOf(found.article) >= lengthOf(marked ?? found.article) * (1 - MAX_LOSS) ? found.article : (marked ?? document.body)
  const title = own ?? found?.title
  return { blocks: blocksOf(best), ...(title === undefined ? {} : { title }) }
}

/** HTML inside another format: a feed's item, a Word document, a block in Markdown. All of it counts. */
export function parseHtmlFragment(html: string): Block[] {
  refuseDeepNesting(html)
  const document = parseHtmlTree(html)
  stripPage(document)
  return blocksOf(document.body)
}

/** The one main heading; the title of the window often has the site's name as well. */
function titleOf(document: DomDocument): string | undefined {
  const headings = [...document.querySelectorAll('h1')].map((heading) => oneLine(heading.textContent ?? '')).filter((text) => text !== '')
  return headings.length === 1 ? headings[0] : undefined
}

function weigh(document: DomDocument): { article: DomElement; title?: string } | undefined {
  // The library changes the tree it is given, and its types are a browser's.
  const copy = document.cloneNode(true) as unknown as ConstructorParameters<typeof Readability>[0]
  const found = new Readability<unknown>(copy, { serializer: (node: unknown) => node }).parse()
  if (!found?.content) return undefined
  const title = oneLine(found.title ?? '')
  return { article: found.content as DomElement, ...(title === '' ? {} : { title }) }
}

function markedContent(document: DomDocument): DomElement | undefined {
  const articles = [...document.querySelectorAll('article')]
  if (articles.length === 1) return articles[0]
  return document.querySelector('main, [role="main"]') ?? undefined
}
