/** A result read in another model's terms: by the cited crosswalk, section by section, and never as one figure. */
import type { Corpus, Model } from '../corpus/passage.ts'
import type { Correspondence, Crosswalk, Strength } from '../crosswalk/crosswalk.ts'
import { type LevelFigure, lowerOf } from './level-figure.ts'
import type { ModelResults } from './team-model-results.ts'

export interface Reading {
  /** In the other model. */
  section: string
  title: string
  level: number
  strength: Strength
  reason: string
  /** The own passage, then the other model's. */
  passages: readonly [string, string]
}

export interface SectionReading {
  section: string
  title: string
  level: LevelFigure
  /** Strongest first; empty where the other model says nothing comparable. */
  readings: readonly Reading[]
  /** Why it doesn't. */
  gap?: string
}

export interface InTermsOf {
  model: string
  other: { id: string; title: string; levelWord: string }
  /** To be shown with it: what a reading by themes is worth. */
  notice: string
  sections: readonly SectionReading[]
}

export function inTermsOf(results: ModelResults, other: Model, crosswalk: Crosswalk, corpus: Corpus): InTermsOf {
  return {
    model: results.model,
    other: { id: other.id, title: other.title, levelWord: other.levelWord },
    notice: `An approximation: the ${other.shortTitle} measures by its own scale. A weak correspondence is only related, and where it says nothing comparable there is no figure.`,
    sections: results.sections.flatMap(({ section, title, level }) =>
      level === undefined || lowerOf(level) === 0 ? [] : [readSection({ section, title, level }, results, other, crosswalk, corpus)],
    ),
  }
}

function readSection(
  { section, title, level }: Pick<SectionReading, 'section' | 'title' | 'level'>,
  { model, shape }: ModelResults,
  other: Model,
  crosswalk: Crosswalk,
  corpus: Corpus,
): SectionReading {
  // Of a ladder, the topics of the stage stand on the same rung as the stage itself.
  const passages = corpus.passages.filter((each) => each.model === model && each.level === lowerOf(level) && (shape === 'staged' || each.section === section))
  const readings = passages.flatMap(({ id }) => crosswalk.correspondencesOf(id)).filter((each) => each.model === other.id)
  const gap = readings.length > 0 ? undefined : passages.map(({ id }) => crosswalk.gapOf(id, other.id)).find((reason) => reason !== undefined)
  return { section, title, level, readings: byStrength(readings).map((each) => toReading(each, other)), ...(gap === undefined ? {} : { gap }) }
}

const ORDER: Readonly<Record<Strength, number>> = { strong: 0, good: 1, weak: 2 }

function byStrength(readings: readonly Correspondence[]): Correspondence[] {
  return readings.toSorted((a, b) => ORDER[a.strength] - ORDER[b.strength])
}

function toReading({ section, level, strength, reason, passages }: Correspondence, other: Model): Reading {
  return { section, title: other.sections.find(({ id }) => id === section)?.title ?? section, level, strength, reason, passages }
}
