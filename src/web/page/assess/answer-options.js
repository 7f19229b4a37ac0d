// @ts-check
/** The answers that a question offers: levels with their indicators, or practices to tick off. */
import { el, spoken } from '../dom.js'
import { openPassage } from '../router.js'
import { stones } from '../stones.js'

/** @typedef {import('./assess-api.js').Question} Question */
/** @typedef {Extract<Question, { kind: 'levels' }>} LevelQuestion */
/** @typedef {Extract<Question, { kind: 'stage' }>} StageQuestion */
/** @typedef {import('./assess-api.js').AnswerValue} AnswerValue */
/** @typedef {{ levels: number, value: (value: AnswerValue) => void, before: AnswerValue | undefined }} Given */

/** @type {readonly ['in-place' | 'partly' | 'not-yet', string][]} */
const STATES = [
  ['in-place', 'In place'],
  ['partly', 'Partly'],
  ['not-yet', 'Not yet'],
]

/** @param {Question} question @param {Given} given */
export function answerOptions(question, given) {
  if (question.kind === 'levels') return levelOptions(question, given)
  return question.practices.length === 1 ? [wholeStage(question, given)] : [checklist(question, given)]
}

/** @param {string} passage @param {string} quote @param {string} [about] tells several of these apart */
export function showPassage(passage, quote, about) {
  return el(
    'button',
    { type: 'button', class: 'show-passage', onclick: () => openPassage(passage, [quote]) },
    'Show the passage',
    about !== undefined && spoken(` of ${about}`),
  )
}

/** @param {LevelQuestion} question @param {Given} given */
function levelOptions({ options }, { levels, value, before }) {
  const items = options.map(({ level, label, indicator, passage }) => {
    const isBefore = before?.kind === 'level' && before.level === level
    const button = el(
      'button',
      { type: 'button', class: 'option', 'aria-current': isBefore && 'true', onclick: () => value({ kind: 'level', level }) },
      stones(level, Math.max(levels, level)),
      el('span', { class: 'path' }, el('span', { class: 'what' }, label), spoken(': '), el('span', { class: 'indicator' }, indicator)),
    )
    return el('li', {}, button, showPassage(passage, indicator, label))
  })
  const pairs = options
    .slice(1)
    .map(({ level }) => level)
    .filter((level) => options.some((option) => option.level === level - 1))
  const between = pairs.map((level) =>
    el(
      'button',
      {
        type: 'button',
        class: 'quiet',
        'aria-current': before?.kind === 'between' && before.lower === level - 1 && 'true',
        onclick: () => value({ kind: 'between', lower: level - 1 }),
      },
      spoken('Between '),
      `${level - 1}`,
      el('span', { 'aria-hidden': 'true' }, '–'),
      spoken(' and '),
      `${level}`,
    ),
  )
  return [el('ol', { class: 'options' }, ...items), el('div', { class: 'between' }, el('span', { 'aria-hidden': 'true' }, 'Between two levels'), ...between)]
}

/** Of a ladder without topics: the stage is one practice. @param {StageQuestion} question @param {Given} given */
function wholeStage({ practices }, { value, before }) {
  const [practice] = practices
  if (practice === undefined) throw new Error('a stage has its own practice at least')
  const said = before?.kind === 'practices' ? before.practices[practice.passage] : undefined
  const buttons = STATES.map(([state, label]) =>
    el(
      'button',
      {
        type: 'button',
        class: 'option short',
        'aria-current': said === state && 'true',
        onclick: () => value({ kind: 'practices', practices: { [practice.passage]: state } }),
      },
      el('span', { class: 'what' }, label),
    ),
  )
  return el(
    'div',
    { class: 'stack' },
    el('blockquote', {}, practice.indicator),
    showPassage(practice.passage, practice.indicator),
    el('div', { class: 'three' }, ...buttons),
  )
}

/** Each practice by itself, or all with one press. @param {StageQuestion} question @param {Given} given */
function checklist({ practices }, { value, before }) {
  const said = before?.kind === 'practices' ? before.practices : {}
  const rows = practices.map(({ label, indicator, passage }, i) => {
    const states = STATES.map(([state, word]) =>
      el(
        'label',
        { class: 'state' },
        el('input', { type: 'radio', name: `practice-${i}`, value: state, required: true, checked: said[passage] === state }),
        el('span', {}, word),
      ),
    )
    return el(
      'fieldset',
      { class: 'practice' },
      el('legend', {}, label),
      el('p', { class: 'indicator' }, indicator),
      el('div', { class: 'states' }, ...states),
      showPassage(passage, indicator, label),
    )
  })
  const form = el('form', { class: 'checklist' }, ...rows)
  const all = (/** @type {'in-place' | 'partly' | 'not-yet'} */ state) =>
    value({ kind: 'practices', practices: Object.fromEntries(practices.map(({ passage }) => [passage, state])) })
  form.append(
    el(
      'div',
      { class: 'moves' },
      el('button', { type: 'submit', class: 'send' }, 'Save these'),
      el('button', { type: 'button', class: 'quiet', onclick: () => all('in-place') }, 'All in place'),
      el('button', { type: 'button', class: 'quiet', onclick: () => all('not-yet') }, 'None yet'),
    ),
  )
  form.addEventListener('submit', (event) => {
    event.preventDefault()
    const chosen = new FormData(form)
    const states = practices.map(({ passage }, i) => [passage, chosen.get(`practice-${i}`)])
    value({ kind: 'practices', practices: Object.fromEntries(states) })
  })
  return form
}
