// @ts-check
/** How to get from here to there: sentences of the next level, each of which can become an action. */
import { postJson } from '../api.js'
import { el, spoken } from '../dom.js'
import { teamPath } from './assess-api.js'
import { quoteButton } from './figures.js'
import { createSender } from './sender.js'

/** @typedef {import('./assess-api.js').ModelResultsView} ModelResultsView */
/** @typedef {import('./assess-api.js').ActionView} ActionView */
/** @typedef {import('./assess-api.js').Step} Step */

/** @param {string} team @param {ModelResultsView} results @param {readonly ActionView[]} actions @param {(actions: ActionView[], said: string) => void} changed */
export function nextSteps(team, { steps, sections, levelWord }, actions, changed) {
  const groups = steps.map(({ section, heading, from, gap, steps: own }) => {
    const label = sections.find((each) => each.section === section)?.label ?? section
    const now = typeof from === 'number' ? String(from) : `${from.low}-${from.high}`
    return el(
      'li',
      { class: 'row-body' },
      el('h3', {}, label),
      el(
        'p',
        { class: 'where' },
        `${now === '0' ? 'From the start' : `From ${levelWord.toLowerCase()} ${now}`} to ${heading}${gap === undefined ? '' : `, ${gap} to go to your target`}`,
      ),
      el('ul', { class: 'steps-list' }, ...own.map((step) => stepItem(step, team, actions, changed))),
    )
  })
  return el(
    'section',
    { class: 'block', 'aria-labelledby': 'next-steps' },
    el('h2', { id: 'next-steps' }, 'Next steps'),
    groups.length === 0
      ? el('p', { class: 'hint' }, 'Nothing to add: every target is reached, or nothing is known yet.')
      : el('ul', { class: 'rows' }, ...groups),
  )
}

/** @param {Step} step @param {string} team @param {readonly ActionView[]} actions @param {(actions: ActionView[], said: string) => void} changed */
function stepItem({ model, section, passage, text }, team, actions, changed) {
  const taken = el('span', { class: 'taken' }, 'Is an action')
  const make = el('button', { type: 'button', class: 'quiet' }, 'Make it an action', spoken(`: ${text}`))
  const isTaken = actions.some((action) => action.passage === passage && action.text === text && action.standing !== 'done')
  const item = el('li', {}, quoteButton(passage, text), isTaken ? taken : make)
  const send = createSender(item)
  make.addEventListener('click', () =>
    send(async () => {
      const { actions: now } = await postJson(`${teamPath(team)}/actions`, { model, section, passage, text })
      make.replaceWith(taken)
      changed(now, 'It is an action now.')
    }),
  )
  return item
}
