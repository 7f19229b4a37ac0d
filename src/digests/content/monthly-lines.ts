/** What a month adds, in words. */
import { figureText } from '../../assessments/level-figure.ts'
import { sayFew } from '../../assessments/results-wording.ts'
import { type AskedTheme, type DigestContent, itemOf } from './digest-content.ts'
import { type DigestLine, line, strong, words } from './digest-text.ts'

const MOST = 6

export function monthlyLines(content: DigestContent): DigestLine[] {
  return [...trendLine(content), ...gapsLine(content), ...disagreementLine(content), ...askedLine(content)]
}

function trendLine(content: DigestContent): DigestLine[] {
  const sections = itemOf(content, 'trend')?.sections ?? []
  if (sections.length === 0) return []
  const moved = sections.filter(({ direction }) => direction !== 'same')
  const still = sections.length - moved.length
  const told = moved.map(({ label, first, last, direction }) => `${direction === 'up' ? '↑' : '↓'} ${label} ${figureText(first)} to ${figureText(last)}`)
  return said('trend', 'Over a year: ', [...(told.length === 0 ? [] : [sayFew(told, MOST)]), ...(still === 0 ? [] : [`→ ${still} as before`])])
}

function gapsLine(content: DigestContent): DigestLine[] {
  const gaps = itemOf(content, 'gaps')
  if (gaps === undefined) return []
  const open = gaps.sections.map(({ label, level, target, gap }) => `${label} ${gap} to go (${figureText(level)} of ${target})`)
  return said('gaps', 'Targets: ', [
    ...(open.length === 0 ? [] : [sayFew(open, MOST)]),
    ...(gaps.reached === 0 ? [] : [`${gaps.reached} reached`]),
    ...(gaps.unknown === 0 ? [] : [`${gaps.unknown} not answered`]),
  ])
}

function disagreementLine(content: DigestContent): DigestLine[] {
  const wide = (itemOf(content, 'disagreement')?.sections ?? []).map(({ label, lowest, highest }) => `${label}, from ${lowest} to ${highest}`)
  return wide.length === 0 ? [] : said('disagreement', 'Answers far apart: ', [sayFew(wide, MOST)])
}

function askedLine(content: DigestContent): DigestLine[] {
  const asked = itemOf(content, 'asked')
  if (asked === undefined) return []
  const list = (themes: readonly AskedTheme[]) =>
    sayFew(
      themes.map(({ title, askers }) => `${title}, ${askers} people`),
      MOST,
    )
  return said('asked', 'Asked here: ', [
    ...(asked.answered.length === 0 ? [] : [list(asked.answered)]),
    ...(asked.declined.length === 0 ? [] : [`not answered, by the nearest topic: ${list(asked.declined)}`]),
  ])
}

function said(about: DigestLine['about'], lead: string, parts: readonly string[]): DigestLine[] {
  return [line(about, [strong(lead), words(`${parts.join('; ')}.`)])]
}
