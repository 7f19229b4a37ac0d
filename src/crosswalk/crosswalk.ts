/** What of one model corresponds to a passage of another, read from a cited mapping; never averaged, never guessed. */
import { parsePassageId } from './passage-ids.ts'

/**
 * `strong`: both passages ask for the same practices. `good`: same theme and comparable degree.
 * `weak`: related, an approximation.
 */
export const STRENGTHS = ['strong', 'good', 'weak'] as const
export type Strength = (typeof STRENGTHS)[number]

/** Where an entry stands in `corpus/crosswalk`. */
interface Place {
  file: string
  /** Counted from 1. */
  line: number
}

/** Two passages of different models; it serves both directions. */
export interface CrosswalkEntry extends Place {
  a: string
  b: string
  strength: Strength
  reason: string
}

/** Passages, or all of sections, to which another model says nothing comparable. */
export interface CrosswalkGap extends Place {
  of: readonly string[]
  in: string
  reason: string
}

export interface CrosswalkData {
  correspondences: readonly CrosswalkEntry[]
  none: readonly CrosswalkGap[]
}

export interface Correspondence {
  model: string
  section: string
  level: number
  strength: Strength
  reason: string
  /** The asked passage, then the corresponding one. */
  passages: readonly [string, string]
}

export interface Crosswalk {
  /** The models that it covers; a team's own is never among them. */
  readonly models: readonly string[]
  /** The best of every other model, strongest first. */
  correspondencesOf(passage: string): readonly Correspondence[]
  /** Why the model has nothing that corresponds to the passage, where it has nothing. */
  gapOf(passage: string, model: string): string | undefined
}

/** More than two would no longer say where a team stands in the other model. */
const BEST_OF_EACH_MODEL = 2

export function createCrosswalk({ correspondences, none }: CrosswalkData): Crosswalk {
  const directed = correspondences.flatMap(({ a, b, strength, reason }) => [toCorrespondence(a, b, strength, reason), toCorrespondence(b, a, strength, reason)])
  const byAsked = Map.groupBy(directed, ({ passages }) => passages[0])
  const best = new Map([...byAsked].map(([asked, all]) => [asked, bestOf(all)]))
  const gaps = new Map(none.flatMap((gap) => gap.of.map((place) => [`${place} ${gap.in}`, gap.reason])))
  return {
    models: [...new Set(directed.map(({ model }) => model))].sort(),
    correspondencesOf: (passage) => best.get(passage) ?? [],
    gapOf: (passage, model) => gaps.get(`${passage} ${model}`) ?? gaps.get(`${sectionPath(passage)} ${model}`),
  }
}

function toCorrespondence(asked: string, other: string, strength: Strength, reason: string): Correspondence {
  const { model, section, level } = parsePassageId(other)
  return { model, section, level, strength, reason, passages: [asked, other] }
}

/** Sorting is stable: of two that are equally strong, the one written first comes first. */
function bestOf(all: readonly Correspondence[]): Correspondence[] {
  const sorted = all.toSorted((one, other) => STRENGTHS.indexOf(one.strength) - STRENGTHS.indexOf(other.strength))
  const kept = [...Map.groupBy(sorted, ({ model }) => model).values()].flatMap((ofModel) => ofModel.slice(0, BEST_OF_EACH_MODEL))
  return sorted.filter((each) => kept.includes(each))
}

function sectionPath(passage: string): string {
  const { model, section } = parsePassageId(passage)
  return `${model}/${section}`
}
