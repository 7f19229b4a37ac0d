/** Puts right what copying and converting did to a text, and takes out what no reader sees. */

const HIGH_BYTES = Array.from({ length: 128 }, (_, i) => 128 + i)
const AS_WINDOWS = new TextDecoder('windows-1252').decode(Uint8Array.from(HIGH_BYTES))
/** Which byte a character was, where text was decoded as Windows-1252 or, with control characters instead of some signs, as Latin 1. */
const BYTE_OF = new Map([
  ...HIGH_BYTES.map((byte): [string, number] => [String.fromCharCode(byte), byte]),
  ...[...AS_WINDOWS].map((char, i): [string, number] => [char, 128 + i]),
])
const CONTINUATION = `[${[...BYTE_OF]
  .filter(([, byte]) => byte < 0xc0)
  .map(([char]) => char)
  .join('')
  .replace(/[\]\\^-]/g, '\\$&')}]`
/** Latin letters, punctuation, arrows and emoji. Other sequences are left: "é »" is French far more often than misread Chinese. */
const MISREAD = new RegExp(`[ÂÃÄÅ]${CONTINUATION}|[âï]${CONTINUATION}{2}|ð${CONTINUATION}{3}`, 'gu')
/** Capitals that end a word before a space or a quotation mark look like one by chance. */
const BY_CHANCE = /[ÄÅ][\u00a0»«“”‘’…–—]/u
/** A misread letter right behind the end of a sentence belongs to no word. */
const STRAY = new RegExp(`(?<=[.!?])[ÃÄÅ]${CONTINUATION}(?=\\s*$)`, 'gmu')
/** Text that was misread twice needs two turns. */
const TURNS = 2

/** Control characters, soft hyphens, and invisible signs that turn text around or hide some; emoji and Indic scripts need the joiners. */
const INVISIBLE = /[[\p{Cc}--[\n\t]][\p{Default_Ignorable_Code_Point}--[\u200c\u200d\ufe0f]]\ufff9-\ufffb]/gv
const SPACES = /[\u00a0\u2000-\u200a\u202f\u205f\u3000]/g

export function cleanText(text: string): string {
  return repairMisread(text)
    .replace(/[\f\v\u2028\u2029]/g, '\n')
    .replace(INVISIBLE, '')
    .replace(SPACES, ' ')
    .normalize('NFC')
}

/** "â€™" is an apostrophe whose UTF-8 bytes were taken for Windows-1252. */
export function repairMisread(text: string): string {
  let repaired = text.replace(STRAY, '')
  for (let turn = 0; turn < TURNS; turn++) {
    const next = repaired.replace(MISREAD, (sequence) => (BY_CHANCE.test(sequence) ? sequence : reread(sequence)))
    if (next === repaired) break
    repaired = next
  }
  // The last byte of this closing quotation mark has no sign of its own and gets lost on the way.
  return repaired.replace(/â€(?=[\s.,;:!?)\]]|$)/g, '”')
}

function reread(sequence: string): string {
  const bytes = Uint8Array.from(sequence, (char) => BYTE_OF.get(char) ?? 0)
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    // It only looked like UTF-8.
    return sequence
  }
}
