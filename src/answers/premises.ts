/** Checks what a question takes for granted against the models' shape: levels, dimensions, names of levels. */
import { type Corpus, levelHeading, type Model } from '../corpus/passage.ts'
import type { Understanding } from '../questions/understand.ts'
import { stemsOf, wordsOf } from '../retrieval/terms.ts'

const NUMBERS = ['zero', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten', 'eleven', 'twelve']
const LEVEL_WORDS = 'levels?|stages?|phases?'
const COUNT = new RegExp(
  `\\b(?:the|its|all|of|has|have|list|name|are|with|'s|s')\\s+(?:all\\s+)?(?<count>${NUMBERS.slice(2).join('|')}|\\d{1,2})\\s+(?:maturity\\s+)?(?<what>levels|stages|phases|dimensions|pillars)\\b`,
  'giu',
)
const PART_OF_THEM = /\b(?:first|last|top|lower|lowest|upper|next|other|remaining|these|those|between|only|just)\s+\S*$/i

/** One sentence that corrects the question, or nothing when it fits the models. */
export function findFalsePremise(understanding: Understanding, corpus: Corpus): string | undefined {
  const named = corpus.models.filter((model) => understanding.places.models.includes(model.id))
  return (
    wrongLevel(understanding, named, corpus) ??
    wrongCount(understanding.question, named) ??
    wrongDimension(understanding, named, corpus) ??
    wrongSection(understanding.question, named) ??
    wrongName(understanding.question, named, corpus)
  )
}

/** "The CNCF model has five levels; there is no level 6." */
function wrongLevel({ question, levels }: Understanding, named: readonly Model[], corpus: Corpus): string | undefined {
  const candidates = named.length > 0 ? named : corpus.models
  const highest = Math.max(...candidates.map((model) => model.levels.length))
  const impossible = levels.find(({ number, word }) => word !== undefined && word !== 'step' && (number > highest || number === 0) && question.length > 0)
  if (impossible === undefined) return undefined
  const shapes = candidates.map((model) => `the ${model.shortTitle} has ${countOf(model)}`)
  return sentence(`${joinWords(shapes)}; there is no ${impossible.word} ${impossible.number}.`)
}

function wrongCount(question: string, named: readonly Model[]): string | undefined {
  const model = named[0]
  if (model === undefined || named.length > 1) return undefined
  for (const match of question.matchAll(COUNT)) {
    const count = numberOf(match.groups?.count ?? '')
    const what = match.groups?.what?.toLowerCase() ?? ''
    if (PART_OF_THEM.test(question.slice(0, match.index + match[0].indexOf(match.groups?.count ?? '')))) continue
    if (/dimension|pillar/.test(what)) {
      const dimensions = dimensionsOf(model)
      if (dimensions.length === 0) return sentence(`the ${model.shortTitle} has no dimensions, only ${countOf(model)}.`)
    } else if (count > 1 && count !== model.levels.length) {
      return sentence(`the ${model.shortTitle} has ${countOf(model)}, not ${match.groups?.count}.`)
    }
  }
  return undefined
}

/** "Fairwinds' People dimension": only the CNCF model is divided that way. */
function wrongDimension({ question, places }: Understanding, named: readonly Model[], corpus: Corpus): string | undefined {
  const model = named[0]
  if (model === undefined || named.length > 1 || dimensionsOf(model).length > 0) return undefined
  const asked = [...places.dimensions.keys()].find((name) => new RegExp(`\\b${RegExp.escape(name)}\\s+(?:dimension|pillar)`, 'i').test(question))
  const owner = corpus.models.find((each) => asked !== undefined && dimensionsOf(each).some((name) => name.toLowerCase() === asked))
  if (asked === undefined || owner === undefined) return undefined
  return sentence(`the ${model.shortTitle} has no dimensions, only ${countOf(model)}; the ${asked} dimension belongs to the ${owner.shortTitle}.`)
}

const SECTION_WORDS = 'section|dimension|chapter|row|pillar|column'
/** Words that describe a section instead of naming it. */
const PLAIN =
  /^(?:the|a|an|this|that|each|every|which|what|first|last|next|other|same|whole|one|any|top|bottom|second|third|fourth|fifth|right|single|another|no|all)$/i

/** "KMM's Networking dimension": a section that the model does not have. */
function wrongSection(question: string, named: readonly Model[]): string | undefined {
  const model = named[0]
  if (model === undefined || named.length > 1) return undefined
  const before = new RegExp(`\\b(?<name>\\p{Lu}[\\p{L}/-]+(?:\\s+(?:(?:and|&|of)\\s+)?\\p{Lu}[\\p{L}/-]+)*)\\s+(?:${SECTION_WORDS})\\b`, 'u').exec(question)
  const after = new RegExp(
    `\\b(?:${SECTION_WORDS})\\s+(?:on|about|called|named)\\s+["“']?(?<name>\\p{Lu}[\\p{L}/-]+(?:\\s+(?:(?:and|&|of)\\s+)?\\p{Lu}[\\p{L}/-]+)*)`,
    'u',
  ).exec(question)
  const name = after?.groups?.name ?? before?.groups?.name
  if (name === undefined || PLAIN.test(name)) return undefined
  const known = [
    model.id,
    model.title,
    model.shortTitle,
    ...model.aliases,
    ...model.sections.flatMap((section) => [section.id, section.title, section.dimension ?? '', ...section.aliases]),
  ]
  const words = wordsOf(name).filter((word) => !PLAIN.test(word) && word !== 'and' && word !== 'of')
  if (words.length === 0 || words.some((word) => known.some((each) => sharesWord(each, word)))) return undefined
  const sections = [...new Set(model.sections.map((section) => section.dimension ?? section.title))]
  return sentence(`the ${model.shortTitle} has no ${name} section; its parts are ${joinWords(sections.slice(0, 12))}.`)
}

/** "Plural's stage 3, 'Service Mesh Everywhere'": a quoted name that is not that level's. */
function wrongName(question: string, named: readonly Model[], corpus: Corpus): string | undefined {
  const model = named[0]
  if (model === undefined || named.length > 1) return undefined
  const after = new RegExp(
    `\\b(?:${LEVEL_WORDS})\\s+(?<number>\\d|${NUMBERS.join('|')})\\s*(?:,|:|-|–|—|\\(|\\bis\\b)?\\s*(?:called\\s+|named\\s+)?["“«‘'](?<name>\\p{L}[^"”»’']{2,60})["”»’']`,
    'iu',
  ).exec(question)
  const before = new RegExp(`["“«‘'](?<name>\\p{L}[^"”»’']{2,60})["”»’']\\s*,?\\s*\\(?(?:${LEVEL_WORDS})\\s+(?<number>\\d|${NUMBERS.join('|')})\\b`, 'iu').exec(
    question,
  )
  const written = /\b(?:[Ll]evel|[Ss]tage|[Pp]hase) (?<number>\d): (?<name>\p{Lu}\p{L}+(?: (?:& |and )?\p{Lu}\p{L}+)*)/u.exec(question)
  const bare = swappedName(question, model)
  const found = written?.groups ?? after?.groups ?? before?.groups ?? bare
  if (found?.number === undefined || found.name === undefined) return undefined
  const number = numberOf(found.number)
  const names = namesOf(model, number, corpus)
  if (names.length === 0 || names.some((name) => isMeant(name, found.name as string))) return undefined
  const right =
    model.levels[number - 1]?.name === undefined
      ? `${model.levelWord} ${number} is called ${joinWords(names.map((name) => `“${name}”`))}, depending on the section`
      : `its ${levelHeading(model, number).replace(': ', ' is ')}`
  return sentence(`the ${model.shortTitle} has no ${model.levelWord.toLowerCase()} ${number} called “${plainName(found.name)}”; ${right}.`)
}

/** "Level 2 (Scale)" or "Scale, level 2", where the model gives that name to another level. */
function swappedName(question: string, model: Model): Record<string, string> | undefined {
  for (const { number, name } of model.levels) {
    if (name === undefined) continue
    const escaped = RegExp.escape(name)
    const match = new RegExp(
      `\\b(?:${LEVEL_WORDS})\\s+(?<a>\\d)\\s*(?:\\(|,\\s*|:\\s*|\\s)(?:called\\s+)?${escaped}\\b|\\b${escaped}\\s*\\(?,?\\s*(?:${LEVEL_WORDS})\\s+(?<b>\\d)\\b`,
      'u',
    ).exec(question)
    const said = match?.groups?.a ?? match?.groups?.b
    if (said !== undefined && Number(said) !== number) return { number: said, name }
  }
  return undefined
}

function namesOf(model: Model, number: number, corpus: Corpus): string[] {
  const shared = model.levels[number - 1]?.name
  if (shared !== undefined) return [shared]
  const own = corpus.passages.filter((passage) => passage.model === model.id && passage.level === number)
  return own.flatMap((passage) => /^[^:]+: (.+)$/.exec(passage.heading)?.[1] ?? [])
}

/** At least half of the words that were said are in the name. */
function isMeant(name: string, said: string): boolean {
  const stems = stemsOf(wordsOf(name))
  const spoken = stemsOf(wordsOf(said)).filter((stem) => stem.length > 2)
  return spoken.filter((stem) => stems.includes(stem)).length * 2 >= spoken.length
}

function sharesWord(one: string, other: string): boolean {
  const stems = new Set(stemsOf(wordsOf(one)))
  return stemsOf(wordsOf(other)).some((stem) => stems.has(stem) && stem.length > 2)
}

export function dimensionsOf(model: Model): string[] {
  return [...new Set(model.sections.flatMap((section) => section.dimension ?? []))]
}

/** "five levels (1 Build, 2 Operate, …)", or "five levels" where sections name them. */
export function countOf(model: Model): string {
  const count = `${NUMBERS[model.levels.length] ?? model.levels.length} ${model.levelWord.toLowerCase()}${model.levels.length === 1 ? '' : 's'}`
  const names = model.levels.flatMap(({ number, name }) => (name === undefined ? [] : [`${number} ${name}`]))
  return names.length === 0 ? count : `${count} (${names.join(', ')})`
}

function numberOf(word: string): number {
  return /^\d+$/.test(word) ? Number(word) : NUMBERS.indexOf(word.toLowerCase())
}

/** What somebody typed, as it may be said back: letters and digits, no markup, no mentions. */
export function plainName(typed: string): string {
  return typed
    .replace(/[^\p{L}\p{N} &/-]+/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim()
}

export function joinWords(words: readonly string[]): string {
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`
}

function sentence(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}
