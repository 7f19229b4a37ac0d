/** Slack's documented forms of rich text. */
import { booleanRule, listOf, numberRule, objectOf, oneOf, type Rule, textRule, typed, urlRule } from './block-kit-rules-shape.ts'

const type = textRule()
const id = (prefixes: string) => textRule({ pattern: new RegExp(`^[${prefixes}][A-Z0-9]+$`) })
const style = objectOf({}, { bold: booleanRule, italic: booleanRule, strike: booleanRule, underline: booleanRule, code: booleanRule })
const border = oneOf(0, 1)

const text = objectOf({ type, text: textRule() }, { style })
const link = objectOf({ type, url: urlRule({ schemes: ['http:', 'https:', 'mailto:'] }) }, { text: textRule(), unsafe: booleanRule, style })

const leaf = typed({
  text,
  link,
  user: objectOf({ type, user_id: id('UW') }, { style }),
  usergroup: objectOf({ type, usergroup_id: id('S') }, { style }),
  team: objectOf({ type, team_id: id('TE') }, { style }),
  channel: objectOf({ type, channel_id: id('CDG') }, { style }),
  emoji: objectOf({ type, name: textRule({ pattern: /^[^:\s]+$/ }) }, { unicode: textRule({ pattern: /^[0-9a-f-]+$/ }), style }),
  broadcast: objectOf({ type, range: oneOf('here', 'channel', 'everyone') }, { style }),
  color: objectOf({ type, value: textRule({ pattern: /^#[0-9a-fA-F]{6}$/ }) }, { style }),
  date: objectOf({ type, timestamp: numberRule({ least: 1 }), format: textRule({ pattern: /\{\w+\}/ }) }, { url: urlRule(), fallback: textRule(), style }),
})

const section = objectOf({ type, elements: listOf(leaf) })

const container = typed({
  rich_text_section: section,
  rich_text_list: objectOf(
    { type, style: oneOf('bullet', 'ordered'), elements: listOf(typed({ rich_text_section: section })) },
    { indent: numberRule({ least: 0, most: 8 }), offset: numberRule({ least: 0 }), border },
  ),
  rich_text_quote: objectOf({ type, elements: listOf(leaf) }, { border }),
  rich_text_preformatted: objectOf({ type, elements: listOf(typed({ text, link })) }, { border, language: textRule() }),
})

/** Slack takes an empty one as well; nobody means to send it. */
export const richText: Rule = objectOf({ type: oneOf('rich_text'), elements: listOf(container) }, { block_id: textRule({ most: 255 }) })
