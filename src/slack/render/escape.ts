/** Text from outside, made fit for Slack: nothing in it becomes a mention, a link, formatting or an emoji. */
import { cleaned, cut } from '../../chat/render/clean-text.ts'

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
