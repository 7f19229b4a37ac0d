/** The models, dimensions and sections that a question names, by title, alias or a good part of one. */
import type { Corpus, Model, Section } from '../corpus/passage.ts'
import { stemOf, stemsOf, wordsOf } from '../retrieval/terms.ts'
import type { Vocabulary } from '../retrieval/vocabulary.ts'

export interface SectionMention {
  model: string
  section: string
  /** 0 to 1: 1 when the whole name stands in the question. */
  strength: number
}

export interface Places {
  /** In the order in which they are named. */
  models: string[]
  /** Dimensions, in lower case, with how surely the word means the dimension: "process" is also an everyday word. */
  dimensions: Map<string, number>
  sections: SectionMention[]
}

interface Name {
  stems: readonly string[]
  strength: number
  /** Too common to count unless the question names the model. */
  needsModel: boolean
}

interface SectionNames {
  model: string
  section: Section
  names: readonly Name[]
}

export interface PlaceFinder {
  /** @param within models that the conversation is about, where the text names none */
  find(text: string, within?: readonly string[]): Places
  /** Stems that only name a model: they say where to look, not what for. */
  isModelName(stem: string): boolean
  /** The text without names of models that are more than a word: "cloud native maturity model" says where to look as well. */
  withoutModelNames(text: string): string
  /** The text with "&" in the names of sections that hold an "and": there, no question is to be taken apart. */
  joinNames(text: string): string
}

/** Words of section titles that say nothing alone. */
const WEAK = new Set(
  stemsOf([
    'and',
    'or',
    'the',
    'of',
    'if',
    'is',
    'does',
    'how',
    'not',
    'when',
    'where',
    'model',
    'kubernetes',
    'cloud',
    'native',
    'introduction',
    'conclusion',
    'stages',
    'phases',
    'for',
    'on',
    'to',
    'in',
  ]),
)

/** A part of a title such as "Security" of "Security and policy". */
const PART_STRENGTH = 0.6
/** A part or a section id counts only if few passages use its words: "teams" and "journey" are everywhere. */
const RARE_SHARE = 0.12
const MAX_PART_WORDS = 2
/** The dimension right before the section ("people security") leaves no doubt. */
const WITH_DIMENSION_STRENGTH = 1.3
/** All words of a name, but not side by side. */
const SCATTERED_STRENGTH = 0.6
/** From this share of its words on, a name counts in part: "release and ops" for "Application release and operations". */
const MIN_COVERAGE = 0.6
/** "Security" inside "security and policy" is hardly meant for the sections that are called security alone. */
const INSIDE_LONGER = 0.5

export function createPlaceFinder(corpus: Corpus, vocabulary: Vocabulary): PlaceFinder {
  const isRare = rareWords(corpus)
  /** Abbreviations are written out in names as they are in questions. */
  const content = (name: string) => stemsOf(vocabulary.expand(wordsOf(name.replace(/\(.*?\)/g, '')))).filter((stem) => !WEAK.has(stem))
  const models = corpus.models.map((model) => ({ id: model.id, names: namesOfModel(model) }))
  const dimensions = [...new Set(corpus.models.flatMap((model) => model.sections.flatMap((section) => section.dimension ?? [])))].map((name) => ({
    name: name.toLowerCase(),
    stem: stemOf(name.toLowerCase()),
  }))
  const sections = corpus.models.flatMap((model) =>
    model.sections.map((section): SectionNames => ({ model: model.id, section, names: namesOfSection(section, isRare, content) })),
  )

  const nameStems = new Set(models.flatMap(({ names }) => names.filter((name) => name.length === 1).flat()))
  const longNames = corpus.models
    .flatMap(({ title, aliases }) => [title, ...aliases])
    .filter((name) => wordsOf(name).length > 1)
    .map((name) => new RegExp(`\\b${RegExp.escape(name)}\\b`, 'gi'))
  const titles = corpus.models.flatMap((model) => model.sections.flatMap((section) => [section.title, ...section.aliases]))
  const joined = [...new Set(titles.filter((title) => / and /i.test(title)))].map((title) => new RegExp(`\\b${RegExp.escape(title)}\\b`, 'gi'))
  return {
    isModelName: (stem) => nameStems.has(stem),
    withoutModelNames: (text) => longNames.reduce((whole, name) => whole.replace(name, ' '), text),
    joinNames: (text) => joined.reduce((whole, title) => whole.replace(title, (name) => name.replaceAll(/ and /gi, ' & ')), text),
    find(text, within = []) {
      const typed = stemsOf(wordsOf(text))
      const spelledOut = vocabulary.expand(wordsOf(text))
      const stems = stemsOf(spelledOut)
      const called = models
        .map(({ id, names }) => ({ id, position: Math.min(...names.map((name) => positionOf(name, typed)).filter((position) => position >= 0)) }))
        .filter(({ position }) => Number.isFinite(position))
        .sort((a, b) => a.position - b.position)
        .map(({ id }) => id)
      const namedModels = called.length > 0 ? called : corpus.models.filter((model) => text.includes(model.title)).map((model) => model.id)
      const named = new Map(
        dimensions.flatMap(({ name, stem }) =>
          stems.includes(stem) ? [[name, Math.max(dimensionStrength(name, text), dimensionStrength(name, spelledOut.join(' ')))]] : [],
        ),
      )
      // A word that surely names a dimension names no section besides: "tech" is not the prologue's "technologies".
      const takenStems = new Set(dimensions.filter(({ name }) => named.get(name) === 1).map(({ stem }) => stem))
      const strong = stems.filter((stem) => !WEAK.has(stem))
      const mentions = sections.flatMap(({ model, section, names }) => {
        const usable = names.filter(
          ({ needsModel, stems: name }) =>
            (!needsModel || (namedModels.length > 0 ? namedModels : within).includes(model)) && !name.every((stem) => takenStems.has(stem)),
        )
        const best = usable.map((name) => matchOf(name, strong)).reduce((a, b) => (b.strength > a.strength ? b : a), NO_MATCH)
        return best.strength === 0 ? [] : [{ model, section: section.id, match: best }]
      })
      return {
        models: namedModels,
        dimensions: named,
        sections: mentions.map(({ match, ...mention }) => ({
          ...mention,
          strength: mentions.some((other) => liesInside(match, other.match)) ? match.strength * INSIDE_LONGER : match.strength,
        })),
      }
    },
  }
}

function namesOfModel(model: Model): string[][] {
  // A title of everyday words ("Kubernetes Maturity Model") counts only as it is written.
  return [model.id, ...model.aliases].map((name) => stemsOf(wordsOf(name)))
}

function namesOfSection(section: Section, isRare: (stem: string) => boolean, content: (name: string) => string[]): Name[] {
  const whole = [section.title, ...section.aliases].map((name) => ({ stems: content(name), strength: 1, needsModel: false }))
  const slug = section.id.split('/').at(-1)?.replaceAll('-', ' ') ?? ''
  const parts = section.title.split(/\s+and\s+|,\s+|\s*\/\s*|\s+or\s+/i).map(content)
  const partial = [content(slug), ...(parts.every((part) => part.length <= MAX_PART_WORDS) ? parts : [])].map((stems) => ({
    stems,
    strength: PART_STRENGTH,
    needsModel: stems.length === 1 && !stems.every(isRare),
  }))
  const dimension = section.dimension
  const qualified =
    dimension === undefined
      ? []
      : [section.title, ...section.aliases].map((name) => ({
          stems: [...content(dimension), ...content(name)],
          strength: WITH_DIMENSION_STRENGTH,
          needsModel: false,
        }))
  return [...qualified, ...whole, ...partial].filter((name) => name.stems.length > 0)
}

/** Tells whether few passages use a stem. */
function rareWords(corpus: Corpus): (stem: string) => boolean {
  const frequency = new Map<string, number>()
  for (const { text } of corpus.passages) for (const stem of new Set(stemsOf(wordsOf(text)))) frequency.set(stem, (frequency.get(stem) ?? 0) + 1)
  return (stem) => (frequency.get(stem) ?? 0) <= corpus.passages.length * RARE_SHARE
}

/** Of a name in a text, both without their weak words; `to` is 0 where the name's words don't stand side by side. */
interface Match {
  strength: number
  from: number
  to: number
}
const NO_MATCH: Match = { strength: 0, from: 0, to: 0 }

function matchOf({ stems: name, strength }: Name, stems: readonly string[]): Match {
  const from = positionOf(name, stems)
  if (from >= 0) return { strength, from, to: from + name.length }
  if (strength !== 1 || name.length < 2) return NO_MATCH
  const coverage = name.filter((stem) => stems.includes(stem)).length / name.length
  return coverage < MIN_COVERAGE ? NO_MATCH : { strength: coverage * SCATTERED_STRENGTH, from: 0, to: 0 }
}

function liesInside(match: Match, longer: Match): boolean {
  return match.to > 0 && longer.to - longer.from > match.to - match.from && longer.from <= match.from && match.to <= longer.to
}

/** Certain when written as a name ("People", "process dimension", "tech/AI"), half so as a plain word. */
function dimensionStrength(name: string, text: string): number {
  const escaped = RegExp.escape(name)
  const capital = escaped.replace(/^\\x[0-9a-f]{2}|^./i, () => RegExp.escape((name[0] ?? '').toUpperCase()))
  const marked = new RegExp(
    `\\b${escaped}\\s*(?:dimension|section|part|pillar|axis|side|overall|overview|level|lvl|stage|/|›|>|:)|\\b(?:cncf|dimension|pillar)(?:'s)?\\s+(?:the\\s+)?${escaped}\\b|/\\s*${escaped}\\b`,
    'i',
  )
  if (marked.test(text)) return 1
  return new RegExp(`[a-z,;]\\s+(?:${capital})\\b`).test(text) ? 1 : 0.5
}

function positionOf(phrase: readonly string[], stems: readonly string[]): number {
  return stems.findIndex((_, start) => phrase.every((stem, i) => stems[start + i] === stem))
}
