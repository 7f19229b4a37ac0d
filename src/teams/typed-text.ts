/** What somebody typed, as they see it: Teams sends mentions as tags, some signs as entities, and sometimes markup. */

export interface Mention {
  /** As it stands in the text. */
  text: string
  id: string
  name: string | undefined
}

const ENTITIES: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'", nbsp: ' ' }
/** What Teams' own editor makes; whatever else stands between angle brackets was typed. */
const ATTRIBUTES = '(?:\\s+[\\w:-]{1,40}=(?:"[^"<>]*"|\'[^\'<>]*\'))*\\s*'
const BREAK = new RegExp(`<(?:br|/?(?:p|div|li|ul|ol|tr|table|blockquote|pre|h[1-6]))${ATTRIBUTES}/?>`, 'gi')
const TAG = new RegExp(`</?(?:span|strong|b|em|i|u|s|a|code|td|th|tbody|thead|font|img|emoji|attachment|at)${ATTRIBUTES}/?>`, 'gi')
const MENTION = new RegExp(`<at${ATTRIBUTES}>([^<>]*)</at>`, 'gi')

/** @param bot its own mention is left out */
export function typedText(text: string, mentions: readonly Mention[], bot: string): string {
  const named = mentions.reduce((said, { text: tag, id, name }) => {
    const shown = tag.replace(/<[^<>]*>/g, '')
    return tag === '' ? said : said.replaceAll(tag, id === bot ? ' ' : `@${name ?? shown}`)
  }, text)
  return named
    .replace(MENTION, '@$1')
    .replace(BREAK, '\n')
    .replace(TAG, '')
    .replace(/&(?:(lt|gt|amp|quot|apos|nbsp)|#(\d{1,7}));/g, (whole, name: string | undefined, code: string | undefined) => {
      if (name !== undefined) return ENTITIES[name] ?? whole
      const point = Number(code)
      return point > 0 && point <= 0x10ffff ? String.fromCodePoint(point) : whole
    })
    .replace(/[^\S\n]+/g, ' ')
    .replace(/ ?\n\s*/g, '\n')
    .trim()
}
