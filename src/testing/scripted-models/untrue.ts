/** Models whose answers say what the passages don’t. */
import { answering, cited, extended, inTurn } from './answering.ts'

/** The right text with markers of other passages and of passages that aren't there. */
export const lyingAboutSources = answering((sentences, { passages }) => {
  const absent = [9, 12, 0, 99].filter((n) => passages.every((passage) => passage.n !== n))
  const another = (n: number) => passages.findLast((passage) => passage.n !== n)?.n ?? absent[0]
  const markers = [(n: number) => `[${another(n)}]`, () => `[${absent[0]}]`, () => absent.map((n) => `[${n}]`).join('')] as const
  return sentences.map(({ text, n }, index) => `${text} ${inTurn(markers, index)(n)}`).join(' ')
})

/** Figures that no passage has, in digits and in words. */
export const inventingNumbers = answering((sentences, { passages }) => {
  const given = passages.map(({ title, text }) => `${title} ${text}`).join(' ')
  const additions = ['in 37% of teams', 'within ninety days', 'for at least 12 clusters', 'and saves $40k a year', 'twice as fast', 'since 2016']
  const fresh = additions.filter((addition) => !given.includes(addition.match(/\d+%?|ninety|twice/)?.[0] ?? addition)) as [string, ...string[]]
  const raised = sentences.map(({ text }) =>
    text.replace(/\b(Level|Stage|Phase|level|stage|phase) (\d)\b/g, (_, word, level) => `${word} ${Number(level) + 4}`),
  )
  return raised.map((text, index) => cited({ text: extended(text, inTurn(fresh, index)), n: sentences[index]?.n ?? 1 })).join(' ')
})

/** Products and companies that no passage names. */
export const inventingNames = answering((sentences, { passages }) => {
  const given = passages.map(({ title, text }) => `${title} ${text}`).join(' ')
  const names = ['Crossplane', 'Spotify', 'HashiCorp Boundary', 'Gartner', 'Kubecost', 'Zalando', 'Sysdig'].filter((name) => !given.includes(name))
  const phrases = [(name: string) => `with ${name}`, (name: string) => `as ${name} does`, (name: string) => `according to ${name}`] as const
  return sentences.map((each, index) => cited({ ...each, text: extended(each.text, inTurn(phrases, index)(names[index] ?? 'Acme')) })).join(' ')
})

/** Fluent, agreeable, and in none of the passages. */
export const unsupported = answering((_, { passages }) =>
  [
    'Maturity is a journey rather than a destination, and every organization travels at its own pace.',
    'Strong collaboration between teams leads to faster delivery and happier customers.',
    'Investing early in a solid foundation pays off many times over.',
  ]
    .map((text, index) => cited({ text, n: passages[index % passages.length]?.n ?? 1 }))
    .join(' '),
)

/** Each sentence turned round, in the words of its passage. */
export const negating = answering((sentences) => sentences.map((each) => cited({ ...each, text: negated(each.text) })).join(' '))

const NEGATIONS: readonly [RegExp, string][] = [
  [/\b(is|are|was|were|can|will|has been|have been|should)\b(?! not\b)/, '$1 not'],
  [/\b(?:must|needs? to|has to|have to)\b/, 'no longer has to'],
]

function negated(text: string): string {
  const [pattern, replacement] = NEGATIONS.find(([word]) => word.test(text)) ?? []
  if (pattern !== undefined && replacement !== undefined) return text.replace(pattern, replacement)
  return /\bnot\b/.test(text) ? text.replace(/\b(?:does |do )?not /, '') : `It is no longer required that ${text.charAt(0).toLowerCase()}${text.slice(1)}`
}
