/** What an assessment is made of: runs and rounds, answers, targets and actions. All times are ISO 8601 in UTC, all ids text. */

/** Who a record belongs to: a Slack workspace, a Teams tenant, or `local`. Nothing crosses it. */
export type TenantId = string

/** What is asked: a model, and how much of it. */
export type Scope =
  | { model: string; extent: 'quick' | 'full' }
  /** All sections of one dimension of a model that has dimensions. */
  | { model: string; extent: 'dimension'; dimension: string }

/** What a person says to one question. */
export type AnswerValue =
  | { kind: 'level'; level: number }
  /** The lower level holds; the team works on the next. */
  | { kind: 'between'; lower: number }
  | { kind: 'not-sure' }
  | { kind: 'not-applicable'; reason: string }
  /** A stage as a checklist: each practice by its passage. */
  | { kind: 'practices'; practices: Readonly<Record<string, PracticeState>> }

export type PracticeState = 'in-place' | 'partly' | 'not-yet'

/** The wording that an answer was given on: a text that changes later can say so. */
export interface SeenPassage {
  passage: string
  /** SHA-256 of its text, the first 16 hexadecimal digits. */
  hash: string
}

export interface Answer {
  run: string
  /** Of the catalogue; for most questions the section's id. */
  question: string
  value: AnswerValue
  /** The person's own words that the level was proposed from. */
  said?: string
  /** Evidence. */
  note?: string
  seen: readonly SeenPassage[]
  modelVersion: string
  /** Counted from 1 within run and question; the highest counts, the others are history. */
  revision: number
  answeredAt: string
  /** Where it was given. */
  surface: Surface
}

export type Surface = 'web' | 'terminal' | 'slack' | 'teams' | 'import'

/** What a run waits for besides the answer to its current question. */
export type Pending =
  /** "That sounds like level 3": to be confirmed or changed. */
  | { kind: 'proposal'; question: string; said: string; level: number }
  /** The one clarifying question of this answer was asked. */
  | { kind: 'clarification'; question: string; said: string }
  /** "Not applicable" was said: a few words why. */
  | { kind: 'reason'; question: string }

/** One person's way through the questions of a scope. */
export interface Run {
  id: string
  person: string
  team: string
  scope: Scope
  /** Absent for somebody who assesses alone. */
  round?: string
  state: 'open' | 'paused' | 'finished' | 'abandoned'
  modelVersion: string
  /** The question that is shown now; absent when none is left. */
  current?: string
  pending?: Pending
  startedAt: string
  updatedAt: string
  finishedAt?: string
  /** Counts changes: who writes names the one they read, so that of two surfaces one learns that it is stale. */
  version: number
}

/** Stands in the place of somebody who was deleted, where a record has to name who did something. */
export const REMOVED_PERSON = 'removed-person'

export interface Person {
  id: string
  name: string
  /** IANA zone. */
  timezone?: string
}

export interface Team {
  id: string
  name: string
  createdAt: string
}

/** A team answers together, each privately. */
export interface Round {
  id: string
  team: string
  name: string
  scope: Scope
  startedBy: string
  startedAt: string
  deadline: string
  confidential: boolean
  /** A confidential round shows a section's figures from so many answers on. */
  shownFrom: number
  /** Who is asked to answer. */
  invited: readonly string[]
  state: 'open' | 'closed'
  closedAt?: string
  closedBy?: 'starter' | 'all-answered' | 'deadline'
  /** The round whose spread sections are voted on once more, and which these are. */
  revote?: { of: string; sections: readonly string[] }
}

export interface Target {
  team: string
  model: string
  section: string
  level: number
  setBy: string
  setAt: string
}

export interface Action {
  id: string
  team: string
  model: string
  section: string
  /** The passage that the step comes from. */
  passage: string
  text: string
  /** A person. */
  owner?: string
  /** A date, `2026-12-24`. */
  due?: string
  createdBy: string
  createdAt: string
  doneAt?: string
  version: number
}
