// @ts-check
/** The first thing that is said of results: what stands lowest, and how much that rests on. Never a grade. */
import { el } from '../dom.js'
import { count, day, list } from './words.js'

/** @typedef {import('./assess-api.js').ModelResultsView} ModelResultsView */

/** @param {ModelResultsView} results */
export function headline(results) {
  const { title, assessed } = results
  const [latest] = assessed
  const from =
    latest === undefined
      ? ''
      : latest.kind === 'run'
        ? `assessed by one person on ${day(latest.at)}`
        : `round “${latest.name}”, closed on ${day(latest.at)}, ${latest.respondents} of ${latest.invited} answered`
  return el(
    'section',
    { class: 'headline' },
    el('p', { class: 'where' }, [title, from].filter(Boolean).join(', ')),
    el('p', { class: 'says', id: 'headline' }, results.shape === 'staged' ? stagedSays(results) : says(results)),
    el('p', { class: 'coverage' }, coverageText(results.coverage)),
  )
}

/** @param {ModelResultsView['coverage']} coverage */
export function coverageText({ answered, asked, notSure, notApplicable }) {
  const more = [notSure > 0 && `${notSure} not sure`, notApplicable > 0 && `${notApplicable} not applicable`].filter(Boolean)
  return [`${answered} of ${asked} answered`, ...more].join(', ')
}

/** @param {ModelResultsView} results */
function says({ overall, sections, coverage, levelWord }) {
  const word = levelWord.toLowerCase()
  if (overall === undefined) return coverage.answered === 0 ? 'Nothing to say yet' : 'Too little is answered to speak of the whole'
  const scored = sections.filter(({ level }) => level !== null)
  if (overall.lowest.length === scored.length)
    return scored.length === 1
      ? `${overall.lowest[0]} stands at ${word} ${overall.level}`
      : `All ${count(scored.length, 'section')} stand at ${word} ${overall.level}`
  return `Lowest: ${list(overall.lowest)}, at ${word} ${overall.level}`
}

/** @param {ModelResultsView} results */
function stagedSays({ sections: [ladder], levels, levelWord }) {
  if (ladder === undefined || ladder.level === null) {
    const least = ladder?.atLeast.at(-1)
    return least === undefined ? `${levelWord} not known yet` : `At least ${levelWord.toLowerCase()} ${least}, more is not known yet`
  }
  if (ladder.reached === 0) return `No ${levelWord.toLowerCase()} is reached yet`
  const name = levels.find(({ number }) => String(number) === ladder.level)?.name
  return `${levelWord} ${ladder.level} is reached${name === null || name === undefined ? '' : `: ${name}`}`
}
