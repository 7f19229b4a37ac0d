/** Whether passages say what a sentence says: a few measurements of words and meaning, weighed by a fitted logistic model. */
import type { Corpus } from '../corpus/passage.ts'
import type { LexicalIndex } from '../retrieval/lexical-index.ts'
import { stemsOf, wordsOf } from '../retrieval/terms.ts'
import type { Vocabulary } from '../retrieval/vocabulary.ts'
import type { LogisticModel } from '../shared/logistic.ts'
import { contentStems, type GivenPassage } from './given-passages.ts'
import type { Similarities } from './sentence-similarity.ts'
import fitted from './support.json' with { type: 'json' }

export const SUPPORT_FEATURES = ['lexicalShare', 'lexicalPerWord', 'similarity', 'siblingGap', 'negation', 'stronger', 'advice'] as const
export type SupportFeature = (typeof SUPPORT_FEATURES)[number]
export type SupportFeatures = Record<SupportFeature, number>

/** A sentence that shares more with its passage is never the worse for it: these alone may speak against. */
export const SPEAKS_AGAINST: readonly SupportFeature[] = ['negation', 'stronger', 'advice']

/** Fitted by `npm run eval:fit-support` on eval/claims.jsonl. */
export const SUPPORT: LogisticModel<SupportFeature> = fitted

export interface SupportParts {
  corpus: Corpus
  lexical: LexicalIndex
  vocabulary: Vocabulary
  similarities: Similarities
}

const RELATED_WEIGHT = 0.5
/** A word that the corpus doesn't have is at least as telling as its rarest. */
const UNKNOWN_RARITY = 5
const MIN_OWN = 3
const NEGATION = /\b(?:no|not|never|nobody|none|neither|nor|without|cannot|lacks?|lacking|missing|absent)\b|n['’]t\b/giu
const STRONGER =
  /\b(?:must|always|all|every|everyone|everything|never|only|entirely|completely|fully|guarantees?|ensures?|requires?|mandatory|immediately)\b/giu
const ADVICE = /\b(?:you|your|we|our|let me|let's|I)\b|\bshould (?:therefore|consider|also)\b|\bconsider\b|\bstart (?:with|by)\b/iu
/** "At level 2, the KMM expects …": where something stands is checked apart; here it is about what is said. */
const FRAME =
  /^(?:(?:at|in|by|for|on|under|from|with|within|according to|as of)\s[^,.]{0,70}?\b(?:level|stage|phase|model|kmm|cncf|fairwinds|indellient|plural|guide|ladder)\b[^,.]{0,50},\s+|the\s[^,.]{0,50}?\b(?:level|stage|phase|model|guide)\b[^,.]{0,30}?\s(?:says|expects|asks|wants|describes|holds|notes|sees|puts)\s(?:that\s|for\s)?)/iu

export async function measureSupport(framed: string, given: readonly GivenPassage[], parts: SupportParts): Promise<SupportFeatures> {
  const { corpus, lexical, vocabulary, similarities } = parts
  const sentence = framed.replace(FRAME, '')
  const stems = ownStems(sentence, given, vocabulary)
  const siblings = given
    .flatMap(({ passage }) => corpus.section(passage.model, passage.section))
    .filter((sibling) => sibling.level !== null && !given.some(({ passage }) => passage.id === sibling.id))
  const share = shareOf(stems, lexical)
  const ofSiblings = siblings.map((sibling) => share(contentStems(sibling.text, vocabulary)))

  const { byPassage } = lexical.score([
    ...stems.map((stem) => ({ stem, weight: 1 })),
    ...vocabulary.related(wordsOf(sentence)).map((stem) => ({ stem, weight: RELATED_WEIGHT })),
  ])
  const bm25 = Math.max(0, ...given.map(({ passage }) => byPassage.get(passage.id) ?? 0))

  const sentences = given.flatMap((each) => each.sentences.map(({ text }) => text))
  const close = await similarities(sentence, sentences)
  const closest = sentences[close.indexOf(Math.max(...close))] ?? ''
  const said = new Set(stemsOf(given.flatMap((each) => wordsOf(each.text))))
  const strong = [...sentence.matchAll(STRONGER)].filter(([word]) => stemsOf(wordsOf(word)).some((stem) => !said.has(stem)))

  return {
    // Who says it best, of all passages; and how well, for the words there are.
    lexicalShare: bm25 / Math.max(Number.EPSILON, ...byPassage.values()),
    lexicalPerWord: Math.log1p(bm25 / Math.max(1, stems.length)) / 3,
    similarity: Math.max(0, ...close),
    // Another level of the section that says it better.
    siblingGap: share(new Set(given.flatMap((each) => [...contentStems(each.text, vocabulary)]))) - Math.max(0, ...ofSiblings),
    negation: isNegated(sentence) === isNegated(closest) ? 0 : 1,
    stronger: Math.min(2, strong.length) / 2,
    advice: ADVICE.test(sentence) ? 1 : 0,
  }
}

/** Words that name the place say nothing about it, unless they are all there is. */
function ownStems(sentence: string, given: readonly GivenPassage[], vocabulary: Vocabulary): string[] {
  const titles = contentStems(given.map(({ passage }) => passage.title).join(' '), vocabulary)
  const all = [...contentStems(sentence, vocabulary)]
  const own = all.filter((stem) => !titles.has(stem))
  return own.length < MIN_OWN ? all : own
}

/** How much of the words' weight, rare ones counting more, a text has. */
export function shareOf(stems: readonly string[], lexical: LexicalIndex): (text: ReadonlySet<string>) => number {
  const mass = (some: readonly string[]) => some.reduce((sum, stem) => sum + (lexical.has(stem) ? lexical.rarity(stem) : UNKNOWN_RARITY), 0)
  const all = mass(stems)
  return (text) => (all === 0 ? 0 : mass(stems.filter((stem) => text.has(stem))) / all)
}

/** Two negations make none. */
function isNegated(sentence: string): boolean {
  return [...sentence.matchAll(NEGATION)].length % 2 === 1
}
