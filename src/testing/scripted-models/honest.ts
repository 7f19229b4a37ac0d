/** A model as one would wish it. */
import { answering, cited } from './answering.ts'

/** Two or three sentences, one of them quoted and the rest lightly reworded, each with its marker. */
export const honest = answering((sentences) =>
  sentences.map((each, index) => cited({ ...each, text: index === 0 ? each.text : paraphrased(each.text) })).join(' '),
)

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
