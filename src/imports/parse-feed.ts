/** RSS and Atom: each item is a document of its own. */
import { parseFeed as readFeed } from 'feedsmith'
import { UserError } from '../shared/errors.ts'
import { oneLine, type ParsedSource } from './block.ts'
import { MAX_FEED_ITEMS } from './limits.ts'
import { refuseDeepNesting } from './nesting.ts'
import { parseHtmlFragment } from './parse-html.ts'

interface Item {
  title: string
  link: string | undefined
  html: string
}

/** @throws UserError when it is no feed, or one that no reader should open */
export function parseFeed(xml: string): ParsedSource[] {
  if (/<!ENTITY\b/i.test(xml)) throw new UserError('defines XML entities of its own, which can grow without end: import a feed without a DOCTYPE')
  refuseDeepNesting(xml)
  const items = readItems(xml)
  if (items.length === 0) throw new UserError('is a feed without items: there is nothing to import')
  if (items.length > MAX_FEED_ITEMS)
    throw new UserError(`is a feed of ${items.length} items: at most ${MAX_FEED_ITEMS} are read, so import its pages one by one`)
  return items.map(({ title, link, html }) => {
    const address = httpAddress(link)
    // "Aspects:" was to be followed by something: the item's own heading says more.
    const isWhole = title !== '' && !title.endsWith(':')
    return { blocks: parseHtmlFragment(html), ...(isWhole ? { title } : {}), ...(address === undefined ? {} : { address }) }
  })
}

function readItems(xml: string): Item[] {
  const parsed = parse(xml)
  if (parsed.format === 'atom') {
    return (parsed.feed.entries ?? []).map(({ title, links, content, summary }) => ({
      title: textOf(title?.value ?? ''),
      link: (links?.find((link) => link.rel === undefined || link.rel === 'alternate') ?? links?.[0])?.href,
      html: content?.value ?? summary?.value ?? '',
    }))
  }
  if (parsed.format === 'json') throw new UserError('is a JSON feed: import its RSS or Atom version')
  return (parsed.feed.items ?? []).map(({ title, link, content, description }) => ({
    title: textOf(title ?? ''),
    link,
    html: content?.encoded ?? description ?? '',
  }))
}

function parse(xml: string): ReturnType<typeof readFeed> {
  try {
    return readFeed(xml)
  } catch (error) {
    throw new UserError('is XML, but not an RSS or Atom feed that can be read: check that it is complete', { cause: error })
  }
}

/** A title may hold markup, escaped once more. */
function textOf(title: string): string {
  if (!/[<&]/.test(title)) return oneLine(title)
  return oneLine(
    parseHtmlFragment(title)
      .map((block) => (block.kind === 'list' ? block.items.join(' ') : block.text))
      .join(' '),
  )
}

/** Feeds come from outside: a link that is a script is no address. */
function httpAddress(link: string | undefined): string | undefined {
  const url = link === undefined ? null : URL.parse(link.trim())
  return url !== null && /^https?:$/.test(url.protocol) && url.username === '' && url.password === '' ? url.href : undefined
}
