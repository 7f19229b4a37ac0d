/** What a digest says, as data: every figure with what it rests on. How it is worded and laid out comes later. */
import type { ListedAction } from '../../assessments/actions.ts'
import type { LevelOption } from '../../assessments/catalogue.ts'
import type { LevelFigure } from '../../assessments/level-figure.ts'
import type { Coverage } from '../../assessments/profile.ts'
import type { Action } from '../../assessments/records.ts'
import type { TeamSection } from '../../assessments/team-sections.ts'
import type { Picture } from '../../pictures/picture.ts'
import type { Digest } from '../records.ts'

/** What happened after `from`, up to `to`. */
export interface Period {
  from: string
  to: string
  /** Shorter than the time between two of its digests. */
  partial: boolean
}

export interface DigestContent {
  digest: Digest
  period: Period
  late: boolean
  /** When it was put together: what is due and open is so then. */
  at: string
  /** The one that it is about; of an organisation's those that agreed, by name. */
  teams: readonly DigestTeam[]
  /** Absent where nothing was assessed. */
  model?: DigestModel
  items: readonly DigestItem[]
  picture?: Picture
}

export interface DigestTeam {
  id: string
  name: string
}

export interface DigestModel {
  id: string
  shortTitle: string
  levelWord: string
  /** How many there are. */
  levels: number
}

export type DigestItem =
  | NoResults
  | FirstAssessment
  | ChangedLevels
  | ReachedTargets
  | NextStep
  | DueActions
  | OpenRounds
  | StaleQuestion
  | SectionTrends
  | TargetGaps
  | Disagreement
  | AskedThemes
  | TeamsSideBySide

/** A section by its id, and by the name that tells it apart from others. */
export interface NamedSection {
  section: string
  label: string
}

export interface NoResults {
  kind: 'no-results'
  /** Models by which it was assessed, or that the digest names, and that are no longer there. */
  gone: readonly string[]
}

/** Nothing was known before the period. */
export interface FirstAssessment {
  kind: 'first-assessment'
  at: string
  headline: string
  coverage: Coverage
  sections: readonly (NamedSection & { level?: LevelFigure; state: TeamSection['state'] })[]
}

export interface ChangedLevel extends NamedSection {
  /** Absent where it was not known. */
  before?: LevelFigure
  /** Absent where it is no longer known, for the `state`. */
  now?: LevelFigure
  state: TeamSection['state']
  direction: Direction
  /** The rounds or runs that say so. */
  snapshots: readonly string[]
  /** What the level says yes to. */
  passages: readonly string[]
}

/** Of a tie that spreads to both sides its lower level decides. */
export type Direction = 'up' | 'down' | 'known' | 'unknown'

export interface ChangedLevels {
  kind: 'changed'
  /** In the model's order. */
  sections: readonly ChangedLevel[]
}

export interface ReachedTargets {
  kind: 'targets-reached'
  sections: readonly (NamedSection & { target: number; level: LevelFigure })[]
}

export interface NextStep extends NamedSection {
  kind: 'step'
  model: string
  from: LevelFigure
  to: number
  passage: string
  /** A sentence of the passage, letter for letter. */
  text: string
  /** The passage's. */
  title: string
  url: string
  /** Made of this step, and open. */
  action?: ToldAction
}

export interface ToldAction extends Pick<Action, 'id' | 'text' | 'due'> {
  /** A member of the team; nobody else is named. */
  owner?: string
  standing: ListedAction['standing']
}

export interface DueActions {
  kind: 'actions'
  /** Within a week. */
  due: number
  overdue: number
  /** The most urgent ones. */
  first: readonly ToldAction[]
}

export interface OpenRound {
  id: string
  name: string
  model: string
  confidential: boolean
  invited: number
  answered: number
  deadline: string
  /** In days of the calendar: 0 where it closes today. */
  daysLeft: number
  /** Who is left to answer, the first few. Absent in a confidential round. */
  left?: readonly string[]
}

export interface OpenRounds {
  kind: 'rounds'
  /** The one that closes first comes first. */
  rounds: readonly OpenRound[]
}

/** A level that can be pressed; 0 on a ladder for no stage yet, which has no passage. */
export interface LevelChoice extends Pick<LevelOption, 'level' | 'label' | 'indicator'> {
  passage?: string
}

/** Answered so long ago that it is asked once more. */
export interface StaleQuestion extends NamedSection {
  kind: 'stale-question'
  model: string
  state: TeamSection['state']
  /** As it is known now. */
  level?: LevelFigure
  ageDays: number
  /** How many sections are as old. */
  others: number
  /** Empty where one answer would not place the team: there it is assessed anew. */
  options: readonly LevelChoice[]
}

export interface SectionTrends {
  kind: 'trend'
  /** Of those that were assessed more than once within a year. */
  sections: readonly (NamedSection & { first: LevelFigure; last: LevelFigure; since: string; assessed: number; direction: 'up' | 'down' | 'same' })[]
}

export interface TargetGaps {
  kind: 'gaps'
  /** Largest first. */
  sections: readonly (NamedSection & { level: LevelFigure; target: number; gap: number })[]
  reached: number
  /** Targets of sections whose level is not known. */
  unknown: number
}

export interface Disagreement {
  kind: 'disagreement'
  sections: readonly (NamedSection & { lowest: number; highest: number })[]
}

export interface AskedTheme {
  title: string
  /** Different people, at least five. */
  askers: number
}

/** Of everybody in the workspace; never who, never what in their own words. */
export interface AskedThemes {
  kind: 'asked'
  /** Most askers first. */
  answered: readonly AskedTheme[]
  /** By the topic that comes nearest. */
  declined: readonly AskedTheme[]
}

export interface TeamsSideBySide {
  kind: 'organisation'
  /** How many teams the digest was made for; those that have not agreed are not named. */
  chosen: number
  /** Those that agreed and have no results by the model. */
  without: readonly DigestTeam[]
  /** Sections of all teams together. */
  up: number
  down: number
  /** Teams that had no results before. */
  firstAssessed: number
}

/** Nothing changed, nothing due, no round open, no answer stale. A next step, trends or themes alone are no news. */
export function isEmpty({ items }: Pick<DigestContent, 'items'>): boolean {
  return !items.some(isNews)
}

function isNews(item: DigestItem): boolean {
  switch (item.kind) {
    case 'first-assessment':
    case 'changed':
    case 'targets-reached':
    case 'actions':
    case 'rounds':
    case 'stale-question':
      return true
    case 'organisation':
      return item.up + item.down + item.firstAssessed > 0
    default:
      return false
  }
}

export function itemOf<Kind extends DigestItem['kind']>({ items }: Pick<DigestContent, 'items'>, kind: Kind): Extract<DigestItem, { kind: Kind }> | undefined {
  return items.find((item): item is Extract<DigestItem, { kind: Kind }> => item.kind === kind)
}
