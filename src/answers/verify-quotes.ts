/** The promise behind every citation, checked at run time: the quote stands in the passage, letter for letter. */
import type { Corpus } from '../corpus/passage.ts'
import type { Answer, AnswerPart, Citation } from './answer.ts'

export interface Verified {
  parts: AnswerPart[]
  citations: Citation[]
  /** How many sentences were taken out. */
  withdrawn: number
}

/** Takes out what its passage does not hold, and numbers the rest anew without gaps. */
export function verifyQuotes({ parts, citations }: Pick<Answer, 'parts' | 'citations'>, corpus: Corpus): Verified {
  const sound = citations.filter(({ passage, quote }) => quote !== '' && corpus.passage(passage)?.text.includes(quote) === true)
  const numbers = new Map(sound.map((citation, i) => [citation.n, i + 1]))
  let withdrawn = 0
  const kept = parts.map((part): AnswerPart => {
    const sentences = part.sentences.flatMap((sentence) => {
      if (sentence.citations.length === 0) return [sentence]
      const citations = sentence.citations.flatMap((n) => numbers.get(n) ?? [])
      if (citations.length > 0) return [{ ...sentence, citations }]
      withdrawn++
      return []
    })
    return { ...part, sentences }
  })
  return {
    parts: kept.filter((part) => part.sentences.length > 0),
    citations: sound.map((citation) => ({ ...citation, n: numbers.get(citation.n) as number })),
    withdrawn,
  }
}
