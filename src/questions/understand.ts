/** Reads a question, with the turns before it, for what search can use: terms, places in the models, levels, intent. */
import type { Corpus } from '../corpus/passage.ts'
import type { WeightedTerm } from '../retrieval/lexical-index.ts'
import { stemOf, wordsOf } from '../retrieval/terms.ts'
import type { Vocabulary } from '../retrieval/vocabulary.ts'
import { type Intent, readIntent } from './intent.ts'
import { findLevels, findNamedLevels, findRelativeLevel, findStepsUp, type LevelMention } from './levels.ts'
import { createPlaceFinder, type PlaceFinder, type Places, type SectionMention } from './places.ts'
import { findSides, type Side } from './sides.ts'
import { createSpeller } from './spelling.ts'

export interface Understanding {
  question: string
  /** Question and, for a follow-up, what it leans on: the text to embed. */
  searchText: string
  terms: readonly WeightedTerm[]
  /** The stems of the question's own content words. */
  ownStems: readonly string[]
  places: Places
  /** The levels that the question names, and those a follow-up takes over. */
  levels: readonly LevelMention[]
  /** The levels that an answer should be about; for "what next" the one above. */
  targetLevels: readonly number[]
  /** The levels that are named only to say where one stands. */
  standingLevels: readonly number[]
  intent: Intent
  /** What is compared, each by itself; empty unless there are two or three. */
  sides: readonly Side[]
  /** Whether it leans on earlier turns. */
  followUp: boolean
  /** Whether it asks the same of another model ("and KMM?"): what the others say was told before. */
  onlyNamedModels: boolean
}

/** A related word counts less than the word that was typed. */
const RELATED_WEIGHT = 0.5
/** Words of the last turns help a follow-up, but its own words come first. */
const HISTORY_WEIGHT = 0.3
const HISTORY_TURNS = 4
/** What the conversation was about, against what the question names itself. */
const INHERITED_STRENGTH = 0.7

/** The name of a dimension says where to look, and little about what for. */
const DIMENSION_NAME_WEIGHT = 0.2

/** "The row below" points at one section, whatever the other words are. */
const POINTED_AT_STRENGTH = 4

/** From this strength on, a section counts as named. */
const CLEAR_SECTION = 0.6

/** "And the security one?" is one of what was talked about. */
const THE_ONE = /\bthe \w+ ones?\b/i

const NEXT_ROW = /\b(?:row|section|area|line|topic|dimension)\s+(?:below|underneath|after|following)|\bnext\s+(?:row|section|area|topic)\b/i
const PREVIOUS_ROW = /\b(?:row|section|area|line|topic)\s+(?:above|before)|\bprevious\s+(?:row|section|area|topic)\b/i
const BELOW = /\b(?:level|stage|phase|one|step|rung|what(?:'s|’s| is))\s+(?:below|before|lower|under)|\bprevious\s+(?:level|stage|phase)\b/i

export interface QuestionReader {
  read(question: string, history?: readonly string[]): Understanding
}

export function createQuestionReader(corpus: Corpus, vocabulary: Vocabulary): QuestionReader {
  const finder = createPlaceFinder(corpus, vocabulary)
  const speller = createSpeller(corpus, vocabulary)

  return {
    read(typed, history = []) {
      const question = speller(typed)
      const intent = readIntent(question)
      const earlier = history.slice(-HISTORY_TURNS * 2).map((turn) => readTurn(turn, finder, corpus))
      const talkedAbout = earlier.findLast((turn) => turn.places.models.length > 0)?.places.models
      const own = readTurn(question, finder, corpus, talkedAbout)
      const content = contentWords(question, vocabulary).map(stemOf)
      const namesOnlyModel = own.places.models.length > 0 && own.levels.length === 0 && content.every((stem) => finder.isModelName(stem))
      const followUp = earlier.length > 0 && (namesOnlyModel || !standsAlone(own, earlier))
      const places = followUp ? shiftRow(question, inherit(own.places, earlier, corpus), corpus) : own.places
      const levels = own.levels.length > 0 || !followUp ? own.levels : (earlier.findLast((turn) => turn.levels.length > 0)?.levels.slice(-1) ?? [])
      const pointsElsewhere = NEXT_ROW.test(question) || PREVIOUS_ROW.test(question)
      // Who names another section leaves the words of the last one behind; its model and level may stay.
      const movesOn = own.places.sections.some(({ strength }) => strength >= CLEAR_SECTION) && !THE_ONE.test(question)
      const recent = followUp && !pointsElsewhere && !movesOn ? history.slice(-HISTORY_TURNS) : []
      const targetLevels = targetsOf(question, own, levels, intent, places, corpus)
      const dimensionNames = new Set(
        [...places.dimensions].flatMap(([name, strength]) => (strength === 1 ? [stemOf(name), ...vocabulary.related([name])] : [])),
      )
      const termsIn = (text: string, turns: readonly string[] = []) =>
        termsOf(finder.withoutModelNames(text), turns, vocabulary, namesOnlyModel ? 1 : HISTORY_WEIGHT)
          .filter(({ stem }) => !finder.isModelName(stem))
          .map(({ stem, weight }) => ({ stem, weight: dimensionNames.has(stem) ? weight * DIMENSION_NAME_WEIGHT : weight }))
      const terms = termsIn(question, recent)
      const readPiece = (text: string) => {
        const turn = readTurn(text, finder, corpus)
        const edge = turn.places.models.flatMap((id) => corpus.model(id) ?? []).flatMap((model) => findRelativeLevel(text, model) ?? [])
        return { places: turn.places, levels: edge.length > 0 ? edge : turn.levels.map(({ number }) => number), terms: termsIn(text) }
      }
      const sides =
        followUp || (intent.nextStep && !intent.comparison)
          ? []
          : findSides(finder.joinNames(question), { places, terms, levels: targetLevels }, targetLevels, intent.comparison, readPiece)
      return {
        question: typed,
        searchText: followUp && !movesOn && !pointsElsewhere ? [...history.slice(-2), question].join(' ') : question,
        terms,
        ownStems: content,
        places,
        levels,
        targetLevels,
        standingLevels: levels.map((level) => level.number).filter((number) => !targetLevels.includes(number)),
        intent,
        sides: sides.length > 1 ? sides : [],
        followUp,
        onlyNamedModels: followUp && namesOnlyModel,
      }
    },
  }
}

interface Turn {
  places: Places
  levels: LevelMention[]
}

function readTurn(text: string, finder: PlaceFinder, corpus: Corpus, within?: readonly string[]): Turn {
  const places = finder.find(text, within)
  const namesPlace =
    places.models.length > 0 || places.sections.some((section) => section.strength >= 1) || [...places.dimensions.values()].some((strength) => strength === 1)
  const levels = findLevels(text, namesPlace)
  const add = (number: number) => {
    if (!levels.some((each) => each.number === number)) levels.push({ number, index: text.length })
  }
  const models = corpus.models.filter((model) => places.models.length === 0 || places.models.includes(model.id))
  for (const model of models) {
    if (levels.length === 0) for (const number of findNamedLevels(text, model, corpus)) add(number)
  }
  return { places, levels }
}

/** A question that names its model and its section, or a model not talked about yet, needs nothing from before. */
function standsAlone({ places }: Turn, earlier: readonly Turn[]): boolean {
  const talkedAbout = new Set(earlier.flatMap((turn) => turn.places.models))
  if (places.models.some((model) => !talkedAbout.has(model)) && talkedAbout.size > 0) return true
  return places.models.length > 0 && places.sections.some((section) => section.strength >= 1 && places.models.includes(section.model))
}

function inherit(own: Places, earlier: readonly Turn[], corpus: Corpus): Places {
  const models = own.models.length > 0 ? own.models : (earlier.findLast((turn) => turn.places.models.length > 0)?.places.models ?? [])
  const strong = (places: Places) => places.sections.filter((section) => section.strength >= CLEAR_SECTION)
  const isAbout = ({ model }: SectionMention) => models.length === 0 || models.includes(model)
  const namedBefore = earlier.findLast((turn) => strong(turn.places).some(isAbout))?.places
  const sections =
    strong(own).length > 0
      ? own.sections
      : [
          ...own.sections,
          ...(namedBefore?.sections ?? [])
            .flatMap((section) => inDimension(section, own.dimensions, corpus))
            .map((section) => ({ ...section, strength: section.strength * INHERITED_STRENGTH })),
        ]
  const dimensions =
    own.dimensions.size > 0 ? own.dimensions : (earlier.findLast((turn) => turn.places.dimensions.size > 0)?.places.dimensions ?? own.dimensions)
  return { models, sections, dimensions }
}

/** "And the process one?": the section of the same name in the dimension that is named now. */
function inDimension(mention: SectionMention, dimensions: Places['dimensions'], corpus: Corpus): SectionMention[] {
  const sections = corpus.model(mention.model)?.sections ?? []
  const named = sections.filter(({ dimension }) => dimension !== undefined && dimensions.has(dimension.toLowerCase()))
  if (named.length === 0 || named.some(({ id }) => id === mention.section)) return [mention]
  const name = mention.section.split('/').at(-1)
  return named.filter(({ id }) => id.split('/').at(-1) === name).map(({ id }) => ({ ...mention, section: id }))
}

/** "And the row below?": the neighbouring section of the one that was talked about. */
function shiftRow(question: string, places: Places, corpus: Corpus): Places {
  const step = NEXT_ROW.test(question) ? 1 : PREVIOUS_ROW.test(question) ? -1 : 0
  if (step === 0) return places
  const sections = places.sections.flatMap(({ model, section, strength }): SectionMention[] => {
    if (places.models.length > 0 && !places.models.includes(model)) return []
    const all = corpus.model(model)?.sections ?? []
    const neighbour = all[all.findIndex((each) => each.id === section) + step]
    return neighbour === undefined ? [] : [{ model, section: neighbour.id, strength: POINTED_AT_STRENGTH * strength }]
  })
  return { ...places, sections }
}

function targetsOf(question: string, own: Turn, levels: readonly LevelMention[], intent: Intent, places: Places, corpus: Corpus): number[] {
  const models = corpus.models.filter((model) => places.models.length === 0 || places.models.includes(model.id))
  const edges = places.models.length > 0 ? models.flatMap((model) => findRelativeLevel(question, model) ?? []) : []
  if (edges.length > 0) return edges
  const numbers = levels.map((level) => level.number)
  if (numbers.length === 0) return []
  const highest = Math.max(...numbers)
  const top = Math.max(...models.map((model) => model.levels.length))
  const stepsUp = findStepsUp(question)
  if (stepsUp !== undefined) return [Math.min(highest + stepsUp, top)]
  if (BELOW.test(question)) return [Math.max(1, Math.min(...numbers) - 1)]
  if (!intent.nextStep || (intent.comparison && numbers.length > 1)) return numbers
  // "From 2 to 3" names where to go; "get there" means the level that was talked about.
  if (own.levels.length > 1) return [highest]
  if (own.levels.length === 0 && /\bthere\b/i.test(question)) return [highest]
  if (
    /\b(?:to|reach|for|into|achieve|hit|does|do|would|will)\s+(?:cncf\s+|kmm\s+)?(?:level|lvl|stage|phase|l)?\s*(?:\d|one|two|three|four|five|six|seven)\b/i.test(
      question,
    ) &&
    !/\b(?:level|stage|phase)\s+(?:after|above)\b/i.test(question)
  )
    return [highest]
  return [Math.min(highest + 1, top)]
}

function termsOf(question: string, recent: readonly string[], vocabulary: Vocabulary, historyWeight: number): WeightedTerm[] {
  const terms = new Map<string, number>()
  const add = (stem: string, weight: number) => terms.set(stem, Math.max(weight, terms.get(stem) ?? 0))
  const addText = (text: string, weight: number) => {
    for (const word of contentWords(text, vocabulary)) add(stemOf(word), weight)
    for (const stem of vocabulary.related(wordsOf(text))) add(stem, weight * RELATED_WEIGHT)
  }
  addText(question, 1)
  for (const turn of recent) addText(turn, historyWeight)
  return [...terms].map(([stem, weight]) => ({ stem, weight }))
}

function contentWords(text: string, vocabulary: Vocabulary): string[] {
  return wordsOf(text).filter((word) => !vocabulary.isStopWord(word))
}
