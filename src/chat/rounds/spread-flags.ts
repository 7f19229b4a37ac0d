/** Where the answers of a round lie far apart: what either end says yes to, and never who stands there. */
import { figureText } from '../../assessments/level-figure.ts'
import type { RoundFigures, SectionFigures, ShownFigures, SpreadEnd } from '../../assessments/round-figures.ts'
import type { RoundResults } from '../../assessments/round-results.ts'
import type { Corpus } from '../../corpus/passage.ts'
import { type Block, type Inline, strong, words } from '../reply.ts'
import { sectionTitle } from './round-card.ts'

/** More than a team talks about at once. */
const MOST_FLAGS = 5

type Flagged = ShownFigures & { worthTalkingAbout: NonNullable<ShownFigures['worthTalkingAbout']> }

/** Widest first. */
export function spreadFlags({ figures, round }: Pick<RoundResults, 'figures' | 'round'>, corpus: Corpus): Block[] {
  const flagged = figures.sections.filter(isFlagged).toSorted((a, b) => widthOf(b) - widthOf(a))
  if (flagged.length === 0) return []
  const title = ({ section }: SectionFigures) => sectionTitle(section, round, corpus)
  const word = corpus.model(round.scope.model)?.levelWord ?? 'Level'
  const others = flagged.slice(MOST_FLAGS)
  return [
    { kind: 'heading', text: 'Worth talking about' },
    ...flagged.slice(0, MOST_FLAGS).flatMap((section): Block[] => {
      const { lowest, highest } = section.worthTalkingAbout
      return [
        { kind: 'text', parts: [strong(title(section)), words(`: the answers reach from ${lowest.level} to ${highest.level}.`)] },
        { kind: 'list', items: [endOf(lowest, word, corpus), endOf(highest, word, corpus)] },
      ]
    }),
    ...(others.length === 0 ? [] : [{ kind: 'note', parts: [words(`Also far apart: ${others.map(title).join(', ')}.`)] } as const]),
  ]
}

export function hiddenNote({ figures, round }: Pick<RoundResults, 'figures' | 'round'>, corpus: Corpus): Block[] {
  const hidden = figures.sections.filter(({ state }) => state === 'hidden').map(({ section }) => sectionTitle(section, round, corpus))
  return hidden.length === 0 ? [] : [{ kind: 'note', parts: [words(`Too few answers to show: ${hidden.join(', ')}.`)] }]
}

/** Of a re-vote: how far apart it was before the team talked, and how far it is now. */
export function beforeAndNow({ figures, round, otherVote }: RoundResults, corpus: Corpus): Block[] {
  if (otherVote?.kind !== 'first-vote') return []
  const items = figures.sections.flatMap(({ section }): Inline[][] => {
    const [before, now] = [rangeIn(otherVote.figures, section), rangeIn(figures, section)]
    return before === undefined || now === undefined ? [] : [[strong(sectionTitle(section, round, corpus)), words(`: was ${before}, is ${now} now`)]]
  })
  return items.length === 0 ? [] : [{ kind: 'list', items }]
}

function rangeIn({ sections }: RoundFigures, section: string): string | undefined {
  const figures = sections.find((each) => each.section === section)
  if (figures === undefined || figures.state === 'hidden' || figures.range === undefined) return undefined
  const { lowest, highest } = figures.range
  return lowest === highest ? figureText(lowest) : `${lowest} to ${highest}`
}

function isFlagged(figures: SectionFigures): figures is Flagged {
  return figures.state !== 'hidden' && figures.worthTalkingAbout !== undefined
}

function widthOf({ worthTalkingAbout: { lowest, highest } }: Flagged): number {
  return highest.level - lowest.level
}

/** Stage 0 has no wording of its own. */
function endOf({ level, passage }: SpreadEnd, word: string, corpus: Corpus): Inline[] {
  const indicator = level === 0 ? undefined : corpus.passage(passage)?.indicator
  return [strong(`${word} ${level}`), words(indicator ? `: “${indicator}”` : ': none yet')]
}
