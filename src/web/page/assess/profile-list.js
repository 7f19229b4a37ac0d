// @ts-check
/** The profile, section by section: the level and its name, what it rests on, how it has changed, and what the team wants. */
import { postJson } from '../api.js'
import { el, spoken } from '../dom.js'
import { stones } from '../stones.js'
import { teamPath } from './assess-api.js'
import { figures } from './figures.js'
import { createSender } from './sender.js'
import { day } from './words.js'

/** @typedef {import('./assess-api.js').ModelResultsView} ModelResultsView */
/** @typedef {import('./assess-api.js').SectionView} SectionView */

const ARROWS = { up: '↑', down: '↓', same: '=' }
const CHANGES = { up: 'up', down: 'down', same: 'unchanged' }

/** @param {string} team @param {ModelResultsView} results @param {(said: string) => Promise<void>} refresh */
export function profileList(team, results, refresh) {
  const items = results.sections.map((section, i) => el('li', { class: 'profile' }, profileItem(section, i, team, results, refresh)))
  return el(
    'section',
    { class: 'block', 'aria-labelledby': 'profile' },
    el('h2', { id: 'profile' }, 'The profile, and why'),
    el('ul', { class: 'rows' }, ...items),
  )
}

/** @param {SectionView} section @param {number} index @param {string} team @param {ModelResultsView} results @param {(said: string) => Promise<void>} refresh */
function profileItem(section, index, team, results, refresh) {
  const { label, reached, levels } = section
  const most = Math.max(results.levels.length, ...levels)
  return el(
    'div',
    { class: 'row-body' },
    el(
      'div',
      { class: 'profile-head' },
      reached === null ? el('span', { class: 'stones none' }) : stones(reached, most),
      el('h3', {}, label),
      changeOf(section),
    ),
    ...figures(section, results.levelWord),
    ...flags(section),
    targetForm(section, index, team, results, refresh),
  )
}

/** @param {SectionView} section */
function changeOf({ before, change, level }) {
  if (before === null || change === null) return undefined
  const since = day(before.at)
  return el(
    'p',
    { class: `delta ${change}` },
    el('span', { 'aria-hidden': 'true' }, `${before.level} → ${level} ${ARROWS[change]}`),
    spoken(`${CHANGES[change]}, from ${before.level} to ${level}`),
    ` since ${since}`,
  )
}

/** @param {SectionView} section */
function flags({ stale, ageDays, olderWording }) {
  return [
    stale && el('p', { class: 'flag' }, `Answered ${ageDays} days ago: time to look again`),
    olderWording && el('p', { class: 'flag' }, 'Answered on older wording: the model’s text has changed since'),
  ].filter((flag) => flag !== false)
}

/** @param {SectionView} section @param {number} index @param {string} team @param {ModelResultsView} results @param {(said: string) => Promise<void>} refresh */
function targetForm({ section, label, levels, target, gap }, index, team, { model, levelWord }, refresh) {
  const id = `target-${index}`
  const select = el(
    'select',
    { id },
    el('option', { value: '' }, 'None'),
    ...levels.map((level) => el('option', { value: level, selected: level === target }, `${levelWord} ${level}`)),
  )
  const host = el(
    'div',
    { class: 'target' },
    el('label', { for: id }, 'Target', spoken(` for ${label}`)),
    el('span', { class: 'select' }, select),
    gap !== null && el('span', { class: 'gap' }, gap > 0 ? `${gap} to go` : 'reached'),
  )
  const send = createSender(host)
  select.addEventListener('change', () =>
    send(async () => {
      const level = select.value === '' ? null : Number(select.value)
      await postJson(`${teamPath(team)}/targets`, { model, section, level })
      await refresh(level === null ? `No target for ${label}.` : `Target for ${label}: ${levelWord.toLowerCase()} ${level}.`)
      document.getElementById(id)?.focus()
    }),
  )
  return host
}
