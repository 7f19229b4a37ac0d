/** Text from outside, made fit for Slack: nothing in it becomes a mention, a link, formatting or an emoji. */

/** Control characters and invisible signs, among them those that turn text around; emoji and Indic scripts need the joiners. */
const INVISIBLE = /[[\p{Cc}--[\n\t]][\p{Default_Ignorable_Code_Point}--[\u200c\u200d\ufe0f]]\p{Bidi_Control}\p{Surrogate}\ufff9-\ufffb]/gv

export function cleaned(text: string): string {
  return text.replace(/\r\n?|[\f\v\u0085\u2028\u2029]/g, '\n').replace(INVISIBLE, '')
}

/** For labels and headings. */
export function oneLine(text: string): string {
  return cleaned(text).replace(/\s+/g, ' ').trim()
}

/** What Slack asks for: https://docs.slack.dev/messaging/formatting-message-text#escaping */
export function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}

/** Slack has no way to escape what formats or links; a sign that looks the same does neither. Each takes the room of one character. */
const LOOKALIKES: Readonly<Record<string, string>> = {
  '*': '∗',
  _: 'ˍ',
  '~': '∼',
  '`': 'ˋ',
  ':': '∶',
  '<': '‹',
  '>': '›',
  '@': '＠',
  '#': '＃',
  '|': '¦',
  '\\': '＼',
  '(': '（',
  '[': '［',
}

export function like(sign: string): string {
  return LOOKALIKES[sign] ?? sign
}

/** Formatting that could begin or end here, emoji names, quoted lines. Within a word an underscore formats nothing. */
const FORMATTING = /[*~`]|(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])|:(?=[\w+'-]+:)|(?<=^[ \t]*)>/gmu
const BROADCAST = /@(?=(?:channel|here|everyone|group)\b)/gi

/** Cleaned text within mrkdwn, shown as it is. */
export function inert(text: string): string {
  return escaped(text.replace(FORMATTING, like).replace(BROADCAST, like))
}

/** Whether mrkdwn would show it otherwise than it is. */
export function isFormatted(text: string): boolean {
  return text.search(FORMATTING) >= 0 || text.search(BROADCAST) >= 0
}

/** The text that stands for a message in notifications: cleaned, escaped and cut to what Slack takes, which it counts in bytes. */
export function notificationText(text: string, mostBytes = 4000): string {
  const whole = escaped(cleaned(text).trim().replace(BROADCAST, like))
  if (Buffer.byteLength(whole) <= mostBytes) return whole
  let [least, most] = [0, text.length]
  const cutTo = (length: number) => escaped(cut(cleaned(text).trim().replace(BROADCAST, like), length))
  while (least < most) {
    const middle = Math.ceil((least + most) / 2)
    if (Buffer.byteLength(cutTo(middle)) <= mostBytes) least = middle
    else most = middle - 1
  }
  return cutTo(least)
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
  return line.length <= most
    ? line
    : `${line
        .slice(0, most - 1)
        .replace(/[\ud800-\udbff]$/, '')
        .trimEnd()}…`
}
