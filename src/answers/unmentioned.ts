/** "Which level requires Datadog?": a question about a name that no passage of the models in question has. */
import type { Corpus } from '../corpus/passage.ts'
import type { Understanding } from '../questions/understand.ts'
import type { LexicalIndex } from '../retrieval/lexical-index.ts'
import { stemsOf, wordsOf } from '../retrieval/terms.ts'
import type { Vocabulary } from '../retrieval/vocabulary.ts'
import { joinWords } from './premises.ts'

/** A name: a capital inside the sentence. At its start every word has one. */
const NAME = /(?<=[\p{Ll}\d,;:(/]['’]?s?\s|\()\p{Lu}[\p{L}\d]{3,}(?:\s\p{Lu}[\p{L}\d]{2,})*/gu

/** Who describes their own set-up may name any product: the question is not about it. */
const OWN_SETUP = /\b(?:we|we're|we've|our|ours|us|i|i'm|my|team|squads?|folks)\b/i
/** "Do we need X?" describes nothing. */
const ASKS_FOR_SELF = /\b(?:do|should|must|can|could|would|will|may) (?:i|we)\b/gi

/** One sentence that says so, or nothing. */
export function findUnmentioned(
  { question, places, followUp }: Understanding,
  corpus: Corpus,
  lexical: LexicalIndex,
  vocabulary: Vocabulary,
): string | undefined {
  if (followUp || OWN_SETUP.test(question.replace(ASKS_FOR_SELF, ''))) return undefined
  const models = places.models.flatMap((id) => corpus.model(id) ?? [])
  const passages = models.length === 0 ? corpus.passages : corpus.passages.filter((passage) => places.models.includes(passage.model))
  const names = [...question.matchAll(NAME)]
    .map(([name]) => name)
    .filter((name) => wordsOf(name).every((word) => !vocabulary.isStopWord(word) && vocabulary.related([word]).length === 0))
  const stemsOfText = (text: string) => new Set(stemsOf(wordsOf(text)))
  const unknown = names.find((name) => {
    // "NetworkPolicies" is mentioned where "network policies" are.
    const stems = stemsOf(wordsOf(name.replace(/(?<=\p{Ll})(?=\p{Lu})/gu, ' ')))
    if (stems.some((stem) => lexical.isInText(stem)))
      return (
        models.length > 0 &&
        stems.length === 1 &&
        !passages.some((passage) => stemsOfText(`${passage.title} ${passage.text}`).has(stems[0] as string)) &&
        isMeantAsName(name, corpus)
      )
    return true
  })
  if (unknown === undefined) return undefined
  const who =
    models.length === 0
      ? 'None of the models mentions'
      : `The ${joinWords(models.map((model) => model.shortTitle))} ${models.length === 1 ? 'does' : 'do'} not mention`
  return `${who} ${unknown}.`
}

/** Written with a capital wherever the corpus has it inside a sentence: a product, not a word. */
function isMeantAsName(name: string, corpus: Corpus): boolean {
  const inside = new RegExp(`(?<=[\\p{Ll},] )${RegExp.escape(name)}\\b`, 'iu')
  const uses = corpus.passages.flatMap((passage) => inside.exec(passage.text)?.[0] ?? [])
  return uses.length > 0 && uses.every((use) => use.charAt(0) === name.charAt(0))
}
