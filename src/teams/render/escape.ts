/**
 * Text from outside, made fit for Teams: nothing in it becomes a mention, a link, formatting, markup or a template.
 *
 * Teams' clients disagree on backslashes before what formats (some show them) and on what they parse at all, so a sign that could act is replaced
 * by one that looks the same. Each replacement depends on what stands before it alone: what is shown stays as it is while more text arrives.
 */

/** `{{DATE(…)}}` and `${…}` are filled in wherever a card shows text, and `<at>` may be looked for. */
const TEMPLATE = /(?<=[{$])\{|<(?=\/?at\b)/gi

/** Cleaned text for what Teams shows without parsing it: runs of rich text, titles, labels. */
export function unparsed(text: string): string {
  return text.replace(TEMPLATE, (sign) => LOOKALIKES[sign] ?? sign)
}

const LOOKALIKES: Readonly<Record<string, string>> = {
  '*': '∗',
  _: 'ˍ',
  '~': '∼',
  '`': 'ˋ',
  '<': '‹',
  '>': '›',
  '\\': '＼',
  '|': '¦',
  '(': '（',
  ')': '）',
  '{': '｛',
  '#': '＃',
  '-': '‐',
  '+': '＋',
  '=': '＝',
  ':': '∶',
  ';': '；',
  '.': '․',
  ' ': '\u00a0',
  '\t': '\u00a0',
}

/**
 * What formats anywhere; an underscore outside a word; the address behind a link's label; templates; the end of an entity; and at the beginning
 * of a line headings, lists, rules, definitions and the space that makes code.
 */
const ACTIVE =
  /[*~`<>\\|]|(?<![\p{L}\p{N}])_|(?<=\])\(|(?<=[{$])\{|(?<=&#?\w{1,31});|(?<=^[ \t]*)[-+=#]|(?<=^[ \t]*\d{1,9})[.)]|(?<=^[ \t]*\[[^\]\n]*\]):|(?<=^[ \t]*)[ \t]/gmu

/** @param before what stands before it in the same text, likewise cleaned @returns as long as the text */
export function inert(text: string, before = ''): string {
  return `${before}${text}`.replace(ACTIVE, (sign) => LOOKALIKES[sign] ?? sign).slice(before.length)
}
