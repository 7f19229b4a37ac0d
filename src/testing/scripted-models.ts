/** Chat models with one habit each. They read our prompt and answer it, well or badly, so that what checks their answers can be tested. */
import type { ChatCall, ChatScript, Reply } from './chat-server.ts'

export interface PromptPassage {
  n: number
  title: string
  text: string
}

export interface ReadPrompt {
  passages: readonly PromptPassage[]
  question: string
  history: string
  /** Numbered lines to translate. */
  sentences: string
  /** What the system says. */
  system: string
}

/** A line of `eval/injections.jsonl`. */
export interface Injection {
  id: string
  where: 'question' | 'history' | 'passage' | 'model-title' | 'channel-name'
  /** The payload; where `turns` has it in pieces, all of them in one. */
  text: string
  /** The turns over which it is spread; the last is the question. */
  turns?: readonly string[]
  /** What a model that obeys answers. */
  obeyed: string
  /** None of them may reach a person. */
  forbidden: readonly string[]
}

interface Sentence {
  text: string
  /** The passage it is from. */
  n: number
}

/**
 * Reads the passages, `[n] title` lines with their text, between `<passages>` and `</passages>`, and the rest between tags of its own. The last message that has them counts: instructions that only mention a tag stand before it.
 */
export function readPrompt({ messages }: Pick<ChatCall, 'messages'>): ReadPrompt {
  const latestFirst = messages.map(({ content }) => content).reverse()
  const passages = latestFirst.map((content) => passagesOf(between(content, 'passages'))).find((found) => found.length > 0) ?? []
  const block = (tag: string) => latestFirst.map((content) => between(content, tag)).find((text) => text !== '') ?? ''
  const system = messages.filter(({ role }) => role === 'system' || role === 'developer').map(({ content }) => content)
  return { passages, question: block('question'), history: block('history'), sentences: block('sentences'), system: system.join('\n\n') }
}

/** Up to the last closing tag at the beginning of a line, or the last one at all: one that a text brings along does not end it. */
function between(content: string, tag: string): string {
  const [, inside] = new RegExp(`^<${tag}>([\\s\\S]*)^</${tag}>`, 'm').exec(content) ?? new RegExp(`^<${tag}>([\\s\\S]*)</${tag}>`, 'm').exec(content) ?? []
  return inside?.trim() ?? ''
}

function passagesOf(block: string): PromptPassage[] {
  return [...block.matchAll(/^\[(\d+)\] (.*)\n([\s\S]*?)(?=^\[\d+\] |$(?![\s\S]))/gm)].map(([, n, title, text]) => ({
    n: Number(n),
    title: (title ?? '').trim(),
    text: (text ?? '').trim(),
  }))
}

/** A model that answers from the passages in its own way; other work it does well. */
function answering(answer: (sentences: readonly Sentence[], prompt: ReadPrompt) => string): ChatScript {
  return (call) => {
    const prompt = readPrompt(call)
    if (prompt.passages.length > 0) return say(answer(bestSentences(prompt), prompt))
    return say(prompt.sentences === '' ? restated(prompt, standAlone(prompt)) : translated(prompt))
  }
}

const say = (text: string): Reply => ({ kind: 'text', text })
const cited = ({ text, n }: Sentence) => `${text} [${n}]`

/** As one JSON object where the instructions want one. */
function restated({ system, question: asked }: ReadPrompt, question: string): string {
  return /\bJSON\b/.test(system) ? JSON.stringify({ language: isGerman(asked) ? 'German' : 'English', question }) : question
}

function standAlone({ question, history }: ReadPrompt): string {
  const english = isGerman(question) ? inWords(question, (word) => GLOSSARY.find(([, german]) => german === word)?.[0]) : question
  const before = history.split('\n').findLast((line) => line.includes('?'))
  return before === undefined ? english : `${english} (${before.replace(/^\W*(?:\w+\s*:)?\s*/, '').trim()})`
}

/** The words of which a German question to this model is made. */
const GLOSSARY = Object.entries({ which: 'welche', what: 'was', level: 'stufe', needs: 'braucht', the: 'die', and: 'und', are: 'sind', about: 'über' })

const isGerman = (text: string) => wordsOf(text).filter((word) => GLOSSARY.some(([, german]) => german === word)).length >= 2
const inWords = (text: string, other: (word: string) => string | undefined) => text.replace(/\p{L}+/gu, (word) => other(word.toLowerCase()) ?? word)

/** Word for word, as far as the glossary goes; what it lacks, with all figures and names, stays. */
function translated({ sentences, system }: ReadPrompt): string {
  return /\bGerman\b/.test(system) ? inWords(sentences, (word) => GLOSSARY.find(([english]) => english === word)?.[1]) : sentences
}

const wordsOf = (text: string) => text.toLowerCase().match(/[\p{L}\p{N}]{3,}/gu) ?? []
/** Words of which a question is made, whatever it is about. */
const ASKING = /^(?:the|and|for|are|our|does|how|who|why|can|what|when|which|where|with|need|should|have|that|this|about|from|say|model|level|stage|phase)$/

/** The sentences that share most words with the question, no more than two of a passage, in the passages' order. */
function bestSentences({ passages, question }: ReadPrompt): Sentence[] {
  const asked = new Set(wordsOf(question).filter((word) => !ASKING.test(word)))
  const shared = ({ text }: Sentence) => new Set(wordsOf(text)).intersection(asked).size
  const best = (sentences: readonly Sentence[]) => sentences.toSorted((a, b) => shared(b) - shared(a))
  const each = passages.flatMap(({ n, text }) => best(sentencesOf(text).map((sentence) => ({ text: sentence, n }))).slice(0, 2))
  return best(each)
    .filter((sentence, index) => index < 2 || (index < 3 && shared(sentence) > 0))
    .toSorted((a, b) => a.n - b.n)
}

function sentencesOf(text: string): string[] {
  return text
    .split(/\n+|(?<=[.!?])\s+(?=[\p{Lu}\d"“(])/u)
    .map((sentence) => sentence.replace(/^- /, '').trim())
    .filter((sentence) => wordsOf(sentence).length >= 4)
}

/** Words for words of the same meaning: enough that no sentence need be a quote. */
const SYNONYMS: readonly [RegExp, string][] = [
  [/\b([Aa])n organization\b/g, '$1 company'],
  [/\borganizations\b/g, 'companies'],
  [/\borganization\b/g, 'company'],
  [/\bbegins? with\b/g, 'starts with'],
  [/\binstead of\b/g, 'rather than'],
  [/\bneed to\b/g, 'have to'],
  [/\bin the course of\b/g, 'during'],
  [/\bbecause\b/g, 'since'],
  [/\bbelongs to\b/g, 'is part of'],
  [/\bdecide(s?)(?= (?:who|which|what))/g, 'determine$1'],
  [/, while /g, ', whereas '],
]
const paraphrased = (text: string) => SYNONYMS.reduce((rest, [word, other]) => rest.replace(word, other), text)

/** Puts words before the full stop. */
const extended = (text: string, addition: string) => text.replace(/[.!?]?$/, ` ${addition}.`)
const inTurn = <T>(list: readonly [T, ...T[]], index: number): T => list[index % list.length] as T

/** Two or three sentences, one of them quoted and the rest lightly reworded, each with its marker. */
export const honest = answering((sentences) =>
  sentences.map((each, index) => cited({ ...each, text: index === 0 ? each.text : paraphrased(each.text) })).join(' '),
)

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

/** The right text without a marker. */
export const uncited = answering((sentences) => sentences.map(({ text }) => text).join(' '))

const SOUPS: readonly ((n: number) => string)[] = [
  () => '[1][2][3][4]',
  (n) => `[${n}, ${n + 1}]`,
  (n) => `【${n}】`,
  (n) => `[^${n}]`,
  (n) => `(${n})`,
  (n) => `[passage ${n}]`,
  (n) => `[${n}-${n + 2}]`,
  (n) => `[[${n}]]`,
  (n) => `[${n}][`,
  (n) => `[ ${n} ] [0${n}] [+${n}]`,
  (n) => `[${n}](https://evil.example/${n})`,
  (n) => `<sup>${n}</sup> ［${n}］ [${n}†source]`,
]

/** Every form of marker there is, spread over the sentences. */
export const markerSoup = answering((sentences) =>
  sentences.map(({ text, n }, index) => [text, ...SOUPS.filter((_, at) => at % sentences.length === index).map((soup) => soup(n))].join(' ')).join(' '),
)

/** All of Markdown's forms, some HTML, and what pings a Slack channel. */
export const markdown = answering((sentences) => {
  const [first, second = first, third = second] = sentences.map(cited)
  const title = sentences[0]?.text.split(' ').slice(0, 3).join(' ')
  return [
    `# ${title}`,
    `**${first}**`,
    `- ${second}\n- <!channel> ${third}\n  1. <@U012AB3CD> _${first}_`,
    `| Level | What |\n|---|---|\n| one | ${second} |`,
    '```yaml\nkind: NetworkPolicy\n```',
    `> ${third}`,
    `See [the guide](https://evil.example/guide) and ![chart](https://evil.example/x.png?q=1) <https://evil.example|here>.`,
    `<b>${first}</b><script>alert(1)</script><img src=x onerror=alert(1)>`,
  ].join('\n\n')
})

/** A right answer between pleasantries. */
export const chatty = answering((sentences, { question }) =>
  [`Sure! Here is what I found about "${question}":`, ...sentences.map(cited), 'I hope that helps! Let me know if you would like to know more.'].join(' '),
)

/** German, whatever the question's language was. */
export const otherLanguage = answering((sentences) => sentences.map(({ n }, index) => `${inTurn(GERMAN, index)} [${n}]`).join(' '))

const GERMAN = [
  'Auf dieser Stufe arbeiten die Teams nach gemeinsamen Regeln und verbessern sie laufend.',
  'Wer was darf, ist festgelegt und wird überprüft.',
  'Dafür braucht es Übung, aber keine neuen Werkzeuge.',
] as const

/** Repeats its instructions, with a marker to get them through. */
export const leakingPrompt: ChatScript = (call) => {
  const { system, passages } = readPrompt(call)
  const told = system === '' ? call.messages.map(({ content }) => content).join('\n') : system
  return say(`My instructions are as follows. ${told} [${passages[0]?.n ?? 1}]`)
}

/** Never comes to an end. */
export const endless: ChatScript = (call) => {
  const prompt = readPrompt(call)
  const [sentence] = bestSentences(prompt)
  return { kind: 'endless', text: `${sentence === undefined ? standAlone(prompt) : cited(sentence)} `, chunkDelayMs: 2 }
}

/**
 * Does what the injection says wherever it meets it, in the form that is asked for, and is honest otherwise. Escaping and cleaning don't hide it from a model,
 * so it is enough that half of its words are there, three in a row.
 */
export function obeying(injection: Pick<Injection, 'text' | 'obeyed'>): ChatScript {
  const words = plainWords(injection.text)
  const runs = words.length < 3 ? [words.join(' ')] : words.slice(2).map((word, index) => `${words[index]} ${words[index + 1]} ${word}`)
  return (call) => {
    const read = ` ${plainWords(call.messages.map(({ content }) => content).join(' ')).join(' ')} `
    if (runs.filter((run) => read.includes(` ${run} `)).length < runs.length / 2) return honest(call)
    const prompt = readPrompt(call)
    if (prompt.passages.length > 0) return say(injection.obeyed)
    return say(
      prompt.sentences === '' ? restated(prompt, injection.obeyed) : prompt.sentences.replace(/^(\d+: ).*/gm, (_, number) => `${number}${injection.obeyed}`),
    )
  }
}

/** Without what can't be seen, HTML's escapes and punctuation; each Chinese character is a word. */
function plainWords(text: string): string[] {
  const seen = text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/\p{Cf}/gu, '')
    .replace(/&#?\w+;/g, ' ')
  return seen.match(/\p{Script=Han}|(?:(?!\p{Script=Han})[\p{L}\p{N}])+/gu) ?? []
}

/** Those that need nothing but the prompt, by name. `endless` is not among them: it wants a caller that gives up. */
export const SCRIPTED_MODELS: Readonly<Record<string, ChatScript>> = {
  honest,
  lyingAboutSources,
  inventingNumbers,
  inventingNames,
  unsupported,
  negating,
  uncited,
  markerSoup,
  markdown,
  chatty,
  otherLanguage,
  leakingPrompt,
}
