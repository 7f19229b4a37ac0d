// @ts-check
/** What was answered, each to be changed: the former answer stays in the history. */
import { el, spoken } from '../dom.js'
import { answerOptions } from './answer-options.js'

/** @typedef {import('./assess-api.js').TurnView} TurnView */
/** @typedef {import('./assess-api.js').GivenView} GivenView */
/** @typedef {import('./assess-api.js').AnswerValue} AnswerValue */
/** @typedef {{ amend: (answer: object) => void, levels: number }} Given */

/** @param {TurnView} turn @param {Given} given */
export function givenAnswers({ given = [] }, { amend, levels }) {
  if (given.length === 0) return []
  const items = given.map((answer, i) => el('li', { class: 'given' }, givenAnswer(answer, i, { amend, levels })))
  return [
    el(
      'section',
      { class: 'block', 'aria-labelledby': 'given-heading' },
      el('h2', { id: 'given-heading' }, 'What you answered'),
      el('ul', { class: 'rows' }, ...items),
    ),
  ]
}

/** @param {GivenView} answer @param {number} index @param {Given} given */
function givenAnswer({ question, place, value: before, said, words, note }, index, { amend, levels }) {
  const value = (/** @type {AnswerValue} */ value) => amend({ question: question.id, value, ...(note === undefined ? {} : { note }) })
  const reason = el('input', { class: 'field', id: `reason-${index}`, required: true, maxlength: 300 })
  const notApplicable = el(
    'form',
    { class: 'inline' },
    el('label', { for: `reason-${index}` }, 'Not applicable, because'),
    reason,
    el('button', { type: 'submit', class: 'quiet' }, 'Save'),
  )
  notApplicable.addEventListener('submit', (event) => {
    event.preventDefault()
    value({ kind: 'not-applicable', reason: reason.value })
  })
  // Built when it is opened: most are never changed.
  const change = el('details', { class: 'change' }, el('summary', {}, 'Change', spoken(` the answer to ${place}`)))
  change.addEventListener('toggle', () => {
    if (!change.open || change.childElementCount > 1) return
    change.append(
      ...answerOptions(question, { levels, value, before }),
      el('div', { class: 'others' }, el('button', { type: 'button', class: 'quiet', onclick: () => value({ kind: 'not-sure' }) }, 'Not sure'), notApplicable),
    )
  })
  return el(
    'div',
    { class: 'row-body' },
    el('p', {}, el('span', { class: 'what' }, place), el('span', { class: 'where' }, said.charAt(0).toUpperCase() + said.slice(1))),
    words !== undefined && el('p', { class: 'hint' }, `In your words: “${words}”`),
    note !== undefined && el('p', { class: 'hint' }, `Note: ${note}`),
    change,
  )
}
