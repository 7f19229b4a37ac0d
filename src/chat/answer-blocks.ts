/** An answer as blocks, wherever it is shown: its text with numbers, what the numbers stand for, and who wrote it. */
import { type Answer, type AnswerPart, type Checks, renderPlainText } from '../answers/answer.ts'
import { openPassage } from './presses.ts'
import { type Block, words } from './reply.ts'

export function answerBlocks(answer: Answer): Block[] {
  const { parts, citations } = answer
  const writer = sayWriter(answer)
  return [
    ...partBlocks(parts),
    ...(citations.length === 0
      ? []
      : [
          {
            kind: 'sources',
            items: citations.map(({ n, title, quote, url, passage }) => ({ n, title, quote, url, open: openPassage(passage) })),
          } as const,
        ]),
    ...(writer === undefined ? [] : [{ kind: 'note', parts: [words(writer)] } as const]),
  ]
}

/** The text alone. */
export function partBlocks(parts: readonly AnswerPart[]): Block[] {
  return parts.flatMap(({ heading, sentences }): Block[] => {
    const text = renderPlainText([{ sentences }])
    return [
      ...(heading === undefined ? [] : [{ kind: 'heading', text: heading } as const]),
      ...(text === '' ? [] : [{ kind: 'text', parts: [words(text)] } as const]),
    ]
  })
}

/** Quotes speak for themselves; what a chat model wrote is told, with what the check took out. */
function sayWriter({ answerer, citations, checks }: Answer): string | undefined {
  if (answerer === 'extractive' || citations.length === 0) return undefined
  return [`Written by ${answerer}; every sentence was checked against its sources.`, ...(checks === undefined ? [] : sayChecks(checks))].join(' ')
}

function sayChecks({ sentencesDropped, markersRemoved }: Checks): string[] {
  return [
    ...(sentencesDropped === 0 ? [] : [`${plural(sentencesDropped, 'sentence')} that the sources don’t bear out ${were(sentencesDropped)} left out.`]),
    ...(markersRemoved === 0 ? [] : [`${plural(markersRemoved, 'wrong source number')} ${were(markersRemoved)} removed.`]),
  ]
}

function plural(count: number, word: string): string {
  return `${count} ${word}${count === 1 ? '' : 's'}`
}

function were(count: number): string {
  return count === 1 ? 'was' : 'were'
}
