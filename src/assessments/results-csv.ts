/**
 * A team's results as CSV (RFC 4180, UTF-8), one row for each section of each snapshot, newest snapshot first.
 *
 * team, model, section, section_title, dimension; snapshot (its id), kind ("round", "revote" or "alone"), snapshot_name, date (UTC); invited, respondents;
 * state ("scored", "not-sure", "not-applicable", "unanswered" or "hidden": too few answers for a confidential round);
 * median_low and median_high (equal unless two levels tie; 0 is no stage yet), lowest, highest; answers (how many named a level), not_sure, not_applicable, unanswered,
 * working_on; worth_talking_about and older_wording ("yes" or "no"); target (the team's now); model_versions (those that answers were given on); passages.
 * What is hidden or not there is empty.
 */
import { stringify } from 'csv-stringify/sync'
import type { Team } from './records.ts'
import type { SectionFigures } from './round-figures.ts'
import type { Snapshot } from './snapshots.ts'
import type { ModelResults } from './team-model-results.ts'

export const RESULT_COLUMNS = [
  'team',
  'model',
  'section',
  'section_title',
  'dimension',
  'snapshot',
  'kind',
  'snapshot_name',
  'date',
  'invited',
  'respondents',
  'state',
  'median_low',
  'median_high',
  'lowest',
  'highest',
  'answers',
  'not_sure',
  'not_applicable',
  'unanswered',
  'working_on',
  'worth_talking_about',
  'older_wording',
  'target',
  'model_versions',
  'passages',
] as const

type Row = Partial<Record<(typeof RESULT_COLUMNS)[number], string | number>>

export function resultsCsv({ team, models }: { team: Team; models: readonly ModelResults[] }): string {
  const rows = models.flatMap((model) =>
    model.snapshots.flatMap((snapshot) => snapshot.figures.sections.map((figures) => toRow(team, model, snapshot, figures))),
  )
  return stringify(rows, {
    header: true,
    columns: [...RESULT_COLUMNS],
    escape_formulas: true,
    cast: { string: withoutHiddenFormula },
  })
}

/** Some spreadsheets skip blanks and invisible characters before they look for a formula. */
const HIDDEN_FORMULA = /^(?:[\s\p{Cf}]+[=+\-@\uFF1D\uFF0B\uFF0D\uFF20|%]|\n)/u

function withoutHiddenFormula(value: string): string {
  return HIDDEN_FORMULA.test(value) ? `'${value}` : value
}

function toRow(team: Team, { model, sections }: ModelResults, snapshot: Snapshot, figures: SectionFigures): Row {
  const target = sections.find(({ section }) => section === figures.section)?.target
  return {
    team: team.name,
    model,
    section: figures.section,
    section_title: figures.title,
    dimension: figures.dimension ?? '',
    snapshot: snapshot.id,
    kind: snapshot.kind === 'run' ? 'alone' : snapshot.revoteOf === undefined ? 'round' : 'revote',
    snapshot_name: snapshot.name ?? '',
    date: snapshot.at,
    invited: snapshot.invited,
    respondents: snapshot.figures.respondents,
    state: figures.state,
    ...(target === undefined ? {} : { target }),
    model_versions: snapshot.modelVersions.join(' '),
    ...(figures.state === 'hidden' ? {} : shown(figures)),
  }
}

function shown(figures: Exclude<SectionFigures, { state: 'hidden' }>): Row {
  const { median, range } = figures
  return {
    ...(median === undefined
      ? {}
      : typeof median === 'number'
        ? { median_low: median, median_high: median }
        : { median_low: median.low, median_high: median.high }),
    ...(range === undefined ? {} : range),
    answers: figures.answers,
    not_sure: figures.notSure,
    not_applicable: figures.notApplicable,
    unanswered: figures.unanswered,
    working_on: figures.workingOn,
    worth_talking_about: figures.worthTalkingAbout === undefined ? 'no' : 'yes',
    older_wording: figures.olderWording > 0 ? 'yes' : 'no',
    passages: figures.passages.join(' '),
  }
}
