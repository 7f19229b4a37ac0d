/** Turns a plan into an answer: headings by model and level, sentences letter for letter, a number for each. */
import type { Corpus, Passage } from '../corpus/passage.ts'
import type { Understanding } from '../questions/understand.ts'
import type { LexicalIndex } from '../retrieval/lexical-index.ts'
import type { AnswerPart, Citation, Sentence } from './answer.ts'
import type { Plan } from './choose-passages.ts'
import { leadSentences, type PickLimits, pickSentences, shapeSentences } from './pick-sentences.ts'

/** Words of quotes in an answer: with headings it stays under about 180. */
const TOTAL_WORDS = 150
/** How many sentences the first and each further passage get, by how many passages there are. */
const SENTENCES = [[7], [4, 3], [4, 3, 2], [2, 2, 2, 2], [2, 2, 2, 2, 2]]

export interface Composed {
  parts: AnswerPart[]
  citations: Citation[]
}

export function compose(plan: Plan, understanding: Understanding, corpus: Corpus, lexical: LexicalIndex): Composed {
  const parts: AnswerPart[] = []
  const citations: Citation[] = []
  const share = shareWords(plan.passages.length)
  for (const [i, passage] of plan.passages.entries()) {
    const limits: PickLimits = { sentences: SENTENCES[plan.passages.length - 1]?.[i] ?? 2, words: share[i] as number }
    const whole = (plan.kind === 'level' || plan.kind === 'next') && i === 0
    const quotes =
      plan.kind === 'models' ? shapeSentences(passage, limits) : whole ? leadSentences(passage, limits) : pickSentences(passage, understanding, lexical, limits)
    const sentences = quotes.map((quote): Sentence => {
      const citation = cite(passage, quote, citations.length + 1)
      citations.push(citation)
      return { text: quote, citations: [citation.n] }
    })
    parts.push({ heading: headingOf(passage, corpus), sentences })
  }
  return { parts: [...leadIn(plan, understanding, corpus), ...parts], citations }
}

export function cite(passage: Passage, quote: string, n: number): Citation {
  const { id, model, section, level, title, url } = passage
  return { n, passage: id, model, section, level, title, url, quote }
}

/** The first passage is most likely the one: it gets the most room. */
function shareWords(passages: number): number[] {
  if (passages === 1) return [TOTAL_WORDS]
  if (passages === 2) return [TOTAL_WORDS * 0.55, TOTAL_WORDS * 0.45]
  if (passages === 3) return [TOTAL_WORDS * 0.4, TOTAL_WORDS * 0.32, TOTAL_WORDS * 0.28]
  return Array.from({ length: passages }, () => TOTAL_WORDS / passages)
}

/** "CNCF model, People › Culture, Level 4: Improve" */
export function headingOf(passage: Passage, corpus: Corpus): string {
  const model = corpus.model(passage.model)
  const section = model?.sections.find((each) => each.id === passage.section)
  const place = [section?.dimension, section?.title].filter((part) => part !== undefined && part !== passage.heading)
  // On a one-ladder model the section that is the ladder itself adds nothing.
  const plain = section !== undefined && model?.shape === 'staged' && !section.id.includes('/') && passage.level !== null
  return [model?.shortTitle ?? passage.model, ...(plain ? [] : [place.join(' › ')]), passage.heading].filter((part) => part !== '').join(', ')
}

/** One line that says how the answer reads the question, where the quotes alone would not. */
function leadIn(plan: Plan, { levels, standingLevels, intent }: Understanding, corpus: Corpus): AnswerPart[] {
  const best = plan.passages[0]
  const model = best === undefined ? undefined : corpus.model(best.model)
  if (plan.kind !== 'next' || best === undefined || best.level === null || model === undefined) return []
  const top = best.level === model.levels.length && standingLevels.length === 0 && intent.nextStep && levels.length > 0
  if (top)
    return [
      {
        sentences: [
          { text: `${model.levelWord} ${best.level} is the highest of the ${model.shortTitle}: what it asks for is kept up and improved.`, citations: [] },
        ],
      },
    ]
  const from = standingLevels.length > 0 ? `From ${model.levelWord.toLowerCase()} ${Math.max(...standingLevels)}, the` : 'The'
  return [{ sentences: [{ text: `${from} next to reach is ${model.levelWord.toLowerCase()} ${best.level}.`, citations: [] }] }]
}
