/** Nothing a chat model writes is shown unless the passages it cites say so. */
import { findLevels } from '../questions/levels.ts'
import { wordsOf } from '../retrieval/terms.ts'
import { probabilityOf } from '../shared/logistic.ts'
import { figuresIn, type NameContext, namesIn, standsIn } from './figures-and-names.ts'
import { contentStems, type GivenPassage } from './given-passages.ts'
import type { MarkedSentence } from './marked-sentences.ts'
import { isReversed } from './reversal.ts'
import { measureSupport, SUPPORT, type SupportParts, shareOf } from './support.ts'

/** A passage that a sentence stands on, and the sentence of it that says so, letter for letter. */
export interface Source {
  given: GivenPassage
  quote: string
}

/** What needs no weighing: a figure, a name or a level that the passages don't have, or a "not" too many or too few. */
export type Fault = 'figure' | 'name' | 'level' | 'reversed'

export type Verdict =
  | { kind: 'kept'; sources: readonly Source[]; markersRemoved: number }
  | { kind: 'dropped'; why: Fault | 'unsupported' | 'uncited' | 'empty'; markersRemoved: number }

export interface CheckParts extends SupportParts {
  isKnownName: NameContext['isKnownName']
}

const MAX_SOURCES = 3
const MIN_CONTENT = 2

/**
 * Markers that name no given passage, or one that doesn't say it, are taken off. A sentence without any marker is kept
 * only if one of the passages says it, and then gets its number; one that cites the wrong passage is dropped.
 */
export async function checkSentence({ text, markers }: MarkedSentence, given: readonly GivenPassage[], parts: CheckParts): Promise<Verdict> {
  const dropped = (why: (Verdict & { kind: 'dropped' })['why']): Verdict => ({ kind: 'dropped', why, markersRemoved: markers.length })
  // "Sure!", "Here you go:": nothing that a passage could say.
  if (contentStems(text, parts.vocabulary).size < MIN_CONTENT) return dropped('empty')
  const named = markers.flatMap((number) => given.find((each) => each.number === number) ?? [])
  const judged = await Promise.all((named.length > 0 ? named : given).map(async (each) => ({ given: [each], ...(await judge(text, [each], parts)) })))
  const best = judged.toSorted((a, b) => b.support - a.support)
  const keep = async (sources: readonly GivenPassage[]): Promise<Verdict> => ({
    kind: 'kept',
    sources: await Promise.all(sources.map(async (source): Promise<Source> => ({ given: source, quote: await quoteFor(text, source, parts) }))),
    markersRemoved: markers.length - (named.length > 0 ? sources.length : 0),
  })

  const alone = best.filter(({ fault }) => fault === undefined).flatMap((each) => each.given)
  if (alone.length > 0) return keep(alone.slice(0, named.length > 0 ? MAX_SOURCES : 1))
  if (named.length === 0) return dropped('uncited')
  // "Unlike level 1, level 2 …" stands on both.
  const both = best.slice(0, 2).flatMap((each) => each.given)
  if (both.length === 2 && (await judge(text, both, parts)).fault === undefined) return keep(both)
  return dropped(best[0]?.fault ?? 'unsupported')
}

async function judge(text: string, given: readonly GivenPassage[], parts: CheckParts): Promise<{ support: number; fault?: Fault | 'unsupported' }> {
  if (isQuote(text, given)) return { support: 1 }
  const fault = findFault(text, given, parts)
  if (fault !== undefined) return { support: 0, fault }
  const support = probabilityOf(await measureSupport(text, given, parts), SUPPORT)
  return support >= SUPPORT.threshold ? { support } : { support, fault: 'unsupported' }
}

/** A whole sentence word for word, but for case and marks: half of one can say something else. */
function isQuote(text: string, given: readonly GivenPassage[]): boolean {
  const plain = (some: string) => wordsOf(some).join(' ')
  return given.some((each) => each.sentences.some((sentence) => plain(sentence.text) === plain(text)))
}

export function findFault(text: string, given: readonly GivenPassage[], parts: Pick<CheckParts, 'vocabulary' | 'lexical' | 'isKnownName'>): Fault | undefined {
  const stems = new Set(given.flatMap((each) => [...each.stems]))
  const figures = new Set(given.flatMap((each) => figuresIn(each.text)))
  const context: NameContext = {
    vocabulary: parts.vocabulary,
    isEverydayWord: (stem) => parts.lexical.has(stem),
    isKnownName: parts.isKnownName,
  }
  if (figuresIn(text).some((figure) => !figures.has(figure))) return 'figure'
  if (namesIn(text, context).some((name) => !standsIn(name, stems, parts.vocabulary))) return 'name'
  if (!levelsFit(text, given)) return 'level'
  const said = given.flatMap((each) => each.sentences.map((sentence) => sentence.text))
  return isReversed(text, said) ? 'reversed' : undefined
}

/** "At level 3" is said of a passage of level 3, or of one that itself speaks of level 3. */
function levelsFit(text: string, given: readonly GivenPassage[]): boolean {
  return findLevels(text, false).every(({ number, word }) =>
    given.some(
      ({ passage, text: own }) =>
        passage.level === number || findLevels(own, false).some((mention) => mention.number === number && (mention.word ?? word) === (word ?? mention.word)),
    ),
  )
}

/** The sentence of the passage that says it most nearly. */
async function quoteFor(text: string, { sentences }: GivenPassage, { lexical, vocabulary, similarities }: CheckParts): Promise<string> {
  const share = shareOf([...contentStems(text, vocabulary)], lexical)
  const close = await similarities(
    text,
    sentences.map((sentence) => sentence.text),
  )
  const scored = sentences.map((sentence, i) => ({ text: sentence.text, score: share(sentence.stems) + (close[i] ?? 0) }))
  return scored.toSorted((a, b) => b.score - a.score)[0]?.text ?? ''
}
