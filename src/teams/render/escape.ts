/**
 * Text from outside, made fit for Teams: nothing in it becomes a mention, a link, formatting, markup or a template.
 *
 * Teams' clients disagree on backslashes before what formats (some show them) and on what they parse at all, so a sign that could act is replaced
 * by one that looks the same. Each replacement depends on what stands before it alone: what is shown stays as it is while more text arrives.
 */

/** Control characters and invisible signs, among them those that turn text around; emoji and Indic scripts need the joiners. */
const INVISIBLE = /[[\p{Cc}--[\n\t]][\p{Default_Ignorable_Code_Point}--[\u200c\u200d\ufe0f]]\p{Bidi_Control}\p{Surrogate}\ufff9-\ufffb]/gv

export function cleaned(text: string): string {
  return text.replace(/\r\n?|[\f\v\u0085\u2028\u2029]/g, '\n').replace(INVISIBLE, '')
}

/** For labels and headings. */
export function oneLine(text: string): string {
  return cleaned(text).replace(/\s+/g, ' ').trim()
}

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

/**
 * At the end of a sentence if there is one in the last third, else between words if there is a gap, and always with an ellipsis.
 * The result, with the ellipsis, is no longer than asked for.
 */
export function cut(text: string, most: number): string {
  if (text.length <= most) return text
  const start = text.slice(0, Math.max(0, most - 2)).replace(/[\ud800-\udbff]$/, '')
  const atSentence = Math.max(...['. ', '? ', '! ', '.\n', '\n'].map((end) => start.lastIndexOf(end) + 1))
  if (atSentence > (start.length * 2) / 3) return `${start.slice(0, atSentence).trimEnd()} …`
  const atWord = text[start.length] === ' ' ? start.length : start.lastIndexOf(' ')
  return atWord > start.length / 2 ? `${start.slice(0, atWord)} …` : `${start}…`
}

/** For labels: no room for a space before the ellipsis. */
export function shortLabel(text: string, most: number): string {
  const line = oneLine(text)
  if (line.length <= most) return line
  const start = line.slice(0, most - 1).replace(/[\ud800-\udbff]$/, '')
  return `${start.trimEnd()}…`
}
