/** The many ways in which chat models cite: each marker becomes one character, so that sentences can be cut around it. */

/** More passages than this are never given: a higher number is a marker that names none. */
const HIGHEST = 99
/** Private characters, of which nothing that comes in is left. */
const MARK = 0xe000
const MARKS = new RegExp(`[\\u{${MARK.toString(16)}}-\\u{${(MARK + HIGHEST).toString(16)}}]`, 'gu')

const NUMBERS = '[\\^#+]?\\d{1,3}(?:\\s*(?:,|;|and|&|-|–)\\s*\\^?\\d{1,3})*'
/** "[1]", "[1, 2]", "[1-3]", "[^1]", "【1†source】", "[passage 2: title]", "[1](address)"; "(1)" where a sentence ends or beside another marker. */
const MARKER = new RegExp(
  `[[【［]\\s*(?:(?:passage|source|document|ref(?:erence)?|no?)s?)?\\.?\\s*(?<numbers>${NUMBERS})\\s*(?:[:†|][^\\]】］\\n]{0,60})?[\\]】］](?:\\([^)\\s]*\\))?|(?:\\((?<bare>${NUMBERS})\\)(?=\\s*[.!?]|\\s*$)|(?<=[.!?\\]】］)]\\s*)\\((?<beside>${NUMBERS})\\))`,
  'giu',
)
const RAISED = /<sup>\s*[[【［]?(\d{1,3})[\]】］]?\s*<\/sup>/giu
/** A marker behind the full stop belongs to the sentence before it. */
const BEHIND_STOP = new RegExp(`([.!?…:;。！？]+["'”’)*_]*)((?:[\\s[\\]]*${MARKS.source})+)`, 'gu')

/** What nobody can see, and private characters: they could pass for marks. */
const INVISIBLE = /[\p{Cf}\p{Co}]|(?!\n|\t)\p{Cc}/gu

export function withoutInvisible(text: string): string {
  return text.replace(INVISIBLE, '')
}

/** Each marker as one character, before the full stop. */
export function markSources(text: string): string {
  return text
    .replace(RAISED, '[$1]')
    .replace(MARKER, (_, ...rest) => {
      const { numbers, bare, beside } = rest.at(-1) as Record<string, string | undefined>
      return readNumbers(numbers ?? bare ?? beside ?? '')
        .map((number) => String.fromCodePoint(MARK + Math.min(number, HIGHEST)))
        .join('')
    })
    .replace(BEHIND_STOP, (_, stop: string, marks: string) => `${marks.replace(/[\s[\]]/g, '')}${stop} `)
}

/** The numbers that a marked text cites, each once. */
export function markersIn(marked: string): number[] {
  return [...new Set([...marked.matchAll(MARKS)].map(([mark]) => (mark.codePointAt(0) as number) - MARK))]
}

export function withoutMarks(marked: string): string {
  return marked.replace(MARKS, '')
}

function readNumbers(written: string): number[] {
  const numbers: number[] = []
  for (const [, from, , to] of written.matchAll(/(\d{1,3})(\s*[-–]\s*\^?(\d{1,3}))?/g)) {
    const [first, last] = [Number(from), Number(to ?? from)]
    // A range that runs backwards or names dozens is no list of sources.
    for (let number = first; number <= Math.min(Math.max(first, last), first + 9); number++) numbers.push(number)
  }
  return numbers
}
