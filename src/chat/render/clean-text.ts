/** Text from outside without what can't be seen, on one line, and no longer than there is room. What acts on a platform, the platform knows. */

/** Control characters and invisible signs, among them those that turn text around; emoji and Indic scripts need the joiners. */
const INVISIBLE = /[[\p{Cc}--[\n\t]][\p{Default_Ignorable_Code_Point}--[\u200c\u200d\ufe0f]]\p{Bidi_Control}\p{Surrogate}\ufff9-\ufffb]/gv

export function cleaned(text: string): string {
  return text.replace(/\r\n?|[\f\v\u0085\u2028\u2029]/g, '\n').replace(INVISIBLE, '')
}

/** For labels and headings. */
export function oneLine(text: string): string {
  return cleaned(text).replace(/\s+/g, ' ').trim()
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
