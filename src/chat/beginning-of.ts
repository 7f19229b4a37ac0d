/** The beginning of what somebody or something said, where the whole of it would push everything else away. */

/** Enough to know it again. */
const ENOUGH = 300

/** With its blanks before it; what is longer is cut as well. */
const LAST_WORD = /\s+\S{0,30}$/

/** Of a sign that was cut in two. */
const HALF_SIGN = /\p{Cs}$/u

/** At most so many characters, ending with a whole word. */
export function beginningOf(text: string, most: number = ENOUGH): string {
  const line = text.replace(/\s+/g, ' ').trim()
  return line.length <= most
    ? line
    : `${line
        .slice(0, most - 1)
        .replace(LAST_WORD, '')
        .replace(HALF_SIGN, '')}…`
}
