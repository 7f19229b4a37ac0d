/** What a team's results say, in the same words on every surface; how it is laid out is the surface's. */
import type { ListedAction } from './actions.ts'
import { figureText, lowerOf } from './level-figure.ts'
import type { Coverage } from './profile.ts'
import { isReassessment } from './reassessment-id.ts'
import type { Snapshot } from './snapshots.ts'
import type { ModelResults } from './team-model-results.ts'
import { isWide, type TeamSection } from './team-sections.ts'

export const NO_RESULTS = 'No results yet. They appear once somebody has finished an assessment, or a round has closed.'

const STATES: Readonly<Record<Exclude<TeamSection['state'], 'scored'>, string>> = {
  'not-sure': 'not sure',
  'not-applicable': 'not applicable',
  unanswered: 'not answered',
  hidden: 'too few answers to show',
}

export const STANDINGS: Readonly<Record<ListedAction['standing'], string>> = { open: '', due: 'due soon', overdue: 'overdue', done: 'done' }

/** Of sections the lowest, of a ladder the stage that is reached. */
export function headline({ sections, overall, shape, levelWord, coverage }: ModelResults): string {
  const word = levelWord.toLowerCase()
  if (shape === 'staged') return stagedHeadline(sections[0], levelWord, overall?.level)
  if (overall === undefined) return coverage.answered === 0 ? 'Nothing is known yet.' : 'Too little is answered for a headline.'
  const { level, lowest } = overall
  const labels = labelsOf(sections)
  const titles = lowest.map((id) => labels[sections.findIndex(({ section }) => section === id)] ?? id)
  const scored = sections.filter((section) => section.level !== undefined).length
  if (titles.length === scored && scored > 2) return `All ${scored} sections stand at ${word} ${level}.`
  return `Lowest: ${sayFew(titles)} at ${word} ${level}.`
}

function stagedHeadline(ladder: TeamSection | undefined, levelWord: string, reached: number | undefined): string {
  const word = levelWord.toLowerCase()
  if (reached !== undefined) return reached === 0 ? `No ${word} is in place as a whole yet.` : `${levelWord} ${reached} is reached.`
  const figures = ladder?.latest?.figures
  const least = figures === undefined || figures.state === 'hidden' ? undefined : figures.atLeast.at(-1)
  return least === undefined || least === 0 ? 'Too little is answered for a headline.' : `At least ${word} ${least} is reached, more is not known yet.`
}

export function sayCoverage({ answered, asked, notApplicable }: Coverage): string {
  return `${answered} of ${asked} answered${notApplicable === 0 ? '' : `, ${notApplicable} not applicable`}`
}

/** "Round “Spring”, closed on 2 Mar 2026, 4 of 5 answered" */
export function sayOrigin({ id, kind, name, at, invited, figures }: Snapshot): string {
  if (isReassessment({ id })) return `A section answered again by one person on ${sayDay(at)}`
  if (kind === 'run') return `Assessed by one person on ${sayDay(at)}`
  return `Round “${name ?? ''}”, closed on ${sayDay(at)}, ${figures.respondents} of ${invited} answered`
}

/** "level 2 of 5", or why there is no level. */
export function sayStanding({ level, state }: Pick<TeamSection, 'level' | 'state'>, { levelWord, levels }: Pick<ModelResults, 'levelWord' | 'levels'>): string {
  if (level === undefined) return state === 'scored' ? STATES['not-sure'] : STATES[state]
  if (lowerOf(level) === 0 && typeof level === 'number') return `no ${levelWord.toLowerCase()} yet`
  return `${levelWord.toLowerCase()} ${figureText(level)} of ${levels.length}`
}

/** "was 1 on 2 Mar 2026", "target 3, gap 1": what is to be said of a section beside its level. */
export function notesOn(section: TeamSection): string[] {
  const { stale, ageDays, olderWording, latest } = section
  return [
    ...changesOf(section),
    ...(latest !== undefined && isWide(latest.figures) ? ['answers far apart: worth talking about'] : []),
    ...(stale ? [`answered ${ageDays} days ago`] : []),
    ...(olderWording ? ['answered on older wording'] : []),
  ]
}

/** Where it was before, and where it is to go. */
export function changesOf({ level, before, target, gap }: TeamSection): string[] {
  return [
    ...(before === undefined || level === undefined || lowerOf(before.level) === lowerOf(level)
      ? []
      : [`was ${figureText(before.level)} on ${sayDay(before.at)}`]),
    ...(target === undefined ? [] : [`target ${target}${gap === undefined ? '' : gap <= 0 ? ', reached' : `, gap ${gap}`}`]),
  ]
}

/** Sections of several dimensions may have one title. */
export function labelsOf(sections: readonly { title: string; dimension?: string }[]): string[] {
  const titles = sections.map(({ title }) => title)
  return sections.map(({ title, dimension }) =>
    dimension !== undefined && titles.indexOf(title) !== titles.lastIndexOf(title) ? `${dimension} › ${title}` : title,
  )
}

/** "A, B and 3 more" */
export function sayFew(items: readonly string[], most = 6): string {
  const more = items.length - most
  return more > 0 ? `${items.slice(0, most).join(', ')} and ${more} more` : items.join(', ')
}

/** "2 Mar 2026" of a time or a day. */
export function sayDay(iso: string): string {
  return new Date(iso).toLocaleDateString('en-GB', { day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC' })
}
