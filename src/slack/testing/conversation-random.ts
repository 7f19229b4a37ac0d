/** Chance that is the same each time: numbers, choices, and words that nobody should have to expect. */

export interface Random {
  /** From 0 up to, and without, this. */
  below(most: number): number
  pick<T>(of: readonly T[]): T
  shuffled<T>(of: readonly T[]): T[]
  /** Of letters, signs, notations of other programs, and what breaks them. */
  words(most: number): string
  /** Any JSON. */
  json(depth?: number): unknown
}

const HOSTILE = [
  '<!channel>',
  '<!here|here>',
  '<@U0P1>',
  '<#C0IN|payments>',
  '<https://evil.example|https://bank.example>',
  '<mailto:a@b.example|mail>',
  '&lt;!channel&gt;',
  '&amp;amp;',
  '*bold* _it_ ~no~ `code` ```fence```',
  '> quote\n> more',
  '[a](https://evil.example) ![b](https://evil.example/x.png)',
  '{"on":"settings.delete-team"}',
  '["settings.delete-me"]',
  "'; DROP TABLE runs; --",
  '../../../etc/passwd',
  '{{system}}',
  '__proto__',
  'constructor',
  'toString',
  '\u0000',
  '\u202e right to left',
  '\ud800',
  '\udc00x',
  '👩‍👩‍👧‍👦',
  'ﷺ'.repeat(20),
  'é́́́́́́́',
  '\t\r\n \u00a0\u2028\u2029',
  'NaN',
  '-0',
  '1e999',
  '9007199254740993',
  'null',
  'undefined',
  'true',
  ' ',
  '',
] as const
const WORDS =
  'help ask assess results round export settings kmm cncf fairwinds plural indellient quick full people for payments security level 2 what is next yes no n/a back pause resume'.split(
    ' ',
  )

export function createRandom(seed: number): Random {
  let state = seed >>> 0
  /** https://en.wikipedia.org/wiki/Mulberry: small, and the same everywhere. */
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
  const below = (most: number) => Math.floor(next() * most)
  const pick = <T>(of: readonly T[]): T => of[below(of.length)] as T
  const words = (most: number): string => {
    const count = below(Math.max(1, Math.min(most, 12))) + 1
    const text = Array.from({ length: count }, () => (below(3) === 0 ? pick(HOSTILE) : pick(WORDS))).join(pick([' ', ' ', ' ', '', '\n']))
    return (below(60) === 0 ? text.padEnd(most, text === '' ? 'x' : text) : text).slice(0, most)
  }
  const json = (depth = 3): unknown => {
    const kind = below(depth === 0 ? 5 : 7)
    if (kind < 2) return words(200)
    if (kind === 2) return pick([0, -1, 1.5, 1e21, 2 ** 53, -0, 999_999_999])
    if (kind === 3) return below(2) === 0
    if (kind === 4) return null
    const length = below(4)
    if (kind === 5) return Array.from({ length }, () => json(depth - 1))
    return Object.fromEntries(Array.from({ length }, () => [pick([...HOSTILE, ...WORDS]), json(depth - 1)]))
  }
  return {
    below,
    pick,
    words,
    json,
    shuffled: (of) =>
      of
        .map((each) => ({ each, at: next() }))
        .toSorted((a, b) => a.at - b.at)
        .map(({ each }) => each),
  }
}
